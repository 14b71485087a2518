using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;

namespace MemoryGraph.Mcp.Protocol;

/// <summary>The notification that withdraws a request.</summary>
internal static class CancellationNotice
{
    /// <summary>The request it withdraws; null if it names none, which the protocol wants ignored.</summary>
    public static RequestId? RequestIn(JsonRpcNotification notice)
    {
        try
        {
            return notice.Params is JsonObject parameters && parameters["requestId"] is JsonValue id ? Id(id) : null;
        }
        catch (Exception unreadable) when (unreadable is InvalidOperationException or ArgumentException)
        {
            // Half a surrogate pair, or the key twice: the node looks at its text only now.
            return null;
        }
    }

    private static RequestId? Id(JsonValue id) =>
        id.TryGetValue(out string? text) ? new RequestId(text)
        : id.TryGetValue(out long number) ? new RequestId(number)
        : null;
}
