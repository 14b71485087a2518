using MemoryGraph.Events;
using MemoryGraph.Values;

namespace MemoryGraph.Graph;

/// <summary>What the events add up to: every fact that ever was, with its lifespans.</summary>
/// <remarks>
/// The graph as of an event is a filter over lifespans (<see cref="AsOf"/>), not a replay, and the present is the point
/// of the last event: both cost the same. The definition stays the replay: as of <i>n</i> equals folding the first
/// <i>n</i> events. One writer folds; what it adds lies behind the point at which readers ask, so they keep a
/// consistent view.
/// </remarks>
internal sealed class GraphState
{
    // By the id of the event that began it; null where an event began nothing.
    private readonly List<object?> _facts = [null];
    private readonly List<Entity> _entities = [];
    private readonly NameIndex _names = new();

    /// <summary>The events that were folded.</summary>
    public EventIndex Events { get; } = new();

    /// <summary>
    /// How many events changed nothing because what they touch was not there: none in a log of our own making.
    /// </summary>
    public int Skipped { get; private set; }

    /// <summary>Every entity that ever was, in order of creation.</summary>
    public IReadOnlyList<Entity> Entities => _entities;

    public NameIndex Names => _names;

    /// <summary>The graph as it was when an event had just happened.</summary>
    public GraphView AsOf(EventId point) => new(this, point);

    /// <summary>The graph at the end of what was folded.</summary>
    public GraphView Now => new(this, Events.Last);

    /// <summary>The entity, observation or relation that an event began; null when it began none.</summary>
    public object? Fact(EventId id) => id > EventId.None && id.Value < _facts.Count ? _facts[(int)id.Value] : null;

    public Entity? Entity(EventId id) => Fact(id) as Entity;

    public Observation? Observation(EventId id) => Fact(id) as Observation;

    public Relation? Relation(EventId id) => Fact(id) as Relation;

    /// <summary>
    /// Applies the next event. Never refuses: what cannot apply to this graph is skipped and counted.
    /// </summary>
    /// <exception cref="ArgumentException">The event does not follow the last one.</exception>
    public void Evolve(RecordedEvent recorded)
    {
        if (recorded.Id != Events.Last.Next)
        {
            throw new ArgumentException($"event {recorded.Id} does not follow {Events.Last}", nameof(recorded));
        }

        Events.Add(recorded);
        _facts.Add(null);
        if (!Apply(recorded.Id, recorded.Event))
        {
            Skipped++;
        }
    }

    private bool Apply(EventId at, MemoryEvent happened) => happened switch
    {
        EntityCreated e => Begin(at, new Entity(at, new Naming(e.Name, e.EntityType) { Implied = e.Implied })),
        EntityUpdated e => Entity(e.Entity) is { IsLive: true } entity && Rename(at, entity, e),
        EntityMerged e => Entity(e.From) is { } from && Entity(e.Into) is { } into && from.MergeInto(at, into),
        EntityDeleted e => Entity(e.Entity) is { } entity && entity.Delete(at),
        EntityRestored e => Entity(e.Entity) is { } entity && entity.Restore(at),
        ObservationAdded e => Entity(e.Entity) is { IsLive: true } entity && Begin(new Observation(at, entity, e.Text)),
        ObservationRemoved e => Observation(e.Observation) is { } observation && observation.Remove(at),
        ObservationRestored e => Observation(e.Observation) is { } observation && observation.Restore(at),
        RelationCreated e => Entity(e.From) is { IsLive: true } from && Entity(e.To) is { IsLive: true } to
            && Begin(new Relation(at, from, e.RelationType, to, e.Validity)),
        RelationUpdated e => Relation(e.Relation) is { } relation && relation.Update(at, e.Validity),
        RelationDeleted e => Relation(e.Relation) is { } relation && relation.Delete(at),
        RelationRestored e => Relation(e.Relation) is { } relation && relation.Restore(at),
        LogRepaired or EventLost or EventRedacted or ClockCorrected or UnknownEvent => true,
        _ => throw new System.Diagnostics.UnreachableException($"{happened.GetType().Name} has no arm"),
    };

    private bool Begin(EventId at, Entity entity)
    {
        _facts[(int)at.Value] = entity;
        _entities.Add(entity);
        _names.Add(entity, entity.Naming.Name);
        return true;
    }

    private bool Begin(Observation observation)
    {
        _facts[(int)observation.Id.Value] = observation;
        observation.Entity.Add(observation);
        return true;
    }

    private bool Begin(Relation relation)
    {
        _facts[(int)relation.Id.Value] = relation;
        relation.From.Outgoing.Add(relation);
        relation.To.Incoming.Add(relation);
        return true;
    }

    private bool Rename(EventId at, Entity entity, EntityUpdated e)
    {
        Naming before = entity.Naming;
        entity.Rename(at, new Naming(e.Name ?? before.Name, e.EntityType ?? before.EntityType)
        {
            Implied = e.Implied ?? before.Implied,
        });
        if (e.Name is { } name && name != before.Name)
        {
            _names.Add(entity, name);
        }

        return true;
    }
}
