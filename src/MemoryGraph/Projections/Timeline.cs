using MemoryGraph.Events;
using MemoryGraph.Graph;
using MemoryGraph.Values;

namespace MemoryGraph.Projections;

/// <summary>Which events touched an entity, its observations or its relations: answers "how did we come to know this?".</summary>
/// <remarks>
/// Created at 3, observed at 4 and 9, linked from another at 12:
/// <code>
/// 3 → 3, 4, 9, 12
/// </code>
/// Memory: four bytes for each entity that an event touches. A merge does not move entries; ask for both entities.
/// </remarks>
internal sealed class Timeline(GraphState graph) : Projection
{
    private readonly Dictionary<EventId, List<int>> _byEntity = [];

    /// <summary>Events that touched an entity under this identity, oldest first.</summary>
    public IReadOnlyList<int> Of(Entity entity) => _byEntity.TryGetValue(entity.Id, out List<int>? events) ? events : [];

    /// <inheritdoc/>
    protected override void Fold(RecordedEvent recorded)
    {
        if (recorded.Event is EntityCreated)
        {
            Enter(recorded.Id, recorded.Id);
        }

        if (recorded.Event is LogEvent)
        {
            return;
        }

        foreach (EventId fact in EventCatalogue.RefsOf(recorded.Event))
        {
            switch (graph.Fact(fact))
            {
                case Entity entity:
                    Enter(entity.Id, recorded.Id);
                    break;
                case Observation observation:
                    Enter(observation.Entity.Id, recorded.Id);
                    break;
                case Relation relation:
                    Enter(relation.From.Id, recorded.Id);
                    Enter(relation.To.Id, recorded.Id);
                    break;
            }
        }
    }

    private void Enter(EventId entity, EventId happened)
    {
        if (!_byEntity.TryGetValue(entity, out List<int>? events))
        {
            _byEntity.Add(entity, events = []);
        }

        if (events.Count == 0 || events[^1] != (int)happened.Value)
        {
            events.Add((int)happened.Value);
        }
    }
}
