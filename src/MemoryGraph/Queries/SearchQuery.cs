using MemoryGraph.Events;
using MemoryGraph.Graph;
using MemoryGraph.Values;

namespace MemoryGraph.Queries;

/// <summary>Where some words were said: in names, types and observations, folded by case and diacritics.</summary>
/// <param name="Text">Words in any order and language.</param>
/// <param name="EntityType">Only entities of this type, in any case; null for all.</param>
/// <param name="At">What was known when.</param>
public sealed record SearchQuery(string Text, string? EntityType, AsOf At) : Query<SearchAnswer>
{
    internal override SearchAnswer Read(Reading reading)
    {
        Moment moment = reading.Resolve(At);
        GraphView view = reading.View(moment);

        // A joined word (parseJson) is asked for by its parts.
        string[] terms = [.. Words.Split(Text).Where(word => !word.IsCompound).Select(word => word.Text).Distinct()];
        var hits = new Dictionary<Entity, Match>();
        for (int i = 0; i < terms.Length; i++)
        {
            if (!TakeAny(view, hits, reading.Search.Saying(terms[i]), term: i))
            {
                TakeAny(view, hits, reading.Search.SayingMore(terms[i]), term: i);
            }
        }

        string? type = EntityType is null ? null : LetterFolding.Fold(EntityType.Trim());
        Match[] ofType = [.. hits.Values
            .Where(hit => type is null || LetterFolding.Fold(view.NamingOf(hit.Entity).EntityType) == type)];
        Match[] withAll = [.. ofType.Where(hit => hit.Terms.Count == terms.Length)];
        Match[] best = withAll.Length > 0 ? withAll : ofType;
        string key = Words.NameKey(Text);
        IEnumerable<SearchHit> ranked = best
            .OrderByDescending(hit => Words.NameKey(view.NameOf(hit.Entity)) == key)
            .ThenByDescending(hit => hit.Terms.Count)
            .ThenByDescending(hit => hit.NameTerms.Count)
            .ThenByDescending(hit => hit.BestObservation)
            .ThenByDescending(hit => hit.Latest)
            .Select(hit => hit.ToHit(reading, view));
        return new SearchAnswer(
            moment,
            withAll.Length > 0 ? SearchMatch.AllWords : best.Length > 0 ? SearchMatch.SomeWords : SearchMatch.None,
            best.Length,
            ranked,
            best.Length == 0 ? view.NamesNear(Text) : []);
    }

    private static bool TakeAny(GraphView view, Dictionary<Entity, Match> hits, IReadOnlyList<int> events, int term)
    {
        bool any = false;
        foreach (int said in events)
        {
            any |= Take(view, hits, new EventId(said), term);
        }

        return any;
    }

    // An event that said a word counts while the fact it began, or the name it gave, holds.
    private static bool Take(GraphView view, Dictionary<Entity, Match> hits, EventId said, int term)
    {
        if (said > view.Point)
        {
            return false;
        }

        if (view.Graph.Observation(said) is { } observation)
        {
            bool holds = observation.IsLiveAt(view.Point);
            if (holds)
            {
                Hit(view.OwnerOf(observation.Entity)).Add(term, observation);
            }

            return holds;
        }

        Entity? named = view.Graph.Events[said].Event is EntityUpdated renamed
            ? view.Graph.Entity(renamed.Entity) : view.Graph.Entity(said);
        bool isCalledSo = named is not null && named.IsLiveAt(view.Point) && named.NamedBy(view.Point) == said;
        if (isCalledSo)
        {
            Hit(named!).AddName(term, said);
        }

        return isCalledSo;

        Match Hit(Entity entity) =>
            hits.TryGetValue(entity, out Match? hit) ? hit : hits[entity] = new Match(entity);
    }

    /// <summary>What of an entity matched.</summary>
    private sealed class Match(Entity entity)
    {
        private readonly Dictionary<Observation, HashSet<int>> _observations = [];

        public Entity Entity => entity;

        public HashSet<int> Terms { get; } = [];

        public HashSet<int> NameTerms { get; } = [];

        /// <summary>Most words that one observation has.</summary>
        public int BestObservation { get; private set; }

        /// <summary>The newest event that matched.</summary>
        public EventId Latest { get; private set; }

        public void Add(int term, Observation observation)
        {
            Terms.Add(term);
            if (!_observations.TryGetValue(observation, out HashSet<int>? terms))
            {
                _observations.Add(observation, terms = []);
            }

            terms.Add(term);
            BestObservation = Math.Max(BestObservation, terms.Count);
            Latest = observation.Id > Latest ? observation.Id : Latest;
        }

        public void AddName(int term, EventId said)
        {
            Terms.Add(term);
            NameTerms.Add(term);
            Latest = said > Latest ? said : Latest;
        }

        public SearchHit ToHit(Reading reading, GraphView view)
        {
            HashSet<Observation> matching = [.. _observations.Keys];
            return new SearchHit(
                EntityCard.Of(reading, view, entity),
                _observations.OrderByDescending(one => one.Value.Count).ThenByDescending(one => one.Key.Id)
                    .Select(one => ObservationLine.Of(reading, one.Key)),
                view.ObservationsOf(entity).Count(one => !matching.Contains(one)));
        }
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
