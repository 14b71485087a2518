using MemoryGraph.Values;

namespace MemoryGraph.Graph;

/// <summary>Entities by every name they ever had, exactly and as the eye reads it.</summary>
internal sealed class NameIndex
{
    private readonly Dictionary<string, List<Entity>> _byName = [];
    private readonly Dictionary<string, List<Entity>> _byKey = [];

    public void Add(Entity entity, string name)
    {
        Enter(_byName, name, entity);
        if (Words.NameKey(name) is { Length: > 0 } key)
        {
            Enter(_byKey, key, entity);
        }
    }

    /// <summary>Entities that ever had exactly this name, oldest first.</summary>
    public IReadOnlyList<Entity> Named(string name) => _byName.TryGetValue(name, out List<Entity>? found) ? found : [];

    /// <summary>Entities that ever had a name that differs only in case, diacritics, hyphens and the like.</summary>
    public IReadOnlyList<Entity> Resembling(string name) =>
        _byKey.TryGetValue(Words.NameKey(name), out List<Entity>? found) ? found : [];

    /// <summary>Names by which live entities are called at a point, and others, nearest to a misspelt one first.</summary>
    /// <remarks>Cost: all names; meant for answers that have to say no.</remarks>
    public IReadOnlyList<string> Near(string name, GraphView view, IEnumerable<string> others, int most)
    {
        string key = Words.NameKey(name);
        var near = new List<(int Distance, string Name)>();
        foreach ((string candidate, List<Entity> entities) in _byKey)
        {
            if (DistanceBetween(key, candidate) is { } distance)
            {
                near.AddRange(entities.Where(entity => entity.IsLiveAt(view.Point))
                    .Select(entity => entity.NamingAt(view.Point).Name)
                    .Where(current => Words.NameKey(current) == candidate)
                    .Select(current => (distance, current)));
            }
        }

        foreach (string other in others)
        {
            if (DistanceBetween(key, Words.NameKey(other)) is { } distance)
            {
                near.Add((distance, other));
            }
        }

        return [.. near.Distinct().OrderBy(one => one.Distance).ThenBy(one => one.Name.Length)
            .ThenBy(one => one.Name, StringComparer.Ordinal).Take(most).Select(one => one.Name)];
    }

    // Spelling first; then one name inside the other; nothing when they have nothing in common.
    private static int? DistanceBetween(string asked, string candidate)
    {
        const int insideAnother = 10;
        int most = Math.Max(1, Math.Min(asked.Length, candidate.Length) / 3);
        if (EditDistance.Within(asked, candidate, most) is { } edits)
        {
            return edits;
        }

        bool inside = Math.Min(asked.Length, candidate.Length) >= 3
            && (candidate.Contains(asked, StringComparison.Ordinal) || asked.Contains(candidate, StringComparison.Ordinal));
        return inside ? insideAnother : null;
    }

    private static void Enter(Dictionary<string, List<Entity>> index, string key, Entity entity)
    {
        if (!index.TryGetValue(key, out List<Entity>? entities))
        {
            index.Add(key, entities = new List<Entity>(1));
        }

        if (!entities.Contains(entity))
        {
            entities.Add(entity);
        }
    }
}
