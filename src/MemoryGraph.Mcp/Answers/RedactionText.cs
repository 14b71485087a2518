using System.Text;
using MemoryGraph.Events;
using MemoryGraph.Memory;
using MemoryGraph.Text;

namespace MemoryGraph.Mcp.Answers;

/// <summary>The words for what a redaction would erase, and for what it erased.</summary>
internal static class RedactionText
{
    // Where each part ends at the latest, in characters, so that the whole keeps to Page.CharactersMax.
    private const int EventsEnd = 3_200;
    private const int NamesEnd = 4_700;
    private const int UnreachedEnd = 6_200;
    private const int SpellingShown = 60;

    /// <summary>What would be erased, with the text, for somebody to judge.</summary>
    /// <param name="howToAct">A sentence.</param>
    public static ToolAnswer Of(RedactionPreview preview, string howToAct)
    {
        if (preview.Refused is { } refusal)
        {
            return ToolAnswer.Error(refusal, preview.Standing);
        }

        var text = new StringBuilder();
        text.Append(Headline(preview)).Append('\n');
        ReceiptText.AppendLines(text, preview.Events.Select(Line), EventsEnd);
        if (preview.Spellings.Count > 0)
        {
            string spellings = string.Join(", ", preview.Spellings.Select(spelling => Quoted.Text(spelling, SpellingShown)));
            ReceiptText.AppendLines(text, [$"Found as: {spellings}"], NamesEnd);
        }

        ReceiptText.AppendLines(text, preview.NamesLost.Select(lost => $"{Quoted.Name(lost.Name)} loses its name and goes by {lost.Entity}."), NamesEnd);
        ReceiptText.AppendLines(text, Rest(preview), UnreachedEnd);
        if (preview.Events.Count > 0)
        {
            text.Append(howToAct).Append('\n');
        }

        return new ToolAnswer(text.Append(ToolAnswer.Footer(preview.Standing)).ToString());
    }

    /// <summary>What was erased, without the text: the answer may be kept by whoever reads it.</summary>
    public static ToolAnswer Of(RedactionReceipt receipt)
    {
        if (receipt.Found.Refused is { } refusal)
        {
            return ToolAnswer.Error(refusal, receipt.Standing);
        }

        var text = new StringBuilder();
        text.Append(receipt.Recorded is { } recorded
            ? $"Erased the text of {Listed(receipt.Found)} for good; {recorded.Id} records that. Their places in the graph are marked.\n"
            : $"{Headline(receipt.Found)}\n");
        ReceiptText.AppendLines(text, Rest(receipt.Found).Concat(receipt.Notices.Select(notice => $"Note: {notice}")), UnreachedEnd);
        return new ToolAnswer(text.Append(ToolAnswer.Footer(receipt.Standing)).ToString());
    }

    private static string Headline(RedactionPreview preview) => (preview.Events.Count, preview.AlreadyRedacted.Count) switch
    {
        (0, 0) => "Nothing to erase: no event holds it.",
        (0, _) => $"Nothing to erase: already redacted ({EventDescription.Listed(preview.AlreadyRedacted)}).",
        _ => $"Preview, nothing is erased yet. {FactText.Count(preview.Events.Count, "event", "events")} would lose all text for good:",
    };

    private static string Line(RedactedLine line) =>
        $"  {line.Id} {line.What}{(line.Where is [] or ["data"] ? "" : $" (in its {string.Join(", ", line.Where)})")}";

    private static string Listed(RedactionPreview found) => EventDescription.Listed([.. found.Events.Select(line => line.Id)]);

    private static IEnumerable<string> Rest(RedactionPreview preview) =>
        preview.Events.Count > 0 ? [.. preview.Unreached, RedactionPreview.OutOfReach] : preview.Unreached;
}
