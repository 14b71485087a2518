using MemoryGraph.Domain;

namespace MemoryGraph.Graph;

/// <summary>A directed, named link between two entities.</summary>
/// <param name="Graph">Where it is kept.</param>
/// <param name="Row">Its row there.</param>
internal readonly record struct Relation(GraphState Graph, int Row)
{
    public EventId Id => new(State.Id);

    /// <summary>Where it was said to start; see <see cref="Entity.OwnerAt"/>.</summary>
    public Entity From => new(Graph, State.From);

    public string RelationType => Graph.Events.Names[State.RelationType];

    /// <summary>Its type's number in the table of names.</summary>
    public int TypeNumber => State.RelationType;

    /// <summary>Where it was said to lead; see <see cref="Entity.OwnerAt"/>.</summary>
    public Entity To => new(Graph, State.To);

    public bool IsOpen => State.Life.IsOpen;

    public EventId End => State.Life.End;

    public Validity Validity => ValidityAt(EventId.Never);

    private ref readonly RelationRow State => ref Graph.Rows.Relations[Row];

    public Validity ValidityAt(EventId point)
    {
        ValidityIds ids = Graph.Rows.Validities.Held(State.Validity, point);
        return new Validity(Day(ids.From), Day(ids.To));
    }

    /// <summary>Said and not deleted at a point, whatever became of its ends.</summary>
    public bool StandsAt(EventId point) => Graph.Rows.Lifespans.Contains(State.Life, point);

    /// <summary>The last event up to a point that created, updated, deleted or restored it.</summary>
    public EventId ChangedBy(EventId point) => EventId.Later(
        Graph.Rows.Lifespans.LastTurnUpTo(State.Life, point),
        Graph.Rows.Validities.LastSince(State.Validity, _ => true, point));

    /// <summary>
    /// Events behind one point and up to another that created, updated, deleted or restored it, in order.
    /// </summary>
    public IEnumerable<EventId> ChangesIn(EventId behind, EventId upTo) => Graph.Rows.Lifespans.TurnsIn(State.Life, behind, upTo)
        .Union(Graph.Rows.Validities.TurnsIn(State.Validity, behind, upTo)).Order();

    public bool IsLiveAt(EventId point) =>
        StandsAt(point) && From.OwnerAt(point).IsLiveAt(point) && To.OwnerAt(point).IsLiveAt(point);

    /// <returns>False, with nothing done, when it is not live.</returns>
    public bool Update(EventId at, Validity validity)
    {
        bool live = IsLiveAt(at);
        if (live)
        {
            ref RelationRow state = ref Graph.Rows.Relations.Change(Row);
            state.Validity = Graph.Rows.Validities.Add(state.Validity, at, Graph.Rows.IdsOf(validity));
        }

        return live;
    }

    /// <returns>False, with nothing done, when it is not live.</returns>
    public bool Delete(EventId at)
    {
        bool live = IsLiveAt(at);
        if (live)
        {
            ref RelationRow state = ref Graph.Rows.Relations.Change(Row);
            state.Life = state.Life.Closed(at);
        }

        return live;
    }

    /// <returns>False, with nothing done, when it still stands, or one of its ends is gone.</returns>
    public bool Restore(EventId at)
    {
        bool gone = !IsOpen && From.OwnerAt(at).IsLiveAt(at) && To.OwnerAt(at).IsLiveAt(at);
        if (gone)
        {
            ref RelationRow state = ref Graph.Rows.Relations.Change(Row);
            state.Life = Graph.Rows.Lifespans.Reopened(state.Life, at);
        }

        return gone;
    }

    private string? Day(int number) => number == 0 ? null : Graph.Events.Names[number - 1];
}
