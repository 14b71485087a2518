using MemoryGraph.Decide;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Graph;
using MemoryGraph.Text;

namespace MemoryGraph.Exchange;

/// <summary>One event of a source while it is decided: what it refers to here, and what it comes to.</summary>
/// <param name="Graph">The present.</param>
/// <param name="Report">Gets why it was not taken over, as the rest of a sentence.</param>
internal sealed record ImportStep(GraphView Graph, SourceFacts Facts, SourceEvent Happened, Action<string> Report)
{
    /// <summary>What a fact of the source is here; null, and reported, when it is not here.</summary>
    public object? Find(EventId id)
    {
        if (Facts[id] is { } ours)
        {
            return Graph.State.Fact(ours);
        }

        Report($"is about {id} there, which was not taken over");
        return null;
    }

    /// <summary>
    /// The live entity that an entity of the source is, or was merged into; null, and reported, when there is none.
    /// </summary>
    public Entity? FindLiveEntity(EventId id)
    {
        if (Find(id) is not Entity entity)
        {
            return null;
        }

        Entity owner = Graph.OwnerOf(entity);
        if (!owner.IsLiveAt(Graph.Point))
        {
            Report($"is about {Quoted.Name(Graph.NameOf(owner))}, which was deleted here");
            return null;
        }

        return owner;
    }

    /// <summary>Whether a fact came from the source, or from the past that both share.</summary>
    public bool IsTheirs(EventId fact) => Facts.IsTheirs(Graph, fact);

    /// <summary>Whether a fact ended by an event from the source.</summary>
    public bool EndedByThem(EventId end) => end <= Graph.Point && IsTheirs(end);

    /// <summary>The event begins a fact that is live here already.</summary>
    public IReadOnlyList<MemoryEvent> Same(EventId fact)
    {
        Facts[Happened.Id] = fact;
        return [];
    }

    /// <summary>The events of a command, decided as if it had been asked for here; a refusal is reported.</summary>
    public IReadOnlyList<MemoryEvent> Follow(Command command)
    {
        Decision decision = GraphDecider.Decide(Graph, command);
        return decision.Refused is { } refusal
            ? Skip($"could not be taken over: {refusal.Message.Split('\n')[0]}") : decision.Events;
    }

    /// <summary>The events of a command that begins the fact.</summary>
    public IReadOnlyList<MemoryEvent> FollowToBegin(Command command)
    {
        IReadOnlyList<MemoryEvent> events = Follow(command);
        if (events.Count > 0)
        {
            // The last one, after those that make an implied entity explicit.
            Facts[Happened.Id] = Graph.Point + events.Count;
        }

        return events;
    }

    /// <summary>Nothing comes of the event, which is reported.</summary>
    public IReadOnlyList<MemoryEvent> Skip(string why)
    {
        Report(why);
        return [];
    }

    /// <summary>A fact of our own is not withdrawn, which is reported.</summary>
    public IReadOnlyList<MemoryEvent> Keep(EventId fact) =>
        Skip($"withdraws {fact}, which was known here before and stays");
}
