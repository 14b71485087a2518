using MemoryGraph.Events;
using MemoryGraph.Values;

namespace MemoryGraph.Log;

/// <summary>A project's append-only history: the only source of truth.</summary>
/// <remarks>
/// <para><b>Layout.</b> A segment file: one header line (<see cref="SegmentHeader"/>), then one line per event
/// (<see cref="EventJson"/>), each ending in a newline. Lines of one fsynced write share a <c>commit</c>; lines of one
/// tool call share a <c>tx</c> and are applied together or not at all. Files and folders: <see cref="ProjectFolder"/>.
/// </para>
/// <para><b>Appending</b>, under the lock: catch up, repair a torn end, decide (the caller's part), one write at the end,
/// one fsync, answer. <b>Reading</b> takes no lock: it looks whether the last line it knows still stands, and reads on.
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
/// <para>Not for several threads: <c>MemoryProject</c> sees to that.</para>
/// </remarks>
internal sealed class EventLog : IDisposable
{
    private readonly IDisk _disk;
    private readonly TimeProvider _clock;
    private readonly ProjectFolder _folder;
    private readonly LogLock _lock;
    private readonly Utf8Buffer _buffer = new(64 * 1024);

    private IDiskFile? _file;
    private bool _fileWritable;
    private bool _projectKnown;
    private SegmentHeader? _header;
    private LogPosition _position;
    private TailState _tail;

    // What is known to be durable; if it is gone, somebody replaced the log.
    private LogPosition _settled;

    // The length at the last look, so that a damaged or torn log is not judged again before it changes.
    private long _seenLength = -1;

    // Since this process last named itself in the lock file.
    private bool _othersWrote;

    // Where bytes begin whose sync failed in this process, in case the lock file could not be told.
    private long? _doubtfulFrom;

    // Files in quarantine that the log knows of, and whether it knows of all.
    private readonly HashSet<string> _quarantined = [];
    private bool _quarantineKnown;

    public EventLog(IDisk disk, ProjectPlace place, string holder, TimeProvider clock)
    {
        _disk = disk;
        _clock = clock;
        _folder = new ProjectFolder(disk, place);
        _lock = new LogLock(disk, _folder.LockPath, holder, clock);
    }

    /// <summary>Null when the log can be read and written.</summary>
    public LogHealth? Health { get; private set; }

    /// <summary>Behind the last event that was read or written.</summary>
    public LogPosition Position => _position;

    /// <summary>The project's id; null before the first write.</summary>
    public string? ProjectId => _header?.Project;

    /// <summary>Bytes of the log as last seen.</summary>
    public long Length => Math.Max(_seenLength, 0);

    public string Folder => _folder.Path;

    /// <summary>Reads what was appended since the last time, by whomever. Takes no lock.</summary>
    /// <exception cref="LogException">The disk refuses to be read, or a link stands where a file belongs.</exception>
    public LogNews CatchUp()
    {
        try
        {
            LogNews news = ReadOn();

            // Bytes may have been seen while they were being replaced. Damage is only believed when it is still there.
            return news.Damaged ? ReadFromStart() : news;
        }
        catch (DiskException e)
        {
            // What was read before the failure reaches nobody, so the next look must bring it again.
            Forget();
            throw LogException.From(e);
        }
    }

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
    /// <exception cref="LogException">The disk refuses.</exception>
    public LogNews CatchUpUnderLock()
    {
        try
        {
            if (_settled == default && _disk.Find(_folder.SegmentPath) is null)
            {
                _folder.CreateSegment(_clock.GetUtcNow());
            }
        }
        catch (DiskException e)
        {
            throw LogException.From(e);
        }

        LogNews news = CatchUp();
        _othersWrote |= news.Events.Count > 0;
        return news;
    }

