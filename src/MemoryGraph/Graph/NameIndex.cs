using System.Numerics;
using System.Text;
using MemoryGraph.Text;

namespace MemoryGraph.Graph;

/// <summary>Entities by every name they ever had, exactly and as the eye reads it.</summary>
internal sealed class NameIndex(GraphState graph)
{
    // By number of a name in the table of names: its newest holder.
    private readonly Column<int> _byName = new();

    // By number of a key in its table: its newest holder, and its letters as bits, to pass over most without looking.
    private readonly TextTable _keys = new();
    private readonly Column<KeyRow> _byKey = new();

    // Row 0 is nobody.
    private readonly Column<EntityLink> _holders = WithNobody();

    /// <summary>What has to be saved; see <see cref="IndexLoaded"/>.</summary>
    public IEnumerable<Column> Columns => [_byName, .. _keys.Columns, _byKey, _holders];

    public void Add(Entity entity, string name)
    {
        int number = graph.Events.Names.Add(name);
        while (_byName.Count <= number)
        {
            _byName.Add(0);
        }

        if (!Holds(_byName[number], entity))
        {
            _byName.Change(number) = _holders.Add(new EntityLink(entity.Row, _byName[number]));
        }

        if (Words.NameKey(name) is { Length: > 0 } key)
        {
            EnterKey(entity, key);
        }
    }

    /// <summary>Entities that ever had exactly this name, oldest first.</summary>
    public IReadOnlyList<Entity> Named(string name) => graph.Events.Names.Find(name) is >= 0 and var number ? Named(number) : [];

    /// <summary>The same by the name's number in the table of names.</summary>
    public IReadOnlyList<Entity> Named(int number) => number < _byName.Count ? Holders(_byName[number]) : [];

    /// <summary>Entities that ever had a name that differs only in case, diacritics, hyphens and the like.</summary>
    public IReadOnlyList<Entity> Resembling(string name) =>
        _keys.Find(Words.NameKey(name)) is >= 0 and var number ? Holders(_byKey[number].Newest) : [];

