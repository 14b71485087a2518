using MemoryGraph.Disk;
using MemoryGraph.Events;
using MemoryGraph.Values;

namespace MemoryGraph.Log;

/// <summary>A project's append-only history: the only source of truth.</summary>
/// <remarks>
/// <para><b>Layout.</b> A segment file: one header line (<see cref="SegmentHeader"/>), then one line per event
/// (<see cref="EventJson"/>), each ending in a newline. Lines of one fsynced write share a <c>commit</c>; lines of one
/// tool call share a <c>tx</c> and are applied together or not at all. Files and folders: <see cref="ProjectFolder"/>.
/// </para>
/// <para><b>Appending</b>, under the lock: catch up, repair a torn end, decide (the caller's part), one write at the
/// end, one fsync, answer. <b>Reading</b> takes no lock: it looks whether the last line it knows still stands, and
/// reads on.
/// </para>
/// <para><b>What a crash may leave.</b> Parts of the last commit, or its newline missing (<see cref="TailState"/>).
/// The next writer copies torn bytes to <c>quarantine/</c>, cuts them off and records a <see cref="LogRepaired"/> in
/// front of its own events. Damage anywhere else is not ours to mend: the log is then read-only
/// (<see cref="LogHealth"/>), with everything that still verifies.
/// </para>
/// <para><b>A failed sync</b> leaves bytes in doubt: they read back from memory and may not be on the disk. They are
/// noted in the lock file, and the next writer writes them again before anything else; syncing them a second time as
/// they are would prove nothing, because the kernel may have called them clean.
/// </para>
/// <para><b>Erasing.</b> An <see cref="EventRedacted"/> names the events, and from then on no reader shows their text;
/// then their lines are overwritten (<see cref="LogErasure"/>). Until that is seen to be done, each who opens the log
/// tries to.
/// </para>
/// <para>Not for several threads: <c>MemoryProject</c> sees to that.</para>
/// </remarks>
internal sealed class EventLog : IDisposable
{
    private readonly IDisk _disk;
    private readonly string _holder;
    private readonly TimeProvider _clock;
    private readonly EventCatalogue _catalogue;
    private readonly ProjectFolder _folder;
    private readonly LogLock _lock;
    private readonly Utf8Buffer _buffer = new(64 * 1024);

    private readonly LogFollower _reader;
    private bool _projectKnown;

    // Since this process last named itself in the lock file.
    private bool _othersWrote;

    // Where bytes begin whose sync failed in this process, in case the lock file could not be told.
    private long? _doubtfulFrom;

    // Files in quarantine that the log knows of, and whether it knows of all.
    private readonly HashSet<string> _quarantined = [];
    private bool _quarantineKnown;

    public EventLog(IDisk disk, ProjectPlace place, string holder, TimeProvider clock, EventCatalogue catalogue)
    {
        _disk = disk;
        _holder = holder;
        _clock = clock;
        _catalogue = catalogue;
        _folder = new ProjectFolder(disk, place);
        _lock = new LogLock(disk, _folder.LockPath, holder, clock);
        _reader = new LogFollower(disk, _folder, catalogue);
    }

    /// <summary>Null when the log can be read and written.</summary>
    public LogHealth? Health => _reader.Health;

    /// <summary>Behind the last event that was read or written.</summary>
    public LogPosition Position => _reader.Position;

    /// <summary>The project's id; null before the first write.</summary>
    public string? ProjectId => _reader.Header?.Project;

    /// <summary>Bytes of the log as last seen.</summary>
    public long Length => _reader.Length;

    public string Folder => _folder.Path;

    /// <summary>Hands over every event's line up to <see cref="Position"/>, in order. Cost: the whole log.</summary>
    /// <exception cref="LogException">The disk refuses to be read.</exception>
    public void ReadLines(Action<ReadOnlySpan<byte>> take)
    {
        try
        {
            var window = _reader.File is { } file ? new LineWindow(file, offset: 0) : null;
            for (bool header = true; window?.NextLine(out ReadOnlySpan<byte> line, out _) == true; header = false)
            {
                if (window.LineStart >= Position.End)
                {
                    break;
                }

                if (!header)
                {
                    take(line);
                }
            }
        }
        catch (DiskException e)
        {
            throw LogException.From(e);
        }
    }

