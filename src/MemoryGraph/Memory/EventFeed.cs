using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Integrity;
using MemoryGraph.Log;
using MemoryGraph.Text;

namespace MemoryGraph.Memory;

/// <summary>
/// The log's own lines, in order, as they become durable, whoever writes them: what other systems are fed from.
/// </summary>
/// <remarks>
/// <para>
/// A line that was handed out is never taken back: no power cut loses it, and no writer cuts it off. What stands before
/// the last commit is durable, because that one could only begin after it; the last one is once nobody is writing any
/// more and it was synced, which the feed sees to itself, holding the writer's lock for a moment.
/// </para>
/// <para>
/// Lines are as they stand in the file. An erased text is gone from its line, even before it is gone from the file, and
/// the erasing comes as an event of its own, <c>event_redacted</c>, whose <c>refs</c> name what was erased.
/// </para>
/// <para>
/// With a cursor, a feed goes on where the last one of that name stopped: every line is handed out at least once, and
/// again when the program ended before <see cref="Keep"/>.
/// </para>
/// <para>Not for several threads. The first reading costs as much as opening the project, later ones what is
/// new.</para>
/// </remarks>
public sealed class EventFeed : IDisposable
{
    private const int CursorCharacters = 64;

    private readonly ProjectFolder _folder;
    private readonly LogReader _log;
    private readonly LogLock _lock;
    private readonly CursorFile? _cursor;

    // The last event handed out, or the one before those asked for. Of the latter only a cursor knows the hash.
    private EventId _last;
    private EventHash? _lastHash;

    // Behind what was read, in the file as it is now; 0 after it was read anew.
    private long _offset;

    // Behind what this feed synced itself.
    private long _synced;

    // By the offset of the line: texts that a redaction took and that still stand, with that redaction.
    private Dictionary<long, EventId> _erasers = [];

    internal EventFeed(IDisk disk, ProjectPlace place, string holder, TimeProvider clock, EventId from, string? cursor)
    {
        _folder = new ProjectFolder(disk, place);
        _log = new LogReader(disk, _folder, EventCatalogue.Current);
        _lock = new LogLock(disk, _folder.LockPath, holder, clock);
        _last = from > EventId.None ? new EventId(from.Value - 1) : EventId.None;
        if (cursor is not null && !IsCursorName(cursor))
        {
            throw new ArgumentException("It must be a name, see IsCursorName.", nameof(cursor));
        }

        if (cursor is not null)
        {
            _cursor = CursorFile.Open(disk, _folder, cursor, holder, clock);
            ReadCursor(_cursor);
        }
    }

    /// <summary>Whether a text can name a cursor: 1 to 64 of A–Z, a–z, 0–9, dot, dash and underscore.</summary>
    public static bool IsCursorName(string text) =>
        text.Length is > 0 and <= CursorCharacters && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');

    /// <summary>Reads what became durable since the last time.</summary>
    /// <exception cref="LogException">
    /// <c>damaged</c>, <c>replaced</c>, <c>newer_format</c>: the log cannot be relied on. <c>cursor_lost</c>: it is not
    /// the one that the cursor stands in. Or the disk's refusal.
    /// </exception>
    public IEnumerable<StoredEvent> ReadOn()
    {
        long end = FindDurableEnd();
        long unreadable = -1;
        while (_offset < end)
        {
            var window = new LogLineReader(_log.Files!, _offset);
            while (Next(window, end) is { } stored)
            {
                if (stored.Id > _last)
                {
                    (_last, _lastHash) = (stored.Id, stored.Hash);
                    yield return stored;
                }
            }

            if (_offset < end)
            {
                // A line that is not whole is just being erased, or damaged: another look tells.
                RefuseTwice(_offset, unreadable);
                unreadable = _offset;
                _log.Forget();
                end = FindDurableEnd();
            }
        }
    }

    /// <summary>
    /// Notes in the cursor that all events up to one have been taken, so that the next feed begins behind it.
    /// </summary>
    /// <exception cref="LogException">
    /// It could not be noted; what came since the last time will be handed out again.
    /// </exception>
    public void Keep(StoredEvent taken) => _cursor?.Save(taken.Id, taken.Hash);

    /// <inheritdoc/>
    public void Dispose()
    {
        _cursor?.Dispose();
        _lock.Dispose();
        _log.Dispose();
    }

