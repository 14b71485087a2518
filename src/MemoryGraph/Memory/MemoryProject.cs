using System.Diagnostics.CodeAnalysis;
using MemoryGraph.Decide;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Graph;
using MemoryGraph.Log;
using MemoryGraph.Projections;
using MemoryGraph.Queries;
using MemoryGraph.Search;
using MemoryGraph.Snapshots;

namespace MemoryGraph.Memory;

/// <summary>One memory with its own log: the one place where the steps of a change meet.</summary>
/// <remarks>
/// <para>
/// Commands that wait are committed together (<see cref="CommitQueue"/>): lock the log, catch up with other processes,
/// decide each on the graph as the ones before left it, write their events with one write and one sync, answer.
/// </para>
/// <para>
/// The graph is folded ahead of the disk: events of a commit on its way lie behind <c>_published</c>, where no reader
/// looks. When a commit fails, everything folded is dropped and read anew from the log.
/// </para>
/// <para>Safe for several threads. Nothing touches the disk before the first question or command.</para>
/// </remarks>
public sealed partial class MemoryProject : IAsyncDisposable, IEventSink
{
    private const int EventsPerCallMax = 100_000;
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromDays(1);

    private readonly EventLog _log;
    private readonly TimeProvider _clock;
    private readonly CommitQueue _queue;
    private readonly Lock _gate = new();

    // Under _gate.
    private GraphState _graph;
    private SearchIndex _search;
    private Timeline _timeline;
    private Activity _activity;
    private EventId _published;
    private EventId _durable;
    private EventId _session;
    private bool _committing;

    internal MemoryProject(
        IDisk disk, ProjectPlace place, string holder, TimeProvider clock, long segmentBytes = EventLog.SegmentBytesMax)
    {
        Name = place.Name;
        _clock = clock;
        _log = new EventLog(disk, place, holder, clock, EventCatalogue.Current, segmentBytes);
        _queue = new CommitQueue(CommitAsync);
        _snapshots = new SnapshotFolder(disk, ProjectFolder.SnapshotsIn(place.Directory));
        BeginWith(new GraphState());
    }

    /// <summary>What people call the project.</summary>
    public string Name { get; }

    /// <summary>The folder that holds its log.</summary>
    public string Folder => _log.Folder;

    /// <summary>Size of the log in bytes, as last seen.</summary>
    public long LogBytes
    {
        get
        {
            lock (_gate)
            {
                return _log.Length;
            }
        }
    }

    /// <summary>The project's id; null before the first write.</summary>
    public string? Id
    {
        get
        {
            lock (_gate)
            {
                return _log.ProjectId;
            }
        }
    }

    /// <summary>Carries out a command. When it returns, what it recorded is durable.</summary>
    /// <param name="author">Who it is done for, and by which client.</param>
    /// <param name="cancel">Counts until the command is taken up; a commit is never broken off.</param>
    /// <exception cref="LogException">
    /// The log could not be written; the message says whether anything may have been.
    /// </exception>
    public Task<Receipt> SubmitAsync(Command command, Author author, CancellationToken cancel = default) =>
        _queue.SubmitAsync(new PendingCall(command, author, cancel));

    /// <summary>What a command would come to now; nothing is recorded.</summary>
    /// <returns>With the events that would be recorded, as they would be numbered.</returns>
    /// <exception cref="LogException">The log cannot be read.</exception>
    public Receipt Preview(Command command, Author author)
    {
        lock (_gate)
        {
            CatchUp();
            Decision decision = GraphDecider.Decide(_graph.AsOf(_published), command, new Caller(_session, author));
            IEnumerable<RecordedEvent> events =
                Stamp(decision, _published.Next, _published.Next, author, command.Reason, _clock.GetUtcNow().ToUnixTimeMilliseconds());
            return new Receipt(decision.Refused, [.. events], decision.Unchanged, decision.Notices, Standing);
        }
    }

    /// <summary>Answers a question from what is durable now, other processes' writes included.</summary>
    /// <param name="query">The question.</param>
    /// <param name="agent">Who asks; tells which sessions are "mine".</param>
    /// <param name="tell">Makes the answer's words; sequences in the answer can be read only in here.</param>
    /// <exception cref="LogException">The log cannot be read.</exception>
    public T Ask<TAnswer, T>(Query<TAnswer> query, string agent, Func<TAnswer, ProjectStatus, T> tell)
    {
        lock (_gate)
        {
            CatchUp();
            var reading = new QueryContext(_graph, _published, [_search, _timeline, _activity], _session, agent);
            T told = tell(query.Read(reading), Standing);
            TendSnapshots();
            return told;
        }
    }

