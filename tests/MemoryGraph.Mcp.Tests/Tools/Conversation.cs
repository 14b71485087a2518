using System.Text.Json;
using MemoryGraph.Mcp.Tests.Stdio;

namespace MemoryGraph.Mcp.Tests.Tools;

/// <summary>Calls of a memory's tools through the real server and transport, in either era of the protocol.</summary>
internal static class Conversation
{
    /// <summary>Greets, makes the calls, ends the input.</summary>
    /// <returns>The calls' results.</returns>
    public static async Task<IReadOnlyList<JsonElement>> HoldAsync(
        Memory memory, bool is2026, params IEnumerable<(string Tool, string Arguments)> calls)
    {
        (string Tool, string Arguments)[] all = [.. calls];
        IEnumerable<string> lines = is2026
            ? all.Select((call, i) => Wire.CallWith2026(i + 1, call.Tool, call.Arguments)).Prepend(Wire.Discover)
            : all.Select((call, i) => Wire.CallWith(i + 1, call.Tool, call.Arguments)).Prepend(Wire.Initialized).Prepend(Wire.Initialize);
        IReadOnlyList<string> answers = await PipeAsync(memory, [.. lines]);
        Assert.Equal(Wire.Ids(0, all.Length + 1), Wire.Ids(answers));
        return [.. answers.Skip(1).Select(line => Wire.Result(line))];
    }

    /// <summary>Sends lines as they are, ends the input.</summary>
    /// <returns>Every line of the answer.</returns>
    public static async Task<IReadOnlyList<string>> PipeAsync(Memory memory, params string[] lines)
    {
        await using Session session = new(options: memory.Options());
        await session.SendAsync(lines);
        return await session.EndAsync();
    }

    public static string Text(JsonElement result) => Assert.Single(result.GetProperty("content").EnumerateArray()).GetProperty("text").GetString()!;

    public static bool IsError(JsonElement result) => result.TryGetProperty("isError", out JsonElement error) && error.GetBoolean();
}
