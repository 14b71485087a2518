using MemoryGraph.Domain;
using MemoryGraph.Log;
using MemoryGraph.Memory;
using MemoryGraph.Text;
using ModelContextProtocol.Protocol;

namespace MemoryGraph.Mcp.Answers;

/// <summary>The answer of a tool: one block of text, complete.</summary>
/// <param name="Text">For a model to read.</param>
/// <param name="IsError">Whether the call was not carried out.</param>
internal sealed record ToolAnswer(string Text, bool IsError = false)
{
    /// <summary>Longest text of an error, in characters.</summary>
    public const int ErrorCharactersMax = 2_000;

    public static ToolAnswer Error(string text) =>
        new(Cut(text, ErrorCharactersMax), IsError: true);

    /// <param name="footer">The last line of every answer; empty when the memory was not looked at.</param>
    public static ToolAnswer Error(Refusal refusal, string footer = "") => footer.Length == 0
        ? Error(refusal.Message)
        : Error($"{Cut(refusal.Message, ErrorCharactersMax - footer.Length - 1)}\n{footer}");

    public static ToolAnswer Error(LogException failure) => Error(Quoted.OneLine(failure.Message));

    /// <summary>The last line of every answer: which memory, its last event, and whether it is damaged.</summary>
    public static string Footer(ProjectStatus status)
    {
        string last = status.Last > EventId.None ? $"last event {status.Last}" : "nothing recorded yet";
        string health = status.Health is { } bad ? $" · READ-ONLY: {Quoted.OneLine(bad.Explanation)}" : "";
        return $"— project {Quoted.Name(status.Project)} · {last}{health}";
    }

    public CallToolResult ToProtocol() => new() { Content = [new TextContentBlock { Text = Text }], IsError = IsError };

    private static string Cut(string text, int most) => text.Length > most ? Quoted.Cut(text, most - 1) + "…" : text;
}
