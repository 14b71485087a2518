using MemoryGraph.Domain;
using MemoryGraph.Events;

namespace MemoryGraph.Integrity;

/// <summary>What a repair of a damaged log did, or would do.</summary>
/// <param name="Found">The log before the repair.</param>
/// <param name="Lost">Events that are given up, in order. Everything else stays, byte for byte.</param>
/// <param name="HeaderRebuilt">Whether the first line had to be made anew.</param>
/// <param name="Quarantine">
/// File name of the copy of the damaged log in the quarantine folder; null when there is nothing to repair.
/// </param>
/// <param name="Recorded">
/// The <see cref="LogRepaired"/> that ends the mended log; null when nothing was changed.
/// </param>
public sealed record RepairReport(
    AuditReport Found, IReadOnlyList<LostEvent> Lost, bool HeaderRebuilt, string? Quarantine, RecordedEvent? Recorded)
{
    /// <summary>Whether there is something to repair: the log is not intact.</summary>
    public bool Needed => Quarantine is not null;
}

/// <summary>An event that a repair gives up. Its id stays, as an <see cref="EventLost"/>.</summary>
/// <param name="Id">The event.</param>
/// <param name="Cause">Why, for people: a clause without full stop.</param>
public sealed record LostEvent(EventId Id, string Cause);
