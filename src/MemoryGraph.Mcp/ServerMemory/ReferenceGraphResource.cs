using MemoryGraph.Domain;
using MemoryGraph.Locate;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Mcp.Resources;
using MemoryGraph.Queries;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace MemoryGraph.Mcp.ServerMemory;

/// <summary>The reference server's one resource: what <c>read_graph</c> answers.</summary>
internal static class ReferenceGraphResource
{
    private const string Uri = "memory://knowledge-graph";
    private const string Json = "application/json";

    public static ResourceList List { get; } = new(
        [
            new()
            {
                Uri = Uri,
                Name = "knowledge-graph",
                Title = "Knowledge Graph",
                Description = "The full knowledge graph with all entities and relations",
                MimeType = Json,
            },
        ],
        [],
        uri => uri == Uri ? new MemoryUri.GraphUri() : null);

    public static void AttachTo(McpServerOptions options, CurrentProject projects, ReferenceFileImport import) =>
        List.AttachTo(options, (request, _) => ReadAsync(request, projects, import));

    private static async ValueTask<ReadResourceResult> ReadAsync(
        RequestContext<ReadResourceRequestParams> request, CurrentProject projects, ReferenceFileImport import)
    {
        _ = List.Find(request.Params!.Uri, request.Server);
        string agent = CallingAgent.Of(request);
        return await ProtocolErrors.RunAsync(projects, async project =>
        {
            if (await import.RunOnceAsync(
                project, async () => Author.Of(await projects.UserAsync(), agent)) is { } refusal)
            {
                throw ProtocolErrors.Of(refusal);
            }

            return project.Ask(new PlainGraphQuery(AsOf.Now), agent, (graph, _) => new ReadResourceResult
            {
                Contents =
                [
                    new TextResourceContents { Uri = Uri, MimeType = Json, Text = ReferenceResults.GraphText(graph) },
                ],
            });
        });
    }
}
