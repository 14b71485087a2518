using MemoryGraph.Domain;
using MemoryGraph.Events;

namespace MemoryGraph.Decide;

/// <summary>What a command comes to: events to record, or a refusal.</summary>
/// <param name="Refused">Why nothing may be recorded; null when it may.</param>
/// <param name="Events">In order; empty when everything asked for already holds.</param>
/// <param name="Unchanged">What already held, in words.</param>
/// <param name="Notices">What is worth knowing though nothing is wrong, in sentences.</param>
internal sealed record Decision(
    Refusal? Refused,
    IReadOnlyList<MemoryEvent> Events,
    IReadOnlyList<string> Unchanged,
    IReadOnlyList<string> Notices)
{
    /// <summary>For each event the call that it takes back; empty but for undo and redo.</summary>
    public IReadOnlyList<EventId> Undoes { get; init; } = [];

    public static Decision Of(MemoryEvent only) => new(null, [only], [], []);

    public static Decision Refuse(Refusal refusal) => new(refusal, [], [], []);
}
