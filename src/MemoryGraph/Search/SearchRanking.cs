using MemoryGraph.Domain;
using MemoryGraph.Graph;

namespace MemoryGraph.Search;

/// <summary>Ranks the entities that match a search, best first.</summary>
/// <remarks>
/// What is scored is observations, each together with the name and type of its entity; an entity scores as its best
/// observation. In steps, so that a frequent word costs no more than its list:
/// <list type="number">
/// <item>the observations, and separately the names and types, with the highest scores for their own words;</item>
/// <item>the observations with all the words, and those of the entities with matching names: alone they may score too
/// low to be among the first;</item>
/// <item>both together; the best of them are read again for phrases (<see cref="PhraseMatcher"/>).</item>
/// </list>
/// </remarks>
/// <param name="isWanted">Which entities count.</param>
internal sealed class SearchRanking(
    GraphView view, SearchIndex index, QueryWords words, IReadOnlyList<QueryTerm> terms, Func<Entity, bool> isWanted)
{
    // Up to this many postings every event is looked at; beyond, the best of the observations and of the names.
    private const int PostingsMax = 4_096;
    private const int BestMax = 1_000;

    private const int PhrasesMax = 100;

    private readonly Bm25 _bm25 = new(index, (int)view.Point.Value);
    private readonly double[] _idfs = new double[terms.Count];

    /// <summary>Whether more may match than were found: those with the lowest scores were left out.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Whether there may be phrases among what was not read.</summary>
    public bool MayHaveMorePhrases { get; private set; }

    /// <summary>Ranks the matches.</summary>
    /// <param name="called">Entities whose name is the query.</param>
    public List<EntityMatch> Rank(IReadOnlyCollection<EventId> called)
    {
        TermIterator[] texts = Open(IndexField.Text);
        TermIterator[] names = Open(IndexField.Name);
        for (int term = 0; term < terms.Count; term++)
        {
            _idfs[term] = texts[term].Idf = names[term].Idf = _bm25.Idf(texts[term].Count + names[term].Count);
        }

        int most = texts.Concat(names).Sum(postings => postings.Count) <= PostingsMax ? PostingsMax : BestMax;
        IReadOnlyList<int> topTexts = TopEvents.Find(texts, IsWanted, most);
        IReadOnlyList<int> topNames = TopEvents.Find(names, IsWanted, most);
        IsCut = most == BestMax && (topTexts.Count == BestMax || topNames.Count == BestMax);
        int[] facts = IsCut ? [.. topTexts.Union(WithAllWords()).Union(FactsOf(topNames))] : [.. topTexts];
        return ReadPhrases([.. Gather(facts, topNames, called).OrderByDescending(match => match.Rank)]);
    }

    private TermIterator[] Open(IndexField field) =>
    [
        .. terms.Select((term, number) =>
            new TermIterator(index, _bm25, term, field, (int)view.Point.Value) { Idf = _idfs[number] }),
    ];

    private bool IsWanted(int id) => EntityMatch.OwnerOf(view, new EventId(id)) is { } owner && isWanted(owner);

    // A long text with all the words may score lower than a thousand short ones with one, and still comes first.
    private IReadOnlyList<int> WithAllWords() =>
        terms.Count > 1 ? TopEvents.FindWithAll(Open(IndexField.Text), IsWanted, BestMax) : [];

    // Observations of the entities that these events named, in that order.
    private IEnumerable<int> FactsOf(IReadOnlyList<int> names) => names
        .SelectMany(id => EntityMatch.OwnerOf(view, new EventId(id)) is { } owner ? view.ObservationsOf(owner) : [])
        .Take(PostingsMax).Select(observation => (int)observation.Id.Value);

    private Dictionary<EventId, EntityMatch>.ValueCollection Gather(
        int[] facts, IReadOnlyList<int> names, IReadOnlyCollection<EventId> called)
    {
        Entity[] entities =
        [
            .. facts.Concat(names).Select(id => EntityMatch.OwnerOf(view, new EventId(id)))
                .Concat(called.Select(view.State.Entity)).OfType<Entity>().DistinctBy(entity => entity.Id),
        ];
        double[] nameScores = Scores(
            Open(IndexField.Name), [.. entities.Select(entity => (int)entity.NamedBy(view.Point).Value)]);
        Dictionary<EventId, EntityMatch> matches = [];
        for (int place = 0; place < entities.Length; place++)
        {
            EventId id = entities[place].Id;
            matches[id] = new EntityMatch(entities[place], Row(nameScores, place).ToArray()) { IsNamed = called.Contains(id) };
        }

        double[] textScores = Scores(Open(IndexField.Text), facts);
        for (int place = 0; place < facts.Length; place++)
        {
            if (Row(textScores, place).ContainsAnyExcept(0)
                && view.State.SubjectOf(new EventId(facts[place])) is { Observation: { } fact })
            {
                matches[fact.Entity.OwnerAt(view.Point).Id].Add(fact, Row(textScores, place));
            }
        }

        return matches.Values;
    }

    private ReadOnlySpan<double> Row(double[] scores, int place) => scores.AsSpan(place * terms.Count, terms.Count);

    // The score of each event, term by term.
    private static double[] Scores(TermIterator[] terms, int[] ids)
    {
        double[] scores = new double[ids.Length * terms.Length];
        int[] newestFirst = [.. Enumerable.Range(0, ids.Length)];
        Array.Sort([.. ids.Select(id => -id)], newestFirst);
        for (int term = 0; term < terms.Length; term++)
        {
            foreach (int place in newestFirst)
            {
                terms[term].SkipTo(ids[place]);
                scores[(place * terms.Length) + term] = terms[term].Id == ids[place] ? terms[term].Score : 0;
            }
        }

        return scores;
    }

    // Reading only raises a score, so what is not read stays behind.
    private List<EntityMatch> ReadPhrases(List<EntityMatch> ranked)
    {
        Dictionary<string, double> idfs = terms.Index().ToDictionary(one => one.Item.Asked, one => _idfs[one.Index]);
        var phrases = new PhraseMatcher(words, term => idfs[term]);
        if (!phrases.IsUseful)
        {
            return ranked;
        }

        // Who quotes wants to find the quotation, however low its words score.
        int most = words.Quoted.Count > 0 ? int.MaxValue : PhrasesMax;
        EntityMatch[] best = [.. ranked.Take(most)];
        foreach (EntityMatch match in best)
        {
            match.NamePhrase = phrases.Read(view.NameOf(match.Entity));
        }

        FactMatch[] facts =
        [
            .. best.SelectMany(match => match.Facts)
                .OrderByDescending(fact => (fact.Match, fact.Score, fact.Observation.Id)),
        ];
        foreach (FactMatch fact in facts.Take(most))
        {
            fact.Add(phrases.Read(fact.Observation.Text));
        }

        // What has a phrase has all its words.
        MayHaveMorePhrases = facts.Skip(most).Any(fact => fact.Match == SearchMatch.AllWords)
            || ranked.Skip(most).Any(match => match.Match == SearchMatch.AllWords);

        return [.. best.OrderByDescending(match => match.Rank), .. ranked.Skip(most)];
    }
}

