using MemoryGraph.Decide;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Graph;
using MemoryGraph.Log;

namespace MemoryGraph.Memory;

/// <summary>Events on their way to the log: written with one write and one sync, or not at all.</summary>
/// <remarks>
/// What is recorded is folded into the graph at once, so that each call is decided on what the ones before it left.
/// Disposing of a commit that was not saved takes all of it out of the graph again.
/// Made and used by who holds the log's lock.
/// </remarks>
internal sealed class Commit : IDisposable
{
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromDays(1);

    private readonly LogWriter _log;
    private readonly LiveGraph _live;
    private readonly EventId _first;
    private readonly long _timestamp;
    private readonly EventId _sessionBefore;
    private readonly List<RecordedEvent> _events = [];
    private bool _isOver;

    /// <summary>Begins a commit; under the gate, with a graph that was caught up.</summary>
    public Commit(LogWriter log, LiveGraph live, TimeProvider clock)
    {
        _log = log;
        _live = live;
        _first = live.Graph.Events.Last.Next;
        _timestamp = clock.GetUtcNow().ToUnixTimeMilliseconds();
        _sessionBefore = live.Session;
        live.Graph.Mark();
        live.IsCommitting = true;
        WarnOfClock();
    }

    /// <summary>What is worth knowing though nothing is wrong, in sentences.</summary>
    public List<string> Notices { get; } = [];

    /// <summary>Adds what <see cref="LogWriter.Prepare"/> repaired. Under the gate, first of all.</summary>
    public void RecordRepairs(IReadOnlyList<LogRepaired> repairs)
    {
        foreach (LogRepaired repaired in repairs)
        {
            RecordedEvent recorded = Record(Decision.Of(repaired), Author.Of("", "memory-graph"), null)[0];
            Notices.Add($"{recorded.Id}: {EventDescription.Describe(repaired)}");
        }
    }

    /// <summary>Adds the events of a decision, as one call. Under the gate.</summary>
    public IReadOnlyList<RecordedEvent> Record(Decision decision, Author author, string? reason)
    {
        IReadOnlyList<RecordedEvent> recorded =
            [.. Stamp.Call(decision, _live.Graph.Events.Last.Next, _live.Session, author, reason)];
        foreach (RecordedEvent one in recorded)
        {
            _live.Graph.Evolve(one);
        }

        Add(recorded);
        return recorded;
    }

    /// <summary>Stamps what follows for whoever folds it himself, see <see cref="Add"/>.</summary>
    public CommitStamp Stamp => new(_first, _timestamp);

    /// <summary>Adds the events of a call that was folded already. Under the gate.</summary>
    public void Add(IReadOnlyList<RecordedEvent> folded)
    {
        if (folded.Count > 0)
        {
            _live.Session = folded[0].Session;
            _events.AddRange(folded);
        }
    }

    /// <summary>Makes the events durable, then shows them to readers. Needs no gate, so that reading goes on.</summary>
    /// <returns>How the project stands afterwards.</returns>
    /// <exception cref="LogException">They were not written, or may have been: <c>not_saved</c>.</exception>
    public ProjectStatus Save()
    {
        if (_events.Count > 0)
        {
            _log.Append(_events);
        }

        lock (_live.Gate)
        {
            _live.Graph.Keep();
            _live.IsCommitting = false;
            _live.Published = _live.Graph.Events.Last;
            if (_events.Count > 0)
            {
                _live.Durable = _live.Published;
            }

            _isOver = true;
            return _live.Status;
        }
    }

    /// <summary>Takes back what was not saved; the next look at the log tells whether it is on the disk.</summary>
    public void Dispose()
    {
        lock (_live.Gate)
        {
            if (!_isOver)
            {
                _isOver = true;
                _live.Graph.CutBack();
                _live.IsCommitting = false;
                _live.Session = _sessionBefore;
            }
        }
    }

    private void WarnOfClock()
    {
        EventIndex events = _live.Graph.Events;
        TimeSpan behind = TimeSpan.FromMilliseconds(events.TimeOf(events.Last) - _timestamp);
        if (behind > ClockTolerance)
        {
            Notices.Add(
                FormattableString.Invariant(
                    $"This machine's clock is {behind.TotalDays:0.#} days behind the last event's. ")
                + "The order of events is kept; questions by time see these changes at the later time.");
        }
    }
}

/// <summary>What the events of one commit have in common.</summary>
/// <param name="First">The first of them.</param>
/// <param name="Timestamp">Unix milliseconds.</param>
internal readonly record struct CommitStamp(EventId First, long Timestamp)
{
    /// <summary>The events of a call as they stand in the log.</summary>
    /// <param name="session">That of this process; <see cref="EventId.None"/> when it begins with the call.</param>
    public IEnumerable<RecordedEvent> Call(
        Decision decision, EventId first, EventId session, Author author, string? reason)
    {
        (EventId commit, long timestamp) = this;
        session = session == EventId.None ? first : session;
        return decision.Events.Select((happened, place) => new RecordedEvent(
            first + place, timestamp, first, decision.Events.Count, commit, session, author, place == 0 ? reason : null,
            happened)
        {
            Undoes = decision.Undoes.Count == 0 ? [] : [decision.Undoes[place]],
        });
    }

    /// <summary>One event of a call that is stamped event by event, before its length is known.</summary>
    public RecordedEvent Event(
        EventId id, EventId first, EventId session, Author author, string? reason, MemoryEvent happened,
        Origin origin) =>
        new(id, Timestamp, first, CallLength: 1, First, session == EventId.None ? first : session, author,
            id == first ? reason : null, happened)
        {
            Origin = origin,
        };
}
