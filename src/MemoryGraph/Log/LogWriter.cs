using MemoryGraph.Domain;
using MemoryGraph.Events;

namespace MemoryGraph.Log;

/// <summary>The right to change a log, held until disposed. Only who holds it has the methods that write.</summary>
/// <remarks>
/// The order of a write: <see cref="CatchUp"/> with other processes, <see cref="Prepare"/> the end of the log, decide (the
/// caller's part), <see cref="Append"/>: one write, one sync. What one lease learns about the files the next one of this
/// process still knows, so there is one object for all of them. Failures of the disk leave here as "nothing was recorded",
/// except where that is not known.
/// </remarks>
internal sealed class LogWriter : IDisposable
{
    private const int BytesWrittenAgainAtOnce = 1 << 20;

    private readonly LogReader _reader;
    private readonly ProjectFolder _folder;
    private readonly LogLock _lock;
    private readonly Quarantine _quarantine;
    private readonly TimeProvider _clock;
    private readonly EventCatalogue _catalogue;
    private readonly long _segmentBytes;
    private readonly Utf8Buffer _buffer = new(64 * 1024);

    // Whether another process wrote since this one last named itself in the lock file.
    private bool _othersWrote;

    // Whether project.json was brought up to date and unfinished files were deleted.
    private bool _folderIsReady;

    // Where bytes begin whose sync failed in this process, in case the lock file could not be told.
    private long? _doubtfulFrom;

    // Segments that this process knows to be read-only.
    private int _sealed;

    /// <param name="segmentBytes">How long a segment may get, unless one commit is longer.</param>
    public LogWriter(
        LogReader reader, ProjectFolder folder, LogLock heldWhileWriting, Quarantine quarantine, TimeProvider clock,
        EventCatalogue catalogue, long segmentBytes)
    {
        _reader = reader;
        _folder = folder;
        _lock = heldWhileWriting;
        _quarantine = quarantine;
        _clock = clock;
        _catalogue = catalogue;
        _segmentBytes = segmentBytes;
    }

    /// <summary>Reads what others appended, from a log that is there from now on.</summary>
    /// <inheritdoc cref="LogReader.CatchUp"/>
    public CatchUpResult CatchUp(IEventSink sink)
    {
        if (!_reader.EverSeen && _folder.SegmentNames().Count == 0)
        {
            NothingRecordedOnFailure(() => _folder.CreateSegment(_clock.GetUtcNow()));
        }

        EventId known = _reader.Position.LastId;
        CatchUpResult result = _reader.CatchUp(sink);
        _othersWrote |= _reader.Position.LastId != known;
        return result;
    }

    /// <summary>Makes a log that was caught up with ready to be appended to: nothing in doubt, no torn end.</summary>
    /// <returns>
    /// Torn ends cut now, or by a writer that died before it recorded that: to be recorded with the next commit.
    /// </returns>
    /// <exception cref="LogException"><c>read_only</c> with the reason, or the disk refuses.</exception>
    public IReadOnlyList<LogRepaired> Prepare()
    {
        if (_reader.Health is { } health)
        {
            throw new LogException("read_only", $"Nothing was recorded: this memory is read-only. {health.Explanation}");
        }

        IReadOnlyList<LogRepaired> repairs = [];
        NothingRecordedOnFailure(() => repairs = PrepareFiles());
        return repairs;
    }

    /// <summary>Appends one commit: one write, one sync. When it returns, the events are durable.</summary>
    /// <param name="events">With ids that follow the last one, and the commit's first id as their commit.</param>
    /// <exception cref="LogException">
    /// <c>disk_full</c> and others: nothing was recorded. <c>not_saved</c>: it is not known whether they were.
    /// </exception>
    public void Append(IReadOnlyList<RecordedEvent> events)
    {
        LogPosition next = Encode(events);
        if (_reader.Files!.Last is var last && last.First <= _reader.Position.LastId && next.End - last.Start > _segmentBytes)
        {
            NothingRecordedOnFailure(BeginSegment);
            next = Encode(events);
            last = _reader.Files.Last;
        }

        IDiskFile file = _reader.OpenForWriting();
        long at = next.End - _buffer.Length - last.Start;
        try
        {
            file.Write(_buffer.Written, at);
        }
        catch (DiskException e)
        {
            TakeBack(file, at);
            throw e.NothingRecorded();
        }

        try
        {
            file.Sync();
        }
        catch (DiskException e)
        {
            RememberDoubt(last.Start + at);
            throw new LogException(
                "not_saved", $"{e.Failure}. The change is not known to be saved; it may appear. Repeating the call is safe.", e);
        }

        _reader.Advance(next);
        foreach (RecordedEvent recorded in events)
        {
            if (recorded.Event is LogRepaired repaired)
            {
                _quarantine.Add(repaired);
            }
        }

        _quarantine.AllWasRecorded();
    }

    /// <summary>
    /// Takes the text out of all files that the redactions read so far took. Durable when it returns.
    /// </summary>
    /// <exception cref="LogException">
    /// The disk refuses, or the log is damaged. The redactions hold all the same, and the next writer goes on.
    /// </exception>
    public void Erase()
    {
        if (_reader.Health is { } health)
        {
            throw new LogException(health.Code, health.Explanation);
        }

        EraseFiles();
    }

