using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Graph;

namespace MemoryGraph.Decide;

/// <summary>Makes two entities one without losing a fact.</summary>
/// <remarks>
/// What both say is removed from the one that ends, so that it stands once; links between the two would lead from the
/// entity to itself and are removed. A validity that only the removed one of two equal links had goes to the other.
/// </remarks>
internal static class EntityMerge
{
    public static void Decide(PendingCommand draft, Entity from, Entity into)
    {
        GraphView graph = draft.Graph;
        foreach (Observation observation in graph.ObservationsOf(from))
        {
            if (graph.FindObservation(into, observation.Text) is not null)
            {
                draft.Remove(observation, graph.NameOf(from));
            }
        }

        foreach (Relation relation in graph.RelationsOf(from))
        {
            Entity start = Merged(graph.OwnerOf(relation.From));
            Entity end = Merged(graph.OwnerOf(relation.To));
            if (start == end && graph.OwnerOf(relation.From) != graph.OwnerOf(relation.To))
            {
                draft.Remove(relation);
            }
            else if (graph.FindRelation(start, relation.RelationType, end) is { } twin)
            {
                KeepValidity(draft, relation, twin);
                draft.Remove(relation);
            }
        }

        draft.Merge(from, into);

        Entity Merged(Entity entity) => entity == from ? into : entity;
    }

    private static void KeepValidity(PendingCommand draft, Relation removed, Relation kept)
    {
        Validity lost = removed.ValidityAt(draft.Graph.Point);
        Validity stays = kept.ValidityAt(draft.Graph.Point);
        if (lost == stays || lost.IsUnsaid)
        {
            return;
        }

        if (stays.IsUnsaid)
        {
            draft.Record(new RelationUpdated(kept.Id, lost));
        }
        else
        {
            draft.Notice(
                $"Both had the relation {removed.RelationType}, valid {lost} and {stays}; {kept.Id} keeps {stays}.");
        }
    }
}
