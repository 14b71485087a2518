using MemoryGraph.Domain;
using MemoryGraph.Locate;
using MemoryGraph.Mcp.Declarations;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace MemoryGraph.Mcp.Resources;

/// <summary>Every resource there is, once, and how they are read over the protocol.</summary>
internal static class ResourceCatalogue
{
    private const string PlainText = "text/plain";

    private static readonly Resource[] Fixed =
    [
        new()
        {
            Uri = MemoryUri.Graph,
            Name = "graph",
            Title = "What is known now",
            Description = "Every entity with its facts and relations, as much as one answer holds.",
            MimeType = PlainText,
        },
        new()
        {
            Uri = MemoryUri.Timeline,
            Name = "timeline",
            Title = "What happened",
            Description = "Recorded events, newest first: what changed, when, by whom and why.",
            MimeType = PlainText,
        },
        new()
        {
            Uri = MemoryUri.Activity,
            Name = "activity",
            Title = "Who did what",
            Description = "For each user and assistant: how much they recorded, when first and last, and about what most.",
            MimeType = PlainText,
        },
    ];

    private static readonly ResourceTemplate[] Templates =
    [
        new()
        {
            UriTemplate = MemoryUri.EntityTemplate,
            Name = "entity",
            Title = "All that is known of an entity",
            Description = "Its facts and its relations in both directions; name is the exact name.",
            MimeType = PlainText,
        },
        new()
        {
            UriTemplate = MemoryUri.GraphAtTemplate,
            Name = "graph_at",
            Title = "What was known at a past point",
            Description = $"The graph as it was known then. point is {AsOf.Forms}. It is not watched for changes.",
            MimeType = PlainText,
        },
    ];

    /// <summary>All of them.</summary>
    public static ResourceList List { get; } = new(Fixed, Templates, MemoryUri.Parse);

    public static void AttachTo(McpServerOptions options, CurrentProject projects) =>
        List.AttachTo(options, (request, _) => ReadAsync(request, projects));

    private static async ValueTask<ReadResourceResult> ReadAsync(
        RequestContext<ReadResourceRequestParams> request, CurrentProject projects)
    {
        string uri = request.Params!.Uri;
        MemoryUri resource = List.Find(uri, request.Server);
        ResourceText read = await ProtocolErrors.RunAsync(projects, project => Task.FromResult(new ResourceReader(
            project, CallingAgent.Of(request), projects.Clock.GetUtcNow(),
                projects.Clock.LocalTimeZone).Read(resource)));
        return read switch
        {
            { Refused: null, Text: var text } => new ReadResourceResult
            {
                Contents = [new TextResourceContents { Uri = uri, MimeType = PlainText, Text = text }],
            },
            { Refused: { Code: ResourceReader.EntityNotFound } missing } =>
                throw ProtocolErrors.NoResource(request.Server, uri, missing.Message),
            { Refused: var refusal } => throw ProtocolErrors.Argument(refusal.Message),
        };
    }
}
