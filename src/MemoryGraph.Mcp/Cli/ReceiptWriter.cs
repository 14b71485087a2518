using System.Text.Json;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Memory;

namespace MemoryGraph.Mcp.Cli;

/// <summary>Tells what a command recorded, or would record.</summary>
internal static class ReceiptWriter
{
    /// <param name="takeBack">The command that takes such a call back; null to tell none.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static int Done(CommandContext call, Receipt receipt, string? takeBack) => call.Tell(
        receipt.Refused,
        ReceiptText.Of(receipt, call.Projects.Moved, takeBack: null),
        json => Write(json, receipt, isPreview: false),
        takeBack is not null && receipt.Recorded is [var first, ..]
            ? FormattableString.Invariant($"To take this back: {ProductVersion.Name} {takeBack} {first.Call.Value} --yes") : null);

    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static int Preview(CommandContext call, Receipt receipt) => call.Tell(
        receipt.Refused,
        ReceiptText.OfPreview(receipt),
        json => Write(json, receipt, isPreview: true),
        receipt.Recorded.Count > 0 ? "With --yes this is done." : null);

    private static void Write(Utf8JsonWriter json, Receipt receipt, bool isPreview)
    {
        json.WriteString("project", receipt.Standing.Project);
        json.WriteNumber("last_event", receipt.Standing.Last.Value);
        json.WriteBoolean("preview", isPreview);
        JsonChanges.WriteIds(json, "taken_back", receipt.Recorded.SelectMany(one => one.Undoes).Distinct());
        json.WriteStartArray("recorded");
        foreach (RecordedEvent one in receipt.Recorded)
        {
            string[] typeAndWhat = EventDescription.Summary(one.Event, Limits.ObservationCharacters).Split(' ', 2);
            json.WriteStartObject();
            json.WriteNumber("event_id", one.Id.Value);
            json.WriteString("event_type", typeAndWhat[0]);
            json.WriteString("what", typeAndWhat[^1]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        JsonAnswer.WriteTexts(json, "unchanged", receipt.Unchanged);
        JsonAnswer.WriteTexts(json, "notices", receipt.Notices);
    }
}
