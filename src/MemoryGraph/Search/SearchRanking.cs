using MemoryGraph.Domain;
using MemoryGraph.Graph;

namespace MemoryGraph.Search;

/// <summary>Finds the entities that answer a search, best first.</summary>
/// <remarks>
/// What is ranked is observations, each together with the name and type of its entity; an entity is as good as the best
/// of them. In steps, so that a frequent word costs no more than its list:
/// <list type="number">
/// <item>the observations, and apart from them the names and types, that are worth most by their own words;</item>
/// <item>the observations with all the words, and those of the entities named so, which on their own may be worth too
/// little to be among them;</item>
/// <item>both together, and the best few of them read once more (<see cref="PhraseMatcher"/>).</item>
/// </list>
/// </remarks>
/// <param name="wanted">Which entities count.</param>
internal sealed class SearchRanking(
    GraphView view, SearchIndex index, SearchWords words, IReadOnlyList<SearchTerm> terms, Func<Entity, bool> wanted)
{
    // As long as the words are said no more often than this in all, every event that says one is looked at; otherwise
    // the best of the observations, and of the names.
    private const int SaidMax = 4_096;
    private const int BestMax = 1_000;

    private const int ReadClosely = 100;

    private readonly Bm25 _bm25 = new(index, (int)view.Point.Value);
    private readonly double[] _rarities = new double[terms.Count];

    /// <summary>Whether there may be more than were found: the least of what matches was left out.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Whether there may be phrases among what was not read.</summary>
    public bool MayHaveMorePhrases { get; private set; }

    /// <summary>Ranks what matches.</summary>
    /// <param name="called">Entities whose name is the text asked for.</param>
    public List<EntityMatch> Rank(IReadOnlyCollection<EventId> called)
    {
        TermIterator[] texts = Open(IndexField.Text);
        TermIterator[] names = Open(IndexField.Name);
        for (int term = 0; term < terms.Count; term++)
        {
            _rarities[term] = texts[term].Rarity = names[term].Rarity = _bm25.RarityOf(texts[term].Count + names[term].Count);
        }

        int most = texts.Concat(names).Sum(cursor => cursor.Count) <= SaidMax ? SaidMax : BestMax;
        IReadOnlyList<int> said = TopEvents.Find(texts, IsWanted, most);
        IReadOnlyList<int> named = TopEvents.Find(names, IsWanted, most);
        IsCut = most == BestMax && (said.Count == BestMax || named.Count == BestMax);
        int[] facts = IsCut ? [.. said.Union(WithAllWords()).Union(FactsOf(named))] : [.. said];
        return ReadBest([.. Gather(facts, named, called).OrderByDescending(match => match.Rank)]);
    }

    private TermIterator[] Open(IndexField place) =>
    [
        .. terms.Select((term, number) =>
            new TermIterator(index, _bm25, term, place, (int)view.Point.Value) { Rarity = _rarities[number] }),
    ];

    private bool IsWanted(int id) => EntityMatch.OwnerOf(view, new EventId(id)) is { } owner && wanted(owner);

    // A long text with all the words may be worth less than a thousand short ones with one, and still comes before them.
    private IReadOnlyList<int> WithAllWords() =>
        terms.Count > 1 ? TopEvents.FindWithAll(Open(IndexField.Text), IsWanted, BestMax) : [];

    // Observations of the entities that are named so, those of the best names first.
    private IEnumerable<int> FactsOf(IReadOnlyList<int> named) => named
        .SelectMany(id => EntityMatch.OwnerOf(view, new EventId(id)) is { } owner ? view.ObservationsOf(owner) : [])
        .Take(SaidMax).Select(observation => (int)observation.Id.Value);

    private Dictionary<EventId, EntityMatch>.ValueCollection Gather(int[] facts, IReadOnlyList<int> named, IReadOnlyCollection<EventId> called)
    {
        Entity[] entities =
        [
            .. facts.Concat(named).Select(id => EntityMatch.OwnerOf(view, new EventId(id)))
                .Concat(called.Select(view.State.Entity)).OfType<Entity>().DistinctBy(entity => entity.Id),
        ];
        double[] namings = Worths(Open(IndexField.Name), [.. entities.Select(entity => (int)entity.NamedBy(view.Point).Value)]);
        Dictionary<EventId, EntityMatch> matches = [];
        for (int place = 0; place < entities.Length; place++)
        {
            EventId id = entities[place].Id;
            matches[id] = new EntityMatch(entities[place], Row(namings, place).ToArray()) { IsCalledSo = called.Contains(id) };
        }

        double[] worths = Worths(Open(IndexField.Text), facts);
        for (int place = 0; place < facts.Length; place++)
        {
            if (Row(worths, place).ContainsAnyExcept(0) && view.State.Observation(new EventId(facts[place])) is { } fact)
            {
                matches[view.OwnerOf(fact.Entity).Id].Add(fact, Row(worths, place));
            }
        }

        return matches.Values;
    }

    private ReadOnlySpan<double> Row(double[] worths, int place) => worths.AsSpan(place * terms.Count, terms.Count);

    // What each event is worth, term by term.
    private static double[] Worths(TermIterator[] cursors, int[] ids)
    {
        double[] worths = new double[ids.Length * cursors.Length];
        int[] newestFirst = [.. Enumerable.Range(0, ids.Length)];
        Array.Sort([.. ids.Select(id => -id)], newestFirst);
        for (int term = 0; term < cursors.Length; term++)
        {
            foreach (int place in newestFirst)
            {
                cursors[term].MoveTo(ids[place]);
                worths[(place * cursors.Length) + term] =
                    cursors[term].Id == ids[place] ? cursors[term].Worth : 0;
            }
        }

        return worths;
    }

    // Reading adds to what an entity is worth and takes nothing away, so those that are not read stay behind.
    private List<EntityMatch> ReadBest(List<EntityMatch> ranked)
    {
        Dictionary<string, double> rarities = terms.Index().ToDictionary(one => one.Item.Asked, one => _rarities[one.Index]);
        var reading = new PhraseMatcher(words, term => rarities[term]);
        if (!reading.IsOfUse)
        {
            return ranked;
        }

        // Who quotes wants to find the quotation, however little its words are worth.
        int most = words.Quoted.Count > 0 ? int.MaxValue : ReadClosely;
        EntityMatch[] best = [.. ranked.Take(most)];
        foreach (EntityMatch match in best)
        {
            match.NameReading = reading.Read(view.NameOf(match.Entity));
        }

        FactMatch[] facts =
        [
            .. best.SelectMany(match => match.Facts)
                .OrderByDescending(fact => (fact.Match, fact.Worth, fact.Observation.Id)),
        ];
        foreach (FactMatch fact in facts.Take(most))
        {
            fact.Add(reading.Read(fact.Observation.Text));
        }

        // What has a phrase has all its words.
        MayHaveMorePhrases = facts.Skip(most).Any(fact => fact.Match == SearchMatch.AllWords)
            || ranked.Skip(most).Any(match => match.Match == SearchMatch.AllWords);

        return [.. best.OrderByDescending(match => match.Rank), .. ranked.Skip(most)];
    }
}
