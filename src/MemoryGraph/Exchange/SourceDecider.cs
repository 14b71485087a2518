using System.Diagnostics;
using MemoryGraph.Decide;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Graph;
using MemoryGraph.Text;

namespace MemoryGraph.Exchange;

/// <summary>Decides what the events of a source come to on a graph that may hold anything already.</summary>
/// <remarks>
/// <para>Each is decided on the graph as the ones before left it, by these rules:</para>
/// <list type="bullet">
/// <item>What is said there and holds here already is the same fact, and nothing is recorded.</item>
/// <item>
/// What was changed, withdrawn or restored there is so here where the fact came from this source, or from the past that
/// both share. What was known here otherwise is kept, and told.
/// </item>
/// <item>
/// Where the source has lasting ids, what was decided about once is settled, whatever was done here since. Of a part of
/// a log, that is what was taken over.
/// </item>
/// </list>
/// <para>Not for several threads; for one source, in its order. Cost: as the command that would do the same.</para>
/// </remarks>
/// <param name="source">What the origin of its events says.</param>
/// <param name="hasLastingIds">See <see cref="MemorySource.HasLastingIds"/>.</param>
/// <param name="isThisProject">Whether it is a copy of this very log: then both share a past.</param>
/// <param name="tell">Gets what was not taken over, and why.</param>
internal sealed class SourceDecider(string source, bool hasLastingIds, bool isThisProject, Action<ImportNote> tell)
{
    private static readonly IReadOnlyList<MemoryEvent> Nothing = [];

    private readonly SourceFacts _facts = new(source, hasLastingIds, isThisProject);

    /// <summary>What an event comes to.</summary>
    /// <param name="graph">The present, under the writer's lock.</param>
    /// <returns>In order; empty when it says nothing new.</returns>
    public IReadOnlyList<MemoryEvent> Decide(GraphView graph, SourceEvent happened)
    {
        if (_facts.IsSettled(graph, happened))
        {
            return Nothing;
        }

        return happened.Event switch
        {
            EntityCreated e => Create(graph, happened, e),
            EntityUpdated e => Update(graph, happened, e),
            EntityMerged e => Merge(graph, happened, e),
            EntityDeleted e => Delete(graph, happened, e),
            EntityRestored e => Restore(graph, happened, e.Entity),
            ObservationAdded e => Say(graph, happened, e),
            ObservationRemoved e => Withdraw(graph, happened, e.Observation),
            ObservationRestored e => Restore(graph, happened, e.Observation),
            RelationCreated e => Relate(graph, happened, e),
            RelationUpdated e => Update(graph, happened, e),
            RelationDeleted e => Withdraw(graph, happened, e.Relation),
            RelationRestored e => Restore(graph, happened, e.Relation),
            EventRedacted e => TellOfRedaction(happened, e),
            EventLost => Not(happened, "was lost there"),
            UnknownEvent e => Not(happened, $"is of a type this program does not know, {Quoted.Name(e.EventType)}"),
            LogRepaired or ClockCorrected => Nothing,
            _ => throw new UnreachableException($"{happened.Event.GetType().Name} has no arm"),
        };
    }

    private IReadOnlyList<MemoryEvent> Create(GraphView graph, SourceEvent happened, EntityCreated created)
    {
        if (graph.Find(created.Name) is not { } entity)
        {
            _facts[happened.Id] = graph.Point.Next;
            return [created];
        }

        _facts[happened.Id] = entity.Id;
        Naming known = graph.NamingOf(entity);
        if (!known.Implied && !created.Implied && known.EntityType != created.EntityType)
        {
            Not(happened, $"has another type than {Quoted.Name(known.Name)} has here, {Quoted.Name(known.EntityType)}, which stays");
        }

        return known.Implied && !created.Implied
            ? Follow(graph, happened, new CreateEntity(created.Name, created.EntityType, [])) : Nothing;
    }

    private IReadOnlyList<MemoryEvent> Say(GraphView graph, SourceEvent happened, ObservationAdded said)
    {
        if (LiveEntity(graph, happened, said.Entity) is not { } entity)
        {
            return Nothing;
        }

        if (graph.FindObservation(entity, said.Text) is { } held)
        {
            _facts[happened.Id] = held.Id;
            return Nothing;
        }

        return Begin(happened, graph, Follow(graph, happened, new AddObservations(graph.NameOf(entity), [said.Text])));
    }

