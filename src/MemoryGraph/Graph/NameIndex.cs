using System.Numerics;
using MemoryGraph.Values;

namespace MemoryGraph.Graph;

/// <summary>Entities by every name they ever had, exactly and as the eye reads it.</summary>
internal sealed class NameIndex
{
    private readonly Dictionary<string, List<Entity>> _byName = [];
    private readonly Dictionary<string, List<Entity>> _byKey = [];

    // The letters of each key as bits, to pass over most names without comparing them.
    private readonly List<(uint Letters, string Key)> _letters = [];

    public void Add(Entity entity, string name)
    {
        Enter(_byName, name, entity);
        if (Words.NameKey(name) is { Length: > 0 } key)
        {
            if (!_byKey.ContainsKey(key))
            {
                _letters.Add((LettersOf(key), key));
            }

            Enter(_byKey, key, entity);
        }
    }

    /// <summary>Entities that ever had exactly this name, oldest first.</summary>
    public IReadOnlyList<Entity> Named(string name) => _byName.TryGetValue(name, out List<Entity>? found) ? found : [];

    /// <summary>Entities that ever had a name that differs only in case, diacritics, hyphens and the like.</summary>
    public IReadOnlyList<Entity> Resembling(string name) =>
        _byKey.TryGetValue(Words.NameKey(name), out List<Entity>? found) ? found : [];

    /// <summary>
    /// Names by which live entities are called at a point, and others, nearest to a misspelt one first.
    /// </summary>
    /// <remarks>Cost: all names; meant for answers that have to say no.</remarks>
    public IReadOnlyList<string> Near(string name, GraphView view, IEnumerable<string> others, int most)
    {
        string key = Words.NameKey(name);
        uint letters = LettersOf(key);
        var near = new List<(int Distance, string Name)>();
        foreach ((uint candidateLetters, string candidate) in _letters)
        {
            if (DistanceBetween(key, letters, candidate, candidateLetters) is { } distance)
            {
                near.AddRange(_byKey[candidate].Where(entity => entity.IsLiveAt(view.Point))
                    .Select(entity => entity.NamingAt(view.Point).Name)
                    .Where(current => Words.NameKey(current) == candidate)
                    .Select(current => (distance, current)));
            }
        }

        foreach (string other in others)
        {
            string candidate = Words.NameKey(other);
            if (DistanceBetween(key, letters, candidate, LettersOf(candidate)) is { } distance)
            {
                near.Add((distance, other));
            }
        }

        return [.. near.Distinct().OrderBy(one => one.Distance).ThenBy(one => one.Name.Length)
            .ThenBy(one => one.Name, StringComparer.Ordinal).Take(most).Select(one => one.Name)];
    }

    // Spelling first; then one name inside the other; nothing when they have nothing in common.
    private static int? DistanceBetween(string asked, uint askedLetters, string candidate, uint letters)
    {
        const int insideAnother = 10;
        int most = Math.Min(asked.Length, candidate.Length) / 3;

        // An edit brings in one letter and takes away one, at most.
        if (Math.Abs(asked.Length - candidate.Length) <= most && BitOperations.PopCount(askedLetters ^ letters) <= 2 * most
            && EditDistance.Within(asked, candidate, most) is { } edits)
        {
            return edits;
        }

        bool inside = Math.Min(asked.Length, candidate.Length) >= 3
            && (((askedLetters & ~letters) == 0 && candidate.Contains(asked, StringComparison.Ordinal))
                || ((letters & ~askedLetters) == 0 && asked.Contains(candidate, StringComparison.Ordinal)));
        return inside ? insideAnother : null;
    }

    private static uint LettersOf(string key)
    {
        uint letters = 0;
        foreach (char c in key)
        {
            letters |= 1u << (c % 32);
        }

        return letters;
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