    /// <summary>Names another log that took this one's place, so that the next look reads it from the start.</summary>
    /// <param name="project">Its id; null where project.json tells it already.</param>
    public void WasReplaced(string? project)
    {
        _sealed = 0;
        _reader.Forget();
        if (project is not null)
        {
            _folder.UpdateProject(project, _clock.GetUtcNow());
            _folder.SyncNames();
        }
    }

    /// <summary>Lets go of the lock.</summary>
    public void Dispose() => _lock.Release();

    /// <summary>
    /// Finishes an erasure that a crash interrupted, unless somebody has the lock: then that one is at it. Needs no lease.
    /// </summary>
    internal void EraseIfFree()
    {
        try
        {
            if (_reader.Health is null && _reader.HasUnerased && _lock.TryAcquire())
            {
                using (this)
                {
                    if ((_doubtfulFrom ?? _lock.UnsafeFrom()) is null)
                    {
                        EraseFiles();
                    }
                }
            }
        }
        catch (DiskException)
        {
            // It may only be read here. The next writer meets the same lines.
        }
    }

    private IReadOnlyList<LogRepaired> PrepareFiles()
    {
        _reader.OpenForWriting();
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
        LogFiles files = _reader.Files!;
        IReadOnlyList<LogRepaired> repairs = _quarantine.Unrecorded(files);
        if (_reader.Tail == TailState.Torn)
        {
            _quarantine.CutTornEnd(files, EndInSegment, _clock.GetUtcNow(), repairs);
            _reader.TailWasCut();
            repairs = _quarantine.Unrecorded(files);
        }

        if (!_folderIsReady)
        {
            _folder.UpdateProject(_reader.Header!.Project, _clock.GetUtcNow());
            _folder.DeleteUnfinished();
            _folderIsReady = true;
        }

        SealAllButTheLast();
        if (_reader.HasUnerased)
        {
            // Last, because it empties the quarantine, of which the repairs tell.
            EraseFiles();
        }

        return repairs;
    }

    // The last segment is full: makes it durable for good, and begins the next.
    private void BeginSegment()
    {
        SyncLastSegment();
        string full = _reader.Files!.Last.Name;
        LogPosition end = _reader.Position;
        var header = new SegmentHeader(_reader.Header!.Project, end.LastId.Next, end.LastHash, EndInSegment, LogFormat.Current);
        _folder.CreateSegment(header);
        _folder.Seal(full);
        _reader.AdvanceToNextSegment(SegmentHeader.FileName(header.FirstEventId), header.ToLine().Length);
        _reader.OpenForWriting();
    }

    // Its last commit may be of a writer that died before it synced.
    private void SyncLastSegment()
    {
        IDiskFile file = _reader.OpenForWriting();
        if (_reader.Tail == TailState.NewlineMissing)
        {
            file.Write("\n"u8, EndInSegment - 1);
        }

        try
        {
            file.Sync();
        }
        catch (DiskException)
        {
            RememberDoubt(_reader.Settled.End);
            throw;
        }
    }

    private long EndInSegment => _reader.Position.End - _reader.Files!.Last.Start;

    // A writer may have died after it began a segment and before it sealed the one before.
    private void SealAllButTheLast()
    {
        foreach (LogSegment segment in _reader.Files!.Segments.SkipLast(1).Skip(_sealed))
        {
            _folder.Seal(segment.Name);
            _sealed++;
        }
    }

    // Makes doubtful pages dirty again, so that this sync tells the truth about them.
    private void WriteAgain(long from)
    {
        LogFiles files = _reader.Files!;
        byte[] bytes = new byte[BytesWrittenAgainAtOnce];
        for (int index = files.IndexAt(from); index < files.Segments.Count; index++)
        {
            LogSegment segment = files.Segments[index];
            using IDiskFile file = _folder.OpenSegmentForWriting(segment.Name, isSealed: segment != files.Last);
            long offset = Math.Max(from - segment.Start, 0);
            for (int read; (read = file.Read(bytes, offset)) > 0; offset += read)
            {
                file.Write(bytes.AsSpan(0, read), offset);
            }

            file.Sync();
        }
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

    private void EraseFiles()
    {
        // Whoever overwrote the last line deleted the copies before; those that there are now came later.
        if (LogErasure.Standing(_folder, _reader.Unerased) is { Count: > 0 } standing)
        {
            _folder.DeleteCopies();
            LogErasure.Overwrite(_folder, standing, _reader.Settled.End, RememberDoubt);
        }

        _reader.AllWasErased();
    }

    private LogPosition Encode(IReadOnlyList<RecordedEvent> events)
    {
        Span<byte> seed = stackalloc byte[EventHash.Bytes];
        Span<byte> salt = stackalloc byte[EventJson.SaltBytes];
        Randomness.NewSeed(seed);
        _buffer.Clear();
        long fileOffset = _reader.Position.End;
        if (_reader.Tail == TailState.NewlineMissing)
        {
            _buffer.Raw("\n"u8);
            fileOffset--;
        }

        EventHash hash = _reader.Position.LastHash;
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

    private static void NothingRecordedOnFailure(Action write)
    {
        try
        {
            write();
        }
        catch (DiskException e)
        {
            throw e.NothingRecorded();
        }
    }
}
