using System.Text;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Memory;
using MemoryGraph.Text;

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
    private const int CallsTold = 12;

    /// <summary>What a command recorded, and the call that would take it back.</summary>
    /// <param name="moved">A known project that this new one may be; null for none.</param>
    /// <param name="takeBack">The tool that takes such a call back; null to tell none.</param>
    public static ToolAnswer Of(Receipt receipt, string? moved, string? takeBack)
    {
        if (receipt.Refused is { } refusal)
        {
            return ToolAnswer.Error(refusal, receipt.Standing);
        }

        IEnumerable<string> notices = moved is null ? receipt.Notices : receipt.Notices.Prepend(moved);
        return Lay(receipt, $"{TakenBack(receipt, "Took back")}{Headline(receipt.Recorded, "Recorded")}{BackAgain(receipt.Recorded, takeBack)}", notices);
    }

    /// <summary>What a command would record.</summary>
    public static ToolAnswer OfPreview(Receipt receipt) => receipt.Refused is { } refusal
        ? ToolAnswer.Error(refusal, receipt.Standing)
        : Lay(
            receipt,
            $"Preview, nothing was changed. {TakenBack(receipt, "Would take back")}{Headline(receipt.Recorded, "Would record")}",
            receipt.Notices);

    private static ToolAnswer Lay(Receipt receipt, string headline, IEnumerable<string> notices)
    {
        var text = new StringBuilder(headline).Append('\n');
        AppendLines(text, receipt.Recorded.Select(one => $"  {one.Id} {EventDescription.Summary(one.Event, TextShown)}"), RecordedEnd);
        AppendLines(text, receipt.Unchanged.Select(what => $"  unchanged: {what}"), UnchangedEnd);
        AppendLines(text, notices.Select(notice => $"Note: {notice}"), NoticesEnd);
        return new ToolAnswer(text.Append(ToolAnswer.Footer(receipt.Standing)).ToString());
    }

    private static string Headline(IReadOnlyList<RecordedEvent> recorded, string verb) => recorded switch
    {
        [] => "Nothing changed: this already holds.",
        [var only] => $"{verb} {only.Id}.",
        [var first, .., var last] => FormattableString.Invariant($"{verb} {recorded.Count} events, {first.Id} to {last.Id}."),
    };

    private static string TakenBack(Receipt receipt, string verb)
    {
        EventId[] calls = [.. receipt.Recorded.SelectMany(one => one.Undoes).Distinct()];
        string more = calls.Length > CallsTold ? FormattableString.Invariant($" and {calls.Length - CallsTold} more calls") : "";
        return calls.Length == 0 ? "" : $"{verb} {string.Join(", ", calls.Take(CallsTold))}{more}. ";
    }

    private static string BackAgain(IReadOnlyList<RecordedEvent> recorded, string? tool) =>
        tool is not null && recorded is [var first, ..] ? $" To take this back: {tool} with events \"{first.Call}\"." : "";

    /// <summary>Adds as many lines as fit, each on one line, and how many do not.</summary>
    /// <param name="end">How long the text may get, in characters.</param>
    public static void AppendLines(StringBuilder text, IEnumerable<string> lines, int end)
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
