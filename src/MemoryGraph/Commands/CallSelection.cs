using System.Diagnostics;
using MemoryGraph.Events;
using MemoryGraph.Graph;
using MemoryGraph.Values;

namespace MemoryGraph.Commands;

/// <summary>Finds the calls that an undo or redo is about, newest first.</summary>
/// <param name="ofUndos">
/// Whether undo calls are looked for, as by redo, or those that said something themselves.
/// </param>
internal sealed class CallSelection(Draft draft, Caller caller, bool ofUndos)
{
    private const int Offered = 3;
    private const int TextShown = 60;

    private readonly EventIndex _events = draft.Graph.State.Events;
    private readonly EventId _last = draft.Graph.Point;

    /// <returns>Null and the calls, or why there are none.</returns>
    public Refusal? Select(UndoTarget target, out IReadOnlyList<RecordedEvent> calls)
    {
        calls = [];
        switch (target)
        {
            case UndoTarget.ToBeAsked:
                return WhichCall();
            case UndoTarget.LastOfSession { Count: var count }:
                if (caller.Session == EventId.None)
                {
                    return WhichCall();
                }

                calls = [.. Standing().TakeWhile(call => call.Id >= caller.Session)
                    .Where(call => call.Session == caller.Session).Take(count)];
                return calls.Count > 0 ? null : NothingLeft("this session");
            case UndoTarget.LastOfWhoeverAsks { Count: var most }:
                calls = [.. OfUser().Take(most)];
                return calls.Count > 0 ? null : NothingLeftOfUser();
            case UndoTarget.WholeSession { At: var at }:
                EventId session = _events.SessionAt(Point(at));
                calls = [.. Standing().TakeWhile(call => call.Id >= session).Where(call => call.Session == session)];
                return calls.Count > 0 ? null
                    : NothingLeft(session == EventId.None ? "such a session" : $"the session that began with {session}");
            case UndoTarget.AgentSince { Name: var name, Since: var since }:
                EventId first = _events.FirstSince(since, _last, caller.Session, caller.Author.Agent);
                calls = [.. Standing().TakeWhile(call => call.Id >= first).Where(call => call.Author.IsAgent(name))];
                return calls.Count > 0 ? null : NoSuchAgent(name, first);
            case UndoTarget.Cited { Events: var ranges }:
                return Cited(ranges, out calls);
            default:
                throw new UnreachableException($"{target.GetType().Name} has no arm");
        }
    }

    // What can be taken back, newest first.
    private IEnumerable<RecordedEvent> Standing() =>
        _events.Calls(_last).Where(call => IsOfKind(call) && _events.TakenBackBy(call.Id) is null);

    private IEnumerable<RecordedEvent> OfUser() => Standing().Where(call => call.Author.User == caller.Author.User);

    private bool IsOfKind(RecordedEvent call) =>
        call.Event is not LogEvent && (ofUndos ? IsUndo(call) : call.Undoes.Count == 0);

    private bool IsUndo(RecordedEvent call) => call.Undoes.Count > 0 && !IsRedo(call);

    // It takes back a call that took one back itself.
    private bool IsRedo(RecordedEvent call) => call.Undoes.Any(undone => _events.Contains(undone) && _events[undone].Undoes.Count > 0);

    private Refusal? Cited(IReadOnlyList<EventRange> ranges, out IReadOnlyList<RecordedEvent> calls)
    {
        calls = [];
        if (ranges.Select(range => range.Last).Max() is var last && last > _last)
        {
            return new Refusal("no_such_event", $"There is no event {last}: the last one is {_last}. Nothing was changed.");
        }

        var found = new SortedSet<EventId>();
        List<string> passedOver = [];
        foreach (EventId call in ranges.SelectMany(CallsIn).Distinct())
        {
            RecordedEvent one = _events[call];
            EventId? by = _events.TakenBackBy(call);
            if (IsOfKind(one) && by is null)
            {
                found.Add(call);
            }
            else if (ofUndos && one.Undoes.Count == 0 && by is { } undo)
            {
                found.Add(undo);
            }
            else
            {
                passedOver.Add(WhyNot(one, by));
            }
        }

        calls = [.. found.Reverse().Select(call => _events[call])];
        bool alreadyDone = ranges.SelectMany(CallsIn).All(call => IsOfKind(_events[call]) && _events.TakenBackBy(call) is not null);
        if (calls.Count == 0 && !alreadyDone)
        {
            return new Refusal("nothing_to_undo", $"Nothing was changed. {string.Join(" ", passedOver.Take(Offered))}");
        }

        foreach (string why in passedOver)
        {
            if (calls.Count == 0)
            {
                draft.Unchanged(why.TrimEnd('.'));
            }
            else
            {
                draft.Notice(why);
            }
        }

        return null;
    }

    private IEnumerable<EventId> CallsIn(EventRange range)
    {
        for (EventId call = _events[range.First].Call; call <= range.Last; call = _events[call].CallEnd.Next)
        {
            yield return call;
        }
    }

    private string WhyNot(RecordedEvent call, EventId? takenBackBy) => (ofUndos, call) switch
    {
        (_, { Event: LogEvent }) => $"{call.Id} ({EventCatalogue.NameOf(call.Event)}) is the log's own and is never undone.",
        (false, { Undoes.Count: 0 }) => $"{call.Id} is already undone, by {takenBackBy}.",
        (false, _) when IsUndo(call) => $"{call.Id} is itself an undo; redo takes it back.",
        (false, _) => $"{call.Id} is a redo; undo the call that it brought back.",
        (true, _) when IsUndo(call) => $"{call.Id} is already redone, by {takenBackBy}.",
        _ => $"{call.Id} was not undone.",
    };

    private Refusal WhichCall()
    {
        RecordedEvent[] last = [.. OfUser().Take(Offered)];
        string what = ofUndos ? "undo" : "call";
        return last.Length == 0
            ? NothingLeftOfUser()
            : new Refusal(
                "which_call",
                $"Nothing was changed: this session has recorded nothing yet, so say which {what} is meant (events: \"{last[0].Id}\"). "
                + $"The last {(last.Length == 1 ? "one" : FormattableString.Invariant($"{last.Length}"))} of this user:"
                + string.Concat(last.Select(call => "\n  " + Words(call))));
    }

    private static string Words(RecordedEvent call)
    {
        string more = call.CallLength > 1 ? FormattableString.Invariant($" and {call.CallLength - 1} more:") : "";
        return $"{call.Id}{more} {EventWords.Summary(call.Event, TextShown)}";
    }

    private Refusal NothingLeftOfUser() =>
        NothingLeft(caller.Author.User.Length == 0 ? "this memory" : $"user {Quoted.Name(caller.Author.User)}");

    private Refusal NothingLeft(string where) => new(
        "nothing_to_undo",
        $"Nothing was changed: {where} has {(ofUndos ? "no undo that could be redone" : "nothing that could be undone")}. "
        + "get_history shows what was recorded, by whom.");

    private Refusal NoSuchAgent(string name, EventId first)
    {
        string[] known = [.. _events.Calls(_last).TakeWhile(call => call.Id >= first).Where(call => call.Event is not LogEvent)
            .Select(call => call.Author.Agent).Where(agent => agent.Length > 0).Distinct().Take(Offered)];
        string others = known.Length > 0 ? $" Agents that recorded something since: {Quoted.Names(known)}." : "";
        return new Refusal("nothing_to_undo", $"Nothing was changed: {Quoted.Name(name)} has nothing to take back since {first}.{others}");
    }

    private EventId Point(AsOf at) => _events.PointOf(at, _last, caller.Session, caller.Author.Agent);
}