    /// <summary>Files of the project's folder besides the log that hold a text, by name.</summary>
    /// <param name="copies">With those that a redaction deletes.</param>
    /// <param name="holds">Judges a file's text.</param>
    /// <exception cref="LogException">The disk refuses to be read.</exception>
    public IReadOnlyList<string> OtherFiles(bool copies, Func<string, bool> holds)
    {
        try
        {
            IEnumerable<string> names = copies ? _folder.OtherFiles().Concat(_folder.Copies()) : _folder.OtherFiles();
            return [.. names.Where(name => holds(_folder.ReadText(name))).Order(StringComparer.Ordinal)];
        }
        catch (DiskException e)
        {
            throw LogException.From(e);
        }
    }

    /// <summary>Whether text that a redaction took still stood in the file when it was read.</summary>
    public bool HasUnerased => _reader.Unerased.Count > 0;

    /// <summary>Reads what was appended since the last time, by whomever. Takes no lock.</summary>
    /// <inheritdoc cref="LogFollower.CatchUp"/>
    public LogNews CatchUp(ILogTaker taker) => _reader.CatchUp(new RepairsNoted(this, taker));

    /// <inheritdoc cref="LogFollower.HasChanged"/>
    public bool HasChanged() => _reader.HasChanged();

    /// <inheritdoc cref="LogFollower.SyncWhatWasRead"/>
    public void SyncWhatWasRead() => _reader.SyncWhatWasRead();

    /// <summary>Takes the writer's lock, with the project's folder made if need be.</summary>
    /// <exception cref="LogException"><c>busy</c>, or the disk refuses.</exception>
    public async ValueTask<WriterLease> LockAsync(CancellationToken cancel)
    {
        try
        {
            _folder.EnsureExists();
            await _lock.AcquireAsync(cancel);
            return new WriterLease(_lock);
        }
        catch (DiskException e)
        {
            throw LogException.From(e);
        }
    }

    /// <summary>Reads what others appended, from a log that is there from now on.</summary>
    /// <inheritdoc cref="CatchUp"/>
    public LogNews CatchUpUnderLock(ILogTaker taker)
    {
        try
        {
            if (!_reader.EverSeen && _disk.Find(_folder.SegmentPath) is null)
            {
                _folder.CreateSegment(_clock.GetUtcNow());
            }
        }
        catch (DiskException e)
        {
            throw LogException.From(e);
        }

        EventId known = Position.LastId;
        LogNews news = CatchUp(taker);
        _othersWrote |= Position.LastId != known;
        return news;
    }

    /// <summary>Makes a log that was caught up with ready to be added to: nothing in doubt, no torn end.</summary>
    /// <returns>
    /// What was cut off, now or by a writer that did not come to say so: to be recorded with the next commit.
    /// </returns>
    /// <exception cref="LogException"><c>read_only</c> with the reason, or the disk refuses.</exception>
    public IReadOnlyList<LogRepaired> PrepareUnderLock()
    {
        try
        {
            if (Health is { } health)
            {
                throw new LogException("read_only", $"Nothing was recorded: this memory is read-only. {health.Explanation}");
            }

            IDiskFile file = _reader.OpenForWriting();
            if ((_doubtfulFrom ?? _lock.UnsafeFrom()) is { } doubtful)
            {
                WriteAgain(file, doubtful);
                _doubtfulFrom = null;
                _lock.Note(null, always: true);
            }
            else
            {
                _lock.Note(null, always: _othersWrote);
            }

            // After the note: who waits meanwhile learns for whom.
            _folder.SyncNames();
            _othersWrote = false;
            RefuseNextSegment();
            IReadOnlyList<LogRepaired> repairs = _quarantineKnown ? [] : LogRepair.Unrecorded(_disk, _folder, _quarantined);
            if (_reader.Tail == TailState.Torn)
            {
                _quarantineKnown = false;
                LogRepair.CutTornEnd(_folder, file, Position.End, _clock.GetUtcNow(), repairs);
                _reader.TailWasCut();
                repairs = LogRepair.Unrecorded(_disk, _folder, _quarantined);
            }

            _quarantineKnown = repairs.Count == 0;

            if (!_projectKnown)
            {
                _folder.UpdateProject(_reader.Header!.Project, _clock.GetUtcNow());
                _projectKnown = true;
            }

            if (HasUnerased)
            {
                // Last, because it empties the quarantine, of which the repairs tell.
                Erase();
            }

            return repairs;
        }
        catch (DiskException e)
        {
            throw LogException.From(e);
        }
    }

