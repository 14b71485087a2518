using MemoryGraph.Domain;
using MemoryGraph.Locate;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Memory;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace MemoryGraph.Mcp.Resources;

/// <summary>
/// What cannot be done, as errors of the protocol: unlike tools, resources and prompts have no others.
/// </summary>
internal static class ProtocolErrors
{
    // From this version on a resource that is not there is an argument that is wrong.
    private const string WithoutOwnCode = "2026-07-28";

    /// <param name="uri">As asked for; the protocol wants it back, for clients that read no words.</param>
    public static McpProtocolException NoResource(McpServer server, string uri, string text) => new(
        text,
        string.CompareOrdinal(server.NegotiatedProtocolVersion, WithoutOwnCode) >= 0
            ? McpErrorCode.InvalidParams : McpErrorCode.ResourceNotFound)
    {
        Data = { ["uri"] = uri },
    };

    public static McpProtocolException Argument(string text) => new(text, McpErrorCode.InvalidParams);

    public static McpProtocolException Of(Refusal refusal) => new(refusal.Message, McpErrorCode.InternalError);

    /// <summary>Works with the memory.</summary>
    /// <exception cref="McpProtocolException">There is no memory, or its log cannot be read.</exception>
    public static Task<T> RunAsync<T>(CurrentProject projects, Func<MemoryProject, Task<T>> run) =>
        projects.RunAsync(run, refusal => throw Of(refusal));
}
