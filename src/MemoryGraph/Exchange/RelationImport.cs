using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Graph;

namespace MemoryGraph.Exchange;

/// <summary>What a source's events about relations come to here. <see cref="SourceDecider"/> has the rules.</summary>
internal static class RelationImport
{
    public static IReadOnlyList<MemoryEvent> Create(ImportStep step, RelationCreated created)
    {
        GraphView graph = step.Graph;
        if (step.FindLiveEntity(created.From) is not { } from || step.FindLiveEntity(created.To) is not { } to)
        {
            return [];
        }

        if (graph.FindRelation(from, created.RelationType, to) is not { } held)
        {
            return step.FollowToBegin(new CreateRelation(
                graph.NameOf(from), created.RelationType, graph.NameOf(to), created.Validity.From,
                    created.Validity.To));
        }

        step.Same(held.Id);
        return !created.Validity.IsUnsaid && created.Validity != held.ValidityAt(graph.Point)
            ? step.Skip($"has other dates than {held.Id} has here, which stay") : [];
    }

    public static IReadOnlyList<MemoryEvent> Update(ImportStep step, RelationUpdated updated)
    {
        if (step.Find(updated.Relation) is not Relation relation || !relation.IsLiveAt(step.Graph.Point))
        {
            return [];
        }

        return !step.IsTheirs(relation.Id)
                ? step.Skip($"gives dates to {relation.Id}, which was known here before and stays as it is")
            : relation.ValidityAt(step.Graph.Point) == updated.Validity ? []
            : [new RelationUpdated(relation.Id, updated.Validity)];
    }

    public static IReadOnlyList<MemoryEvent> Delete(ImportStep step, RelationDeleted deleted)
    {
        GraphView graph = step.Graph;
        return step.Find(deleted.Relation) is not Relation one || !one.IsLiveAt(graph.Point) ? []
            : !step.IsTheirs(one.Id) ? step.Keep(one.Id)
            : [new RelationDeleted(
                one.Id, graph.NameOf(graph.OwnerOf(one.From)), one.RelationType, graph.NameOf(graph.OwnerOf(one.To)))];
    }

    public static IReadOnlyList<MemoryEvent> Restore(ImportStep step, RelationRestored restored)
    {
        GraphView graph = step.Graph;
        return step.Find(restored.Relation) is Relation { IsOpen: false } one && step.EndedByThem(one.End)
            && graph.OwnerOf(one.From) is { IsLive: true } from && graph.OwnerOf(one.To) is { IsLive: true } to
            && graph.FindRelation(from, one.RelationType, to) is null
                ? [new RelationRestored(one.Id, graph.NameOf(from), one.RelationType, graph.NameOf(to))] : [];
    }
}
