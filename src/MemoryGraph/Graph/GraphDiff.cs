using MemoryGraph.Domain;
using MemoryGraph.Events;

namespace MemoryGraph.Graph;

/// <summary>What is different between two graphs of one history: applied to the first, it gives the second.</summary>
/// <remarks>
/// Facts are the same when the same event began them, so two folds of a log can be compared as well as two points of
/// one fold. Cost: two points of one fold, the events between them, and all facts of entities that were merged, deleted
/// or restored by those; about one entity, no more than all that was ever said of it. Two folds: every event of both.
/// </remarks>
internal sealed class GraphDiff
{
    private readonly GraphView _before;
    private readonly GraphView _after;

    private GraphDiff(GraphView before, GraphView after, EventId? about)
    {
        (_before, _after) = (before, after);
        (EventId behind, EventId upTo) = (EventId.Earlier(before.Point, after.Point), EventId.Later(before.Point, after.Point));
        Entity? centre = about is { } id ? before.State.Entity(id) : null;
        IEnumerable<EventId> compared = !ReferenceEquals(before.State, after.State) ? EventsUpTo(upTo)
            : centre is { } entity && entity.FactCount < upTo.Value - behind.Value ? FactsOf(entity).Order()
            : ChangedBetween(before.State, behind, upTo).Order();
        foreach (EventId fact in compared)
        {
            CompareEntity(fact);
            CompareObservation(fact);
            CompareRelation(fact);
        }
    }

    /// <summary>In order of creation.</summary>
    public List<Difference<Naming>> Entities { get; } = [];

    /// <summary>In order of creation.</summary>
    public List<Difference<Statement>> Observations { get; } = [];

    /// <summary>In order of creation.</summary>
    public List<Difference<Link>> Relations { get; } = [];

    /// <param name="about">What does not concern this entity, itself or at an end of a link, may be missing; null for all.</param>
    public static GraphDiff Between(GraphView before, GraphView after, EventId? about = null) => new(before, after, about);

    private void CompareEntity(EventId id)
    {
        (Naming? before, Naming? after) = (NamingIn(_before, id), NamingIn(_after, id));
        if (before != after)
        {
            Entities.Add(new Difference<Naming>(id, before, after));
        }
    }

    // Its words are those of the event that began it, in every fold; so they need not be compared.
    private void CompareObservation(EventId id)
    {
        (EventId? before, EventId? after) = (OwnerIn(_before, id), OwnerIn(_after, id));
        if (before != after)
        {
            string text = (_before.State.Observation(id) ?? _after.State.Observation(id)!.Value).Text;
            Observations.Add(new Difference<Statement>(
                id, before is { } former ? new Statement(former, text) : null, after is { } latter ? new Statement(latter, text) : null));
        }
    }

    private void CompareRelation(EventId id)
    {
        (Link? before, Link? after) = (LinkIn(_before, id), LinkIn(_after, id));
        if (before != after)
        {
            Relations.Add(new Difference<Link>(id, before, after));
        }
    }

    private static Naming? NamingIn(GraphView view, EventId id) =>
        view.State.Entity(id) is { } one && one.IsLiveAt(view.Point) ? view.NamingOf(one) : null;

    private static EventId? OwnerIn(GraphView view, EventId id) =>
        view.State.Observation(id) is { } one && one.IsLiveAt(view.Point) ? view.OwnerOf(one.Entity).Id : null;

    private static Link? LinkIn(GraphView view, EventId id) =>
        view.State.Relation(id) is { } one && one.IsLiveAt(view.Point)
            ? new Link(view.OwnerOf(one.From).Id, one.RelationType, view.OwnerOf(one.To).Id, one.ValidityAt(view.Point)) : null;

    private static IEnumerable<EventId> EventsUpTo(EventId last)
    {
        for (EventId id = EventId.None.Next; id <= last; id = id.Next)
        {
            yield return id;
        }
    }

    private static HashSet<EventId> FactsOf(Entity entity)
    {
        HashSet<EventId> facts = [];
        AddWhatMoves(entity, [], facts);
        return facts;
    }

    // Facts that may show differently: what the events between touched, and what hangs on an entity that came or went.
    private static HashSet<EventId> ChangedBetween(GraphState state, EventId behind, EventId upTo)
    {
        HashSet<EventId> changed = [];
        HashSet<EventId> moved = [];
        List<EventId> refs = [];
        for (EventId id = behind.Next; id <= upTo; id = id.Next)
        {
            if (state.Events.ShapeOf(id)?.EventType is not { } type || state.Events.IsOfLog(id))
            {
                continue;
            }

            state.Events.ReadRefs(id, refs);
            changed.Add(id);
            changed.UnionWith(refs);
            if ((type == typeof(EntityMerged) || type == typeof(EntityDeleted) || type == typeof(EntityRestored))
                && state.Entity(refs[0]) is { } entity)
            {
                AddWhatMoves(entity, moved, changed);
            }
        }

        return changed;
    }

    // What an entity has, and what leads to it, changes hands with it; also what is said of those that were merged into
    // it.
    private static void AddWhatMoves(Entity entity, HashSet<EventId> moved, HashSet<EventId> changed)
    {
        var waiting = new Stack<Entity>([entity]);
        while (waiting.TryPop(out Entity one))
        {
            if (!moved.Add(one.Id))
            {
                continue;
            }

            changed.Add(one.Id);
            changed.UnionWith(one.Observations.Select(said => said.Id));
            changed.UnionWith(one.Outgoing.Select(link => link.Id));
            changed.UnionWith(one.Incoming.Select(link => link.Id));
            foreach (Entity absorbed in one.Absorbed)
            {
                waiting.Push(absorbed);
            }
        }
    }
}

/// <summary>A fact that is not the same in two graphs.</summary>
/// <param name="Id">The event that began it.</param>
/// <param name="Before">As the first graph shows it; null when it does not.</param>
/// <param name="After">As the second graph shows it; null when it does not.</param>
internal sealed record Difference<T>(EventId Id, T? Before, T? After)
    where T : class;

/// <summary>A statement as a graph shows it.</summary>
/// <param name="Owner">The entity that has it.</param>
internal sealed record Statement(EventId Owner, string Text);

/// <summary>A link as a graph shows it.</summary>
/// <param name="From">The entity that it starts at.</param>
/// <param name="To">The entity that it leads to.</param>
internal sealed record Link(EventId From, string RelationType, EventId To, Validity Validity);
