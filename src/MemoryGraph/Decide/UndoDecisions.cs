using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Graph;

namespace MemoryGraph.Decide;

/// <summary>Decides what is asked of calls: take them back, or take back that they were.</summary>
internal static class UndoDecisions
{
    private const int ConflictsTold = 8;

    // As many as an argument holds.
    private const int CallsTold = 30;

    public static Refusal? Undo(PendingCommand draft, Undo command, Caller caller) =>
        TakeBack(draft, new CallSelection(draft, caller, ofUndos: false), command.Target, command.Force);

    public static Refusal? Redo(PendingCommand draft, Redo command, Caller caller) =>
        TakeBack(draft, new CallSelection(draft, caller, ofUndos: true), command.Target, command.Force);

    private static Refusal? TakeBack(PendingCommand draft, CallSelection selection, UndoTarget target, bool force)
    {
        if (selection.Select(target, out IReadOnlyList<RecordedEvent> calls) is { } refusal)
        {
            return refusal;
        }

        var reversal = new CallReversal(draft);
        foreach (RecordedEvent call in calls)
        {
            if (!reversal.TakeBack(call))
            {
                draft.Unchanged($"{call.Call}: nothing is left of it to take back");
            }
        }

        if (reversal.Conflicts.Count > 0 && !force)
        {
            return InTheWay(draft.Graph, reversal.Conflicts, calls);
        }

        foreach (Conflict conflict in reversal.Conflicts)
        {
            draft.Notice($"Left as it is: {Words(draft.Graph, conflict)}.");
        }

        return null;
    }

    private static Refusal InTheWay(GraphView graph, List<Conflict> conflicts, IReadOnlyList<RecordedEvent> calls)
    {
        IEnumerable<string> told = conflicts.Take(ConflictsTold).Select(conflict => $"\n  {Words(graph, conflict)}");
        string more = conflicts.Count > ConflictsTold
            ? FormattableString.Invariant($"\n  … and {conflicts.Count - ConflictsTold} more") : "";
        RecordedEvent[] later = [.. conflicts.Select(conflict => graph.State.Events[conflict.By]).DistinctBy(one => one.Call)];
        bool undoable = later.Length <= ConflictsTold
            && later.All(one => one.Undoes.Count == 0 && graph.State.Events.TakenBackBy(one.Call) is null);
        EventId[] all = [.. later.Concat(calls).Select(one => one.Call).Distinct().Order()];
        string also = !undoable ? "Take back first what came later"
            : all.Length > CallsTold ? $"Take the later ones back first (events: \"{string.Join(",", later.Select(one => one.Call))}\")"
            : $"Take the later ones back too (events: \"{string.Join(",", (IEnumerable<EventId>)all)}\")";
        return new Refusal(
            "undo_conflict",
            $"Nothing was changed: later events stand in the way. {also}, "
            + $"or pass force to do what can be done and leave the rest.{string.Concat(told)}{more}");
    }

    private static string Words(GraphView graph, Conflict conflict)
    {
        RecordedEvent by = graph.State.Events[conflict.By];
        return $"{conflict.Fact}: {by.Id} ({EventCatalogue.NameOf(by.Event)} by {by.Author}) {conflict.Why}";
    }
}
