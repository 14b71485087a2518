using MemoryGraph.Domain;
using MemoryGraph.Text;

namespace MemoryGraph.Graph;

/// <summary>One statement about an entity.</summary>
/// <param name="Graph">Where it is kept.</param>
/// <param name="Row">Its row there.</param>
internal readonly record struct Observation(GraphState Graph, int Row)
{
    public EventId Id => new(State.Id);

    /// <summary>
    /// What it was said of; another entity may own it since a merge, see <see cref="Entity.OwnerAt"/>.
    /// </summary>
    public Entity Entity => new(Graph, State.Entity);

    /// <summary>As said; made anew from the event that added it.</summary>
    public string Text => Utf8Text.Read(Utf8);

    /// <summary>Its text in UTF-8.</summary>
    public ReadOnlySpan<byte> Utf8 => Graph.Events.TextOf(Id);

    /// <summary>An older statement of the same words, which ended before this one began.</summary>
    public Observation? EarlierWithSameText =>
        State.EarlierWithSameText is > 0 and var row ? new Observation(Graph, row) : null;

    /// <summary>Stated and not withdrawn; whether it shows also depends on its entity.</summary>
    public bool IsOpen => State.Life.IsOpen;

    public EventId End => State.Life.End;

    private ref readonly ObservationRow State => ref Graph.Rows.Observations[Row];

    /// <summary>Stated and not withdrawn at a point, whatever became of its entity.</summary>
    public bool StandsAt(EventId point) => Graph.Rows.Lifespans.Contains(State.Life, point);

    /// <summary>The last event up to a point that added, removed or restored it.</summary>
    public EventId ChangedBy(EventId point) => Graph.Rows.Lifespans.LastTurnUpTo(State.Life, point);

    /// <summary>Events behind one point and up to another that added, removed or restored it, in order.</summary>
    public IEnumerable<EventId> ChangesIn(EventId behind, EventId upTo) =>
        Graph.Rows.Lifespans.TurnsIn(State.Life, behind, upTo);

    public bool IsLiveAt(EventId point) => StandsAt(point) && Entity.OwnerAt(point).IsLiveAt(point);

    /// <returns>False, with nothing done, when it is not live.</returns>
    public bool Remove(EventId at)
    {
        bool live = IsLiveAt(at);
        if (live)
        {
            ref ObservationRow state = ref Graph.Rows.Observations.Change(Row);
            state.Life = state.Life.Closed(at);
        }

        return live;
    }

    /// <returns>False, with nothing done, when it still stands, or there is no entity left to have it.</returns>
    public bool Restore(EventId at)
    {
        bool gone = !IsOpen && Entity.OwnerAt(at).IsLiveAt(at);
        if (gone)
        {
            ref ObservationRow state = ref Graph.Rows.Observations.Change(Row);
            state.Life = Graph.Rows.Lifespans.Reopened(state.Life, at);
        }

        return gone;
    }
}
