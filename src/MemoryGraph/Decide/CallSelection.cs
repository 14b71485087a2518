using System.Diagnostics;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Graph;
using MemoryGraph.Text;

namespace MemoryGraph.Decide;

/// <summary>Finds the calls that an undo or redo is about, newest first.</summary>
/// <param name="ofUndos">
/// Whether undo calls are looked for, as by redo, or those that said something themselves.
/// </param>
internal sealed class CallSelection(PendingCommand draft, Caller caller, bool ofUndos)
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
            case UndoTarget.AskWhichCall:
                return WhichCall();
            case UndoTarget.LastOfSession { Count: var count }:
                if (caller.Session == EventId.None)
                {
                    return WhichCall();
                }

                calls = Read(Standing(OfSession(caller.Session), caller.Session).Take(count));
                return calls.Count > 0 ? null : NothingLeft("this session");
            case UndoTarget.LastOfCaller { Count: var most }:
                calls = Read(OfUser().Take(most));
                return calls.Count > 0 ? null : NothingLeftOfUser();
            case UndoTarget.WholeSession { At: var at }:
                EventId session = _events.SessionAt(Point(at));
                calls = Read(Standing(OfSession(session), session));
                return calls.Count > 0 ? null
                    : NothingLeft(session == EventId.None ? "such a session" : $"the session that began with {session}");
            case UndoTarget.AgentSince { Name: var name, Since: var since }:
                EventId first = _events.FirstSince(since, _last, caller.Session, caller.Author.Agent);
                calls = Read(Standing(OfAuthors(author => author.IsAgent(name)), first));
                return calls.Count > 0 ? null : NoSuchAgent(name, first);
            case UndoTarget.Cited { Events: var ranges }:
                return Cited(ranges, out calls);
            default:
                throw new UnreachableException($"{target.GetType().Name} has no arm");
        }
    }

    private RecordedEvent[] Read(IEnumerable<EventId> calls) => [.. calls.Select(call => _events[call])];

    // What can be taken back of runs, newest first, up to an event.
    private IEnumerable<EventId> Standing(IEnumerable<EventRun> runs, EventId first) =>
        _events.Calls(runs, first).Where(call => IsOfKind(call) && _events.TakenBackBy(call) is null);

    private IEnumerable<EventId> OfUser() => Standing(OfAuthors(author => author.User == caller.Author.User), EventId.None);

    private IEnumerable<EventRun> OfSession(EventId session) => _events.Runs.OfSession(session, _last);

    private IEnumerable<EventRun> OfAuthors(Func<Author, bool> areMeant) => _events.Runs.OfAuthors(_events.AuthorsWhere(areMeant), _last);

    private bool IsOfKind(EventId call) => !_events.IsOfLog(call) && (ofUndos ? IsUndo(call) : !_events.HasUndoes(call));

    private bool IsUndo(EventId call) => _events.HasUndoes(call) && !IsRedo(call);

    // It takes back a call that took one back itself.
    private bool IsRedo(EventId call) => _events[call].Undoes.Any(undone => _events.Contains(undone) && _events.HasUndoes(undone));

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
            EventId? by = _events.TakenBackBy(call);
            if (IsOfKind(call) && by is null)
            {
                found.Add(call);
            }
            else if (ofUndos && !_events.HasUndoes(call) && by is { } undo)
            {
                found.Add(undo);
            }
            else
            {
                passedOver.Add(WhyNot(_events[call], by));
            }
        }

        calls = [.. found.Reverse().Select(call => _events[call])];
        bool alreadyDone = ranges.SelectMany(CallsIn).All(call => IsOfKind(call) && _events.TakenBackBy(call) is not null);
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
        for (EventId call = _events.CallOf(range.First); call <= range.Last; call = _events[call].CallEnd.Next)
        {
            yield return call;
        }
    }

    private string WhyNot(RecordedEvent call, EventId? takenBackBy) => (ofUndos, call) switch
    {
        (_, { Event: LogEvent }) => $"{call.Id} ({EventCatalogue.NameOf(call.Event)}) is the log's own and is never undone.",
        (false, { Undoes.Count: 0 }) => $"{call.Id} is already undone, by {takenBackBy}.",
        (false, _) when IsUndo(call.Id) => $"{call.Id} is itself an undo; redo takes it back.",
        (false, _) => $"{call.Id} is a redo; undo the call that it brought back.",
        (true, _) when IsUndo(call.Id) => $"{call.Id} is already redone, by {takenBackBy}.",
        _ => $"{call.Id} was not undone.",
    };

    private Refusal WhichCall()
    {
        RecordedEvent[] last = Read(OfUser().Take(Offered));
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
        return $"{call.Id}{more} {EventDescription.Summary(call.Event, TextShown)}";
    }

    private Refusal NothingLeftOfUser() =>
        NothingLeft(caller.Author.User.Length == 0 ? "this memory" : $"user {Quoted.Name(caller.Author.User)}");

    private Refusal NothingLeft(string where) => new(
        "nothing_to_undo",
        $"Nothing was changed: {where} has {(ofUndos ? "no undo that could be redone" : "nothing that could be undone")}. "
        + "get_history shows what was recorded, by whom.");

    private Refusal NoSuchAgent(string name, EventId first)
    {
        string[] known = [.. _events.Runs.Down(_last).TakeWhile(run => _events.CallOf(run.Last) >= first).Where(run => !run.IsOfLog)
            .Select(run => _events.Authors[run.Author].Agent).Where(agent => agent.Length > 0).Distinct().Take(Offered)];
        string others = known.Length > 0 ? $" Agents that recorded something since: {Quoted.Names(known)}." : "";
        return new Refusal("nothing_to_undo", $"Nothing was changed: {Quoted.Name(name)} has nothing to take back since {first}.{others}");
    }

    private EventId Point(AsOf at) => _events.PointOf(at, _last, caller.Session, caller.Author.Agent);
}
