using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MemoryGraph.EndToEnd.Tests.Driving;

/// <summary>Lines that a client sends.</summary>
internal static class Request
{
    public const string Initialized = """{"jsonrpc":"2.0","method":"notifications/initialized"}""";

    public static string Initialize(long id, string version = "2025-11-25") => Line(new JsonObject
    {
        ["jsonrpc"] = "2.0",
        ["id"] = id,
        ["method"] = "initialize",
        ["params"] = new JsonObject
        {
            ["protocolVersion"] = version,
            ["capabilities"] = new JsonObject(),
            ["clientInfo"] = new JsonObject { ["name"] = "end-to-end", ["version"] = "1.0" },
        },
    });

    public static string ToolsList(long id) =>
        FormattableString.Invariant($$"""{"jsonrpc":"2.0","id":{{id}},"method":"tools/list"}""");

    public static string Of(long id, ToolCall call) => Line(new JsonObject
    {
        ["jsonrpc"] = "2.0",
        ["id"] = id,
        ["method"] = "tools/call",
        ["params"] = new JsonObject { ["name"] = call.Tool, ["arguments"] = call.Arguments.DeepClone() },
    });

    public static string Subscribe(long id, string uri) => Line(new JsonObject
    {
        ["jsonrpc"] = "2.0",
        ["id"] = id,
        ["method"] = "resources/subscribe",
        ["params"] = new JsonObject { ["uri"] = uri },
    });

    /// <summary>Listens for changes in the era without a handshake.</summary>
    public static string Listen(long id, string uri) => Line(new JsonObject
    {
        ["jsonrpc"] = "2.0",
        ["id"] = id,
        ["method"] = "subscriptions/listen",
        ["params"] = new JsonObject
        {
            ["notifications"] = new JsonObject { ["resourceSubscriptions"] = new JsonArray(JsonValue.Create(uri)) },
            ["_meta"] = new JsonObject
            {
                ["io.modelcontextprotocol/protocolVersion"] = "2026-07-28",
                ["io.modelcontextprotocol/clientCapabilities"] = new JsonObject(),
                ["io.modelcontextprotocol/clientInfo"] = new JsonObject { ["name"] = "end-to-end", ["version"] = "1.0" },
            },
        },
    });

    /// <summary>A whole session: handshake with id 0, then the calls with ids 1, 2, 3 …</summary>
    public static string Session(IEnumerable<ToolCall> calls) => string.Concat(
        new[] { Initialize(0), Initialized }.Concat(calls.Select((call, at) => Of(at + 1, call))).Select(line => line + "\n"));

    private static string Line(JsonObject message)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            message.WriteTo(json);
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
