using System.Globalization;
using System.Text.Json;

namespace MemoryGraph.Mcp.Tests.Stdio;

/// <summary>Lines as a client writes and reads them.</summary>
internal static class Wire
{
    public const string Initialized = """{"jsonrpc":"2.0","method":"notifications/initialized"}""";

    private const string Client = """{"name":"t","version":"1"}""";

    public static string Initialize { get; } = Request(
        0,
        "initialize",
        """{"protocolVersion":"2025-11-25","capabilities":{"elicitation":{}},"clientInfo":""" + Client + "}");

    public static string Discover { get; } = Request(0, "server/discover", "{" + Meta2026 + "}");

    private static string Meta2026 =>
        "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
        + "\"io.modelcontextprotocol/clientCapabilities\":{},\"io.modelcontextprotocol/clientInfo\":" + Client + "}";

    public static string Call(int id, string tool, string text = "x") =>
        Request(id, "tools/call", "{" + Arguments(tool, text) + "}");

    public static string Call2026(int id, string tool, string text = "x") =>
        Request(id, "tools/call", "{" + Arguments(tool, text) + "," + Meta2026 + "}");

    /// <param name="arguments">As JSON.</param>
    public static string CallWith(int id, string tool, string arguments) =>
        Request(id, "tools/call", $$"""{"name":"{{tool}}","arguments":{{arguments}}}""");

    /// <param name="arguments">As JSON.</param>
    public static string CallWith2026(int id, string tool, string arguments, string? client = null) =>
        Request(id, "tools/call", $$"""{"name":"{{tool}}","arguments":{{arguments}},{{Meta2026.Replace(Client, client ?? Client, StringComparison.Ordinal)}}}""");

    /// <summary>A request without parameters of its own, such as <c>tools/list</c>.</summary>
    public static string Ask(int id, string method) => Request(id, method, "{}");

    public static string Ask2026(int id, string method) => Request(id, method, "{" + Meta2026 + "}");

    /// <param name="parameters">The members of params, as JSON without braces.</param>
    public static string Ask(int id, string method, string parameters) => Request(id, method, "{" + parameters + "}");

    /// <inheritdoc cref="Ask(int, string, string)"/>
    public static string Ask2026(int id, string method, string parameters) => Request(id, method, "{" + parameters + "," + Meta2026 + "}");

    public static string InitializeAs(string client) => Initialize.Replace(Client, client, StringComparison.Ordinal);

    public static string Listen(int id) =>
        Request(id, "subscriptions/listen", "{\"notifications\":{\"toolsListChanged\":true}," + Meta2026 + "}");

    public static string Ping(int id) => Request(id, "ping", "{}");

    public static string Cancel(int id) =>
        """{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":""" + $"{id}}}}}";

    private static string Request(int id, string method, string parameters) =>
        $$"""{"jsonrpc":"2.0","id":{{id}},"method":"{{method}}","params":""" + parameters + "}";

    private static string Arguments(string tool, string text) =>
        $$$"""
        "name":"{{{tool}}}","arguments":{"text":"{{{text}}}"}
        """;

    public static JsonElement Parse(string? line) => JsonElement.Parse(line!);

    public static JsonElement Result(string? line) => Parse(line).GetProperty("result");

    /// <summary>The id as it is written, or "none".</summary>
    public static string Id(string? line) =>
        Parse(line).TryGetProperty("id", out JsonElement id) ? id.GetRawText() : "none";

    public static string[] Ids(IEnumerable<string> lines) => [.. lines.Select(Id)];

    public static string[] Ids(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(id => id.ToString(CultureInfo.InvariantCulture))];

    public static int ErrorCode(string? line) => Parse(line).GetProperty("error").GetProperty("code").GetInt32();

    public static string ErrorText(string? line) =>
        Parse(line).GetProperty("error").GetProperty("message").GetString()!;

    public static string Text(string? line) =>
        Parse(line).GetProperty("result").GetProperty("content")[0].GetProperty("text").GetString()!;
}
