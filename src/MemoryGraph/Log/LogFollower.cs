using MemoryGraph.Disk;
using MemoryGraph.Events;
using MemoryGraph.Values;

namespace MemoryGraph.Log;

/// <summary>Reads a log as it grows, whoever appends to it, and judges what it finds. Takes no lock.</summary>
/// <remarks>
/// Each look asks whether the last line it knows still stands where it stood. If so, it reads on from there; if not, it
/// reads everything anew, and knows by the chain whether what was durable is still in it.
/// </remarks>
internal sealed class LogFollower(IDisk disk, ProjectFolder folder, EventCatalogue catalogue) : IDisposable
{
    private readonly EventLineReader _lines = new(catalogue);
    private bool _fileWritable;

    // What is known to be durable; if it is gone, somebody replaced the log.
    private LogPosition _settled;

    // The length at the last look, so that a damaged or torn log is not judged again before it changes.
    private long _seenLength = -1;

    /// <summary>Null when the log can be read and written.</summary>
    public LogHealth? Health { get; private set; }

    /// <summary>Behind the last event that was read or written; default before the first look.</summary>
    public LogPosition Position { get; private set; }

    /// <summary>Behind the last event that is known to be durable, whoever wrote it: all but the last commit.</summary>
    public LogPosition Settled => _settled;

    /// <summary>What stands behind the position.</summary>
    public TailState Tail { get; private set; }

    /// <summary>Null until there is a log.</summary>
    public SegmentHeader? Header { get; private set; }

    /// <summary>The segment; null until there is one.</summary>
    public IDiskFile? File { get; private set; }

    /// <summary>Lines whose text a redaction took and that still had it when they were read.</summary>
    public IReadOnlyList<UnerasedLine> Unerased { get; private set; } = [];

    /// <summary>Bytes of the log as last seen.</summary>
    public long Length => Math.Max(_seenLength, 0);

    /// <summary>Whether a log was ever seen here.</summary>
    public bool EverSeen => _settled != default;

    /// <summary>Reads what was appended since the last time, by whomever.</summary>
    /// <param name="taker">Gets it; null when only <see cref="Position"/> and the like are asked for.</param>
    /// <exception cref="LogException">
    /// The disk refuses to be read, or a link stands where a file belongs. What the taker got meanwhile comes again,
    /// behind a <see cref="ILogTaker.Restart"/>.
    /// </exception>
    public LogNews CatchUp(ILogTaker? taker)
    {
        try
        {
            LogNews news = ReadOn(taker);

            // Bytes may have been seen while they were being replaced. Damage is only believed when it is still there.
            return news.Damaged ? ReadFromStart(taker) : news;
        }
        catch (DiskException e)
        {
            // What was read before the failure counts for nothing, so the next look must bring it again.
            Forget();
            throw LogException.From(e);
        }
    }

    /// <summary>
    /// Whether the log is not as it was last seen: another length, another file, or none. Reads nothing.
    /// </summary>
    /// <exception cref="LogException">The disk refuses to tell.</exception>
    public bool HasChanged()
    {
        try
        {
            return disk.Find(folder.SegmentPath) is { } entry
                ? File is null || entry.Identity != File.Identity || File.Length != _seenLength
                : _seenLength >= 0;
        }
        catch (DiskException e)
        {
            throw LogException.From(e);
        }
    }

    /// <summary>Makes what was read durable, should its writer not have come to that yet.</summary>
    /// <exception cref="LogException">It may not be durable.</exception>
    public void SyncWhatWasRead()
    {
        try
        {
            // Windows syncs only what may be written; elsewhere a log that may only be read can be synced too.
            IDiskFile? file = OperatingSystem.IsWindows() && File is not null ? OpenForWriting() : File;
            file?.Sync();
        }
        catch (DiskException e)
        {
            throw LogException.From(e);
        }
    }

    /// <summary>Takes note of a commit that was written and synced.</summary>
    /// <param name="next">Behind it.</param>
    public void Advance(LogPosition next)
    {
        Position = _settled = next;
        Tail = TailState.Clean;
        _seenLength = next.End;
    }

    /// <summary>Takes note that what stood behind the position was cut off.</summary>
    public void TailWasCut()
    {
        Tail = TailState.Clean;
        _seenLength = Position.End;
    }

    /// <summary>Takes note that no line has text any more that a redaction took.</summary>
    public void AllWasErased() => Unerased = [];

    /// <summary>Opens the segment for writing too, if it is not yet.</summary>
    /// <exception cref="DiskException">It may only be read.</exception>
    public IDiskFile OpenForWriting()
    {
        if (!_fileWritable)
        {
            IDiskFile writable = disk.Open(folder.SegmentPath, writable: true);
            File?.Dispose();
            File = writable;
            _fileWritable = true;
        }

        return File!;
    }

    /// <summary>Forgets everything read, so that the next look starts anew: after a write that failed.</summary>
    public void Forget()
    {
        Position = default;
        _seenLength = -1;
    }