    /// <summary>Makes a log that was caught up with ready to be added to: nothing in doubt, no torn end.</summary>
    /// <returns>What was cut off, now or by a writer that did not come to say so: to be recorded with the next commit.</returns>
    /// <exception cref="LogException"><c>read_only</c> with the reason, or the disk refuses.</exception>
    public IReadOnlyList<LogRepaired> PrepareUnderLock()
    {
        try
        {
            if (Health is { } health)
            {
                throw new LogException("read_only", $"Nothing was recorded: this memory is read-only. {health.Explanation}");
            }

            OpenForWriting();
            if ((_doubtfulFrom ?? _lock.UnsafeFrom()) is { } doubtful)
            {
                WriteAgain(doubtful);
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
            if (_tail == TailState.Torn)
            {
                _quarantineKnown = false;
                LogRepair.CutTornEnd(_folder, _file!, _position.End, _clock.GetUtcNow(), repairs);
                _tail = TailState.Clean;
                _seenLength = _position.End;
                repairs = LogRepair.Unrecorded(_disk, _folder, _quarantined);
            }

            _quarantineKnown = repairs.Count == 0;

            if (!_projectKnown)
            {
                _folder.UpdateProject(_header!.Project, _clock.GetUtcNow());
                _projectKnown = true;
            }

            return repairs;
        }
        catch (DiskException e)
        {
            throw LogException.From(e);
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
        long at = _position.End;
        if (_tail == TailState.NewlineMissing)
        {
            at--;
        }

        try
        {
            _file!.Write(_buffer.Written, at);
        }
        catch (DiskException e)
        {
            TakeBack(at);
            throw LogException.From(e);
        }

        try
        {
            _file.Sync();
        }
        catch (DiskException e)
        {
            RememberDoubt(at);
            throw new LogException(
                "not_saved",
                $"{e.Message}. The change is not known to be saved; it may appear. Repeating the call is safe.",
                e);
        }

        _position = _settled = next;
        _tail = TailState.Clean;
        _seenLength = next.End;
        RememberRepairs(events);
        _quarantineKnown = true;
    }

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
            if (_file is not null && !_fileWritable)
            {
                _disk.Open(_folder.SegmentPath, writable: true).Dispose();
            }

            return null;
        }
        catch (DiskException e)
        {
            return LogException.From(e).Message;
        }
    }

    /// <summary>Forgets everything read, so that the next look starts anew: after a write that failed.</summary>
    public void Forget()
    {
        _position = default;
        _seenLength = -1;
    }

    public void Dispose()
    {
        _file?.Dispose();
        _lock.Dispose();
    }

    private LogNews ReadOn()
    {
        if (_disk.Find(_folder.SegmentPath) is not { } entry)
        {
            _folder.CheckFolder();
            Health = _settled == default ? null : Replacement("is gone");
            return LogNews.Nothing;
        }

        if (_file is null || entry.Identity != _file.Identity || _position == default)
        {
            return ReadFromStart();
        }

        long length = _file.Length;
        bool looksTheSame = length == _seenLength && (Health is not null || (_tail != TailState.Torn && LastLineStands()));
        if (looksTheSame)
        {
            return LogNews.Nothing;
        }

        return Health is null && length >= _position.End - 1 && LastLineStands()
            ? Scan(_position, checkHashes: true, watch: default, out _)
            : ReadFromStart();
    }

    private LogNews ReadFromStart()
    {
        Reopen();
        Health = null;
        _seenLength = _file!.Length;
        if (ReadHeader() is not { } start)
        {
            return new LogNews([], Restarted: true, Damaged: Health?.Code == "damaged");
        }

        LogPosition watch = _settled;
        _settled = watch == default ? start : watch;
        LogNews news = Scan(start, checkHashes: false, watch, out bool passedWatch);
        if (watch != default && !passedWatch && Health is null)
        {
            _settled = watch;
            Health = Replacement("was replaced by another or an older one");
        }

        return news with { Restarted = true };
    }

    private LogNews Scan(LogPosition from, bool checkHashes, LogPosition watch, out bool passedWatch)
    {
        _seenLength = _file!.Length;
        LogScan scan = LogScan.Run(_file, _folder.SegmentName, from, checkHashes, watch);
        _position = scan.Position;
        _tail = scan.Tail;
        passedWatch = scan.PassedWatch;
        if (scan.Settled.LastId > _settled.LastId)
        {
            _settled = scan.Settled;
        }

        RememberRepairs(scan.Events);
        Health = HealthAfter(scan) ?? Health;
        return new LogNews(scan.Events, Restarted: false, Damaged: scan.Damage.Count > 0);
    }

    private static LogHealth? HealthAfter(LogScan scan)
    {
        if (scan.Damage.Count > 0)
        {
            return new LogHealth(
                "damaged",
                $"The log is damaged at {scan.Damage[0]}."
                + (scan.Damage.Count > 1 ? FormattableString.Invariant($" More places are damaged: {scan.Damage.Count - 1}.") : "")
                + " What still verifies can be read. Keep a copy of the project's folder before anything else.");
        }

        return scan.Events.Find(recorded => recorded.Event is UnknownEvent { Ignorable: false }) is { } stranger
            ? new LogHealth(
                "newer_events",
                $"Event {stranger.Id} is of type \"{EventCatalogue.NameOf(stranger.Event)}\" in a version that this program "
                + "does not know; what it did is missing here. A newer memory-graph wrote it: update this one.")
            : null;
    }

