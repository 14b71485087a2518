using MemoryGraph.Events;
using MemoryGraph.Values;

namespace MemoryGraph.Projections;

/// <summary>Which entities an event touches: itself, or those that its observation or relation was said of.</summary>
/// <remarks>
/// Entities are known by the events that created them. A merge moves nothing here: what was said of the one that was
/// merged away stays with it. Memory: eight bytes an event.
/// </remarks>
public sealed class EntityTrail
{
    // By event: the entity that its fact is about, and for a relation the one it leads to; 0 for none.
    private readonly List<(int Entity, int Other)> _about = [(0, 0)];

    /// <summary>Takes in the next event of the log and tells the entities that it touches, each once.</summary>
    /// <exception cref="ArgumentException">The event does not follow the last one.</exception>
    public IReadOnlyList<EventId> Follow(RecordedEvent recorded)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        if (recorded.Id.Value != _about.Count)
        {
            throw new ArgumentException($"event {recorded.Id} does not follow {new EventId(_about.Count - 1)}", nameof(recorded));
        }

        (EventId entity, EventId other) = recorded.Event switch
        {
            EntityCreated => (recorded.Id, EventId.None),
            ObservationAdded e => (e.Entity, EventId.None),
            RelationCreated e => (e.From, e.To),
            _ => (EventId.None, EventId.None),
        };
        _about.Add(((int)entity.Value, (int)other.Value));
        return recorded.Event is LogEvent ? [] : [.. recorded.Refs.Append(recorded.Id).SelectMany(About).Distinct()];
    }

    // Nothing for what began no fact, or one of an entity that never was: a log may have been written by others.
    private IEnumerable<EventId> About(EventId fact)
    {
        (int entity, int other) = Contains(fact) ? _about[(int)fact.Value] : (0, 0);
        return new[] { new EventId(entity), new EventId(other) }.Where(IsEntity);
    }

    private bool IsEntity(EventId id) => Contains(id) && _about[(int)id.Value] == ((int)id.Value, 0);

    private bool Contains(EventId id) => id > EventId.None && id.Value < _about.Count;
}