    /// <summary>
    /// Takes the text out of all files that the redactions read so far took. Durable when it returns.
    /// </summary>
    /// <exception cref="LogException">
    /// The disk refuses, or the log is damaged. The redactions hold all the same, and the next writer goes on.
    /// </exception>
    public void EraseUnderLock()
    {
        if (Health is { } health)
        {
            throw new LogException(health.Code, health.Explanation);
        }

        try
        {
            Erase();
        }
        catch (DiskException e)
        {
            throw LogException.From(e);
        }
    }

    /// <summary>Finishes what a crash broke off, unless somebody has the lock: then that one is at it.</summary>
    public void EraseIfFree()
    {
        try
        {
            if (Health is null && HasUnerased && _lock.TryAcquire())
            {
                using var lease = new WriterLease(_lock);
                if ((_doubtfulFrom ?? _lock.UnsafeFrom()) is null)
                {
                    Erase();
                }
            }
        }
        catch (DiskException)
        {
            // It may only be read here. The next writer meets the same lines.
        }
    }

    /// <summary>Appends one commit: one write, one sync. When it returns, the events are durable.</summary>
    /// <param name="events">With ids that follow the last one, and the commit's first id as their commit.</param>
    /// <exception cref="LogException">
    /// <c>disk_full</c> and others: nothing was recorded. <c>not_saved</c>: it is not known whether they were.
    /// </exception>
    public void AppendUnderLock(IReadOnlyList<RecordedEvent> events)
    {
        LogPosition next = Encode(events);
        IDiskFile file = _reader.OpenForWriting();
        long at = next.End - _buffer.Length;
        try
        {
            file.Write(_buffer.Written, at);
        }
        catch (DiskException e)
        {
            TakeBack(file, at);
            throw LogException.From(e);
        }

        try
        {
            file.Sync();
        }
        catch (DiskException e)
        {
            RememberDoubt(at);
            throw new LogException(
                "not_saved",
                $"{e.Message}. The change is not known to be saved; it may appear. Repeating the call is safe.",
                e);
        }

        _reader.Advance(next);
        foreach (RecordedEvent recorded in events)
        {
            RememberRepair(recorded);
        }

        _quarantineKnown = true;
    }

    /// <summary>
    /// Walks every line of the log as it is. Takes no lock; may run beside everything else, on any thread.
    /// </summary>
    /// <param name="against">What the log must still hold; null when nothing is known.</param>
    /// <param name="progress">Told the bytes read, now and then.</param>
    /// <exception cref="LogException">The disk refuses, or only a newer program can read the log.</exception>
    public AuditReport Audit(Checkpoint? against, IProgress<long>? progress, CancellationToken cancel)
    {
        try
        {
            if (_disk.Find(_folder.SegmentPath) is null)
            {
                return AuditReport.OfNoLog(_folder.SegmentName, against);
            }

            using IDiskFile file = _disk.Open(_folder.SegmentPath, writable: false);
            return LogAudit.Run(
                file, _folder.SegmentName, _catalogue, _folder.HeaderFromProject(), against, progress, cancel)
                .Report();
        }
        catch (DiskException e)
        {
            throw LogException.From(e);
        }
    }

