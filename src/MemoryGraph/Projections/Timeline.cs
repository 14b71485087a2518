using MemoryGraph.Events;
using MemoryGraph.Values;

namespace MemoryGraph.Projections;

/// <summary>
/// Which events touched an entity, its observations or its relations: answers "how did we come to know this?".
/// </summary>
/// <remarks>
/// Created at 3, observed at 4 and 9, linked from another at 12:
/// <code>
/// 3 → 3, 4, 9, 12
/// </code>
/// Memory: four bytes for each entity that an event touches. A merge does not move entries; ask for both entities.
/// </remarks>
public sealed class Timeline : Projection
{
    private readonly EntityTrail _trail = new();
    private readonly Dictionary<EventId, List<int>> _byEntity = [];

    /// <summary>Events that touched an entity under this identity, oldest first.</summary>
    /// <param name="entity">The event that created it.</param>
    public IEnumerable<EventId> Of(EventId entity) =>
        _byEntity.TryGetValue(entity, out List<int>? events) ? events.Select(id => new EventId(id)) : [];

    /// <inheritdoc/>
    protected override void Fold(RecordedEvent recorded)
    {
        foreach (EventId entity in _trail.Follow(recorded))
        {
            if (!_byEntity.TryGetValue(entity, out List<int>? events))
            {
                _byEntity.Add(entity, events = []);
            }

            events.Add((int)recorded.Id.Value);
        }
    }
}
