using System.Globalization;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Log;

namespace MemoryGraph.Integrity;

/// <summary>What a walk over every line of a log found.</summary>
/// <param name="Project">The project's id; null when the header does not say, or when there is no log yet.</param>
/// <param name="Head">
/// The last event of the last whole call, fit to be kept as a checkpoint; null when there is none.
/// </param>
/// <param name="Findings">
/// In the order in which they stand in the file; behind them lines that nothing accounts for, which may follow from the
/// others. At most <see cref="FindingsMax"/>.
/// </param>
/// <param name="FindingsTotal">How many there are, listed or not.</param>
/// <param name="Repairs">
/// Every <see cref="LogRepaired"/>: who accepted it and when, which events it gave up, which bytes it put in
/// quarantine.
/// </param>
/// <param name="Restarts">
/// First events behind gaps that a repair left. Their text is checked, their place in the chain cannot be: the hash
/// that they follow went with the events that were lost.
/// </param>
/// <param name="Redactions">Every <see cref="EventRedacted"/>: who had which texts erased, when and why.</param>
public sealed record AuditReport(
    string? Project,
    Checkpoint? Head,
    IReadOnlyList<AuditFinding> Findings,
    int FindingsTotal,
    IReadOnlyList<RecordedEvent> Repairs,
    IReadOnlyList<EventId> Restarts,
    IReadOnlyList<RecordedEvent> Redactions)
{
    /// <summary>Most findings that a report lists.</summary>
    public const int FindingsMax = 1000;

    /// <summary>How many events there are, lost ones included.</summary>
    public long Events => Head?.Event.Value ?? 0;

    /// <summary>
    /// Whether all is as it was recorded. What a crash broke off, and the next write finishes, does not count.
    /// </summary>
    public bool IsIntact => FindingsTotal <= FindingsMax
        && Findings.All(one => one.Kind is AuditKind.UnfinishedEnd or AuditKind.UnfinishedErasure);

    internal static AuditReport OfNoLog(string segment, Checkpoint? against)
    {
        AuditFinding[] findings = against is null ? []
            : [new(AuditKind.CutOff, new AuditPlace(segment, 1, 0), new EventId(1), against.Event, "there is no log")];
        return new AuditReport(null, null, findings, findings.Length, [], [], []);
    }
}

/// <summary>One place where a log is not as it was recorded.</summary>
/// <param name="Kind">What was done to it.</param>
/// <param name="Place">Where in the file. For what was removed: the line that stands there now, or the end.</param>
/// <param name="First">The first event that is concerned; <see cref="EventId.None"/> when none is.</param>
/// <param name="Last">The last one; the same as the first when it is one.</param>
/// <param name="Cause">How it shows, for people: a clause without full stop.</param>
public sealed record AuditFinding(AuditKind Kind, AuditPlace Place, EventId First, EventId Last, string Cause)
{
    /// <summary>
    /// For people: <c>events-000000000001.jsonl line 5, byte 1290: #4 was altered: its checksum does not match</c>.
    /// </summary>
    public override string ToString() => $"{Place}: {Concerned} {Verb}: {Cause}";

    private string Concerned => First == EventId.None ? "the log"
        : Kind == AuditKind.Inserted ? $"a line before {First}"
        : First == Last ? $"{First}" : $"{First} to {Last}";

    private string Verb => Kind switch
    {
        AuditKind.Header => "lost its header",
        AuditKind.Altered => "altered",
        AuditKind.Inserted => "inserted",
        AuditKind.Removed => "removed",
        AuditKind.Repeated => "repeated",
        AuditKind.Moved => "moved",
        AuditKind.Erased => "erased",
        AuditKind.Unaccepted => "given up",
        AuditKind.Malformed => "out of order",
        AuditKind.UnfinishedEnd => "unfinished",
        AuditKind.UnfinishedErasure => "half erased",
        AuditKind.CutOff => "cut off",
        AuditKind.Rewritten => "rewritten",
        AuditKind.OtherProject => "of another project",
        _ => throw new System.Diagnostics.UnreachableException($"{Kind} has no words"),
    };
}

/// <summary>A line of a log's file.</summary>
/// <param name="Segment">File name.</param>
/// <param name="Line">Counted from 1, which is the header.</param>
/// <param name="Offset">First byte of the line.</param>
public readonly record struct AuditPlace(string Segment, long Line, long Offset)
{
    /// <summary>For people: <c>events-000000000001.jsonl line 5, byte 1290</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Segment} line {Line}, byte {Offset}");
}

/// <summary>What was done to a log.</summary>
public enum AuditKind
{
    /// <summary>The first line is not the header that the events were chained to.</summary>
    Header,

    /// <summary>Events are not what was recorded: checksum, text, or head and with it the chain.</summary>
    Altered,

    /// <summary>A line that was never recorded here, or bytes that are no event.</summary>
    Inserted,

    /// <summary>Events are gone, and others follow.</summary>
    Removed,

    /// <summary>An event stands in its place, and once more elsewhere.</summary>
    Repeated,

    /// <summary>An event stands whole, but not in its place.</summary>
    Moved,

    /// <summary>A text is gone, and no redaction says so.</summary>
    Erased,

    /// <summary>An event is said to be lost, and no repair says so.</summary>
    Unaccepted,

    /// <summary>In the chain, but it does not fit the call or the write around it: a faulty program wrote it.</summary>
    Malformed,

    /// <summary>
    /// The last write is not whole, as a crash leaves it. No tampering: the next write moves it to quarantine.
    /// </summary>
    UnfinishedEnd,

    /// <summary>A redaction was broken off in the middle of a line. No tampering: the next write finishes it.</summary>
    UnfinishedErasure,

    /// <summary>The log ends before the event of the checkpoint.</summary>
    CutOff,

    /// <summary>The event of the checkpoint has another hash: it, or something before it, was recorded anew.</summary>
    Rewritten,

    /// <summary>The checkpoint is of another project.</summary>
    OtherProject,
}
