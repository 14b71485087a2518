using MemoryGraph.Decide;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Exchange;
using MemoryGraph.Integrity;
using MemoryGraph.Log;
using MemoryGraph.Projections;
using MemoryGraph.Queries;
using MemoryGraph.Snapshots;

namespace MemoryGraph.Memory;

/// <summary>One memory with its own log: what it is asked for, and who does it.</summary>
/// <remarks>
/// Questions are answered here, from the graph at the published event (<see cref="LiveGraph"/>); changes are made by
/// the <see cref="Writer"/>, at whose top the order of locks stands.
/// <para>Safe for several threads. Nothing touches the disk before the first question or command.</para>
/// </remarks>
public sealed class MemoryProject : IAsyncDisposable
{
    private readonly TimeProvider _clock;
    private readonly EventLog _log;
    private readonly LiveGraph _live;
    private readonly Writer _writer;
    private readonly SnapshotKeeper _snapshots;
    private readonly LogReplacement _replacement;

    internal MemoryProject(
        IDisk disk, ProjectPlace place, string holder, TimeProvider clock, long segmentBytes = EventLog.SegmentBytesMax)
    {
        Name = place.Name;
        _clock = clock;
        _log = new EventLog(disk, place, holder, clock, EventCatalogue.Current, segmentBytes);
        var snapshots = new SnapshotFolder(disk, ProjectFolder.SnapshotsIn(place.Directory));
        _live = new LiveGraph(Name, _log, snapshots);
        _writer = new Writer(_log, _live, clock);
        _snapshots = new SnapshotKeeper(_log, _live, _writer, snapshots, clock);
        _replacement = new LogReplacement(_log, _live, clock);
    }

    /// <summary>What people call the project.</summary>
    public string Name { get; }

    /// <summary>The folder that holds its log.</summary>
    public string Folder => _log.Folder;

    /// <summary>Size of the log in bytes, as last seen.</summary>
    public long LogBytes => Locked(() => _log.Length);

    /// <summary>The project's id; null before the first write.</summary>
    public string? Id => Locked(() => _log.ProjectId);

    /// <inheritdoc cref="SnapshotKeeper.EventsBehindAtLeast"/>
    internal int EventsBehindAtLeast
    {
        init => _snapshots.EventsBehindAtLeast = value;
    }

    /// <inheritdoc cref="SnapshotKeeper.BackgroundWork"/>
    internal Task BackgroundWork => _snapshots.BackgroundWork;

    /// <inheritdoc cref="SnapshotKeeper.BeforePublishing"/>
    internal Func<Task>? BeforePublishing
    {
        set => _snapshots.BeforePublishing = value;
    }

    /// <summary>Carries out a command. When it returns, what it recorded is durable.</summary>
    /// <param name="author">Who it is done for, and by which client.</param>
    /// <param name="cancel">Counts until the command is taken up; a commit is never broken off.</param>
    /// <exception cref="LogException">
    /// The log could not be written; the message says whether anything may have been.
    /// </exception>
    public async Task<Receipt> SubmitAsync(Command command, Author author, CancellationToken cancel = default)
    {
        Receipt receipt = await _writer.SubmitAsync(command, author, cancel);
        _snapshots.StartWhatIsDue();
        return receipt;
    }

    /// <summary>What a command would come to now; nothing is recorded.</summary>
    /// <returns>With the events that would be recorded, as they would be numbered.</returns>
    /// <exception cref="LogException">The log cannot be read.</exception>
    public Receipt Preview(Command command, Author author)
    {
        lock (_live.Gate)
        {
            CatchUp();
            Decision decision = GraphDecider.Decide(
                _live.Graph.AsOf(_live.Published), command, new Caller(_live.Session, author));
            EventId first = _live.Published.Next;
            IEnumerable<RecordedEvent> events = new CommitStamp(first, _clock.GetUtcNow().ToUnixTimeMilliseconds())
                .Call(decision, first, _live.Session, author, command.Reason);
            return new Receipt(decision.Refused, [.. events], decision.Unchanged, decision.Notices, _live.Status);
        }
    }

