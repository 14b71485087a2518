using MemoryGraph.Domain;
using MemoryGraph.Log;
using MemoryGraph.Memory;
using MemoryGraph.Text;
using ModelContextProtocol.Protocol;

namespace MemoryGraph.Mcp.Answers;

/// <summary>What a tool says: one block of text with the complete answer.</summary>
/// <param name="Text">For a model to read.</param>
/// <param name="IsError">Whether the call was not carried out.</param>
internal sealed record ToolAnswer(string Text, bool IsError = false)
{
    /// <summary>Longest text of an error, in characters.</summary>
    public const int ErrorCharactersMax = 2_000;

    /// <summary>A call that was not carried out.</summary>
    public static ToolAnswer Error(string text) =>
        new(Cut(text, ErrorCharactersMax), IsError: true);

    public static ToolAnswer Error(Refusal refusal) => Error(refusal.Message);

    /// <summary>A refusal of a project that was looked at, with the last line of every answer.</summary>
    public static ToolAnswer Error(Refusal refusal, ProjectStatus standing)
    {
        string footer = Footer(standing);
        return Error($"{Cut(refusal.Message, ErrorCharactersMax - footer.Length - 1)}\n{footer}");
    }

    public static ToolAnswer Error(LogException failure) => Error(Quoted.OneLine(failure.Message));

    /// <summary>The last line of every answer: which memory, how far it is, and what is worth knowing.</summary>
    public static string Footer(ProjectStatus standing)
    {
        string last = standing.Last > EventId.None ? $"last event {standing.Last}" : "nothing recorded yet";
        string health = standing.Health is { } bad ? $" · READ-ONLY: {Quoted.OneLine(bad.Explanation)}" : "";
        return $"— project {Quoted.Name(standing.Project)} · {last}{health}";
    }

    public CallToolResult ToProtocol() => new() { Content = [new TextContentBlock { Text = Text }], IsError = IsError };

    private static string Cut(string text, int most) => text.Length > most ? Quoted.Cut(text, most - 1) + "…" : text;
}