    private IReadOnlyList<MemoryEvent> Relate(GraphView graph, SourceEvent happened, RelationCreated created)
    {
        if (LiveEntity(graph, happened, created.From) is not { } from || LiveEntity(graph, happened, created.To) is not { } to)
        {
            return Nothing;
        }

        if (graph.FindRelation(from, created.RelationType, to) is { } held)
        {
            _facts[happened.Id] = held.Id;
            if (!created.Validity.IsUnsaid && created.Validity != held.ValidityAt(graph.Point))
            {
                Not(happened, $"has other dates than {held.Id} has here, which stay");
            }

            return Nothing;
        }

        return Begin(happened, graph, Follow(graph, happened, new CreateRelation(
            graph.NameOf(from), created.RelationType, graph.NameOf(to), created.Validity.From, created.Validity.To)));
    }

    private IReadOnlyList<MemoryEvent> Update(GraphView graph, SourceEvent happened, EntityUpdated updated)
    {
        if (LiveEntity(graph, happened, updated.Entity) is not { } entity)
        {
            return Nothing;
        }

        Naming known = graph.NamingOf(entity);
        var news = new EntityUpdated(
            entity.Id,
            updated.Name == known.Name ? null : updated.Name,
            updated.EntityType == known.EntityType ? null : updated.EntityType)
        {
            Implied = updated.Implied == known.Implied ? null : updated.Implied,
        };
        return news is { Name: null, EntityType: null, Implied: null } ? Nothing
            : !_facts.IsTheirs(graph, entity.Id) ? Not(happened, $"changes {Quoted.Name(known.Name)}, which was known here before and stays as it is")
            : news.Name is { } name && graph.Find(name) is not null
                ? Not(happened, $"gives {Quoted.Name(known.Name)} the name {Quoted.Name(name)}, which another has here")
            : [news];
    }

    private IReadOnlyList<MemoryEvent> Update(GraphView graph, SourceEvent happened, RelationUpdated updated)
    {
        if (Known(graph, happened, updated.Relation) is not Relation relation || !relation.IsLiveAt(graph.Point))
        {
            return Nothing;
        }

        return !_facts.IsTheirs(graph, relation.Id) ? Not(happened, $"gives dates to {relation.Id}, which was known here before and stays as it is")
            : relation.ValidityAt(graph.Point) == updated.Validity ? Nothing
            : [new RelationUpdated(relation.Id, updated.Validity)];
    }

    private IReadOnlyList<MemoryEvent> Merge(GraphView graph, SourceEvent happened, EntityMerged merged)
    {
        if (Known(graph, happened, merged.From) is not Entity { IsLive: true } from
            || Known(graph, happened, merged.Into) is not Entity other || graph.OwnerOf(other) is var into && from == into)
        {
            return Nothing;
        }

        if (!_facts.IsTheirs(graph, from.Id))
        {
            return Not(happened, $"merges {Quoted.Name(graph.NameOf(from))}, which was known here before and stays as it is");
        }

        // What only one of two equal facts of theirs says was settled there; with facts of ours it is to be settled here.
        // And an undo may have merged it into what was gone already, there as here.
        return into.IsLiveAt(graph.Point) && !(IsWhollyTheirs(graph, from) && IsWhollyTheirs(graph, into))
            ? Follow(graph, happened, new UpdateEntity(graph.NameOf(from), graph.NameOf(into), null, Merge: true))
            : [new EntityMerged(from.Id, other.Id, graph.NameOf(from), graph.NameOf(other))];
    }

    private IReadOnlyList<MemoryEvent> Delete(GraphView graph, SourceEvent happened, EntityDeleted deleted)
    {
        if (Known(graph, happened, deleted.Entity) is not Entity entity || !entity.IsLiveAt(graph.Point))
        {
            return Nothing;
        }

        return IsWhollyTheirs(graph, entity)
            ? Follow(graph, happened, new DeleteEntity(graph.NameOf(entity)))
            : Not(happened, $"deletes {Quoted.Name(graph.NameOf(entity))}, of which more is known here; it stays");
    }

    private IReadOnlyList<MemoryEvent> Withdraw(GraphView graph, SourceEvent happened, EventId fact) => Known(graph, happened, fact) switch
    {
        Observation one when !one.IsLiveAt(graph.Point) => Nothing,
        Relation one when !one.IsLiveAt(graph.Point) => Nothing,
        Observation { Id: var id } when !_facts.IsTheirs(graph, id) => NotOurs(happened, id),
        Relation { Id: var id } when !_facts.IsTheirs(graph, id) => NotOurs(happened, id),
        Observation one => [new ObservationRemoved(one.Id, graph.NameOf(graph.OwnerOf(one.Entity)), one.Text)],
        Relation one => [new RelationDeleted(
            one.Id, graph.NameOf(graph.OwnerOf(one.From)), one.RelationType, graph.NameOf(graph.OwnerOf(one.To)))],
        _ => Nothing,
    };

