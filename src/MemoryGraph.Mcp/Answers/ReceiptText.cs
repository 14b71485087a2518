using System.Text.Json;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Memory;

namespace MemoryGraph.Mcp.Answers;

/// <summary>The answer to a change: what was recorded, what held already, what is worth knowing.</summary>
internal static class ReceiptText
{
    // Where each part of a receipt ends at the latest, in characters, so that the whole keeps to Page.CharactersMax.
    private const int RecordedEnd = 3_200;
    private const int UnchangedEnd = 4_900;
    private const int NoticesEnd = 7_300;

    private const int TextShown = 100;
    private const int CallsShown = 12;

    /// <summary>What a command recorded.</summary>
    /// <param name="moved">A known project that this new one may be; null for none.</param>
    public static Answer Of(Receipt receipt, string? moved) => Of(
        receipt,
        $"{TakenBack(receipt, "Took back")}{Headline(receipt.Recorded, "Recorded")}",
        moved is null ? receipt.Notices : receipt.Notices.Prepend(moved),
        isPreview: false);

    /// <summary>What a command would record.</summary>
    public static Answer OfPreview(Receipt receipt) => Of(
        receipt,
        "Preview, nothing was changed. "
        + $"{TakenBack(receipt, "Would take back")}{Headline(receipt.Recorded, "Would record")}",
        receipt.Notices,
        isPreview: true);

    private static Answer Of(Receipt receipt, string headline, IEnumerable<string> notices, bool isPreview)
    {
        string footer = ToolAnswer.Footer(receipt.Standing);
        if (receipt.Refused is { } refusal)
        {
            return Answer.Refuse(refusal) with { Footer = footer };
        }

        var lines = new BoundedLines(headline);
        lines.Add(
            receipt.Recorded.Select(one => $"  {one.Id} {EventDescription.Summary(one.Event, TextShown)}"), RecordedEnd);
        lines.Add(receipt.Unchanged.Select(what => $"  unchanged: {what}"), UnchangedEnd);
        lines.Add(notices.Select(notice => $"Note: {notice}"), NoticesEnd);
        return new Answer(headline, receipt.Standing.Last, lines.Rows)
        {
            Footer = footer,
            Json = json => Write(json, receipt, isPreview),
        };
    }

    private static string Headline(IReadOnlyList<RecordedEvent> recorded, string verb) => recorded switch
    {
        [] => "Nothing changed: this already holds.",
        [var only] => $"{verb} {only.Id}.",
        [var first, .., var last] =>
            FormattableString.Invariant($"{verb} {recorded.Count} events, {first.Id} to {last.Id}."),
    };

    private static string TakenBack(Receipt receipt, string verb)
    {
        EventId[] calls = [.. receipt.Recorded.SelectMany(one => one.Undoes).Distinct()];
        string more = calls.Length > CallsShown
            ? FormattableString.Invariant($" and {calls.Length - CallsShown} more calls")
            : "";
        return calls.Length == 0 ? "" : $"{verb} {string.Join(", ", calls.Take(CallsShown))}{more}. ";
    }

    private static void Write(Utf8JsonWriter json, Receipt receipt, bool isPreview)
    {
        json.WriteString("project", receipt.Standing.Project);
        json.WriteNumber("last_event", receipt.Standing.Last.Value);
        json.WriteBoolean("preview", isPreview);
        json.WriteIds("taken_back", receipt.Recorded.SelectMany(one => one.Undoes).Distinct());
        json.WriteObjects("recorded", receipt.Recorded, one =>
        {
            string[] typeAndWhat = EventDescription.Summary(one.Event, Limits.ObservationCharacters).Split(' ', 2);
            json.WriteNumber("event_id", one.Id.Value);
            json.WriteString("event_type", typeAndWhat[0]);
            json.WriteString("what", typeAndWhat[^1]);
        });
        json.WriteTexts("unchanged", receipt.Unchanged);
        json.WriteTexts("notices", receipt.Notices);
    }
}
