using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Graph;

namespace MemoryGraph.Projections;

/// <summary>
/// Which events touched an entity, its observations or its relations: answers "how did we come to know this?".
/// </summary>
/// <remarks>
/// Created at 3, observed at 4 and 9, linked from another at 12:
/// <code>
/// 3 → 3, 4, 9, 12
/// </code>
/// A merge does not move entries; ask for both entities. Memory: eight bytes an event, and for each entity that one
/// touches four to eight more; twelve bytes an entity. Eighteen in all for events of an ordinary project.
/// </remarks>
public sealed class Timeline : Projection
{
    private readonly TouchedEntities _trail = new();

    // Side by side: the entity that a list is of, in order of creation, and its events.
    private readonly Column<int> _entities = new();
    private readonly IdLists _events = new();

    internal override IEnumerable<Column> Columns => [.. _trail.Columns, _entities, .. _events.Columns];

    /// <summary>Events that touched an entity under this identity, oldest first.</summary>
    /// <param name="entity">The event that created it.</param>
    public IEnumerable<EventId> Of(EventId entity) =>
        ListOf(entity) is >= 0 and var list ? _events.Range(list, 0, _events.CountOf(list)).Select(id => new EventId(id)) : [];

    /// <summary>How many events touched an entity under this identity.</summary>
    internal int CountOf(EventId entity) => ListOf(entity) is >= 0 and var list ? _events.CountOf(list) : 0;

    /// <summary>
    /// Events up to one that touched any of these entities, newest first, each once; read as they are asked for.
    /// </summary>
    /// <remarks>Cost: finding the first takes as many steps as the logarithm of what came after it.</remarks>
    internal IEnumerable<EventId> Descending(IEnumerable<EventId> entities, EventId upTo) =>
        _events.Down([.. entities.Select(ListOf).Where(list => list >= 0)], (int)upTo.Value).Select(id => new EventId(id));

    /// <inheritdoc/>
    protected override void Fold(RecordedEvent recorded)
    {
        foreach (EventId entity in _trail.Apply(recorded))
        {
            if (entity == recorded.Id)
            {
                _entities.Add((int)entity.Value);
                _events.Add();
            }

            _events.Append(ListOf(entity), (int)recorded.Id.Value);
        }
    }

    // An entity's list begins with its creation, so they are in order.
    private int ListOf(EventId entity)
    {
        int first = 0;
        int behind = (int)_entities.Count;
        while (first < behind)
        {
            int middle = first + ((behind - first) / 2);
            if (_entities[middle] < entity.Value)
            {
                first = middle + 1;
            }
            else
            {
                behind = middle;
            }
        }

        return first < _entities.Count && _entities[first] == entity.Value ? first : -1;
    }
}
