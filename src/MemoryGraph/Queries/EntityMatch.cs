using MemoryGraph.Events;
using MemoryGraph.Graph;
using MemoryGraph.Values;

namespace MemoryGraph.Queries;

/// <summary>What of an entity matched a search.</summary>
/// <param name="entity">The entity.</param>
/// <param name="naming">What its name and type are worth, by term.</param>
internal sealed class EntityMatch(Entity entity, double[] naming)
{
    // What another fact of it adds that has words which the best one lacks.
    private const double ElsewhereShare = 0.2;

    private readonly double[] _most = [.. naming];
    private readonly List<FactMatch> _facts = [];

    public Entity Entity => entity;

    /// <summary>Live observations with at least one of the words.</summary>
    public IReadOnlyList<FactMatch> Facts => _facts;

    /// <summary>What the entity's name is worth besides its words, and whether it has the phrase.</summary>
    public (bool HasPhrase, double Worth) NameReading { get; set; }

    /// <summary>Whether its name is what was asked for.</summary>
    public bool IsCalledSo { get; init; }

    /// <summary>How well the best of it matches.</summary>
    public SearchMatch Match => (SearchMatch)Math.Max(
        (int)(NameReading.HasPhrase ? SearchMatch.Phrase : IsCalledSo ? SearchMatch.AllWords : MatchOf(naming)),
        _facts.Count == 0 ? 0 : (int)_facts.Max(fact => fact.Match));

    /// <summary>What an entity is ordered by: called so, phrase before all words before some, worth, newest.</summary>
    public (bool IsCalledSo, SearchMatch Match, double Worth, EventId Latest) Rank
    {
        get
        {
            double best = naming.Sum() + NameReading.Worth;
            EventId latest = entity.Id;
            foreach (FactMatch fact in _facts)
            {
                best = Math.Max(best, fact.Worth);
                latest = EventId.Later(latest, fact.Observation.Id);
            }

            return (IsCalledSo, Match, best + (ElsewhereShare * Math.Max(0, _most.Sum() - best)), latest);
        }
    }

    /// <summary>Adds a live observation.</summary>
    /// <param name="worths">What its words are worth, by term; what the entity's name and type have counts as said.</param>
    public void Add(Observation observation, ReadOnlySpan<double> worths)
    {
        double[] together = [.. naming];
        for (int term = 0; term < together.Length; term++)
        {
            together[term] = Math.Max(together[term], worths[term]);
            _most[term] = Math.Max(_most[term], worths[term]);
        }

        _facts.Add(new FactMatch(observation, MatchOf(together), together.Sum()));
    }

    /// <summary>
    /// Whether what an event said is known at a point: the statement it made, the name or type it gave.
    /// </summary>
    public static bool Holds(GraphView view, EventId said) => OwnerOf(view, said) is not null;

    /// <summary>
    /// The live entity that has at a point what an event said; null when that has ended.
    /// </summary>
    public static Entity? OwnerOf(GraphView view, EventId said)
    {
        if (view.State.Observation(said) is { } observation)
        {
            return observation.IsLiveAt(view.Point) ? view.OwnerOf(observation.Entity) : null;
        }

        Entity? named = view.State.Entity(said) is { } created ? created
            : view.State.Events[said].Event is EntityUpdated renamed ? view.State.Entity(renamed.Entity) : null;
        return named is { } entity && entity.IsLiveAt(view.Point) && entity.NamedBy(view.Point) == said ? named : null;
    }

    private static SearchMatch MatchOf(double[] worths) => worths.All(worth => worth > 0) ? SearchMatch.AllWords
        : worths.Any(worth => worth > 0) ? SearchMatch.SomeWords : SearchMatch.None;
}

/// <summary>An observation that matched a search, together with the name and type of its entity.</summary>
internal sealed class FactMatch(Observation observation, SearchMatch match, double worth)
{
    public Observation Observation => observation;

    public SearchMatch Match { get; private set; } = match;

    public double Worth { get; private set; } = worth;

    /// <summary>Adds what reading its text brought.</summary>
    public void Add((bool HasPhrase, double Worth) reading)
    {
        Match = reading.HasPhrase ? SearchMatch.Phrase : Match;
        Worth += reading.Worth;
    }
}