    private LogHealth Replacement(string how) => new(
        "replaced",
        $"The log in {_folder.Path} {how} while it was in use: event {_settled.LastId}, which had been saved, is no longer "
        + "in it. Restart the server to accept the log as it is now.");

    private void Reopen()
    {
        _folder.CheckFolder();
        _file?.Dispose();
        _file = null;
        _file = _disk.Open(_folder.SegmentPath, writable: false);
        _fileWritable = false;
    }

    private void OpenForWriting()
    {
        if (!_fileWritable)
        {
            IDiskFile writable = _disk.Open(_folder.SegmentPath, writable: true);
            _file?.Dispose();
            _file = writable;
            _fileWritable = true;
        }
    }

    // The first line, and where the events begin; null when the log cannot be read with it.
    private LogPosition? ReadHeader()
    {
        const int longestHeader = 4096;
        byte[] bytes = new byte[longestHeader];
        int read = _file!.Read(bytes, 0);
        int end = bytes.AsSpan(0, read).IndexOf((byte)'\n');
        ReadOnlySpan<byte> line = bytes.AsSpan(0, Math.Max(end, 0));
        _header = SegmentHeader.Parse(line);
        if (_header is null || _header.FirstEventId != new EventId(1))
        {
            Health = new LogHealth(
                "damaged",
                $"The first line of {_folder.SegmentPath} is not a log's header, so nothing in it can be trusted. "
                + "Keep a copy of the project's folder before anything else.");
            return null;
        }

        if (!_header.Format.Writable)
        {
            Health = new LogHealth(
                "newer_format",
                FormattableString.Invariant($"The log needs a reader of format {_header.Format.MinReader} and a writer of format ")
                + FormattableString.Invariant($"{_header.Format.MinWriter}; this program knows format {LogFormat.Version}. Update memory-graph."));
        }

        return _header.Format.Readable ? new LogPosition(EventId.None, _header.ChainStart(line), 0, end + 1, EventId.None) : null;
    }

    private bool LastLineStands()
    {
        byte[] line = new byte[_position.End - _position.LastLine - 1];
        if (_file!.Read(line, _position.LastLine) != line.Length || !EventJson.HasGoodCrc(line))
        {
            return false;
        }

        return _position.LastId == EventId.None
            ? _header?.ChainStart(line) == _position.LastHash
            : EventJson.HashOf(line) == _position.LastHash;
    }

    private void RefuseNextSegment()
    {
        string next = SegmentHeader.FileName(_position.LastId.Next);
        if (_position.LastId > EventId.None && _disk.Find(_folder.Join(next)) is not null)
        {
            throw new LogException(
                "read_only", $"Nothing was recorded: the log goes on in {next}, which needs a newer memory-graph. Update this one.");
        }
    }

    // Makes doubtful pages dirty again, so that this sync tells the truth about them.
    private void WriteAgain(long from)
    {
        byte[] bytes = new byte[Math.Max(_file!.Length - from, 0)];
        int read = _file.Read(bytes, from);
        _file.Write(bytes.AsSpan(0, read), from);
        _file.Sync();
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

    private void RememberRepairs(IReadOnlyList<RecordedEvent> events)
    {
        foreach (RecordedEvent recorded in events)
        {
            if (recorded.Event is LogRepaired repaired)
            {
                _quarantined.Add(repaired.Quarantine);
            }
        }
    }

    private void TakeBack(long length)
    {
        try
        {
            _file!.Truncate(length);
            _file.Sync();
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
        long fileOffset = _position.End;
        if (_tail == TailState.NewlineMissing)
        {
            _buffer.Raw("\n"u8);
            fileOffset--;
        }

        EventHash hash = _position.LastHash;
        int lastLine = 0;
        foreach (RecordedEvent recorded in events)
        {
            lastLine = _buffer.Length;
            Randomness.Salt(seed, recorded.Id, salt);
            hash = EventJson.Write(_buffer, recorded, hash, salt);
        }

        return new LogPosition(
            events[^1].Id, hash, fileOffset + lastLine, fileOffset + _buffer.Length, events[^1].Commit);
    }
}

/// <summary>What reading the log brought.</summary>
/// <param name="Events">Events of whole calls, in order.</param>
/// <param name="Restarted">They are all there are: whatever was known before is void.</param>
/// <param name="Damaged">The log is corrupt; the events are what still verifies.</param>
internal sealed record LogNews(IReadOnlyList<RecordedEvent> Events, bool Restarted, bool Damaged)
{
    public static LogNews Nothing { get; } = new([], Restarted: false, Damaged: false);
}

/// <summary>The writer's lock, held until disposed.</summary>
internal sealed class WriterLease(LogLock held) : IDisposable
{
    public void Dispose() => held.Release();
}
