using System.Numerics;
using MemoryGraph.Graph;
using MemoryGraph.Projections;
using MemoryGraph.Values;

namespace MemoryGraph.Queries;

/// <summary>Where some words were said: in names, types and observations, folded by case and diacritics.</summary>
/// <param name="Text">Words in any order and language.</param>
/// <param name="EntityType">Only entities of this type, in any case; null for all.</param>
/// <param name="At">What was known when.</param>
public sealed record SearchQuery(string Text, string? EntityType, AsOf At) : Query<SearchAnswer>
{
    // Words are bits of a number; a question has fewer.
    private const int TermsMax = 64;

    internal override SearchAnswer Read(Reading reading)
    {
        Moment moment = reading.Resolve(At);
        GraphView view = reading.View(moment);

        // A joined word (parseJson) is asked for by its parts.
        string[] terms = [.. Words.Split(Text).Where(word => !word.IsCompound).Select(word => word.Text).Distinct().Take(TermsMax)];
        SearchIndex index = reading.Search;
        List<EntityMatch> ofType = OfType(view, EntityMatch.Collect(view, [.. terms.Select(term => Saying(view, index, term))]));
        List<EntityMatch> withAll = ofType.FindAll(match => BitOperations.PopCount(match.Terms) == terms.Length);
        List<EntityMatch> best = withAll.Count > 0 ? withAll : ofType;
        string key = Words.NameKey(Text);
        HashSet<Entity> called = [.. view.Graph.Names.Resembling(Text).Where(one => Words.NameKey(view.NameOf(one)) == key)];
        best.Sort((one, other) => other.Rank(called).CompareTo(one.Rank(called)));
        return new SearchAnswer(
            moment,
            withAll.Count > 0 ? SearchMatch.AllWords : best.Count > 0 ? SearchMatch.SomeWords : SearchMatch.None,
            best.Count,
            best.Select(match => ToHit(reading, view, match)),
            best.Count == 0 ? view.NamesNear(Text) : []);
    }

    // Where nothing that is known at the point says a word, the words that begin with it count.
    private static IReadOnlyList<int> Saying(GraphView view, SearchIndex index, string term)
    {
        IReadOnlyList<int> said = index.Saying(term);
        return said.Any(id => EntityMatch.Holds(view, new EventId(id))) ? said : index.SayingMore(term);
    }

    private List<EntityMatch> OfType(GraphView view, List<EntityMatch> matches)
    {
        if (EntityType is null)
        {
            return matches;
        }

        string type = LetterFolding.Fold(EntityType.Trim());
        return matches.FindAll(match => LetterFolding.Fold(view.NamingOf(match.Entity).EntityType) == type);
    }

    private static SearchHit ToHit(Reading reading, GraphView view, EntityMatch match)
    {
        HashSet<Observation> matching = [.. match.Observations.Select(one => one.Observation)];
        return new SearchHit(
            EntityCard.Of(reading, view, match.Entity),
            match.Observations
                .OrderByDescending(one => BitOperations.PopCount(one.Terms)).ThenByDescending(one => one.Observation.Id)
                .Select(one => ObservationLine.Of(reading, one.Observation)),
            view.ObservationsOf(match.Entity).Count(one => !matching.Contains(one)));
    }
}

/// <summary>How well the results of a search match.</summary>
public enum SearchMatch
{
    /// <summary>Nothing matched.</summary>
    None,

    /// <summary>No entity has all the words; those with the most come first.</summary>
    SomeWords,

    /// <summary>Every result has all the words, in its name, type and observations taken together.</summary>
    AllWords,
}

/// <summary>The results of a search.</summary>
/// <param name="Count">How many entities.</param>
/// <param name="Hits">Best first; read when enumerated.</param>
/// <param name="NearestNames">Names like the search text, when nothing matched.</param>
public sealed record SearchAnswer(
    Moment Moment, SearchMatch Match, int Count, IEnumerable<SearchHit> Hits, IReadOnlyList<string> NearestNames);

/// <summary>An entity that matched.</summary>
/// <param name="Entity">The entity.</param>
/// <param name="Matching">The observations that said the words, best first.</param>
/// <param name="OtherObservations">How many more it has.</param>
public sealed record SearchHit(EntityCard Entity, IEnumerable<ObservationLine> Matching, int OtherObservations);
