using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace MemoryGraph.Mcp.Stdio;

/// <summary>Reads one line as one JSON-RPC message, or says what is wrong with it.</summary>
internal static class MessageParser
{
    private static readonly JsonTypeInfo<JsonRpcMessage> MessageType =
        (JsonTypeInfo<JsonRpcMessage>)McpJsonUtilities.ProtocolOptions.GetTypeInfo(typeof(JsonRpcMessage));

    public static bool TryParse(
        ReadOnlySpan<byte> line,
        [NotNullWhen(true)] out JsonRpcMessage? message,
        [NotNullWhen(false)] out MalformedMessage? malformed)
    {
        message = null;

        // The JSON reader looks at letters only when a string is taken out, which would be inside a tool.
        if (!Utf8.IsValid(line))
        {
            malformed = new(MessageOutline.Of(line).Id, McpErrorCode.ParseError, "Not valid UTF-8.");
            return false;
        }

        try
        {
            message = JsonSerializer.Deserialize(line, MessageType);
            if (message is JsonRpcRequest && HalfLetters.Mend(line) is { } mended)
                message = JsonSerializer.Deserialize(mended, MessageType);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // A half letter in a member's name is the latter.
            malformed = MessageOutline.Of(line).Complaint;
            return false;
        }

        malformed = message switch
        {
            null => MessageOutline.Of(line).Complaint,
            JsonRpcRequest { Params: not (null or JsonObject) } request =>
                new(request.Id, McpErrorCode.InvalidParams, "\"params\" must be an object."),
            _ => null,
        };
        return malformed is null;
    }
}
