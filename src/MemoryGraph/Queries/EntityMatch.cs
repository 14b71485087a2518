using System.Numerics;
using MemoryGraph.Events;
using MemoryGraph.Graph;
using MemoryGraph.Values;

namespace MemoryGraph.Queries;

/// <summary>What of an entity matched a search. The words asked for are bits: the first is bit 0.</summary>
internal sealed class EntityMatch(Entity entity)
{
    private readonly List<(Observation Observation, ulong Terms)> _observations = [];
    private ulong _nameTerms;
    private int _bestObservation;
    private EventId _latest;

    public Entity Entity => entity;

    /// <summary>The words that its name, type and observations have between them.</summary>
    public ulong Terms { get; private set; }

    /// <summary>Live observations with at least one of the words, in order of creation.</summary>
    public IReadOnlyList<(Observation Observation, ulong Terms)> Observations => _observations;

    /// <summary>
    /// Orders matches: by name, then most words, most words in the name, most in one observation, newest.
    /// </summary>
    /// <param name="called">Entities whose name is the text asked for.</param>
    public (bool Called, int Words, int InName, int InObservation, EventId Latest) Rank(HashSet<Entity> called) => (
        called.Contains(entity), BitOperations.PopCount(Terms), BitOperations.PopCount(_nameTerms), _bestObservation, _latest);

    /// <summary>
    /// Whether what an event said is known at a point: the statement it made, the name or type it gave.
    /// </summary>
    public static bool Holds(GraphView view, EventId said) => said <= view.Point
        && (view.State.Observation(said) is { } observation ? observation.IsLiveAt(view.Point) : NamedBy(view, said) is not null);

    /// <summary>Gathers what events said by the entities that have them at a point.</summary>
    /// <param name="events">For each word, the events that said it, in order.</param>
    public static List<EntityMatch> Collect(GraphView view, IReadOnlyList<int>[] events)
    {
        var matches = new Dictionary<Entity, EntityMatch>();
        foreach ((EventId said, ulong terms) in Merge(events, view.Point))
        {
            if (view.State.Observation(said) is { } observation)
            {
                if (observation.IsLiveAt(view.Point))
                {
                    Match(view.OwnerOf(observation.Entity)).AddObservation(observation, terms);
                }
            }
            else if (NamedBy(view, said) is { } named)
            {
                Match(named).AddName(said, terms);
            }
        }

        return [.. matches.Values];

        EntityMatch Match(Entity entity) =>
            matches.TryGetValue(entity, out EntityMatch? match) ? match : matches[entity] = new EntityMatch(entity);
    }

    // The live entity that still has the name or type that an event gave it.
    private static Entity? NamedBy(GraphView view, EventId said)
    {
        Entity? named = view.State.Events[said].Event is EntityUpdated renamed
            ? view.State.Entity(renamed.Entity) : view.State.Entity(said);
        return named is { } one && one.IsLiveAt(view.Point) && one.NamedBy(view.Point) == said ? one : null;
    }

    // Walks ordered lists side by side: each event up to a point once, with the lists that have it.
    private static IEnumerable<(EventId Said, ulong Lists)> Merge(IReadOnlyList<int>[] lists, EventId upTo)
    {
        int[] places = new int[lists.Length];
        while (true)
        {
            int next = int.MaxValue;
            for (int i = 0; i < lists.Length; i++)
            {
                next = places[i] < lists[i].Count ? Math.Min(next, lists[i][places[i]]) : next;
            }

            if (next > upTo.Value)
            {
                yield break;
            }

            ulong having = 0;
            for (int i = 0; i < lists.Length; i++)
            {
                if (places[i] < lists[i].Count && lists[i][places[i]] == next)
                {
                    having |= 1UL << i;
                    places[i]++;
                }
            }

            yield return (new EventId(next), having);
        }
    }

    private void AddObservation(Observation observation, ulong terms)
    {
        Terms |= terms;
        _observations.Add((observation, terms));
        _bestObservation = Math.Max(_bestObservation, BitOperations.PopCount(terms));
        _latest = observation.Id > _latest ? observation.Id : _latest;
    }

    private void AddName(EventId said, ulong terms)
    {
        Terms |= terms;
        _nameTerms |= terms;
        _latest = said > _latest ? said : _latest;
    }
}