/// <summary>An entity that matches a search.</summary>
/// <param name="entity">The entity.</param>
/// <param name="nameScores">The scores of its name and type, by term.</param>
internal sealed class EntityMatch(Entity entity, double[] nameScores)
{
    // Share of the score for words that only other facts than the best one have.
    private const double ElsewhereShare = 0.2;

    private readonly double[] _maxScores = [.. nameScores];
    private readonly List<FactMatch> _facts = [];

    public Entity Entity => entity;

    /// <summary>Live observations with at least one of the words.</summary>
    public IReadOnlyList<FactMatch> Facts => _facts;

    /// <summary>Whether its name has the phrase, and what that adds to the score.</summary>
    public (bool HasPhrase, double Score) NamePhrase { get; set; }

    /// <summary>Whether its name is the query.</summary>
    public bool IsNamed { get; init; }

    /// <summary>How well the best of it matches.</summary>
    public SearchMatch Match => Rank.Match;

    /// <summary>Sort key: name is the query, then phrase before all words before some, score, newest.</summary>
    public (bool IsNamed, SearchMatch Match, double Score, EventId Latest) Rank
    {
        get
        {
            (SearchMatch match, double score) = Sum(nameScores);
            match = NamePhrase.HasPhrase ? SearchMatch.Phrase : IsNamed ? SearchMatch.AllWords : match;
            score += NamePhrase.Score;
            EventId latest = entity.Id;
            foreach (FactMatch fact in _facts)
            {
                match = fact.Match > match ? fact.Match : match;
                score = Math.Max(score, fact.Score);
                latest = EventId.Later(latest, fact.Observation.Id);
            }

            return (IsNamed, match, score + (ElsewhereShare * Math.Max(0, Sum(_maxScores).Score - score)), latest);
        }
    }

    /// <summary>Adds a live observation.</summary>
    /// <param name="scores">Its scores by term; words of the entity's name and type count as its own.</param>
    public void Add(Observation observation, ReadOnlySpan<double> scores)
    {
        Span<double> together = stackalloc double[nameScores.Length];
        for (int term = 0; term < together.Length; term++)
        {
            together[term] = Math.Max(nameScores[term], scores[term]);
            _maxScores[term] = Math.Max(_maxScores[term], scores[term]);
        }

        (SearchMatch match, double score) = Sum(together);
        _facts.Add(new FactMatch(observation, match, score));
    }

    /// <summary>
    /// The entity that an event's observation or name belongs to at a point; null when that is no longer live.
    /// </summary>
    public static Entity? OwnerOf(GraphView view, EventId id) => view.State.SubjectOf(id) switch
    {
        { Observation: { } observation } =>
            observation.IsLiveAt(view.Point) ? observation.Entity.OwnerAt(view.Point) : null,
        { Entity: var named } when named.IsLiveAt(view.Point) && named.NamedBy(view.Point) == id => named,
        _ => null,
    };

    private static (SearchMatch Match, double Score) Sum(ReadOnlySpan<double> scores)
    {
        double sum = 0;
        int found = 0;
        foreach (double score in scores)
        {
            sum += score;
            found += score > 0 ? 1 : 0;
        }

        SearchMatch match = found == 0 ? SearchMatch.None
            : found < scores.Length ? SearchMatch.SomeWords : SearchMatch.AllWords;
        return (match, sum);
    }
}

/// <summary>An observation that matches a search, together with the name and type of its entity.</summary>
internal sealed class FactMatch(Observation observation, SearchMatch match, double score)
{
    public Observation Observation => observation;

    public SearchMatch Match { get; private set; } = match;

    public double Score { get; private set; } = score;

    /// <summary>Adds what a phrase in its text brings.</summary>
    public void Add((bool HasPhrase, double Score) phrase)
    {
        Match = phrase.HasPhrase ? SearchMatch.Phrase : Match;
        Score += phrase.Score;
    }
}
