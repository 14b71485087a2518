using System.Text;
using MemoryGraph.Events;
using MemoryGraph.Integrity;
using MemoryGraph.Tests.Events;

namespace MemoryGraph.Tests.Log;

/// <summary>One thing that somebody does to a log, at one event, and what an audit has to say of it.</summary>
/// <param name="Kind">One of <see cref="Kinds"/>.</param>
/// <param name="Event">The event it is done to.</param>
internal sealed record Tampering(string Kind, int Event)
{
    private static readonly string Foreign = LineForge.Event(
        """
        {"event_id":2,"event_type":"entity_deleted","timestamp":1767225602000,"tx":2,"n":1,"commit":2,"session":1,"v":1,"refs":[1]
        """,
        """
        "user":"mallory","agent":"","data":{"name":"Ada"}
        """,
        new byte[EventJson.SaltBytes],
        new byte[32]).Line;

    public static IReadOnlyList<string> Kinds { get; } =
    [
        "checksum", "text", "head", "hash", "deleted", "doubled", "copied to the end", "swapped", "moved to the end",
        "foreign line before", "garbage before", "garbage", "zeros", "fake redaction",
    ];

    // A line whose checksum is wrong in the last commit cannot be told from a torn write.
    private bool SpoilsChecksum => Kind is "checksum" or "garbage before" or "garbage" or "zeros";

    /// <summary>Whether it can be done to this event and shows; not where something was done before.</summary>
    public bool Concerns(string[] log)
    {
        int last = log.Length - 1;
        return EventJson.HasGoodCrc(Encoding.UTF8.GetBytes(log[Event])) && log[Event].Contains("\"timestamp\":17", StringComparison.Ordinal) && Kind switch
        {
            "deleted" or "swapped" => Event < last,
            "moved to the end" => Event < last - 1,
            "copied to the end" => true,

            // Of an erased line, nothing is left to alter; with a wrong checksum it is one whose erasing was broken off.
            "checksum" or "text" or "fake redaction" => !log[Event].Contains("\"redacted_by\"", StringComparison.Ordinal),
            _ => true,
        };
    }

    /// <summary>The log (its lines, header first) with this done to it.</summary>
    public string[] Of(string[] log)
    {
        string line = log[Event];
        string[] before = log[..Event];
        string[] behind = log[(Event + 1)..];
        return Kind switch
        {
            "checksum" => [.. before, line[..^3] + (line[^3] == '0' ? '1' : '0') + line[^2..], .. behind],
            "text" => [.. before, LineForge.Edit(line, "\"user\":\"", "\"user\":\"not "), .. behind],
            "head" => [.. before, LineForge.Edit(line, "\"timestamp\":17", "\"timestamp\":16"), .. behind],
            "hash" => [.. before, LineForge.Edit(line, HashOf(line), (HashOf(line)[0] == 'A' ? 'B' : 'A') + HashOf(line)[1..]), .. behind],
            "deleted" => [.. before, .. behind],
            "doubled" => [.. before, line, line, .. behind],
            "copied to the end" => [.. log, line],
            "swapped" => [.. before, behind[0], line, .. behind[1..]],
            "moved to the end" => [.. before, .. behind, line],
            "foreign line before" => [.. before, Foreign, line, .. behind],
            "garbage before" => [.. before, "§$%&/", line, .. behind],
            "garbage" => [.. before, line[..40] + "§$%&" + line[60..], .. behind],
            "zeros" => [.. before, new string('\0', Encoding.UTF8.GetByteCount(line)), .. behind],
            "fake redaction" => [.. before, LineForge.Redact(line, log.Length), .. behind],
            _ => throw new ArgumentOutOfRangeException(nameof(log), Kind, "no such tampering"),
        };
    }

    /// <summary>What the first finding says: kind, event, line.</summary>
    public (AuditKind Kind, long Event, long Line) Expected(string[] log)
    {
        int line = Event + 1;
        int last = log.Length - 1;
        if (SpoilsChecksum && Event >= CommitOf(log[last]))
        {
            return (AuditKind.UnfinishedEnd, Event, line);
        }

        return Kind switch
        {
            "deleted" => (AuditKind.Removed, Event, line),
            "doubled" => (AuditKind.Repeated, Event, line + 1),
            "copied to the end" => (AuditKind.Repeated, Event, last + 2),
            "swapped" => (AuditKind.Moved, Event + 1, line),
            "moved to the end" => (AuditKind.Moved, Event, last + 1),
            "foreign line before" or "garbage before" => (AuditKind.Inserted, Event, line),
            "fake redaction" => (AuditKind.Erased, Event, line),
            "checksum" when log[Event].Contains("\"redacted_by\"", StringComparison.Ordinal) => (AuditKind.UnfinishedErasure, Event, line),
            _ => (AuditKind.Altered, Event, line),
        };
    }

    public static string Text(string[] log) => string.Concat(log.Select(line => line + '\n'));

    private static string HashOf(string line) => EventJson.HashOf(Encoding.UTF8.GetBytes(line))!.Value.ToString();

    private static long CommitOf(string line) => EventJson.CommitOf(Encoding.UTF8.GetBytes(line))!.Value.Value;
}