    private IReadOnlyList<MemoryEvent> Restore(GraphView graph, SourceEvent happened, EventId fact)
    {
        switch (Known(graph, happened, fact))
        {
            case Entity { IsLive: false } entity when EndedByThem(graph, entity.End):
                string name = graph.NameOf(entity);
                return graph.Find(name) is not null ? Not(happened, $"restores {Quoted.Name(name)}, and another has that name here")
                    : [new EntityRestored(entity.Id, name)];
            case Observation { IsOpen: false } said when EndedByThem(graph, said.End) && graph.OwnerOf(said.Entity) is { IsLive: true } owner:
                return graph.FindObservation(owner, said.Text) is not null ? Nothing
                    : [new ObservationRestored(said.Id, graph.NameOf(owner), said.Text)];
            case Relation { IsOpen: false } link when EndedByThem(graph, link.End)
                && graph.OwnerOf(link.From) is { IsLive: true } from && graph.OwnerOf(link.To) is { IsLive: true } to:
                return graph.FindRelation(from, link.RelationType, to) is not null ? Nothing
                    : [new RelationRestored(link.Id, graph.NameOf(from), link.RelationType, graph.NameOf(to))];
            default:
                return Nothing;
        }
    }

    private IReadOnlyList<MemoryEvent> TellOfRedaction(SourceEvent happened, EventRedacted redacted) =>
        redacted.Targets.Any(_facts.WasTaken)
            ? Not(happened, "erased text there that was taken over from it before; to erase it here too, use redact") : Nothing;

    // The command does it as if it had been asked for here; what it refuses is told.
    private IReadOnlyList<MemoryEvent> Follow(GraphView graph, SourceEvent happened, Command command)
    {
        Decision decision = GraphDecider.Decide(graph, command);
        return decision.Refused is { } refusal ? Not(happened, $"could not be taken over: {refusal.Message.Split('\n')[0]}") : decision.Events;
    }

    // Remembers which of the events to come begins the fact: the last, behind those that speak of an implied entity.
    private IReadOnlyList<MemoryEvent> Begin(SourceEvent happened, GraphView graph, IReadOnlyList<MemoryEvent> events)
    {
        if (events.Count > 0)
        {
            _facts[happened.Id] = graph.Point + events.Count;
        }

        return events;
    }

    private Entity? LiveEntity(GraphView graph, SourceEvent happened, EventId id)
    {
        if (Known(graph, happened, id) is not Entity entity)
        {
            return null;
        }

        Entity owner = graph.OwnerOf(entity);
        if (!owner.IsLiveAt(graph.Point))
        {
            Not(happened, $"is about {Quoted.Name(graph.NameOf(owner))}, which was deleted here");
            return null;
        }

        return owner;
    }

    // What a fact of the source is here; null, and told, when it is not.
    private object? Known(GraphView graph, SourceEvent happened, EventId id)
    {
        if (_facts[id] is { } ours)
        {
            return graph.State.Fact(ours);
        }

        Not(happened, $"is about {id} there, which was not taken over");
        return null;
    }

    private bool IsWhollyTheirs(GraphView graph, Entity entity) => _facts.IsTheirs(graph, entity.Id)
        && graph.ObservationsOf(entity).All(one => _facts.IsTheirs(graph, one.Id))
        && graph.RelationsOf(entity).All(one => _facts.IsTheirs(graph, one.Id));

    private bool EndedByThem(GraphView graph, EventId end) => end <= graph.Point && _facts.IsTheirs(graph, end);

    private IReadOnlyList<MemoryEvent> NotOurs(SourceEvent happened, EventId fact) =>
        Not(happened, $"withdraws {fact}, which was known here before and stays");

    private IReadOnlyList<MemoryEvent> Not(SourceEvent happened, string why)
    {
        tell(new ImportNote(
            hasLastingIds || happened.Recorded is not null ? $"event {happened.Origin.Id}"
                : FormattableString.Invariant($"line {happened.Origin.Id.Value}"),
            why));
        return Nothing;
    }
}
