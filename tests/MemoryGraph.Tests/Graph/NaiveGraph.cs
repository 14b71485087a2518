using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Graph;

namespace MemoryGraph.Tests.Graph;

/// <summary>
/// The graph as one would first write it: lists of what holds now, nothing kept of the past, facts moved by a merge.
/// Knows the events that commands record, and throws where one does not apply.
/// </summary>
internal sealed class NaiveGraph
{
    private readonly List<Thing> _entities = [];
    private readonly List<Statement> _observations = [];
    private readonly List<Link> _relations = [];

    public void Apply(EventId at, MemoryEvent happened)
    {
        switch (happened)
        {
            case EntityCreated e:
                _entities.Add(new Thing(at, e.Name, e.EntityType));
                break;
            case EntityUpdated e:
                Replace(_entities, one => one.Id == e.Entity, one => new Thing(one.Id, e.Name ?? one.Name, e.EntityType ?? one.Type));
                break;
            case EntityMerged e:
                Remove(_entities, one => one.Id == e.From);
                _observations.Where(one => one.Of == e.From).ToList().ForEach(one =>
                    Replace(_observations, same => same == one, _ => one with { Of = e.Into }));
                _relations.Where(one => one.From == e.From || one.To == e.From).ToList().ForEach(one =>
                    Replace(_relations, same => same == one, _ => one with
                    {
                        From = one.From == e.From ? e.Into : one.From,
                        To = one.To == e.From ? e.Into : one.To,
                    }));
                break;
            case EntityDeleted e:
                Remove(_entities, one => one.Id == e.Entity);
                _observations.RemoveAll(one => one.Of == e.Entity);
                Assert.DoesNotContain(_relations, one => one.From == e.Entity || one.To == e.Entity);
                break;
            case ObservationAdded e:
                _observations.Add(new Statement(at, e.Entity, e.Text));
                break;
            case ObservationRemoved e:
                Remove(_observations, one => one.Id == e.Observation);
                break;
            case RelationCreated e:
                _relations.Add(new Link(at, e.From, e.RelationType, e.To, e.Validity));
                break;
            case RelationUpdated e:
                Replace(_relations, one => one.Id == e.Relation, one => one with { Validity = e.Validity });
                break;
            case RelationDeleted e:
                Remove(_relations, one => one.Id == e.Relation);
                break;
            default:
                throw new InvalidOperationException($"No command records {happened}.");
        }
    }

    /// <summary>What holds, in order; the same text as <see cref="Dump(GraphView)"/> of the same graph.</summary>
    public string Dump() => string.Join('\n', [.. _entities, .. _observations.OrderBy(one => one.Id), .. _relations.OrderBy(one => one.Id)]);

    public static string Dump(GraphView view) => string.Join('\n',
    [
        .. view.Entities().Select(one => new Thing(one.Id, view.NameOf(one), view.NamingOf(one).EntityType)),
        .. view.Entities().SelectMany(one => view.ObservationsOf(one).Select(said => new Statement(said.Id, one.Id, said.Text)))
            .OrderBy(one => one.Id),
        .. view.Relations().Select(one => new Link(
            one.Id, view.OwnerOf(one.From).Id, one.RelationType, view.OwnerOf(one.To).Id, one.ValidityAt(view.Point)))
            .OrderBy(one => one.Id),
    ]);

    private static void Replace<T>(List<T> facts, Predicate<T> isMeant, Func<T, T> change)
    {
        int place = facts.FindIndex(isMeant);
        facts[place] = change(facts[place]);
    }

    private static void Remove<T>(List<T> facts, Predicate<T> isMeant) => facts.RemoveAt(facts.FindIndex(isMeant));

    private sealed record Thing(EventId Id, string Name, string Type);

    private sealed record Statement(EventId Id, EventId Of, string Text);

    private sealed record Link(EventId Id, EventId From, string Type, EventId To, Validity Validity);
}
