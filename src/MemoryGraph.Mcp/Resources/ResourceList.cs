using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Text;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace MemoryGraph.Mcp.Resources;

/// <summary>The resources that a server offers.</summary>
/// <param name="Resources">Those with an address of their own.</param>
/// <param name="Templates">Those whose address says which one is meant.</param>
/// <param name="Parse">Reads an address; null when it names none of them.</param>
internal sealed record ResourceList(
    IReadOnlyList<Resource> Resources, IReadOnlyList<ResourceTemplate> Templates, Func<string, MemoryUri?> Parse)
{
    /// <summary>Serves the lists, and each resource as it is read.</summary>
    public void AttachTo(
        McpServerOptions options, McpRequestHandler<ReadResourceRequestParams, ReadResourceResult> read)
    {
        options.Handlers.ListResourcesHandler =
            (_, _) => ValueTask.FromResult(new ListResourcesResult { Resources = [.. Resources] });
        options.Handlers.ListResourceTemplatesHandler =
            (_, _) => ValueTask.FromResult(new ListResourceTemplatesResult { ResourceTemplates = [.. Templates] });
        options.Handlers.ReadResourceHandler = read;
    }

    /// <summary>What a request's address names.</summary>
    /// <exception cref="McpProtocolException">It names none of them.</exception>
    public MemoryUri Find(string uri, McpServer server) => Parse(uri) ?? throw ProtocolErrors.NoResource(
        server,
        uri,
        $"There is no resource {Quoted.Text(uri, LenientReader.ShownCharacters)}. There are: "
        + string.Join(", ", Resources.Select(one => one.Uri).Concat(Templates.Select(one => one.UriTemplate))) + ".");
}