    /// <summary>
    /// Applies to a projection of the caller's own what happened since it was last fed: durable events, in order.
    /// </summary>
    /// <returns>The last event that it has seen.</returns>
    /// <exception cref="InvalidOperationException">
    /// The log was read anew since, as after a redaction: what the projection holds may be what was erased. Begin with
    /// a new one.
    /// </exception>
    /// <exception cref="LogException">The log cannot be read.</exception>
    public EventId Feed(Projection projection)
    {
        ArgumentNullException.ThrowIfNull(projection);
        lock (_gate)
        {
            CatchUp();
            projection.CatchUp(_graph.Events, _published);
            return projection.AppliedTo;
        }
    }

    /// <summary>Takes in what was recorded meanwhile, by whomever, and sees to it that it is durable.</summary>
    /// <remarks>
    /// While nothing is recorded this costs a look at the log's length, so it may be asked again and again. A question
    /// (<see cref="Ask"/>) may show what another process wrote a moment before it is durable; what is told to others of
    /// its own accord must be.
    /// </remarks>
    /// <returns>The last durable event.</returns>
    /// <exception cref="LogException">The log cannot be read, or not be made durable.</exception>
    public EventId Follow()
    {
        lock (_gate)
        {
            if (!_committing && _log.HasChanged())
            {
                TakeInNews();
            }

            if (!_committing && _published != _durable)
            {
                _log.SyncWhatWasRead();
                _durable = _published;
            }

            return _durable;
        }
    }

    /// <summary>Why the project cannot be written now; null when it can. Changes nothing.</summary>
    public string? WhyNotWritable()
    {
        lock (_gate)
        {
            return _log.WhyNotWritable();
        }
    }

    /// <summary>Carries out what waits, then lets go of the files.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_closing.IsCancellationRequested)
        {
            return;
        }

