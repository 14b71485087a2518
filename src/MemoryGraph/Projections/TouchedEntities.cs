using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Graph;

namespace MemoryGraph.Projections;

/// <summary>Which entities an event touches: itself, or those that its observation or relation was said of.</summary>
/// <remarks>
/// Entities are known by the events that created them. A merge moves nothing here: what was said of the one that was
/// merged away stays with it. Memory: eight bytes an event.
/// </remarks>
public sealed class TouchedEntities
{
    // By event; row 0 is before the first.
    private readonly Column<TrailRow> _rows = new();

    /// <summary>Makes one that has seen no event.</summary>
    public TouchedEntities() => _rows.Add(default);

    /// <summary>What has to be saved. Nothing is derived from it.</summary>
    internal IEnumerable<Column> Columns => [_rows];

    /// <summary>Takes in the next event of the log and tells the entities that it touches, each once.</summary>
    /// <exception cref="ArgumentException">The event does not follow the last one.</exception>
    public IReadOnlyList<EventId> Apply(RecordedEvent recorded)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        if (recorded.Id.Value != _rows.Count)
        {
            throw new ArgumentException($"event {recorded.Id} does not follow {new EventId(_rows.Count - 1)}", nameof(recorded));
        }

        List<EventId> touched = [];
        if (recorded.Event is not LogEvent)
        {
            foreach (EventId fact in recorded.Refs)
            {
                AddWhatItIsAbout(fact, touched);
            }
        }

        bool begins = recorded.Event is EntityCreated or ObservationAdded or RelationCreated;
        if (recorded.Event is EntityCreated)
        {
            touched.Add(recorded.Id);
        }

        int entity = touched.Count > 0 ? (int)touched[0].Value : 0;
        _rows.Add(new TrailRow(begins ? entity : -entity, touched.Count > 1 ? (int)touched[1].Value : 0));
        return touched;
    }

    /// <summary>The first two entities that an event touches; <see cref="EventId.None"/> for none.</summary>
    internal (EventId Entity, EventId Other) TouchedBy(EventId id)
    {
        TrailRow row = _rows[id.Value];
        return (new EventId(Math.Abs(row.Entity)), new EventId(row.Other));
    }

    // Nothing for what began no fact, or one of an entity that never was: a log may have been written by others.
    private void AddWhatItIsAbout(EventId fact, List<EventId> touched)
    {
        TrailRow about = fact > EventId.None && fact.Value < _rows.Count ? _rows[fact.Value] : default;
        foreach (int entity in (ReadOnlySpan<int>)[about.Entity, about.Other])
        {
            if (about.Entity > 0 && entity > 0 && !touched.Contains(new EventId(entity)))
            {
                touched.Add(new EventId(entity));
            }
        }
    }

    /// <param name="Entity">Below zero when the event began no fact, and so is none that others could touch.</param>
    private readonly record struct TrailRow(int Entity, int Other);
}
