using MemoryGraph.Values;

namespace MemoryGraph.Graph;

/// <summary>A directed, named link between two entities.</summary>
internal sealed class Relation(EventId id, Entity from, string relationType, Entity to, Validity validity)
{
    private Lifespans _life = Lifespans.Since(id);
    private Versions<Validity> _validity = new(id, validity);

    public EventId Id { get; } = id;

    /// <summary>Where it was said to start; see <see cref="Entity.OwnerAt"/>.</summary>
    public Entity From { get; } = from;

    public string RelationType { get; } = relationType;

    /// <summary>Where it was said to lead; see <see cref="Entity.OwnerAt"/>.</summary>
    public Entity To { get; } = to;

    public bool IsOpen => _life.IsOpen;

    public EventId End => _life.End;

    public Validity Validity => _validity.Current;

    public Validity ValidityAt(EventId point) => _validity.At(point);

    /// <summary>Said and not deleted at a point, whatever became of its ends.</summary>
    public bool StandsAt(EventId point) => _life.Contains(point);

    /// <summary>The last event up to a point that created, updated, deleted or restored it.</summary>
    public EventId ChangedBy(EventId point) => EventId.Later(_life.LastTurnUpTo(point), _validity.SinceAt(point));

    /// <summary>
    /// Events behind one point and up to another that created, updated, deleted or restored it, in order.
    /// </summary>
    public IEnumerable<EventId> ChangesIn(EventId behind, EventId upTo) =>
        _life.TurnsIn(behind, upTo).Union(_validity.TurnsIn(behind, upTo)).Order();

    public bool IsLiveAt(EventId point) =>
        _life.Contains(point) && From.OwnerAt(point).IsLiveAt(point) && To.OwnerAt(point).IsLiveAt(point);

    /// <returns>False, with nothing done, when it is not live.</returns>
    public bool Update(EventId at, Validity validity)
    {
        bool live = IsLiveAt(at);
        if (live)
        {
            _validity.Add(at, validity);
        }

        return live;
    }

    /// <returns>False, with nothing done, when it is not live.</returns>
    public bool Delete(EventId at)
    {
        bool live = IsLiveAt(at);
        if (live)
        {
            _life.Close(at);
        }

        return live;
    }

    /// <returns>False, with nothing done, when it still stands, or one of its ends is gone.</returns>
    public bool Restore(EventId at)
    {
        bool gone = !IsOpen && From.OwnerAt(at).IsLiveAt(at) && To.OwnerAt(at).IsLiveAt(at);
        if (gone)
        {
            _life.Reopen(at);
        }

        return gone;
    }
}
