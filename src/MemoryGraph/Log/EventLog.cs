using MemoryGraph.Domain;
using MemoryGraph.Events;

namespace MemoryGraph.Log;

/// <summary>A project's append-only history: the only source of truth.</summary>
/// <remarks>
/// <para><b>Layout.</b> Segments, each a file: one header line (<see cref="SegmentHeader"/>), then one line per event
/// (<see cref="EventJson"/>), each ending in a newline. Lines of one fsynced write share a <c>commit</c>; lines of one
/// tool call share a <c>tx</c> and are applied together or not at all. Files and folders: <see cref="ProjectFolder"/>.
/// </para>
/// <para><b>Segments.</b> A commit that would make the last segment too long goes into a new one: sync the old, write the
/// new one's header aside, sync, rename, sync the folder, make the old one read-only, append. So no commit spans two,
/// all but the last are durable and never change but for erased texts, and a segment may have a header and nothing more.
/// </para>
/// <para><b>Appending</b>, under the lock: catch up, repair a torn end, decide (the caller's part), one write at the
/// end, one fsync, answer. <b>Reading</b> takes no lock: it looks whether the last line it knows still stands, and
/// reads on.
/// </para>
/// <para><b>What a crash may leave.</b> Parts of the last commit, or its newline missing (<see cref="TailState"/>); at the
/// end of the last segment only. A file aside, a segment without events, a full one that can still be written.
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
internal sealed partial class EventLog : IDisposable
{
    /// <summary>How long a segment gets before the next one begins, in bytes.</summary>
    public const long SegmentBytesMax = 64 << 20;

    private readonly IDisk _disk;
    private readonly string _holder;
    private readonly TimeProvider _clock;
    private readonly long _segmentBytes;
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

    // Behind what was known before the first look, and so was never read here; 0 when all was.
    private long _startedAt;

    /// <param name="segmentBytes">How long a segment may get, unless one commit is longer.</param>
    public EventLog(
        IDisk disk, ProjectPlace place, string holder, TimeProvider clock, EventCatalogue catalogue,
        long segmentBytes = SegmentBytesMax)
    {
        _segmentBytes = segmentBytes;
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
            var window = _reader.Files is { } files ? new LogLineReader(files, offset: 0) : null;
            while (window?.NextLine(out ReadOnlySpan<byte> line, out _) == true && window.LineStart < Position.End)
            {
                if (!window.IsHeader)
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
    public CatchUpResult CatchUp(IEventSink taker) => _reader.CatchUp(new RepairsNoted(this, taker));

    /// <summary>Says that everything up to a place is known already, so that the first look reads what lies behind it.</summary>
    /// <remarks>
    /// Cost: the headers and one line. What stands before is not looked at: <see cref="CheckUpTo"/> does. When a redaction
    /// behind the place names an event before it, or the log turns out to be damaged, the first look hands over
    /// everything from the start on after all, behind a <see cref="IEventSink.OnReset"/>.
    /// </remarks>
    /// <param name="position">
    /// As <see cref="Position"/> was while it was durable and <see cref="HasUnerased"/> was not true.
    /// </param>
    /// <param name="project">The project's id.</param>
    /// <returns>False when the log does not hold that place; then nothing is known, as before.</returns>
    /// <exception cref="LogException">The disk refuses to be read.</exception>
    public bool StartAt(LogPosition position, string project)
    {
        try
        {
            bool stands = _reader.StartAt(position, project);
            _startedAt = stands ? position.End : 0;
            return stands;
        }
        catch (DiskException e)
        {
            throw LogException.From(e);
        }
    }

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
    public CatchUpResult CatchUpUnderLock(IEventSink taker)
    {
        try
        {
            if (!_reader.EverSeen && _folder.SegmentNames().Count == 0)
            {
                _folder.CreateSegment(_clock.GetUtcNow());
            }
        }
        catch (DiskException e)
        {
            throw LogException.From(e);
        }

        EventId known = Position.LastId;
        CatchUpResult news = CatchUp(taker);
        _othersWrote |= Position.LastId != known;
        return news;
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
            if (_reader.Files is not null)
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

    private void RememberRepair(RecordedEvent recorded)
    {
        if (recorded.Event is LogRepaired repaired)
        {
            _quarantined.Add(repaired.Quarantine);
        }
    }

    private sealed class RepairsNoted(EventLog log, IEventSink taker) : IEventSink
    {
        public void OnReset() => taker.OnReset();

        public void OnEvent(RecordedEvent recorded)
        {
            log.RememberRepair(recorded);
            taker.OnEvent(recorded);
        }
    }
}

/// <summary>The writer's lock, held until disposed.</summary>
internal sealed class WriterLease(LogLock held) : IDisposable
{
    public void Dispose() => held.Release();
}
