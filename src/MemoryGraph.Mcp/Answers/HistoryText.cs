using MemoryGraph.Queries;
using MemoryGraph.Values;

namespace MemoryGraph.Mcp.Answers;

/// <summary>The words for what happened.</summary>
internal static class HistoryText
{
    public static Telling Tell(HistoryAnswer answer) => answer.Refused is { } refusal
        ? Telling.Refuse(refusal)
        : new Telling(Headline(answer), answer.Until.Point, answer.Lines.SelectMany(FactText.Rows));

    private static string Headline(HistoryAnswer answer)
    {
        if (answer.Until.Point == EventId.None)
        {
            return answer.Until.IsNow ? "Nothing is recorded yet." : "Nothing had been recorded by then.";
        }

        string upTo = answer.Until.IsNow ? "" : $" up to {answer.Until.Point}";
        return answer.Lines.Any() ? $"Events{upTo}, newest first:" : $"No events{upTo} pass all of these filters.";
    }
}