    /// <inheritdoc cref="LogCopy.Write"/>
    public LogCopied Copy(
        Stream output, EventId upTo, Func<EventId, bool>? chosen, IProgress<long>? progress, CancellationToken cancel)
    {
        try
        {
            using var writers = new LogLock(_disk, _folder.LockPath, _holder, _clock);
            return new LogCopy(_disk, _folder, writers, _catalogue).Write(output, upTo, chosen, progress, cancel);
        }
        catch (DiskException e)
        {
            throw LogException.From(e);
        }
    }

    /// <summary>Mends a damaged log, or says what that would do. See <see cref="DamageRepair"/>.</summary>
    /// <param name="apply">Needs the lock; without it nothing is changed.</param>
    /// <exception cref="LogException">
    /// The disk refuses, or a newer program wrote the log: nothing was changed.
    /// </exception>
    public RepairReport Repair(Acceptance acceptance, bool apply)
    {
        try
        {
            if (_disk.Find(_folder.SegmentPath) is null)
            {
                return new RepairReport(AuditReport.OfNoLog(_folder.SegmentName, against: null), [], false, null, null);
            }

            byte[] damaged = ReadSegment();
            SegmentHeader? rebuilt = _folder.HeaderFromProject();
            LogAudit audit = LogAudit.Run(
                new BytesAsFile(damaged), _folder.SegmentName, _catalogue, rebuilt);
            AuditReport found = audit.Report();
            if (found.IsIntact)
            {
                return new RepairReport(found, [], false, null, null);
            }

            if ((audit.Header ?? rebuilt) is { Format: { Writable: false } format })
            {
                throw new LogException("newer_format", LogHealth.NewerFormat(format).Explanation);
            }

            // So that neither the mended log nor the copy of this one keeps a text that is to be gone.
            bool erased = LogErasure.Finish(damaged, audit, _catalogue);
            audit = erased ? LogAudit.Run(new BytesAsFile(damaged), _folder.SegmentName, _catalogue, rebuilt) : audit;
            byte[] header = audit.Header is not null ? damaged[..(damaged.IndexOf((byte)'\n') + 1)]
                : (rebuilt ?? SegmentHeader.First(Randomness.NewProjectId())).ToLine();
            var repair = new DamageRepair(_folder.SegmentName, _catalogue, damaged, header, audit, acceptance);
            if (apply)
            {
                Exchange(damaged, repair, erased);
            }

            return new RepairReport(found, repair.Lost, audit.Header is null, repair.Quarantine, apply ? repair.Recorded : null);
        }
        catch (DiskException e)
        {
            throw LogException.From(e);
        }
    }

    /// <summary>Puts a whole log in the place of this one, which holds no event. See <see cref="LogRestore"/>.</summary>
    /// <returns>What is wrong with the log; it was put in place exactly when nothing is.</returns>
    /// <exception cref="LogException">The disk refuses, or a newer program wrote the log: nothing was changed.</exception>
    public AuditReport RestoreUnderLock(Stream lines, IProgress<long>? progress, CancellationToken cancel)
    {
        try
        {
            AuditReport report = LogRestore.Run(_folder, _catalogue, lines, progress, cancel);
            _reader.Forget();
            if (report.FindingsTotal == 0)
            {
                _folder.UpdateProject(report.Project!, _clock.GetUtcNow());
                _folder.SyncNames();
            }

            return report;
        }
        catch (DiskException e)
        {
            throw LogException.From(e);
        }
    }

    /// <summary>The last event that was read or written; null before the first.</summary>
    /// <exception cref="LogException"><c>read_only</c>: a log that is not whole is nothing to vouch for.</exception>
    public Checkpoint? Checkpoint() =>
        Health is { Code: "damaged" or "replaced" } health
            ? throw new LogException("read_only", $"No checkpoint was made: this memory is read-only. {health.Explanation}")
        : Position.LastId == EventId.None ? null
        : new Checkpoint(ProjectId!, Position.LastId, Position.LastHash);

    /// <summary>Whether the log could be written now; null when it could, else why not. Changes nothing.</summary>
    public string? WhyNotWritable()
    {
        if (Health is { } health)
        {
            return health.Explanation;
        }

        try
        {
            _folder.CheckFolder();
            if (_reader.File is not null)
            {
                _reader.OpenForWriting();
            }

            return null;
        }
        catch (DiskException e)
        {
            return LogException.From(e).Message;
        }
    }

