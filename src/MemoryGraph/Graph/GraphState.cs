using MemoryGraph.Domain;
using MemoryGraph.Events;

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
    /// <summary>
    /// Which rules made the facts of a saved fold: raised whenever an event comes to other facts, or columns hold
    /// something else, so that what was saved before is not believed.
    /// </summary>
    public const int FoldVersion = 2;

    private const int KindBits = 2;
    private const int KindMask = (1 << KindBits) - 1;

    // By the id of the event that began a fact: its row and, in the lowest bits, what it is; 0 where none began.
    private readonly Column<int> _facts = new();

    // Of one number, so that it is saved with the rest.
    private readonly Column<int> _skipped = new();

    private readonly Column[] _columns;

    public GraphState()
    {
        Rows = new FactRows(Events);
        Names = new NameIndex(this);
        _facts.Add(0);
        _skipped.Add(0);
        _columns = [.. Events.Columns, .. Rows.Columns, .. Names.Columns, _facts, _skipped];
    }

    private enum Kind
    {
        Entity = 1,
        Observation = 2,
        Relation = 3,
    }

    /// <summary>The events that were folded.</summary>
    public EventIndex Events { get; } = new();

    /// <summary>The facts, as they are kept.</summary>
    public FactRows Rows { get; }

    public NameIndex Names { get; }

    /// <summary>
    /// How many events changed nothing because what they touch was not there: none in a log of our own making.
    /// </summary>
    public int Skipped => _skipped[0];

    /// <summary>Every entity that ever was, in order of creation.</summary>
    public IEnumerable<Entity> Entities
    {
        get
        {
            for (int row = 1; row < Rows.Entities.Count; row++)
            {
                yield return new Entity(this, row);
            }
        }
    }

    /// <summary>All that it holds, in an order that stays. Filled from outside, it needs <see cref="IndexLoaded"/>.</summary>
    public IReadOnlyList<Column> Columns => _columns;

    /// <summary>Bytes of memory that it takes.</summary>
    public long BytesTaken => Columns.Sum(column => column.BytesTaken);

    /// <summary>The graph as it was when an event had just happened.</summary>
    public GraphView AsOf(EventId point) => new(this, point);

    /// <summary>The graph at the end of what was folded.</summary>
    public GraphView Now => new(this, Events.Last);

    /// <summary>
    /// The entity, observation or relation that an event began; null when it began none. Boxed: ask for the kind when it
    /// is known.
    /// </summary>
    public object? Fact(EventId id) => KindOf(id) switch
    {
        Kind.Entity => new Entity(this, RowOf(id)),
        Kind.Observation => new Observation(this, RowOf(id)),
        Kind.Relation => new Relation(this, RowOf(id)),
        _ => null,
    };

    public Entity? Entity(EventId id) => KindOf(id) == Kind.Entity ? new Entity(this, RowOf(id)) : null;

    public Observation? Observation(EventId id) => KindOf(id) == Kind.Observation ? new Observation(this, RowOf(id)) : null;

    public Relation? Relation(EventId id) => KindOf(id) == Kind.Relation ? new Relation(this, RowOf(id)) : null;

    /// <summary>The observation that an event added, with its entity; or the entity that it named. Else null.</summary>
    public (Entity Entity, Observation? Observation)? SubjectOf(EventId id) => KindOf(id) switch
    {
        Kind.Observation when new Observation(this, RowOf(id)) is var observation => (observation.Entity, observation),
        Kind.Relation => null,
        _ when (Entity(id) ?? RenamedBy(id)) is { } entity && entity.NamedBy(id) == id => (entity, null),
        _ => null,
    };

    private Entity? RenamedBy(EventId id) => Events.ShapeOf(id)?.EventType == typeof(EntityUpdated)
        ? Entity(((EntityUpdated)Events[id].Event).Entity) : null;

    /// <summary>Makes what is derived anew, after the columns were loaded.</summary>
    public void IndexLoaded()
    {
        Events.IndexLoaded();
        Rows.IndexLoaded();
        Names.IndexLoaded();
    }

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
        _facts.Add(0);
        if (!Apply(recorded.Id, recorded.Event))
        {
            _skipped.Change(0)++;
        }
    }

    /// <summary>
    /// Begins a trial: events folded from here on can be taken out again, with <see cref="CutBack"/>, or kept, with
    /// <see cref="Keep"/>. Trials nest, and readers must not ask about events of one that may be taken out.
    /// </summary>
    /// <remarks>Cost: a few nanoseconds a column, and while it lasts a copy of every row that changes.</remarks>
    public void Mark() => Array.ForEach(_columns, column => column.Mark());

    /// <summary>Takes out every event folded since the last <see cref="Mark"/>: the graph is as it was then, to the byte.</summary>
    public void CutBack()
    {
        // What is derived is found by the rows that are about to go.
        Events.CutIndexBack();
        Rows.CutIndexBack();
        Names.CutIndexBack();
        Array.ForEach(_columns, column => column.CutBack());
    }

    /// <summary>Ends the last trial and leaves its events in the graph.</summary>
    public void Keep() => Array.ForEach(_columns, column => column.Unmark());

    private bool Apply(EventId at, MemoryEvent happened) => happened switch
    {
        EntityCreated e => Begin(at, e),
        EntityUpdated e => Entity(e.Entity) is { IsLive: true } entity && Rename(at, entity, e),
        EntityMerged e => Entity(e.From) is { } from && Entity(e.Into) is { } into && from.MergeInto(at, into),
        EntityDeleted e => Entity(e.Entity) is { } entity && entity.Delete(at),
        EntityRestored e => Entity(e.Entity) is { } entity && entity.Restore(at),
        ObservationAdded e => Entity(e.Entity) is { IsLive: true } entity && Begin(at, Kind.Observation, Rows.AddObservation(at, entity)),
        ObservationRemoved e => Observation(e.Observation) is { } observation && observation.Remove(at),
        ObservationRestored e => Observation(e.Observation) is { } observation && observation.Restore(at),
        RelationCreated e => Entity(e.From) is { IsLive: true } from && Entity(e.To) is { IsLive: true } to
            && Begin(at, Kind.Relation, Rows.AddRelation(at, from, e.RelationType, to, e.Validity)),
        RelationUpdated e => Relation(e.Relation) is { } relation && relation.Update(at, e.Validity),
        RelationDeleted e => Relation(e.Relation) is { } relation && relation.Delete(at),
        RelationRestored e => Relation(e.Relation) is { } relation && relation.Restore(at),
        LogRepaired or EventLost or EventRedacted or ClockCorrected or UnknownEvent => true,
        _ => throw new System.Diagnostics.UnreachableException($"{happened.GetType().Name} has no arm"),
    };

    private Kind KindOf(EventId id) =>
        id > EventId.None && id.Value < _facts.Count ? (Kind)(_facts[id.Value] & KindMask) : default;

    private int RowOf(EventId id) => _facts[id.Value] >> KindBits;

    private bool Begin(EventId at, EntityCreated e)
    {
        int row = Rows.Add(at, new NamingIds(Events.Names.Add(e.Name), Events.Names.Add(e.EntityType), e.Implied));
        Names.Add(new Entity(this, row), e.Name);
        return Begin(at, Kind.Entity, row);
    }

    private bool Begin(EventId at, Kind kind, int row)
    {
        _facts.Change(at.Value) = (row << KindBits) | (int)kind;
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
            Names.Add(entity, name);
        }

        return true;
    }
}
