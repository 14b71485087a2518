using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace MemoryGraph.Mcp.Protocol;

/// <summary>Checks the shape of a tool call before the SDK does, which would answer "An error occurred.".</summary>
/// <remarks>Some models write the whole arguments as JSON inside a text; that is unwrapped.</remarks>
internal static class ToolCallFilter
{
    /// <param name="unwraps">Whether arguments may be JSON inside a text.</param>
    public static McpMessageFilter Of(bool unwraps) => next => (context, cancel) =>
        context.JsonRpcMessage is JsonRpcRequest { Method: RequestMethods.ToolsCall } call
            && FaultIn(call, unwraps) is { } fault
            ? context.Server.SendMessageAsync(
                new JsonRpcError
                {
                    Id = call.Id,
                    Error = new JsonRpcErrorDetail { Code = (int)McpErrorCode.InvalidParams, Message = fault },
                },
                cancel)
            : next(context, cancel);

    // Unwraps arguments on the way. Null when the call can be read.
    private static string? FaultIn(JsonRpcRequest call, bool unwraps)
    {
        if (call.Params is not JsonObject members || members["name"] is not JsonValue name
            || !name.TryGetValue(out string? _))
        {
            return "tools/call needs params with the tool's name: {\"name\":\"search_nodes\",\"arguments\":{…}}.";
        }

        switch (members["arguments"])
        {
            case null or JsonObject:
                return null;
            case JsonValue given when unwraps && given.TryGetValue(out string? text) && Unwrap(text) is { } arguments:
                members["arguments"] = arguments;
                return null;
            default:
                return "params.arguments of tools/call must be an object with the tool's arguments by name.";
        }
    }

    private static JsonObject? Unwrap(string text)
    {
        try
        {
            return string.IsNullOrWhiteSpace(text) ? [] : JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
