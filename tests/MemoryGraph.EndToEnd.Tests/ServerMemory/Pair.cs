using System.Text.Json;
using System.Text.Json.Nodes;
using MemoryGraph.EndToEnd.Tests.Driving;

namespace MemoryGraph.EndToEnd.Tests.ServerMemory;

/// <summary>The reference server and ours, which get the same calls.</summary>
internal sealed class Pair(ServerProcess reference, ServerProcess ours) : IAsyncDisposable
{
    public static readonly ToolCall ReadGraph = new("read_graph", []);

    public static async Task<Pair> StartAsync(Sandbox sandbox, Programs programs) => new(
        await ServerProcess.StartAsync(ReferenceServer.In(sandbox)),
        await ServerProcess.StartAsync(ReferenceServer.ReplacedIn(sandbox, programs)));

    public async Task<(Outcome Reference, Outcome Ours)> CallAsync(ToolCall call)
    {
        await reference.SendAsync(call);
        long id = await ours.SendAsync(call);
        return (Outcome.Of(await reference.AnswerAsync(id)), Outcome.Of(await ours.AnswerAsync(id)));
    }

    /// <summary>Sends the same line to both.</summary>
    /// <param name="id">The id of the request that it is.</param>
    public async Task<(Answer Reference, Answer Ours)> SendAsync(string line, long id)
    {
        await reference.SendAsync(line);
        await ours.SendAsync(line);
        return (await reference.AnswerAsync(id), await ours.AnswerAsync(id));
    }

    public async Task EndAsync()
    {
        reference.CloseInput();
        await ours.EndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await reference.DisposeAsync();
        await ours.DisposeAsync();
    }
}

/// <summary>What became of a call, to the letter.</summary>
/// <param name="Structured">The structured content, compact; empty for none.</param>
internal sealed record Outcome(bool IsError, string Text, string Structured)
{
    public static Outcome Of(Answer answer)
    {
        Assert.NotEqual(JsonValueKind.Undefined, answer.Result.ValueKind);
        Assert.Equal(1, answer.Result.GetProperty("content").GetArrayLength());
        return new Outcome(
            answer.IsError,
            answer.Text,
            answer.Result.TryGetProperty("structuredContent", out JsonElement structured) ? JsonNode.Parse(structured.GetRawText())!.ToJsonString() : "");
    }

    /// <summary>Asserts that both came to the same; shows the place where they part.</summary>
    /// <param name="after">What was called.</param>
    public static void AssertSame(Outcome reference, Outcome ours, string after)
    {
        (string theirs, string same) = ($"{reference.IsError} {reference.Text} {reference.Structured}", $"{ours.IsError} {ours.Text} {ours.Structured}");
        int at = theirs.AsSpan().CommonPrefixLength(same);
        Assert.True(reference == ours, $"After {after}\nthe reference answers: {Around(theirs, at)}\nours answers: {Around(same, at)}");
    }

    private static string Around(string text, int at) => text[Math.Max(0, at - 200)..Math.Min(text.Length, at + 200)];

    /// <summary>The graph that it shows.</summary>
    public JsonNode ToGraph() => JsonNode.Parse(Structured)!;
}