    // The next event up to a place; null when there is none, or its line is not whole.
    private StoredEvent? Next(LogLineReader window, long end)
    {
        while (_offset < end && window.NextLine(out ReadOnlySpan<byte> line, out _))
        {
            // The newline of the last line may be missing, or another byte stand in its place.
            line = line[..(int)Math.Min(line.Length, end - 1 - window.LineStart)];
            if (!window.IsHeader)
            {
                return Take(line, window.LineStart);
            }

            _offset = window.LineEnd;
        }

        return null;
    }

    private StoredEvent? Take(ReadOnlySpan<byte> stands, long start)
    {
        byte[] line = stands.ToArray();
        if (_erasers.TryGetValue(start, out EventId eraser))
        {
            EventJson.Erase(line, eraser);
        }

        if (!EventJson.HasGoodCrc(line) || EventJson.IdOf(line) is not { } id || EventJson.HashOf(line) is not { } hash)
        {
            return null;
        }

        if (id == _last && _lastHash is { } known && known != hash && !IsGivenUp(line))
        {
            throw Lost();
        }

        _offset = start + line.Length + 1;
        return new StoredEvent(id, hash, line);
    }

    // A repair keeps the place of an event that it gives up, so what was handed out after it still follows.
    private static bool IsGivenUp(ReadOnlySpan<byte> line) =>
        EventJson.Read(line, new EventLineReader(EventCatalogue.Current)).Recorded.Event is EventLost;

    private long FindDurableEnd()
    {
        CatchUp();
        if (_log.Position.End > Math.Max(_log.Settled.End, _synced))
        {
            SettleLastCommit();
        }

        if (_lastHash is not null && _log.Position.LastId < _last)
        {
            throw Lost();
        }

        return Math.Max(_log.Settled.End, _synced);
    }

    private void ReadCursor(CursorFile cursor)
    {
        try
        {
            if (cursor.Read() is { } kept)
            {
                (_last, _lastHash) = kept;
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    private void CatchUp()
    {
        if (_log.CatchUp(sink: null).Restarted)
        {
            _offset = _synced = 0;
        }

        _erasers = _log.Unerased.ToDictionary(line => line.Offset, line => line.By);

        if (_log.Health is { Code: not "newer_events" } bad)
        {
            throw new LogException(bad.Code, bad.Explanation);
        }
    }

    // A writer that holds the lock may still take its commit back. One that died cannot, but it may not have synced.
    private void SettleLastCommit()
    {
        if (!_lock.TryAcquireToLook())
        {
            return;
        }

        try
        {
            CatchUp();
            if (_lock.UnsafeFrom() is null)
            {
                Sync();
                _synced = _log.Position.End;
            }
        }
        finally
        {
            _lock.Release();
        }
    }

    // A log that is otherwise in order has such a line only where an erasing was broken off.
    private void RefuseTwice(long offset, long before)
    {
        if (offset == before)
        {
            (string segment, long place) = _log.Files!.PlaceOf(offset);
            throw new LogException(
                "unfinished",
                FormattableString.Invariant($"The line at byte {place} of {_folder.Join(segment)} is not whole: its text was being erased. ")
                + "The next write or redaction finishes that; then begin again.");
        }
    }

    private LogException Lost() => _cursor is null
        ? new LogException("replaced", LogHealth.Replaced(_folder.Path, "was replaced by another or an older one", _last).Explanation)
        : new LogException(
            "cursor_lost",
            $"The log in {_folder.Path} is not the one that the cursor {Quoted.Name(_cursor.Name)} stands in: it was replaced by another "
            + $"or an older one, which does not have event {_last} as it was handed out. To hand all out anew, delete {_cursor.Path} "
            + "or choose another name.");

    private void Sync()
    {
        IDiskFile file = _log.Files!.Last.File;
        try
        {
            file = _log.OpenForWriting();
        }
        catch (DiskException e) when (e.Fault is DiskFault.Denied or DiskFault.ReadOnly)
        {
            // Unix syncs a file that was only opened to be read.
        }

        try
        {
            file.Sync();
        }
        catch (DiskException)
        {
            // The system tells of a failed sync only once, so the next writer has to be told by us.
            _lock.Note(_log.Settled.End, always: true);
            throw;
        }
    }
}

/// <summary>An event as it stands in the file.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Hash">Its link in the chain.</param>
/// <param name="Line">One JSON object in UTF-8, without newline.</param>
public sealed record StoredEvent(EventId Id, EventHash Hash, ReadOnlyMemory<byte> Line);
