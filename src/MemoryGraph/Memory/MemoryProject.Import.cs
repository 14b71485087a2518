using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Exchange;
using MemoryGraph.Graph;
using MemoryGraph.Integrity;
using MemoryGraph.Log;
using MemoryGraph.Queries;

namespace MemoryGraph.Memory;

/// <content>Taking over what another memory knows.</content>
public sealed partial class MemoryProject
{
    // One write and one sync for so many; others wait no longer than that takes.
    private const int EventsPerImportCommit = 20_000;

    /// <summary>
    /// Takes over what a file of another memory says and this one does not know: events of our own, with their origin.
    /// </summary>
    /// <remarks>
    /// What was recorded together there is one call here. Calls are committed many at a time; others may write in
    /// between. Doing it again takes over nothing twice, so an import that was broken off is simply done again.
    /// </remarks>
    /// <param name="file">Read from where it stands to its end.</param>
    /// <param name="author">Who imports it, and by which client.</param>
    /// <param name="progress">Told how far the file was read, in bytes, now and then; only if it can be sought in.</param>
    /// <param name="cancel">Looked at between commits; what was committed stays.</param>
    /// <exception cref="LogException">The log could not be read or written; what was committed before stays.</exception>
    /// <exception cref="IOException">The file cannot be read; likewise.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was.</exception>
    public async Task<ImportReport> ImportAsync(
        MemorySource source, Stream file, Author author, IProgress<long>? progress = null, CancellationToken cancel = default)
    {
        Import import;
        lock (_gate)
        {
            CatchUp();
            import = new Import(this, source);
        }

        foreach (List<SourceCall> chunk in import.Chunks(file))
        {
            cancel.ThrowIfCancellationRequested();
            await _queue.BetweenCommitsAsync(
                () => CommitAsync(commit => chunk.ForEach(call => TakeOver(import, commit, call, author))), cancel);
            Report(progress, file);
        }

        lock (_gate)
        {
            return import.Report(Standing, changes: null);
        }
    }

    /// <summary>What an import would come to now; nothing is recorded.</summary>
    /// <remarks>Cost: a replay of the whole log, about two microseconds for each event, and the import.</remarks>
    /// <returns>With what would be different; its events are numbered as they would be.</returns>
    /// <inheritdoc cref="ImportAsync"/>
    public ImportReport PreviewImport(
        MemorySource source, Stream file, Author author, IProgress<long>? progress = null, CancellationToken cancel = default)
    {
        lock (_gate)
        {
            CatchUp();
            var import = new Import(this, source);
            var scratch = new GraphState();
            for (EventId id = new(1); id <= _published; id = id.Next)
            {
                scratch.Evolve(_graph.Events[id]);
            }

            var commit = new Commit(_published.Next, _clock.GetUtcNow().ToUnixTimeMilliseconds());
            foreach (List<SourceCall> chunk in import.Chunks(file))
            {
                cancel.ThrowIfCancellationRequested();
                chunk.ForEach(call => import.Decide(scratch, call, (happened, first) => Stamped(commit, scratch, happened, first, author, call.Reason)));
                Report(progress, file);
            }

            var reading = new QueryContext(
                scratch, scratch.Events.Last, [], _session, author.Agent);
            return import.Report(
                Standing, GraphChanges.Between(reading, scratch.AsOf(_published), scratch.Now, about: null));
        }
    }

    /// <summary>
    /// Puts a whole log, as <c>export events</c> wrote it, in the place of this project's, which has no event yet: byte
    /// for byte, with ids, authors, times and hashes.
    /// </summary>
    /// <param name="file">Read from where it stands to its end.</param>
    /// <param name="progress">Told the bytes checked, now and then.</param>
    /// <param name="cancel">Until the log is put in place.</param>
    /// <returns>
    /// What is wrong with that log; it was put in place exactly when nothing is. Null, with nothing done, when this
    /// project has events.
    /// </returns>
    /// <exception cref="LogException">The disk refuses, or a newer program wrote the log: nothing was changed.</exception>
    /// <exception cref="IOException">The file cannot be read: nothing was changed.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was.</exception>
    public Task<AuditReport?> RestoreAsync(Stream file, IProgress<long>? progress = null, CancellationToken cancel = default) =>
        _queue.BetweenCommitsAsync(() => RestoreAloneAsync(file, progress, cancel), cancel);

    private async Task<AuditReport?> RestoreAloneAsync(Stream file, IProgress<long>? progress, CancellationToken cancel)
    {
        using LogWriter writer = await _log.LockAsync(cancel);
        lock (_gate)
        {
            TakeInNews();
            if (_published > EventId.None || _log.Health is not null)
            {
                return null;
            }

            return LogRestore.Run(_log, writer, file, progress, cancel);
        }
    }