    /// <summary>Answers a question from what is durable now, other processes' writes included.</summary>
    /// <param name="query">The question; its answer must be plain data, read to the end.</param>
    /// <param name="agent">Who asks; tells which sessions are "mine".</param>
    /// <returns>The answer, and how the project stood.</returns>
    /// <exception cref="LogException">The log cannot be read.</exception>
    public (TAnswer Answer, ProjectStatus Status) Ask<TAnswer>(Query<TAnswer> query, string agent) =>
        Ask(query, agent, (answer, status) => (answer, status));

    /// <inheritdoc cref="Ask{TAnswer}(Query{TAnswer}, string)"/>
    /// <param name="tell">Reads the answer's sequences, which can be read only in here; all others wait.</param>
    public T Ask<TAnswer, T>(Query<TAnswer> query, string agent, Func<TAnswer, ProjectStatus, T> tell)
    {
        lock (_live.Gate)
        {
            CatchUp();
            T told = tell(query.Read(_live.ReadBy(agent)), _live.Status);
            _snapshots.StartWhatIsDue();
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
        lock (_live.Gate)
        {
            CatchUp();
            projection.CatchUp(_live.Graph.Events, _live.Published);
            return projection.AppliedTo;
        }
    }

    /// <summary>Reads new events of any process and syncs them.</summary>
    /// <remarks>
    /// While nothing is recorded this costs a look at the log's length, so it may be asked again and again. A question
    /// may show what another process wrote a moment before it is durable; what is told to others of its own accord must
    /// be.
    /// </remarks>
    /// <returns>The last durable event.</returns>
    /// <exception cref="LogException">The log cannot be read, or not be made durable.</exception>
    public EventId Follow()
    {
        lock (_live.Gate)
        {
            if (!_live.IsCommitting && _log.HasChanged())
            {
                _live.CatchUp();
            }

            if (!_live.IsCommitting && _live.Published != _live.Durable)
            {
                _log.SyncWhatWasRead();
                _live.Durable = _live.Published;
            }

            return _live.Durable;
        }
    }

    /// <summary>Why the project cannot be written now; null when it can. Changes nothing.</summary>
    public string? WhyNotWritable() => Locked(_log.WhyNotWritable);

    /// <summary>Writes a snapshot of what is known now, and waits until it is there.</summary>
    /// <returns>
    /// Null when there is nothing to save, or it was void before it was done: a redaction came, the log was exchanged,
    /// another process had one of its own and deleted it.
    /// </returns>
    /// <exception cref="LogException">The log cannot be read, or is read-only.</exception>
    public async Task<SavedSnapshot?> SaveSnapshotAsync(CancellationToken cancel = default)
    {
        lock (_live.Gate)
        {
            CatchUp();
            if (_log.Health is { } health)
            {
                throw new LogException(
                    "read_only", $"No snapshot was written: this memory is read-only. {health.Explanation}");
            }

            if (_live.Published == EventId.None)
            {
                return null;
            }
        }

        return await _snapshots.SaveAsync(cancel);
    }

    /// <summary>
    /// Walks every line of the log, as it is on the disk, and says where it is not as it was recorded.
    /// </summary>
    /// <remarks>
    /// Takes no lock and holds nobody up; works on a log that is read-only for damage. What is appended meanwhile is
    /// not part of it. Cost: one pass, about three seconds for a million events.
    /// </remarks>
    /// <param name="against">
    /// A checkpoint that was kept elsewhere: shows a log that was cut off or rewritten as a whole.
    /// </param>
    /// <param name="progress">Told the bytes read, now and then; <see cref="LogBytes"/> is about where it ends.</param>
    /// <exception cref="LogException">The log cannot be read.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was.</exception>
    public AuditReport Verify(
        Checkpoint? against = null, IProgress<long>? progress = null, CancellationToken cancel = default) =>
        _log.Audit(against, progress, cancel);

    /// <summary>How far the log is now, to be kept elsewhere; null for an empty project.</summary>
    /// <exception cref="LogException">The log cannot be read, or it is damaged: nothing to vouch for.</exception>
    public Checkpoint? Checkpoint()
    {
        lock (_live.Gate)
        {
            CatchUp();
            return _log.Checkpoint();
        }
    }

    /// <summary>
    /// Repairs a damaged log: what cannot be trusted is given up, everything else stays, byte for byte.
    /// </summary>
    /// <remarks>
    /// The damaged log is copied to quarantine first, then the repaired one takes its place at once; it ends with a
    /// <c>log_repaired</c> event that names what was given up and who accepted it. Other processes notice at their next
    /// call. An unfinished write at the end is no damage: the next write takes it out.
    /// </remarks>
    /// <param name="author">Who accepts it, and by which client.</param>
    /// <param name="reason">Why, for history; null when not said.</param>
    /// <param name="apply">False to be told what would be done, with nothing changed and no lock taken.</param>
    /// <param name="cancel">Counts until the repair begins.</param>
    /// <exception cref="LogException">
    /// The log could not be read or written, or a newer program has to do it.
    /// </exception>
    public async Task<RepairReport> RepairAsync(
        Author author, string? reason, bool apply, CancellationToken cancel = default)
    {
        RepairReport preview = _replacement.PreviewRepair(author, reason);
        return apply && preview.Needed
            ? await _writer.RunAloneAsync(() => _replacement.RepairAsync(author, reason), cancel)
            : preview;
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
    /// <exception cref="LogException">The disk refuses, or the log is too new: nothing was changed.</exception>
    /// <exception cref="IOException">The file cannot be read: nothing was changed.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was.</exception>
    public Task<AuditReport?> RestoreAsync(
        Stream file, IProgress<long>? progress = null, CancellationToken cancel = default) =>
        _writer.RunAloneAsync(() => _replacement.RestoreAsync(file, progress, cancel), cancel);

    /// <summary>Shows what a redaction would erase. Changes nothing. Cost: the whole log is read.</summary>
    /// <exception cref="LogException">The log cannot be read.</exception>
    public RedactionPreview PreviewRedaction(Redaction redaction)
    {
        lock (_live.Gate)
        {
            CatchUp();
            return RedactionSearch.Run(_live.Graph, _log, redaction, _live.Status).Preview;
        }
    }

    /// <summary>Erases the text of events from every file of the project. It cannot be undone.</summary>
    /// <remarks>
    /// First an <see cref="EventRedacted"/> that names the events is made durable, then their lines are blanked in
    /// place and caches and quarantine emptied. From the first step on no process shows the text any more; what a crash
    /// breaks off is finished by the next one to open the log. The events keep their ids, times and links.
    /// </remarks>
    /// <param name="redaction">What to erase.</param>
    /// <param name="author">Who asks; a name that is itself to be erased is left out of the record.</param>
    /// <param name="reason">Why; it must not repeat what is erased. Null when not said.</param>
    /// <param name="cancel">Counts until the redaction begins.</param>
    /// <exception cref="LogException">
    /// The log could not be written: nothing was erased; or, with the code <c>not_erased</c>, the redaction holds and
    /// the files are not all overwritten yet.
    /// </exception>
    public Task<RedactionReceipt> RedactAsync(
        Redaction redaction, Author author, string? reason, CancellationToken cancel = default) =>
        _writer.RunAloneAsync(() => new RedactionJob(_log, _live, _clock).RunAsync(redaction, author, reason), cancel);

    /// <summary>
    /// Takes over what a file of another memory says and this one does not know: events of our own, with their origin.
    /// </summary>
    /// <remarks>
    /// What was recorded together there is one call here. Calls are committed many at a time; others may write in
    /// between. Doing it again takes over nothing twice, so an import that was broken off is simply done again.
    /// </remarks>
    /// <param name="file">Read from where it stands to its end.</param>
    /// <param name="author">Who imports it, and by which client.</param>
    /// <param name="progress">Told the bytes read, now and then; only if the file can be sought in.</param>
    /// <param name="cancel">Looked at between commits; what was committed stays.</param>
    /// <exception cref="LogException">The log could not be used; what was committed before stays.</exception>
    /// <exception cref="IOException">The file cannot be read; likewise.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was.</exception>
    public Task<ImportReport> ImportAsync(
        MemorySource source, Stream file, Author author, IProgress<long>? progress = null,
        CancellationToken cancel = default) =>
        BeginImport(source, author).RunAsync(_writer, _snapshots, file, progress, cancel);

    /// <summary>What an import would come to now; nothing is recorded, and nobody else is served meanwhile.</summary>
    /// <returns>With what would be different; its events are numbered as they would be.</returns>
    /// <inheritdoc cref="ImportAsync"/>
    public Task<ImportReport> PreviewImportAsync(
        MemorySource source, Stream file, Author author, IProgress<long>? progress = null,
        CancellationToken cancel = default) =>
        _writer.RunAloneAsync(
            () =>
            {
                lock (_live.Gate)
                {
                    return Task.FromResult(BeginImport(source, author).Preview(file, _clock, progress, cancel));
                }
            },
            cancel);

    /// <summary>Whether events of an origin were ever taken over.</summary>
    /// <remarks>Cost: a look at every event, and those that were taken over are read.</remarks>
    /// <param name="origin">As <see cref="MemorySource.Name"/> says.</param>
    /// <returns>Null when nobody can tell any more: events were erased, with whatever origin they had.</returns>
    /// <exception cref="LogException">The log cannot be read.</exception>
    public bool? HasImportedFrom(string origin) => Locked(() =>
    {
        CatchUp();
        return Import.WasDone(_live.Graph.Events, _live.Published, origin);
    });

    /// <summary>
    /// Writes the log's header and lines as they are stored: a log that verifies by itself and can be restored from.
    /// </summary>
    /// <remarks>
    /// Takes no lock and holds nobody up. Cost: the log is verified and then copied, about four seconds for a million
    /// events, in little memory; a point in time other than the present or an event, and an entity, need the graph.
    /// </remarks>
    /// <param name="output">Gets UTF-8, each line with its newline.</param>
    /// <param name="at">Up to where; a call that was not over then is left out whole.</param>
    /// <param name="entity">
    /// Only events that touched the entity with this name now, else the last one that had it, up to then: its names,
    /// observations and relations. What comes of that is no whole log. Null for all.
    /// </param>
    /// <param name="agent">Who asks; tells which sessions are "mine".</param>
    /// <param name="progress">Told the bytes read, now and then, up to twice <see cref="LogBytes"/>.</param>
    /// <exception cref="LogException">
    /// <c>damaged</c>, <c>unaccounted</c> or the disk's refusal: nothing was written. <c>changed</c>: broken off.
    /// </exception>
    /// <exception cref="IOException">The output cannot be written.</exception>
    public EventsExported ExportEvents(
        Stream output, AsOf at, string? entity, string agent, IProgress<long>? progress = null,
        CancellationToken cancel = default) =>
        EventsExport.Run(this, _log, output, at, entity, agent, progress, cancel);

    /// <summary>Carries out what waits, then lets go of the files.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!await _snapshots.StopAsync())
        {
            return;
        }

        await _writer.DisposeAsync();
        _live.Dispose();
        _log.Dispose();
        await _snapshots.DisposeAsync();
    }

    private Import BeginImport(MemorySource source, Author author)
    {
        lock (_live.Gate)
        {
            CatchUp();
            return new Import(_live, source, _log.ProjectId, author);
        }
    }

    private T Locked<T>(Func<T> read)
    {
        lock (_live.Gate)
        {
            return read();
        }
    }

    private void CatchUp()
    {
        _live.CatchUp();
        if (!_live.IsCommitting && _log.HasUnerased)
        {
            _writer.TryRunAlone(_log.EraseIfFree);
        }
    }
}
