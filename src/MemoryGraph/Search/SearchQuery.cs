using MemoryGraph.Domain;
using MemoryGraph.Graph;
using MemoryGraph.Queries;
using MemoryGraph.Text;

namespace MemoryGraph.Search;

/// <summary>Full-text search in names, types and observations; case and diacritics do not matter.</summary>
/// <param name="Text">Words in any order and language, or a question; words in quotation marks are a phrase.</param>
/// <param name="EntityType">Only entities of this type, in any case; null for all.</param>
/// <param name="At">The point to search as of.</param>
public sealed record SearchQuery(string Text, string? EntityType, AsOf At) : Query<SearchAnswer>
{
    internal override SearchAnswer Read(QueryContext context)
    {
        Point point = context.Resolve(At);
        GraphView view = context.View(point);
        var words = new QueryWords(Text);
        Func<Entity, bool> isWanted = IsWanted(view);
        HashSet<EventId> named = Named(view, isWanted);
        SearchIndex index = context.Projections.Get<SearchIndex>();
        QueryTerm[] terms = [.. words.Terms.Select(term => QueryTerm.Expand(view, index, term))];
        var ranking = new SearchRanking(view, index, words, terms, isWanted);
        List<EntityMatch> matches = ranking.Rank(named);
        SearchMatch best = matches.Count == 0 ? SearchMatch.None : matches.Max(match => match.Match);
        bool noSuchType = matches.Count == 0 && EntityType is not null && !view.Entities().Any(isWanted);
        return new SearchAnswer(
            point,
            best,
            matches.Count,
            matches.Select(match => ToHit(context, view, match)),
            matches.Count == 0 ? view.NamesNear(string.Join(' ', words.Main.Select(word => word.Folded)), isWanted) : [])
        {
            CountOfBest = matches.Count(match => match.Match == best),
            CountOfBestIsLeast = best == SearchMatch.Phrase && ranking.MayHaveMorePhrases,
            MayBeMore = ranking.IsCut,
            OtherTypes = noSuchType ? TypesOf(view) : [],
            WordsCounted = words.IsCut ? words.All.Count : null,
            LeavesWordsOut = words.Main.Count < words.All.Count,
            HasQuotation = words.Quoted.Count > 0,
            Typos = [.. terms.Where(term => term.IsTypo).Select(term => new Typo(
                term.Asked, [.. term.Words.Select(one => index.Words[one.Word])]))],
        };
    }

    // Live entities whose name is the query.
    private HashSet<EventId> Named(GraphView view, Func<Entity, bool> isWanted)
    {
        string key = Words.NameKey(Text);
        return
        [
            .. view.State.Names.Resembling(Text)
                .Where(one => one.IsLiveAt(view.Point) && Words.NameKey(view.NameOf(one)) == key && isWanted(one))
                .Select(one => one.Id),
        ];
    }

    private Func<Entity, bool> IsWanted(GraphView view)
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

    private static SearchHit ToHit(QueryContext context, GraphView view, EntityMatch match)
    {
        HashSet<EventId> matching = [.. match.Facts.Select(fact => fact.Observation.Id)];
        return new SearchHit(
            EntityCard.Of(context, view, match.Entity),
            from fact in match.Facts
            orderby (fact.Match, fact.Score, fact.Observation.Id) descending
            select ObservationLine.Of(context, fact.Observation),
            view.ObservationsOf(match.Entity).Count(one => !matching.Contains(one.Id)));
    }
}

/// <summary>How well a search matches. A fact is an observation, with the name and type of its entity.</summary>
public enum SearchMatch
{
    /// <summary>Nothing matched.</summary>
    None,

    /// <summary>No fact has all the words; the highest scores come first.</summary>
    SomeWords,

    /// <summary>The first results have a fact with all the words.</summary>
    AllWords,

    /// <summary>The first results have a fact with the words as asked, one after the other.</summary>
    Phrase,
}

/// <summary>The results of a search.</summary>
/// <param name="Match">How well the best of them match.</param>
/// <param name="Count">Number of entities.</param>
/// <param name="Hits">Best first; read when enumerated.</param>
/// <param name="NearestNames">Names like the search text, of the type asked for, when nothing matched.</param>
public sealed record SearchAnswer(
    Point Point, SearchMatch Match, int Count, IEnumerable<SearchHit> Hits, IReadOnlyList<string> NearestNames)
{
    /// <summary>Number of entities that match as well as <see cref="Match"/>; the others come after them.</summary>
    public int CountOfBest { get; init; }

    /// <summary>Whether <see cref="CountOfBest"/> is a minimum: of very many, not all are read for a phrase.</summary>
    public bool CountOfBestIsLeast { get; init; }

    /// <summary>Whether more may match; the results are the best of them.</summary>
    public bool MayBeMore { get; init; }

    /// <summary>How many words were searched, when later ones were ignored; else null.</summary>
    public int? WordsCounted { get; init; }

    /// <summary>Whether stop words like "who" and "the" were left out.</summary>
    public bool LeavesWordsOut { get; init; }

    /// <summary>Whether the phrase is what is quoted, not the whole query.</summary>
    public bool HasQuotation { get; init; }

    /// <summary>The types in use, the most frequent first, when no entity is of the type asked for.</summary>
    public IReadOnlyList<TypeCount> OtherTypes { get; init; } = [];

    /// <summary>Words that nothing uses, and the words searched instead.</summary>
    public IReadOnlyList<Typo> Typos { get; init; } = [];
}

/// <summary>A word that nothing uses.</summary>
/// <param name="Asked">The word, folded.</param>
/// <param name="Corrections">The words searched instead, within an edit or two.</param>
public sealed record Typo(string Asked, IReadOnlyList<string> Corrections);

/// <summary>An entity that matched.</summary>
/// <param name="Entity">The entity.</param>
/// <param name="Matching">The observations that match, best first.</param>
/// <param name="OtherObservations">How many more it has.</param>
public sealed record SearchHit(EntityCard Entity, IEnumerable<ObservationLine> Matching, int OtherObservations);