    /// <summary>Forgets everything read, so that the next look starts anew: after a write that failed.</summary>
    public void Forget() => _reader.Forget();

    public void Dispose()
    {
        _reader.Dispose();
        _lock.Dispose();
    }

    private byte[] ReadSegment()
    {
        using IDiskFile file = _disk.Open(_folder.SegmentPath, writable: false);
        byte[] bytes = new byte[file.Length];
        return bytes[..file.Read(bytes, 0)];
    }

    private void Exchange(byte[] damaged, DamageRepair repair, bool erased)
    {
        if (erased)
        {
            _folder.DeleteCopies();
        }

        _folder.Quarantine(repair.Quarantine, damaged);
        _folder.ReplaceSegment(repair.Mended);
        _reader.Forget();
    }

    private void Erase()
    {
        // Whoever overwrote the last line deleted the copies before; those that there are now came later.
        if (LogErasure.Standing(_disk, _folder, _reader.Unerased) is { Count: > 0 } standing)
        {
            _folder.DeleteCopies();
            LogErasure.Overwrite(_disk, _folder, standing, _reader.Settled.End, RememberDoubt);
        }

        _reader.AllWasErased();
    }

    private void RefuseNextSegment()
    {
        string next = SegmentHeader.FileName(Position.LastId.Next);
        if (Position.LastId > EventId.None && _disk.Find(_folder.Join(next)) is not null)
        {
            throw new LogException(
                "read_only", $"Nothing was recorded: the log goes on in {next}, which needs a newer memory-graph. Update this one.");
        }
    }

    // Makes doubtful pages dirty again, so that this sync tells the truth about them.
    private static void WriteAgain(IDiskFile file, long from)
    {
        byte[] bytes = new byte[Math.Max(file.Length - from, 0)];
        int read = file.Read(bytes, from);
        file.Write(bytes.AsSpan(0, read), from);
        file.Sync();
    }

    private void RememberDoubt(long from)
    {
        _doubtfulFrom = from;
        try
        {
            _lock.Note(from, always: true);
        }
        catch (DiskException)
        {
            // This process remembers. Another one cannot know, but then the disk fails it too.
        }
    }

    private void RememberRepair(RecordedEvent recorded)
    {
        if (recorded.Event is LogRepaired repaired)
        {
            _quarantined.Add(repaired.Quarantine);
        }
    }

    private static void TakeBack(IDiskFile file, long length)
    {
        try
        {
            file.Truncate(length);
            file.Sync();
        }
        catch (DiskException)
        {
            // What is left behind is a torn end: the next writer, whoever it is, takes it out.
        }
    }

    private LogPosition Encode(IReadOnlyList<RecordedEvent> events)
    {
        Span<byte> seed = stackalloc byte[EventHash.Bytes];
        Span<byte> salt = stackalloc byte[EventJson.SaltBytes];
        Randomness.NewSeed(seed);
        _buffer.Clear();
        long fileOffset = Position.End;
        if (_reader.Tail == TailState.NewlineMissing)
        {
            _buffer.Raw("\n"u8);
            fileOffset--;
        }

        EventHash hash = Position.LastHash;
        int lastLine = 0;
        foreach (RecordedEvent recorded in events)
        {
            lastLine = _buffer.Length;
            Randomness.Salt(seed, recorded.Id, salt);
            hash = EventJson.Write(_buffer, recorded, _catalogue, hash, salt);
        }

        return new LogPosition(
            events[^1].Id, hash, fileOffset + lastLine, fileOffset + _buffer.Length, events[^1].Commit);
    }

    private sealed class RepairsNoted(EventLog log, ILogTaker taker) : ILogTaker
    {
        public void Restart() => taker.Restart();

        public void Take(RecordedEvent recorded)
        {
            log.RememberRepair(recorded);
            taker.Take(recorded);
        }
    }
}

/// <summary>The writer's lock, held until disposed.</summary>
internal sealed class WriterLease(LogLock held) : IDisposable
{
    public void Dispose() => held.Release();
}