    /// <summary>
    /// Names by which live entities are called at a point, and others, nearest to a misspelt one first.
    /// </summary>
    /// <param name="wanted">Which of the live entities count.</param>
    /// <remarks>Cost: all names; meant for answers that have to say no.</remarks>
    public IReadOnlyList<string> Near(
        string name, GraphView view, Func<Entity, bool> wanted, IEnumerable<string> others, int most)
    {
        string key = Words.NameKey(name);
        byte[] utf8 = Encoding.UTF8.GetBytes(key);
        uint letters = LettersOf(key);
        var near = new List<(int Distance, string Name)>();
        int differingMost = 2 * EditsMax(key.Length, key.Length);
        int number = -1;
        for (int chunk = 0; chunk < _byKey.Chunks; chunk++)
        {
            foreach (ref readonly KeyRow row in _byKey.Rows(chunk))
            {
                number++;

                // Too many letters that only one of them has, and each has some: this rules out nearly all.
                uint differing = row.Letters ^ letters;
                if (BitOperations.PopCount(differing) > differingMost && (differing & letters) != 0 && (differing & row.Letters) != 0)
                {
                    continue;
                }

                if (MayBeNear(key.Length, letters, row.Length, row.Letters)
                    && DistanceTo(number, row, key, utf8, letters) is { } distance)
                {
                    AddCalledSo(near, row.Newest, _keys[number], view, wanted, distance);
                }
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

    /// <summary>Makes what is derived anew, after the columns were loaded.</summary>
    public void IndexLoaded() => _keys.IndexLoaded();

    /// <inheritdoc cref="TextTable.CutIndexBack"/>
    public void CutIndexBack() => _keys.CutIndexBack();

    // Most of those that may be near are only made of the same letters: seen by their bytes, no text need be made.
    private int? DistanceTo(int number, in KeyRow row, string key, byte[] utf8, uint letters) =>
        MayBeMisspelt(key.Length, letters, row.Length, row.Letters) || IsInside(utf8, letters, _keys.Utf8(number), row.Letters)
            ? DistanceBetween(key, letters, _keys[number], row.Letters) : null;

    // Apart from the walk over all names, which would make an object for every name if it held a lambda.
    private void AddCalledSo(
        List<(int Distance, string Name)> near, int newest, string key, GraphView view, Func<Entity, bool> wanted, int distance) =>
        near.AddRange(
            from entity in Holders(newest)
            where entity.IsLiveAt(view.Point) && wanted(entity)
            let current = entity.NameAt(view.Point)
            where Words.NameKey(current) == key
            select (distance, current));

    // Spelling first; then one name inside the other; nothing when they have nothing in common.
    private static int? DistanceBetween(string asked, uint askedLetters, string candidate, uint letters)
    {
        const int insideAnother = 10;
        if (MayBeMisspelt(asked.Length, askedLetters, candidate.Length, letters)
            && EditDistance.Within(asked, candidate, EditsMax(asked.Length, candidate.Length)) is { } edits)
        {
            return edits;
        }

        return IsInside(Encoding.UTF8.GetBytes(asked), askedLetters, Encoding.UTF8.GetBytes(candidate), letters)
            && Math.Min(asked.Length, candidate.Length) >= ShortestInside ? insideAnother : null;
    }

    private const int ShortestInside = 3;

    private static bool MayBeNear(int asked, uint askedLetters, int length, uint letters) =>
        MayBeMisspelt(asked, askedLetters, length, letters)
        || (Math.Min(asked, length) >= ShortestInside && ((askedLetters & ~letters) == 0 || (letters & ~askedLetters) == 0));

    // An edit brings in one letter and takes away one, at most.
    private static bool MayBeMisspelt(int asked, uint askedLetters, int length, uint letters) =>
        BitOperations.PopCount(askedLetters ^ letters) <= 2 * EditsMax(asked, length)
        && Math.Abs(asked - length) <= EditsMax(asked, length);

    // More than four slips make another name, however long; and most of a long question would be near every name.
    private static int EditsMax(int asked, int length) => Math.Min(Math.Min(asked, length) / 3, 4);

    private static bool IsInside(ReadOnlySpan<byte> asked, uint askedLetters, ReadOnlySpan<byte> candidate, uint letters) =>
        ((askedLetters & ~letters) == 0 && candidate.IndexOf(asked) >= 0)
        || ((letters & ~askedLetters) == 0 && asked.IndexOf(candidate) >= 0);

    private static uint LettersOf(string key)
    {
        uint letters = 0;
        foreach (char c in key)
        {
            letters |= 1u << (c % 32);
        }

        return letters;
    }

    private static Column<EntityLink> WithNobody()
    {
        var holders = new Column<EntityLink>();
        holders.Add(default);
        return holders;
    }

    private void EnterKey(Entity entity, string key)
    {
        int number = _keys.Add(key);
        if (number == _byKey.Count)
        {
            _byKey.Add(new KeyRow(LettersOf(key), key.Length, 0));
        }

        KeyRow row = _byKey[number];
        if (!Holds(row.Newest, entity))
        {
            _byKey.Change(number) = row with { Newest = _holders.Add(new EntityLink(entity.Row, row.Newest)) };
        }
    }

    private bool Holds(int newest, Entity entity)
    {
        for (int row = newest; row > 0; row = _holders[row].Earlier)
        {
            if (_holders[row].Entity == entity.Row)
            {
                return true;
            }
        }

        return false;
    }

    private List<Entity> Holders(int newest)
    {
        List<Entity> holders = new(1);
        for (int row = newest; row > 0; row = _holders[row].Earlier)
        {
            holders.Add(new Entity(graph, _holders[row].Entity));
        }

        holders.Reverse();
        return holders;
    }

    /// <param name="Length">Of the key, in chars.</param>
    private readonly record struct KeyRow(uint Letters, int Length, int Newest);
}
