using System.Diagnostics;
using MemoryGraph.Domain;
using MemoryGraph.Graph;

namespace MemoryGraph.Decide;

/// <summary>
/// Decides what a command comes to on a graph. Pure and total: no clock, no disk, no exception for bad input.
/// </summary>
internal static class GraphDecider
{
    /// <param name="graph">The present, under the writer's lock; the events get the ids that follow its point.</param>
    /// <param name="caller">Who asks; nobody in particular when null.</param>
    public static Decision Decide(GraphView graph, Command command, Caller? caller = null)
    {
        var draft = new PendingCommand(graph);
        Refusal? refusal = command switch
        {
            CreateEntity c => EntityDecisions.Create(draft, c),
            AddObservations c => ObservationDecisions.Add(draft, c),
            CreateRelation c => RelationDecisions.Relate(draft, c),
            Remember c => RememberAll(draft, c),
            UpdateEntity c => EntityDecisions.Update(draft, c),
            DeleteEntity c => EntityDecisions.Delete(draft, c),
            DeleteObservations c => ObservationDecisions.Withdraw(draft, c),
            DeleteRelation c => RelationDecisions.Unrelate(draft, c),
            CreateMissingEntities c => LenientDecisions.Create(draft, c),
            CreateMissingRelations c => LenientDecisions.Relate(draft, c),
            AddMissingObservations c => LenientDecisions.Add(draft, c),
            DeleteAnyEntities c => LenientDecisions.Delete(draft, c),
            DeleteAnyObservations c => LenientDecisions.Withdraw(draft, c),
            DeleteAnyRelations c => LenientDecisions.Unrelate(draft, c),
            Undo c => UndoDecisions.Undo(draft, c, caller ?? Caller.Unknown),
            Redo c => UndoDecisions.Redo(draft, c, caller ?? Caller.Unknown),
            _ => throw new UnreachableException($"{command.GetType().Name} has no arm"),
        };
        return refusal is null ? draft.Accept() : Decision.Refuse(refusal);
    }

    private static Refusal? RememberAll(PendingCommand draft, Remember command)
    {
        if (command.Entities.Count == 0 && command.Relations.Count == 0)
        {
            return Refusal.NothingToDo("entities, relations, or both");
        }

        return command.Entities.Select(entity => EntityDecisions.Create(draft, entity))
            .Concat(command.Relations.Select(relation => RelationDecisions.Relate(draft, relation)))
            .FirstOrDefault(refusal => refusal is not null);
    }
}
