using System.Text.Json;
using MemoryGraph.Events;
using MemoryGraph.Memory;
using MemoryGraph.Text;

namespace MemoryGraph.Mcp.Answers;

/// <summary>The answer to a redaction: what would be erased, or what was.</summary>
internal static class RedactionText
{
    // Where each part ends at the latest, in characters, so that the whole keeps to Page.CharactersMax.
    private const int EventsEnd = 3_200;
    private const int NamesEnd = 4_700;
    private const int RestEnd = 6_200;
    private const int SpellingShown = 60;

    /// <summary>What would be erased, with the text, so that a person can judge.</summary>
    /// <param name="howToErase">A sentence.</param>
    public static Answer Of(RedactionPreview preview, string howToErase)
    {
        string headline = Headline(preview);
        var lines = new BoundedLines(headline);
        lines.Add(preview.Events.Select(Line), EventsEnd);
        if (preview.Spellings.Count > 0)
        {
            string spellings =
                string.Join(", ", preview.Spellings.Select(spelling => Quoted.Text(spelling, SpellingShown)));
            lines.Add([$"Found as: {spellings}"], NamesEnd);
        }

        lines.Add(
            preview.NamesLost.Select(lost => $"{Quoted.Name(lost.Name)} loses its name and goes by {lost.Entity}."),
            NamesEnd);
        lines.Add(Rest(preview), RestEnd);
        if (preview.Events.Count > 0)
        {
            lines.Add(howToErase);
        }

        return Of(preview, preview.Standing, headline, lines, json => Write(json, preview));
    }

    /// <summary>What was erased, without the text: the answer may be kept by whoever reads it.</summary>
    public static Answer Of(RedactionReceipt receipt)
    {
        string headline = receipt.Recorded is { } recorded
            ? $"Erased the text of {EventDescription.Listed([.. receipt.Found.Events.Select(line => line.Id)])} for "
                + $"good; {recorded.Id} records that. Their places in the graph are marked."
            : Headline(receipt.Found);
        var lines = new BoundedLines(headline);
        lines.Add(Rest(receipt.Found).Concat(receipt.Notices.Select(notice => $"Note: {notice}")), RestEnd);
        return Of(receipt.Found, receipt.Standing, headline, lines, json => Write(json, receipt));
    }

    private static Answer Of(
        RedactionPreview found, ProjectStatus status, string headline, BoundedLines lines, Action<Utf8JsonWriter> json)
    {
        Answer answer = found.Refused is { } refusal ? Answer.Refuse(refusal)
            : new Answer(headline, status.Last, lines.Rows) { Json = json };
        return answer with { Footer = ToolAnswer.Footer(status) };
    }

    private static string Headline(RedactionPreview preview) =>
        (preview.Events.Count, preview.AlreadyRedacted.Count) switch
        {
            (0, 0) => "Nothing to erase: no event holds it.",
            (0, _) => $"Nothing to erase: already redacted ({EventDescription.Listed(preview.AlreadyRedacted)}).",
            _ => $"Preview, nothing is erased yet. {FactText.Count(preview.Events.Count, "event", "events")} would lose "
                + "all text for good:",
        };

    private static string Line(RedactedLine line) =>
        $"  {line.Id} {line.What}{(line.Where is [] or ["data"] ? "" : $" (in its {string.Join(", ", line.Where)})")}";

    private static IEnumerable<string> Rest(RedactionPreview preview) =>
        preview.Events.Count > 0 ? [.. preview.Unreached, RedactionPreview.OutOfReach] : preview.Unreached;

    private static void Write(Utf8JsonWriter json, RedactionPreview preview)
    {
        json.WriteString("project", preview.Standing.Project);
        json.WriteBoolean("preview", true);
        json.WriteObjects("events", preview.Events, line =>
        {
            json.WriteNumber("event_id", line.Id.Value);
            json.WriteString("what", line.What);
            json.WriteTexts("where", line.Where);
        });
        json.WriteTexts("spellings", preview.Spellings);
        json.WriteTexts("names_lost", preview.NamesLost.Select(lost => lost.Name));
        WriteRest(json, preview);
    }

    private static void Write(Utf8JsonWriter json, RedactionReceipt receipt)
    {
        json.WriteString("project", receipt.Standing.Project);
        json.WriteBoolean("preview", false);
        json.WriteIds("recorded", receipt.Recorded is { } recorded ? [recorded.Id] : []);
        json.WriteIds("erased", receipt.Recorded is null ? [] : receipt.Found.Events.Select(line => line.Id));
        json.WriteTexts("notices", receipt.Notices);
        WriteRest(json, receipt.Found);
    }

    private static void WriteRest(Utf8JsonWriter json, RedactionPreview found)
    {
        json.WriteIds("already_redacted", found.AlreadyRedacted);
        json.WriteTexts("unreached", found.Unreached);
    }
}
