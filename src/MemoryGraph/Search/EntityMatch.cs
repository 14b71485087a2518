using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Graph;

namespace MemoryGraph.Search;

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

    /// <summary>Whether its name has the phrase, and what the name is worth besides its words.</summary>
    public (bool HasPhrase, double Worth) NameReading { get; set; }

    /// <summary>Whether its name is what was asked for.</summary>
    public bool IsCalledSo { get; init; }

    /// <summary>How well the best of it matches.</summary>
    public SearchMatch Match => Rank.Match;

    /// <summary>What entities are ordered by: called so, phrase before all words before some, worth, newest.</summary>
    public (bool IsCalledSo, SearchMatch Match, double Worth, EventId Latest) Rank
    {
        get
        {
            (SearchMatch match, double worth) = Sum(naming);
            match = NameReading.HasPhrase ? SearchMatch.Phrase : IsCalledSo ? SearchMatch.AllWords : match;
            worth += NameReading.Worth;
            EventId latest = entity.Id;
            foreach (FactMatch fact in _facts)
            {
                match = fact.Match > match ? fact.Match : match;
                worth = Math.Max(worth, fact.Worth);
                latest = EventId.Later(latest, fact.Observation.Id);
            }

            return (IsCalledSo, match, worth + (ElsewhereShare * Math.Max(0, Sum(_most).Worth - worth)), latest);
        }
    }

    /// <summary>Adds a live observation.</summary>
    /// <param name="worths">What its words are worth, by term; what the entity's name and type have counts as said.</param>
    public void Add(Observation observation, ReadOnlySpan<double> worths)
    {
        Span<double> together = stackalloc double[naming.Length];
        for (int term = 0; term < together.Length; term++)
        {
            together[term] = Math.Max(naming[term], worths[term]);
            _most[term] = Math.Max(_most[term], worths[term]);
        }

        (SearchMatch match, double worth) = Sum(together);
        _facts.Add(new FactMatch(observation, match, worth));
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

    private static (SearchMatch Match, double Worth) Sum(ReadOnlySpan<double> worths)
    {
        double sum = 0;
        int had = 0;
        foreach (double worth in worths)
        {
            sum += worth;
            had += worth > 0 ? 1 : 0;
        }

        return (had == 0 ? SearchMatch.None : had < worths.Length ? SearchMatch.SomeWords : SearchMatch.AllWords, sum);
    }
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
