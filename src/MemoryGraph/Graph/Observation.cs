using MemoryGraph.Values;

namespace MemoryGraph.Graph;

/// <summary>One statement about an entity.</summary>
internal sealed class Observation(EventId id, Entity entity, string text)
{
    private Lifespans _life = Lifespans.Since(id);

    public EventId Id { get; } = id;

    /// <summary>
    /// What it was said of; another entity may own it since a merge, see <see cref="Entity.OwnerAt"/>.
    /// </summary>
    public Entity Entity { get; } = entity;

    public string Text { get; } = text;

    /// <summary>An older statement of the same words, which ended before this one began.</summary>
    public Observation? EarlierWithSameText { get; set; }

    /// <summary>Stated and not withdrawn; whether it shows also depends on its entity.</summary>
    public bool IsOpen => _life.IsOpen;

    public EventId End => _life.End;

    /// <summary>Stated and not withdrawn at a point, whatever became of its entity.</summary>
    public bool StandsAt(EventId point) => _life.Contains(point);

    /// <summary>The last event up to a point that added, removed or restored it.</summary>
    public EventId ChangedBy(EventId point) => _life.LastTurnUpTo(point);

    /// <summary>Events behind one point and up to another that added, removed or restored it, in order.</summary>
    public IEnumerable<EventId> ChangesIn(EventId behind, EventId upTo) => _life.TurnsIn(behind, upTo);

    public bool IsLiveAt(EventId point) => _life.Contains(point) && Entity.OwnerAt(point).IsLiveAt(point);

    /// <returns>False, with nothing done, when it is not live.</returns>
    public bool Remove(EventId at)
    {
        bool live = IsLiveAt(at);
        if (live)
        {
            _life.Close(at);
        }

        return live;
    }

    /// <returns>False, with nothing done, when it still stands, or there is no entity left to have it.</returns>
    public bool Restore(EventId at)
    {
        bool gone = !IsOpen && Entity.OwnerAt(at).IsLiveAt(at);
        if (gone)
        {
            _life.Reopen(at);
        }

        return gone;
    }
}
