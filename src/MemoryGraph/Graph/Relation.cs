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

    public bool IsLiveAt(EventId point) =>
        _life.Contains(point) && From.OwnerAt(point).IsLiveAt(point) && To.OwnerAt(point).IsLiveAt(point);

    public void Update(EventId at, Validity validity) => _validity.Add(at, validity);

    public void Delete(EventId at) => _life.Close(at);

    public void Restore(EventId at) => _life.Reopen(at);
}
