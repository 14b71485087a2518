using System.Text.Json;
using MemoryGraph.Mcp.Tests.Stdio;
using ModelContextProtocol.Server;

namespace MemoryGraph.Mcp.Tests.Resources;

/// <summary>A client of a memory in one of the two eras, that greeted and asks one thing after the other.</summary>
internal sealed class Client : IAsyncDisposable
{
    private readonly bool _is2026;
    private int _lastId;

    private Client(McpServerOptions options, bool is2026)
    {
        Session = new Session(options: options);
        _is2026 = is2026;
    }

    public Session Session { get; }

    public static Task<Client> GreetAsync(Memory memory, bool is2026) => GreetAsync(memory.Options(), is2026);

    /// <param name="options">What is served.</param>
    public static async Task<Client> GreetAsync(McpServerOptions options, bool is2026)
    {
        var client = new Client(options, is2026);
        await client.Session.SendAsync(is2026 ? [Wire.Discover] : [Wire.Initialize, Wire.Initialized]);
        Assert.Equal("0", Wire.Id(await client.Session.AnswerAsync()));
        return client;
    }

    /// <summary>Sends a request without waiting.</summary>
    /// <param name="parameters">The members of params, as JSON without braces.</param>
    /// <returns>Its id.</returns>
    public async Task<int> SendAsync(string method, string parameters)
    {
        int id = ++_lastId;
        await Session.SendAsync(
            (_is2026, parameters) switch
            {
                (true, "") => Wire.Ask2026(id, method),
                (true, _) => Wire.Ask2026(id, method, parameters),
                _ => Wire.Ask(id, method, parameters),
            });
        return id;
    }

    /// <summary>Asks, and gives the answer, which must be the next line.</summary>
    public async Task<JsonElement> AskAsync(string method, string parameters = "")
    {
        int id = await SendAsync(method, parameters);
        JsonElement answer = await NextAsync();
        Assert.True(answer.TryGetProperty("id", out JsonElement answered) && answered.GetInt32() == id, answer.GetRawText());
        return answer;
    }

    /// <summary>The result of a request that is carried out.</summary>
    public async Task<JsonElement> DoAsync(string method, string parameters = "")
    {
        JsonElement answer = await AskAsync(method, parameters);
        Assert.True(answer.TryGetProperty("result", out JsonElement result), answer.GetRawText());
        return result;
    }

    /// <summary>Code and message of a request that is not carried out.</summary>
    public async Task<(int Code, string Message)> FaultAsync(string method, string parameters = "")
    {
        JsonElement answer = await AskAsync(method, parameters);
        Assert.True(answer.TryGetProperty("error", out JsonElement error), answer.GetRawText());
        return (error.GetProperty("code").GetInt32(), error.GetProperty("message").GetString()!);
    }

    /// <summary>The result of a tool's call.</summary>
    /// <param name="arguments">As JSON.</param>
    public Task<JsonElement> CallAsync(string tool, string arguments) =>
        DoAsync("tools/call", $"\"name\":{Text(tool)},\"arguments\":{arguments}");

    /// <summary>The text of a resource.</summary>
    public async Task<string> ReadAsync(string uri)
    {
        JsonElement result = await DoAsync("resources/read", Uri(uri));
        JsonElement content = Assert.Single(result.GetProperty("contents").EnumerateArray());
        Assert.Equal(uri, content.GetProperty("uri").GetString());
        return content.GetProperty("text").GetString()!;
    }

    public async Task<JsonElement> NextAsync() => Wire.Parse(await Session.AnswerAsync());

    /// <summary>The params with an address.</summary>
    public static string Uri(string uri) => $"\"uri\":{Text(uri)}";

    /// <summary>A text as JSON.</summary>
    public static string Text(string text) => $"\"{JsonEncodedText.Encode(text)}\"";

    /// <summary>A list of texts as JSON.</summary>
    public static string Texts(IEnumerable<string> texts) => $"[{string.Join(',', texts.Select(Text))}]";

    public ValueTask DisposeAsync() => Session.DisposeAsync();
}