    /// <summary>Whether events of an origin were ever taken over.</summary>
    /// <remarks>Cost: a look at every event, and those that were taken over are read.</remarks>
    /// <param name="origin">As <see cref="MemorySource.Name"/> says.</param>
    /// <returns>Null when nobody can tell any more: events were erased, with whatever origin they had.</returns>
    /// <exception cref="LogException">The log cannot be read.</exception>
    public bool? HasImportedFrom(string origin)
    {
        lock (_gate)
        {
            CatchUp();
            bool isErased = false;
            for (EventId id = new(1); id <= _published; id = id.Next)
            {
                isErased |= _graph.Events.IsRedacted(id);
                if (_graph.Events.HasOrigin(id) && _graph.Events[id].Origin?.Project == origin)
                {
                    return true;
                }
            }

            return isErased ? null : false;
        }
    }

    private void TakeOver(Import import, Commit commit, SourceCall call, Author author)
    {
        IReadOnlyList<RecordedEvent> recorded = import.Decide(
            _graph, call, (happened, first) => Stamped(commit, _graph, happened, first, author, call.Reason));
        if (recorded is [var first, ..])
        {
            _session = first.Session;
            commit.Events.AddRange(recorded);
        }
    }

    // An event of a call whose length is not known yet.
    private RecordedEvent Stamped(
        Commit commit, GraphState graph, (MemoryEvent Event, Origin Origin) happened, EventId first, Author author, string? reason)
    {
        EventId id = graph.Events.Last.Next;
        EventId session = _session == EventId.None ? first : _session;
        return new RecordedEvent(
            id, commit.Timestamp, first, CallLength: 1, commit.First, session, author, id == first ? reason : null, happened.Event)
        {
            Origin = happened.Origin,
        };
    }

    private static void Report(IProgress<long>? progress, Stream file)
    {
        if (progress is not null && file.CanSeek)
        {
            progress.Report(file.Position);
        }
    }

    // One run through a source.
    private sealed class Import
    {
        private const int NotesKept = 1000;

        private readonly MemorySource _source;
        private readonly SourceDecider _decider;
        private readonly List<ImportNote> _notes = [];
        private long _noted;
        private long _calls;
        private long _events;
        private long _recorded;
        private EventId _first;

        public Import(MemoryProject project, MemorySource source)
        {
            _source = source;
            _decider = new SourceDecider(source.Name, source.HasLastingIds, source.Name == project.Id, Note);
        }

        // Calls, as many together as are committed together.
        public IEnumerable<List<SourceCall>> Chunks(Stream file)
        {
            var chunk = new List<SourceCall>();
            int events = 0;
            foreach (SourceCall call in _source.Read(file, one => Note(new ImportNote(FormattableString.Invariant($"line {one.Line}"), one.What))))
            {
                foreach (SourceEvent[] part in call.Events.Chunk(EventsPerCallMax))
                {
                    chunk.Add(call with { Events = part });
                    events += part.Length;
                }

                if (events >= EventsPerImportCommit)
                {
                    yield return chunk;
                    (chunk, events) = ([], 0);
                }
            }

            if (chunk.Count > 0)
            {
                yield return chunk;
            }
        }

        // Decides a call on a graph, event by event, each folded before the next is decided.
        public IReadOnlyList<RecordedEvent> Decide(
            GraphState graph, SourceCall call, Func<(MemoryEvent, Origin), EventId, RecordedEvent> stamp)
        {
            EventId first = graph.Events.Last.Next;
            foreach (SourceEvent happened in call.Events)
            {
                foreach (MemoryEvent ours in _decider.Decide(graph.Now, happened))
                {
                    graph.Evolve(stamp((ours, happened.Origin), first));
                }
            }

            IReadOnlyList<RecordedEvent> recorded = [.. graph.Events.EndCall(first)];
            _calls++;
            _events += call.Events.Count;
            _recorded += recorded.Count;
            _first = _first == EventId.None && recorded.Count > 0 ? first : _first;
            return recorded;
        }

        public ImportReport Report(ProjectStatus standing, GraphChanges? changes) =>
            new(_source.Name, _calls, _events, _recorded, _first, _notes, _noted, standing, changes);

        private void Note(ImportNote note)
        {
            _noted++;
            if (_notes.Count < NotesKept)
            {
                _notes.Add(note);
            }
        }
    }
}

/// <summary>What became of an import.</summary>
/// <param name="Source">Which memory it was taken from, as the origin of its events says.</param>
/// <param name="Calls">How many calls were read; of a file that lists facts, how many of its lines.</param>
/// <param name="Events">How many events those were.</param>
/// <param name="Recorded">How many events were recorded for them; the rest said what was known.</param>
/// <param name="First">The first of those; <see cref="EventId.None"/> when there are none.</param>
/// <param name="Notes">What was not taken over, and why: the first thousand.</param>
/// <param name="NotesTotal">How much was not taken over.</param>
/// <param name="Standing">How the project stands afterwards.</param>
/// <param name="Changes">What is different by it; null when it was done, for then <see cref="DiffQuery"/> tells.</param>
public sealed record ImportReport(
    string Source,
    long Calls,
    long Events,
    long Recorded,
    EventId First,
    IReadOnlyList<ImportNote> Notes,
    long NotesTotal,
    ProjectStatus Standing,
    GraphChanges? Changes);
