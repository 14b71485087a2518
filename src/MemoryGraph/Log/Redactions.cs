using MemoryGraph.Events;
using MemoryGraph.Values;

namespace MemoryGraph.Log;

/// <summary>Which events the redactions among others name, and which of them did so first.</summary>
internal sealed class Redactions
{
    private readonly Dictionary<EventId, EventId> _first = [];
    private readonly HashSet<(EventId Target, EventId By)> _all = [];

    /// <param name="events">In order.</param>
    public Redactions(IReadOnlyList<RecordedEvent> events)
    {
        foreach (RecordedEvent recorded in events)
        {
            if (recorded.Event is EventRedacted redacted)
            {
                Add(recorded, redacted);
            }
        }
    }

    /// <summary>Stands for the redaction of a line that seems to be half erased, until it is found.</summary>
    public static EventId NotFoundYet => EventId.None;

    /// <summary>All that are named.</summary>
    public IReadOnlyCollection<EventId> Targets => _first.Keys;

    /// <summary>The first redaction that names an event; null when none does.</summary>
    public EventId? EraserOf(EventId target) => _first.TryGetValue(target, out EventId eraser) ? eraser : null;

    /// <summary>Whether it is true that one event redacted another.</summary>
    public bool Name(EventId target, EventId by) => _all.Contains((target, by));

    /// <summary>
    /// Takes the text out of events that are named. A redaction holds from its record on, whatever the file still says.
    /// </summary>
    /// <param name="events">All that the redactions stand among, without gaps.</param>
    /// <returns>Those that had text, or half of it, with the redaction of each.</returns>
    public Dictionary<EventId, EventId> Erase(List<RecordedEvent> events, EventLineReader lines)
    {
        var had = new Dictionary<EventId, EventId>();
        foreach ((EventId target, EventId eraser) in _first.Where(named => named.Key >= events[0].Id))
        {
            int place = (int)(target.Value - events[0].Id.Value);
            if ((events[place].RedactedBy ?? NotFoundYet) == NotFoundYet && EventCatalogue.MayErase(events[place].Event))
            {
                events[place] = lines.Erased(events[place], eraser);
                had.Add(target, eraser);
            }
        }

        return had;
    }

    // An event can only be erased by a later write: what is not durable yet has no text to take back.
    private void Add(RecordedEvent recorded, EventRedacted redacted)
    {
        foreach (EventId target in redacted.Targets.Where(target => target < recorded.Commit))
        {
            _first.TryAdd(target, recorded.Id);
            _all.Add((target, recorded.Id));
        }
    }
}
