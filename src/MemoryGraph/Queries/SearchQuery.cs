using System.Numerics;
using MemoryGraph.Events;
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
        var hits = new Dictionary<Entity, Match>();
        for (int i = 0; i < terms.Length; i++)
        {
            foreach (int said in index.Saying(terms[i]))
            {
                Take(view, hits, new EventId(said), term: i);
            }
        }

        string? type = EntityType is null ? null : LetterFolding.Fold(EntityType.Trim());
        Match[] ofType = [.. hits.Values
            .Where(hit => type is null || LetterFolding.Fold(view.NamingOf(hit.Entity).EntityType) == type)];
        Match[] withAll = [.. ofType.Where(hit => BitOperations.PopCount(hit.Terms) == terms.Length)];
        Match[] best = withAll.Length > 0 ? withAll : ofType;
        HashSet<Entity> called = [.. view.Graph.Names.Resembling(Text)];
        IEnumerable<SearchHit> ranked = best
            .OrderByDescending(hit => called.Contains(hit.Entity))
            .ThenByDescending(hit => BitOperations.PopCount(hit.Terms))
            .ThenByDescending(hit => BitOperations.PopCount(hit.NameTerms))
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

    // An event that said a word counts while the fact it began, or the name it gave, holds.
    private static void Take(GraphView view, Dictionary<Entity, Match> hits, EventId said, int term)
    {
        if (said > view.Point)
        {
            return;
        }

        if (view.Graph.Observation(said) is { } observation)
        {
            if (observation.IsLiveAt(view.Point))
            {
                Hit(view.OwnerOf(observation.Entity)).Add(term, observation);
            }

            return;
        }

        Entity? named = view.Graph.Events[said].Event is EntityUpdated renamed
            ? view.Graph.Entity(renamed.Entity) : view.Graph.Entity(said);
        if (named is not null && named.IsLiveAt(view.Point) && named.NamedBy(view.Point) == said)
        {
            Hit(named).AddName(term, said);
        }

        Match Hit(Entity entity) =>
            hits.TryGetValue(entity, out Match? hit) ? hit : hits[entity] = new Match(entity);
    }

    /// <summary>What of an entity matched. Terms are bits: the first term is bit 0.</summary>
    private sealed class Match(Entity entity)
    {
        private readonly Dictionary<Observation, ulong> _observations = [];

        public Entity Entity => entity;

        public ulong Terms { get; private set; }

        public ulong NameTerms { get; private set; }

        /// <summary>Most words that one observation has.</summary>
        public int BestObservation { get; private set; }

        /// <summary>The newest event that matched.</summary>
        public EventId Latest { get; private set; }

        public void Add(int term, Observation observation)
        {
            Terms |= 1UL << term;
            ulong terms = _observations.GetValueOrDefault(observation) | (1UL << term);
            _observations[observation] = terms;
            BestObservation = Math.Max(BestObservation, BitOperations.PopCount(terms));
            Latest = observation.Id > Latest ? observation.Id : Latest;
        }

        public void AddName(int term, EventId said)
        {
            Terms |= 1UL << term;
            NameTerms |= 1UL << term;
            Latest = said > Latest ? said : Latest;
        }

        public SearchHit ToHit(Reading reading, GraphView view) => new(
            EntityCard.Of(reading, view, entity),
            _observations.OrderByDescending(one => BitOperations.PopCount(one.Value)).ThenByDescending(one => one.Key.Id)
                .Select(one => ObservationLine.Of(reading, one.Key)),
            view.ObservationsOf(entity).Count(one => !_observations.ContainsKey(one)));
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
