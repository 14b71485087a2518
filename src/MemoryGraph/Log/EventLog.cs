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
/// <para>This is the reading side; <see cref="LockAsync"/> gives the <see cref="LogWriter"/>. Not for several threads:
/// <c>MemoryProject</c> serializes the calls.</para>
/// </remarks>
internal sealed class EventLog : IDisposable
{
    /// <summary>How long a segment gets before the next one begins, in bytes.</summary>
    public const long SegmentBytesMax = 64 << 20;

    private readonly IDisk _disk;
    private readonly string _holder;
    private readonly TimeProvider _clock;
    private readonly LogLock _lock;
    private readonly Quarantine _quarantine;
    private readonly LogReader _reader;

    // Private until the lock is held: whoever has it may write.
#pragma warning disable CA2213 // Disposing of it ends a lease; what it holds is disposed of here.
    private readonly LogWriter _writer;
#pragma warning restore CA2213

    /// <param name="segmentBytes">How long a segment may get, unless one commit is longer.</param>
    public EventLog(
        IDisk disk, ProjectPlace place, string holder, TimeProvider clock, EventCatalogue catalogue,
        long segmentBytes = SegmentBytesMax)
    {
        _disk = disk;
        _holder = holder;
        _clock = clock;
        Catalogue = catalogue;
        Files = new ProjectFolder(disk, place);
        _lock = NewLock();
        _quarantine = new Quarantine(disk, Files, catalogue);
        _reader = new LogReader(disk, Files, catalogue, _quarantine);
        _writer = new LogWriter(_reader, Files, _lock, _quarantine, clock, catalogue, segmentBytes);
    }

    /// <summary>Null when the log can be read and written.</summary>
    public LogHealth? Health => _reader.Health;

    /// <summary>Behind the last event that was read or written.</summary>
    public LogPosition Position => _reader.Position;

    /// <summary>The project's id; null before the first write.</summary>
    public string? ProjectId => _reader.Header?.Project;

    /// <summary>Bytes of the log as last seen.</summary>
    public long Length => _reader.Length;

    /// <summary>The project's folder.</summary>
    public string Folder => Files.Path;

    /// <summary>The project's files, for what walks or copies them beside the log.</summary>
    public ProjectFolder Files { get; }

    /// <summary>The types of event that this program knows.</summary>
    public EventCatalogue Catalogue { get; }

    /// <summary>Whether text that a redaction took still stood in the file when it was read.</summary>
    public bool HasUnerased => _reader.HasUnerased;

    /// <summary>Hands over every event's line up to <see cref="Position"/>, in order. Cost: the whole log.</summary>
    /// <exception cref="LogException">The disk refuses to be read.</exception>
    public void ReadLines(Action<ReadOnlySpan<byte>> take)
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

    /// <summary>Files of the project's folder besides the log that hold a text, by name.</summary>
    /// <param name="copies">With those that a redaction deletes.</param>
    /// <param name="holds">Judges a file's text.</param>
    /// <exception cref="LogException">The disk refuses to be read.</exception>
    public IReadOnlyList<string> OtherFiles(bool copies, Func<string, bool> holds)
    {
        IEnumerable<string> names = copies ? Files.OtherFiles().Concat(Files.Copies()) : Files.OtherFiles();
        return [.. names.Where(name => holds(Files.ReadText(name))).Order(StringComparer.Ordinal)];
    }

    /// <inheritdoc cref="LogReader.CatchUp"/>
    public CatchUpResult CatchUp(IEventSink sink) => _reader.CatchUp(sink);

    /// <summary>Says that everything up to a place is known already, so that the first look reads what lies behind it.</summary>
    /// <remarks>
    /// Cost: the headers and one line. What stands before is not looked at: the integrity check does that. When a redaction
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
        bool stands = _reader.StartAt(position, project);
        _quarantine.StartAt(stands ? position.End : 0);
        return stands;
    }

    /// <inheritdoc cref="LogReader.HasChanged"/>
    public bool HasChanged() => _reader.HasChanged();

    /// <inheritdoc cref="LogReader.SyncWhatWasRead"/>
    public void SyncWhatWasRead() => _reader.SyncWhatWasRead();

    /// <summary>Takes the lock for writing; the project's folder is made if need be.</summary>
    /// <returns>The right to write, until it is disposed.</returns>
    /// <exception cref="LogException"><c>busy</c>, or the disk refuses.</exception>
    public async ValueTask<LogWriter> LockAsync(CancellationToken cancel)
    {
        try
        {
            Files.EnsureExists();
            await _lock.AcquireAsync(cancel);
            return _writer;
        }
        catch (DiskException e)
        {
            throw e.NothingRecorded();
        }
    }

    /// <inheritdoc cref="LogWriter.EraseIfFree"/>
    public void EraseIfFree() => _writer.EraseIfFree();

    /// <summary>A lock of its own on the same file, for who must know whether a writer is at work.</summary>
    public LogLock NewLock() => new(_disk, Files.LockPath, _holder, _clock);

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
            Files.CheckFolder();
            if (_reader.Files is not null)
            {
                _reader.OpenForWriting();
            }

            return null;
        }
        catch (DiskException e)
        {
            return e.NothingRecorded().Message;
        }
    }

    /// <summary>Forgets everything read, so that the next look starts anew: after a write that failed.</summary>
    public void Forget() => _reader.Forget();

    public void Dispose()
    {
        _reader.Dispose();
        _lock.Dispose();
    }
}
