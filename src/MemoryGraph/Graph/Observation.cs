using MemoryGraph.Values;

namespace MemoryGraph.Graph;

/// <summary>One statement about an entity.</summary>
internal sealed class Observation(EventId id, Entity entity, string text)
{
    private Lifespans _life = Lifespans.Since(id);

    public EventId Id { get; } = id;

    /// <summary>What it was said of; another entity may own it since a merge, see <see cref="Entity.OwnerAt"/>.</summary>
    public Entity Entity { get; } = entity;

    public string Text { get; } = text;

    /// <summary>An older statement of the same words, which ended before this one began.</summary>
    public Observation? EarlierWithSameText { get; set; }

    /// <summary>Stated and not withdrawn; whether it shows also depends on its entity.</summary>
    public bool IsOpen => _life.IsOpen;

    public EventId End => _life.End;

    public bool IsLiveAt(EventId point) => _life.Contains(point) && Entity.OwnerAt(point).IsLiveAt(point);

    public void Remove(EventId at) => _life.Close(at);

    public void Restore(EventId at) => _life.Reopen(at);
}
