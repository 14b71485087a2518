using System.Text;
using MemoryGraph.Events;
using MemoryGraph.Projects;
using MemoryGraph.Values;

namespace MemoryGraph.Mcp.Answers;

/// <summary>The words for what a write recorded.</summary>
internal static class ReceiptText
{
    private const int LinesMax = 40;

    // Where each part of a receipt ends at the latest, in characters, so that the whole keeps to Page.CharactersMax.
    private const int RecordedEnd = 3_200;
    private const int UnchangedEnd = 4_900;
    private const int NoticesEnd = 7_300;

    private const int TextShown = 100;

    public static ToolAnswer Of(Receipt receipt, string? moved)
    {
        if (receipt.Refused is { } refusal)
        {
            return ToolAnswer.Error(refusal, receipt.Standing);
        }

        var text = new StringBuilder();
        text.Append(Headline(receipt)).Append('\n');
        AppendLines(text, receipt.Recorded.Select(one => $"  {one.Id} {EventWords.Summary(one.Event, TextShown)}"), RecordedEnd);
        AppendLines(text, receipt.Unchanged.Select(what => $"  unchanged: {what}"), UnchangedEnd);
        IEnumerable<string> notices = moved is null ? receipt.Notices : receipt.Notices.Prepend(moved);
        AppendLines(text, notices.Select(notice => $"Note: {notice}"), NoticesEnd);
        return new ToolAnswer(text.Append(ToolAnswer.Footer(receipt.Standing)).ToString());
    }

    private static string Headline(Receipt receipt) => receipt.Recorded switch
    {
        [] => "Nothing changed: this already holds.",
        [var only] => $"Recorded {only.Id}.",
        [var first, .., var last] => FormattableString.Invariant($"Recorded {receipt.Recorded.Count} events, {first.Id} to {last.Id}."),
    };

    private static void AppendLines(StringBuilder text, IEnumerable<string> lines, int end)
    {
        int told = 0;
        int more = 0;
        foreach (string line in lines)
        {
            if (more == 0 && told < LinesMax && text.Length + line.Length < end)
            {
                text.Append(Quoted.OneLine(line)).Append('\n');
                told++;
            }
            else
            {
                more++;
            }
        }

        if (more > 0)
        {
            text.Append(FormattableString.Invariant($"  … and {more} more\n"));
        }
    }
}
