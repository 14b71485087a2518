using MemoryGraph.Domain;
using MemoryGraph.Events;

namespace MemoryGraph.Log;

/// <content>Adding to the log, and what a writer finishes before it does.</content>
internal sealed partial class EventLog
{
    private const int BytesWrittenAgainAtOnce = 1 << 20;

    // Segments that this process knows to be read-only.
    private int _sealed;

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
            IReadOnlyList<LogRepaired> repairs = _quarantineKnown ? [] : Unrecorded();
            if (_reader.Tail == TailState.Torn)
            {
                _quarantineKnown = false;
                LogRepair.CutTornEnd(_folder, _reader.Files!.Last.Name, file, EndInSegment, _clock.GetUtcNow(), repairs);
                _reader.TailWasCut();
                repairs = Unrecorded();
            }

            _quarantineKnown = repairs.Count == 0;

            if (!_projectKnown)
            {
                _folder.UpdateProject(_reader.Header!.Project, _clock.GetUtcNow());
                _folder.DeleteUnfinished();
                _projectKnown = true;
            }

            SealAllButTheLast();

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

    /// <summary>Appends one commit: one write, one sync. When it returns, the events are durable.</summary>
    /// <param name="events">With ids that follow the last one, and the commit's first id as their commit.</param>
    /// <exception cref="LogException">
    /// <c>disk_full</c> and others: nothing was recorded. <c>not_saved</c>: it is not known whether they were.
    /// </exception>
    public void AppendUnderLock(IReadOnlyList<RecordedEvent> events)
    {
        LogPosition next = Encode(events);
        if (_reader.Files!.Last is var last && last.First <= Position.LastId && next.End - last.Start > _segmentBytes)
        {
            BeginSegment();
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
            throw LogException.From(e);
        }

        try
        {
            file.Sync();
        }
        catch (DiskException e)
        {
            RememberDoubt(last.Start + at);
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

    // The last segment is full: makes it durable for good, and begins the next.
    private void BeginSegment()
    {
        try
        {
            SyncLastSegment();
            string full = _reader.Files!.Last.Name;
            var header = new SegmentHeader(ProjectId!, Position.LastId.Next, Position.LastHash, EndInSegment, LogFormat.Current);
            _folder.CreateSegment(header);
            _folder.Seal(full);
            _reader.AdvanceToNextSegment(SegmentHeader.FileName(header.FirstEventId), header.ToLine().Length);
            _reader.OpenForWriting();
        }
        catch (DiskException e)
        {
            throw LogException.From(e);
        }
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

    private long EndInSegment => Position.End - _reader.Files!.Last.Start;

    // A writer may have died after it began a segment and before it sealed the one before.
    private void SealAllButTheLast()
    {
        foreach (LogSegment segment in _reader.Files!.Segments.SkipLast(1).Skip(_sealed))
        {
            _folder.Seal(segment.Name);
            _sealed++;
        }
    }

    // What the log does not know of, with what it says before the place where reading began.
    private IReadOnlyList<LogRepaired> Unrecorded()
    {
        IReadOnlyList<LogRepaired> found = LogRepair.Unrecorded(_disk, _folder, _quarantined);
        if (found.Count > 0 && _startedAt > 0)
        {
            LogRepair.ReadRecorded(_reader.Files!, _startedAt, _catalogue, _quarantined);
            _startedAt = 0;
            found = LogRepair.Unrecorded(_disk, _folder, _quarantined);
        }

        return found;
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
}
