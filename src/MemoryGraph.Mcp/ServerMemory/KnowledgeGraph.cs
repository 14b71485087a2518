using MemoryGraph.Log;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Mcp.Resources;
using MemoryGraph.Projects;
using MemoryGraph.Queries;
using MemoryGraph.Values;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace MemoryGraph.Mcp.ServerMemory;

/// <summary>The reference server's one resource: what <c>read_graph</c> answers.</summary>
internal static class KnowledgeGraph
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
        uri => uri == Uri ? new MemoryUri.WholeGraph() : null);

    public static void AttachTo(McpServerOptions options, ProjectRegistry projects, FormerMemory former) =>
        List.AttachTo(options, (request, _) => ReadAsync(request, projects, former));

    private static async ValueTask<ReadResourceResult> ReadAsync(
        RequestContext<ReadResourceRequestParams> request, ProjectRegistry projects, FormerMemory former)
    {
        _ = List.Find(request.Params!.Uri, request.Server);
        MemoryProject project = projects.Current ?? throw ProtocolFault.Of(projects.Refused!);
        string agent = CallingAgent.Of(request);
        try
        {
            if (await former.TakeOverAsync(project, async () => Author.Of(await projects.UserAsync(), agent)) is { } refusal)
            {
                throw ProtocolFault.Of(refusal);
            }

            return project.Ask(new PlainGraphQuery(AsOf.Now), agent, (graph, _) => new ReadResourceResult
            {
                Contents =
                [
                    new TextResourceContents { Uri = Uri, MimeType = Json, Text = JavaScriptJson.Indented(GraphJson.Graph(graph)) },
                ],
            });
        }
        catch (LogException failure)
        {
            throw ProtocolFault.Of(failure);
        }
    }
}
