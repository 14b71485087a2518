using MemoryGraph.Domain;
using MemoryGraph.Events;

namespace MemoryGraph.Log;

/// <summary>Which events the redactions among others name, and which of them did so first.</summary>
internal sealed class Redactions
{
    private readonly Dictionary<EventId, EventId> _first = [];
    private readonly HashSet<(EventId Target, EventId By)> _all = [];

    /// <summary>Stands for the redaction of a line that seems to be half erased, until it is found.</summary>
    public static EventId NotFoundYet => EventId.None;

    /// <summary>All that are named.</summary>
    public IReadOnlyCollection<EventId> Targets => _first.Keys;

    /// <summary>The first redaction that names an event; null when none does.</summary>
    public EventId? EraserOf(EventId target) => _first.TryGetValue(target, out EventId eraser) ? eraser : null;

    /// <summary>Whether it is true that one event redacted another.</summary>
    public bool Name(EventId target, EventId by) => _all.Contains((target, by));

    /// <summary>Whether each that the others name is named here too, by the same redaction first.</summary>
    public bool Include(Redactions others) => others._first.All(named => EraserOf(named.Key) == named.Value);

    /// <summary>Takes note of an event, should it be a redaction. They come in order.</summary>
    public void Take(RecordedEvent recorded)
    {
        if (recorded.Event is EventRedacted redacted)
        {
            // An event can only be erased by a later write: what is not durable yet has no text to take back.
            foreach (EventId target in redacted.Targets.Where(target => target < recorded.Commit))
            {
                _first.TryAdd(target, recorded.Id);
                _all.Add((target, recorded.Id));
            }
        }
    }
}
