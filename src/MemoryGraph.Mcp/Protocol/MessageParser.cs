using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace MemoryGraph.Mcp.Protocol;

/// <summary>Reads one line as one JSON-RPC message, or says what is wrong with it.</summary>
internal static class MessageParser
{
    private static readonly JsonTypeInfo<JsonRpcMessage> MessageType =
        (JsonTypeInfo<JsonRpcMessage>)McpJsonUtilities.ProtocolOptions.GetTypeInfo(typeof(JsonRpcMessage));

    /// <summary>A line without white space and byte order mark around its message; empty when there is none.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> line)
    {
        line = line.Trim(" \t\r"u8);
        return line.StartsWith("\uFEFF"u8) ? line[3..].Trim(" \t\r"u8) : line;
    }

    public static bool TryParse(
        ReadOnlySpan<byte> line,
        [NotNullWhen(true)] out JsonRpcMessage? message,
        [NotNullWhen(false)] out MalformedMessage? malformed)
    {
        message = null;

        // The JSON reader looks at letters only when a string is taken out, which would be inside a tool.
        if (!Utf8.IsValid(line))
        {
            malformed = new(MalformedMessageReport.Of(line).Id, McpErrorCode.ParseError, "Not valid UTF-8.");
            return false;
        }

        try
        {
            message = JsonSerializer.Deserialize(line, MessageType);
            if (message is JsonRpcRequest && LoneSurrogates.Mend(line) is { } mended)
            {
                message = JsonSerializer.Deserialize(mended, MessageType);
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // A half letter in a member's name is the latter.
            malformed = MalformedMessageReport.Of(line).Complaint;
            return false;
        }

        malformed = message switch
        {
            null => MalformedMessageReport.Of(line).Complaint,
            JsonRpcRequest request when FaultIn(request.Params) is { } fault =>
                new(request.Id, McpErrorCode.InvalidParams, fault),
            _ => null,
        };
        return malformed is null;
    }

    // What would fail in the session, as "An error occurred.", or in a tool.
    private static string? FaultIn(JsonNode? parameters)
    {
        try
        {
            if (parameters is not (null or JsonObject))
            {
                return "\"params\" must be an object.";
            }

            JsonNode? meta = parameters?["_meta"];
            foreach ((_, JsonNode? said) in meta as JsonObject ?? [])
            {
                _ = (said as JsonObject)?.Count;
            }

            return meta is null or JsonObject ? null : "\"params._meta\" must be an object.";
        }
        catch (ArgumentException)
        {
            // Members are looked through when they are first asked for.
            return "A member stands twice in \"params\".";
        }
    }
}