    public void Dispose() => File?.Dispose();

    private LogNews ReadOn(ILogTaker? taker)
    {
        if (disk.Find(folder.SegmentPath) is not { } entry)
        {
            folder.CheckFolder();
            _seenLength = -1;
            Health = EverSeen ? LogHealth.Replaced(folder.Path, "is gone", _settled.LastId) : null;
            return LogNews.Nothing;
        }

        if (File is null || entry.Identity != File.Identity || Position == default)
        {
            return ReadFromStart(taker);
        }

        long length = File.Length;
        bool looksTheSame = length == _seenLength && (Health is not null || (Tail != TailState.Torn && LastLineStands()));
        if (looksTheSame)
        {
            return LogNews.Nothing;
        }

        if (Health is not null || length < Position.End - 1 || !LastLineStands())
        {
            return ReadFromStart(taker);
        }

        EventId known = Position.LastId;

        // Nothing is taken for half erased here: it looks damaged then, which is only believed from the start on.
        LogScan scan = Scan(Position, taker, checkHashes: true, known: new Redactions());

        // What was read before is held in memory, with the text.
        bool forgets = scan.MustReadAgain || scan.Redactions.Targets.Any(target => target <= known);
        return forgets ? ReadFromStart(taker) : new LogNews(Restarted: false, Damaged: scan.Damage.Count > 0);
    }

    private LogNews ReadFromStart(ILogTaker? taker)
    {
        Reopen();
        Health = null;
        _seenLength = File!.Length;
        if (ReadHeader() is not { } start)
        {
            taker?.Restart();
            return new LogNews(Restarted: true, Damaged: Health?.Code == "damaged");
        }

        LogPosition watch = _settled;
        _settled = watch == default ? start : watch;
        LogHealth? ofHeader = Health;
        Redactions? known = null;
        LogScan scan;
        do
        {
            taker?.Restart();
            (Health, Unerased) = (ofHeader, []);
            scan = Scan(start, taker, checkHashes: false, watch, known);
            known = scan.Redactions;
        }
        while (scan.MustReadAgain);

        if (watch != default && !scan.PassedWatch && Health is null)
        {
            _settled = watch;
            Health = LogHealth.Replaced(folder.Path, "was replaced by another or an older one", _settled.LastId);
        }

        return new LogNews(Restarted: true, Damaged: scan.Damage.Count > 0);
    }

    private LogScan Scan(
        LogPosition from, ILogTaker? taker, bool checkHashes, LogPosition watch = default, Redactions? known = null)
    {
        _seenLength = File!.Length;
        LogScan scan = LogScan.Run(File, folder.SegmentName, _lines, from, taker, checkHashes, watch, known);
        Position = scan.Position;
        Tail = scan.Tail;
        if (scan.Settled.LastId > _settled.LastId)
        {
            _settled = scan.Settled;
        }

        Health = LogHealth.After(scan) ?? Health;
        Unerased = [.. Unerased, .. scan.Unerased];
        return scan;
    }

    private void Reopen()
    {
        folder.CheckFolder();
        File?.Dispose();
        File = null;
        File = disk.Open(folder.SegmentPath, writable: false);
        _fileWritable = false;
    }

    // The first line, and where the events begin; null when the log cannot be read with it.
    private LogPosition? ReadHeader()
    {
        const int longestHeader = 4096;
        byte[] bytes = new byte[longestHeader];
        int read = File!.Read(bytes, 0);
        int end = bytes.AsSpan(0, read).IndexOf((byte)'\n');
        ReadOnlySpan<byte> line = bytes.AsSpan(0, Math.Max(end, 0));
        Header = SegmentHeader.Parse(line);
        if (Header is null || Header.FirstEventId != new EventId(1))
        {
            Health = LogHealth.NoHeader(folder.SegmentPath);
            return null;
        }

        if (!Header.Format.Writable)
        {
            Health = LogHealth.NewerFormat(Header.Format);
        }

        return Header.Format.Readable ? new LogPosition(EventId.None, Header.ChainStart(line), 0, end + 1, EventId.None) : null;
    }

    private bool LastLineStands()
    {
        byte[] line = new byte[Position.End - Position.LastLine - 1];
        if (File!.Read(line, Position.LastLine) != line.Length || !EventJson.HasGoodCrc(line))
        {
            return false;
        }

        return Position.LastId == EventId.None
            ? Header?.ChainStart(line) == Position.LastHash
            : EventJson.HashOf(line) == Position.LastHash;
    }
}

/// <summary>What a reading of the log was like.</summary>
/// <param name="Restarted">It brought all events there are: whatever was known before is void.</param>
/// <param name="Damaged">The log is corrupt; the events are what still verifies.</param>
internal sealed record LogNews(bool Restarted, bool Damaged)
{
    public static LogNews Nothing { get; } = new(Restarted: false, Damaged: false);
}