        await _closing.CancelAsync();
        await BackgroundWork;
        await _queue.DisposeAsync();
        _snapshot?.Dispose();
        _log.Dispose();
        _saving.Dispose();
        _closing.Dispose();
    }

    private ProjectStatus Standing => new(Name, _published, _log.Health);

    private async Task CommitAsync(IReadOnlyList<PendingCall> batch)
    {
        var decided = new List<(PendingCall Call, Decision Decision, List<RecordedEvent> Recorded)>();
        (Commit commit, ProjectStatus standing) = await CommitAsync(commit =>
        {
            foreach (PendingCall call in batch)
            {
                Decision decision = GraphDecider.Decide(_graph.Now, call.Command, new Caller(_session, call.Author));
                if (decision.Events.Count > EventsPerCallMax)
                {
                    decision = Decision.Refuse(Refusal.CallTooLong(decision.Events.Count));
                }

                decided.Add((call, decision, Record(commit, decision, call.Author, call.Command.Reason)));
            }
        });

        foreach ((PendingCall call, Decision decision, List<RecordedEvent> recorded) in decided)
        {
            call.Answer.SetResult(new Receipt(
                decision.Refused, recorded, decision.Unchanged, [.. decision.Notices, .. commit.Notices], standing));
        }
    }

    /// <param name="decide">
    /// Adds calls to the commit, each decided on the graph as the one before left it. Under the log's lock and the gate.
    /// </param>
    private async Task<(Commit Commit, ProjectStatus Standing)> CommitAsync(Action<Commit> decide)
    {
        Commit commit;
        using (LogWriter log = await _log.LockAsync(CancellationToken.None))
        {
            try
            {
                commit = Decide(log, decide);
                if (commit.Events.Count > 0)
                {
                    log.Append(commit.Events);
                }
            }
            catch
            {
                DropWhatWasFoldedAhead();
                throw;
            }

            lock (_gate)
            {
                _published = _graph.Events.Last;
                _durable = _committing ? _published : _durable;
                _committing = false;
                TendSnapshots();
                return (commit, Standing);
            }
        }
    }

    // Under the log's lock. What is decided is folded at once, so that each call sees the ones before it.
    private Commit Decide(LogWriter log, Action<Commit> decide)
    {
        lock (_gate)
        {
            TakeInNews(log);

            // From here on events may lie behind _published; should deciding fail, nobody must take them for durable.
            _committing = true;
            Commit commit = Begin(log.Prepare());
            decide(commit);
            _committing = commit.Events.Count > 0;
            return commit;
        }
    }

    // A commit that tells of repairs first.
    private Commit Begin(IReadOnlyList<LogRepaired> repairs)
    {
        var commit = new Commit(First: _graph.Events.Last.Next, _clock.GetUtcNow().ToUnixTimeMilliseconds());
        WarnOfClock(commit);
        foreach (LogRepaired repaired in repairs)
        {
            RecordedEvent note = Record(commit, Decision.Of(repaired), Author.Of("", "memory-graph"), null)[0];
            commit.Notices.Add($"{note.Id}: {EventDescription.Describe(repaired)}");
        }

        return commit;
    }

    private List<RecordedEvent> Record(Commit commit, Decision decision, Author author, string? reason)
    {
        List<RecordedEvent> recorded =
            [.. Stamp(decision, _graph.Events.Last.Next, commit.First, author, reason, commit.Timestamp)];
        if (recorded.Count > 0)
        {
            _session = recorded[0].Session;
        }

        recorded.ForEach(_graph.Evolve);
        commit.Events.AddRange(recorded);
        return recorded;
    }

    // The events of a call as they stand in the log.
    private IEnumerable<RecordedEvent> Stamp(
        Decision decision, EventId first, EventId commit, Author author, string? reason, long now)
    {
        EventId session = _session == EventId.None ? first : _session;
        return decision.Events.Select((happened, place) => new RecordedEvent(
            first + place, now, first, decision.Events.Count, commit, session, author, place == 0 ? reason : null, happened)
        {
            Undoes = decision.Undoes.Count == 0 ? [] : [decision.Undoes[place]],
        });
    }

    // After a commit that failed, what was folded for it never happened, as far as we know; the log says what did.
    private void DropWhatWasFoldedAhead()
    {
        lock (_gate)
        {
            _committing = false;
            if (_graph.Events.Last > _published)
            {
                _session = _session > _published ? EventId.None : _session;
                _log.Forget();
                Restart();
            }
        }
    }

    private void WarnOfClock(Commit commit)
    {
        TimeSpan behind = TimeSpan.FromMilliseconds(_graph.Events.TimeOf(_graph.Events.Last) - commit.Timestamp);
        if (behind > ClockTolerance)
        {
            commit.Notices.Add(
                FormattableString.Invariant($"This machine's clock is {behind.TotalDays:0.#} days behind the last event's. ")
                + "The order of events is kept; questions by time see these changes at the later time.");
        }
    }

    // What a commit on its way folded ahead must not be counted as news.
    private void CatchUp()
    {
        if (!_committing)
        {
            TakeInNews();
            if (_log.HasUnerased)
            {
                _queue.TryBetweenCommits(_log.EraseIfFree);
            }
        }
    }

    private void TakeInNews()
    {
        StartFromSnapshot();
        _log.CatchUp(this);
        _published = _graph.Events.Last;
    }

    private void TakeInNews(LogWriter log)
    {
        StartFromSnapshot();
        log.CatchUp(this);
        _published = _graph.Events.Last;
    }

    // Events are folded while they are read. Should the reading fail, they come again behind a restart, and nobody has
    // seen them.
    void IEventSink.OnEvent(RecordedEvent recorded)
    {
        _graph.Evolve(recorded);
        if (recorded.Event is EventRedacted)
        {
            _folding++;
            _snapshots.DeleteOlderThan(recorded.Id);
        }
    }

    void IEventSink.OnReset() => Restart();

    private void Restart()
    {
        DropSnapshot();
        BeginWith(new GraphState());
        _published = EventId.None;
    }

    [MemberNotNull(nameof(_graph), nameof(_search), nameof(_timeline), nameof(_activity))]
    private void BeginWith(GraphState graph)
    {
        _graph = graph;
        _search = new SearchIndex(graph);
        _timeline = new Timeline();
        _activity = new Activity();
    }

    /// <param name="Timestamp">Of all its events, Unix milliseconds.</param>
    private sealed record Commit(EventId First, long Timestamp)
    {
        public List<RecordedEvent> Events { get; } = [];

        public List<string> Notices { get; } = [];
    }
}
