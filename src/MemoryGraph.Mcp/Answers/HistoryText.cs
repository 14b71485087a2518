using MemoryGraph.Domain;
using MemoryGraph.Queries;

namespace MemoryGraph.Mcp.Answers;

/// <summary>The words for what happened.</summary>
internal static class HistoryText
{
    public static Answer Of(HistoryAnswer answer) => answer.Refused is { } refusal
        ? Answer.Refuse(refusal)
        : new Answer(Headline(answer), answer.Until.Event, answer.Lines.SelectMany(FactText.Rows));

    private static string Headline(HistoryAnswer answer)
    {
        if (answer.Until.Event == EventId.None)
        {
            return answer.Until.IsNow ? "Nothing is recorded yet." : "Nothing had been recorded by then.";
        }

        string upTo = answer.Until.IsNow ? "" : $" up to {answer.Until.Event}";
        return answer.Lines.Any() ? $"Events{upTo}, newest first:" : $"No events{upTo} pass all of these filters.";
    }
}
