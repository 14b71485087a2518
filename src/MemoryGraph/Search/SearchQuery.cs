using MemoryGraph.Domain;
using MemoryGraph.Graph;
using MemoryGraph.Queries;
using MemoryGraph.Text;

namespace MemoryGraph.Search;

/// <summary>Where some words were said: in names, types and observations, folded by case and diacritics.</summary>
/// <param name="Text">
/// Words in any order and language, or a question as one would ask a person; words in quotation marks are a phrase.
/// </param>
/// <param name="EntityType">Only entities of this type, in any case; null for all.</param>
/// <param name="At">What was known when.</param>
public sealed record SearchQuery(string Text, string? EntityType, AsOf At) : Query<SearchAnswer>
{
    internal override SearchAnswer Read(QueryContext reading)
    {
        Point moment = reading.Resolve(At);
        GraphView view = reading.View(moment);
        var words = new SearchWords(Text);
        SearchTerm[] terms = [.. words.Terms.Select(term => SearchTerm.Find(view, reading.Search, term))];
        Func<Entity, bool> wanted = Wanted(view);
        var ranking = new SearchRanking(view, reading.Search, words, terms, wanted);
        List<EntityMatch> matches = ranking.Rank(Called(view, wanted));
        SearchMatch best = matches.Count == 0 ? SearchMatch.None : matches.Max(match => match.Match);
        return new SearchAnswer(
            moment,
            best,
            matches.Count,
            matches.Select(match => ToHit(reading, view, match)),
            matches.Count == 0 ? view.NamesNear(string.Join(' ', words.Main.Select(word => word.Folded)), wanted) : [])
        {
            CountOfBest = matches.Count(match => match.Match == best),
            CountOfBestIsLeast = best == SearchMatch.Phrase && ranking.MayHaveMorePhrases,
            MayBeMore = ranking.IsCut,
            OtherTypes = matches.Count == 0 && EntityType is not null && !view.Entities().Any(wanted) ? TypesOf(view) : [],
            WordsCounted = words.IsCut ? words.All.Count : null,
            LeavesWordsOut = words.Main.Count < words.All.Count,
            HasQuotation = words.Quoted.Count > 0,
            Slips = [.. terms.Where(term => term.IsSlip).Select(term => new Typo(
                term.Asked, [.. term.Words.Select(one => reading.Search.Words[one.Word])]))],
        };
    }

    // Live entities whose name is the text asked for.
    private HashSet<EventId> Called(GraphView view, Func<Entity, bool> wanted)
    {
        string key = Words.NameKey(Text);
        return
        [
            .. view.State.Names.Resembling(Text)
                .Where(one => one.IsLiveAt(view.Point) && Words.NameKey(view.NameOf(one)) == key && wanted(one))
                .Select(one => one.Id),
        ];
    }

    private Func<Entity, bool> Wanted(GraphView view)
    {
        if (EntityType is null)
        {
            return static _ => true;
        }

        string type = LetterFolding.Fold(EntityType.Trim());
        Dictionary<int, bool> known = [];
        return entity =>
        {
            int number = entity.TypeNumberAt(view.Point);
            return known.TryGetValue(number, out bool same) ? same
                : known[number] = LetterFolding.Fold(view.NamingOf(entity).EntityType) == type;
        };
    }

    private static IReadOnlyList<TypeCount> TypesOf(GraphView view) =>
        TypeCount.MostFirst(view.Entities().CountBy(entity => view.NamingOf(entity).EntityType));

    private static SearchHit ToHit(QueryContext reading, GraphView view, EntityMatch match)
    {
        HashSet<EventId> matching = [.. match.Facts.Select(fact => fact.Observation.Id)];
        return new SearchHit(
            EntityCard.Of(reading, view, match.Entity),
            from fact in match.Facts
            orderby (fact.Match, fact.Worth, fact.Observation.Id) descending
            select ObservationLine.Of(reading, fact.Observation),
            view.ObservationsOf(match.Entity).Count(one => !matching.Contains(one.Id)));
    }
}

/// <summary>How well the results of a search match. A fact is an observation, with the name and type of its entity.</summary>
public enum SearchMatch
{
    /// <summary>Nothing matched.</summary>
    None,

    /// <summary>No fact has all the words; those with the most telling ones come first.</summary>
    SomeWords,

    /// <summary>The first results have a fact with all the words.</summary>
    AllWords,

    /// <summary>The first results have a fact with the words as they were asked, one after the other.</summary>
    Phrase,
}

/// <summary>The results of a search.</summary>
/// <param name="Match">How well the best of them match.</param>
/// <param name="Count">How many entities.</param>
/// <param name="Hits">Best first; read when enumerated.</param>
/// <param name="NearestNames">Names like the search text, of the type asked for, when nothing matched.</param>
public sealed record SearchAnswer(
    Point Moment, SearchMatch Match, int Count, IEnumerable<SearchHit> Hits, IReadOnlyList<string> NearestNames)
{
    /// <summary>How many entities match as well as <see cref="Match"/> says; the others come after them.</summary>
    public int CountOfBest { get; init; }

    /// <summary>Whether more may match so well than were counted: of very many, not all are read for a phrase.</summary>
    public bool CountOfBestIsLeast { get; init; }

    /// <summary>Whether more may match than the results, which then are the best of them.</summary>
    public bool MayBeMore { get; init; }

    /// <summary>How many words were looked for, where the question has more; null where it has not.</summary>
    public int? WordsCounted { get; init; }

    /// <summary>Whether words like "who" and "the" were left out of account.</summary>
    public bool LeavesWordsOut { get; init; }

    /// <summary>Whether the phrase is what stands in quotation marks, and not all that was asked.</summary>
    public bool HasQuotation { get; init; }

    /// <summary>The types there are, the most frequent first, where no entity is of the type asked for.</summary>
    public IReadOnlyList<TypeCount> OtherTypes { get; init; } = [];

    /// <summary>Words that nothing says, and what they were taken for.</summary>
    public IReadOnlyList<Typo> Slips { get; init; } = [];
}

/// <summary>A word that nothing says.</summary>
/// <param name="Asked">The word, folded.</param>
/// <param name="Taken">The words that it was taken for, a letter or two away.</param>
public sealed record Typo(string Asked, IReadOnlyList<string> Taken);

/// <summary>An entity that matched.</summary>
/// <param name="Entity">The entity.</param>
/// <param name="Matching">The observations that said the words, best first.</param>
/// <param name="OtherObservations">How many more it has.</param>
public sealed record SearchHit(EntityCard Entity, IEnumerable<ObservationLine> Matching, int OtherObservations);
