using MemoryGraph.Domain;
using MemoryGraph.Events;

namespace MemoryGraph.Log;

/// <summary>Reads a log as it grows, whoever appends to it, and judges what it finds. Takes no lock.</summary>
/// <remarks>
/// Each look asks whether the last line it knows still stands where it stood. If so, it reads on from there; if not, it
/// reads everything anew, and knows by the chain whether what was durable is still in it. Where the segment that it
/// knows as the last ends, it looks whether another writer began the next one.
/// </remarks>
internal sealed class LogReader(
    IDisk disk, ProjectFolder folder, EventCatalogue catalogue, Quarantine? quarantine = null) : IDisposable
{
    private readonly EventLineReader _lines = new(catalogue);

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

    /// <summary>The log's files; null until there are any.</summary>
    public LogFiles? Files { get; private set; }

    /// <summary>Lines whose text a redaction took and that still had it when they were read.</summary>
    public IReadOnlyList<UnerasedLine> Unerased { get; private set; } = [];

    /// <summary>Whether text that a redaction took still stood in the file when it was read.</summary>
    public bool HasUnerased => Unerased.Count > 0;

    /// <summary>Bytes of the log as last seen.</summary>
    public long Length => Math.Max(_seenLength, 0);

    /// <summary>Whether a log was ever seen here.</summary>
    public bool EverSeen => _settled != default;

    /// <summary>Reads what was appended since the last time, by whomever.</summary>
    /// <param name="sink">Gets it; null when only <see cref="Position"/> and the like are asked for.</param>
    /// <exception cref="LogException">
    /// The disk refuses to be read, or a link stands where a file belongs. What the sink got meanwhile comes again,
    /// behind a <see cref="IEventSink.OnReset"/>.
    /// </exception>
    public CatchUpResult CatchUp(IEventSink? sink)
    {
        try
        {
            CatchUpResult news = ReadOn(sink);

            // Bytes may have been seen while they were being replaced. Damage is only believed when it is still there.
            return news.Damaged ? ReadFromStart(sink) : news;
        }
        catch (DiskException)
        {
            // What was read before the failure counts for nothing, so the next look must bring it again.
            Forget();
            throw;
        }
    }

    /// <summary>
    /// Whether the log is not as it was last seen: another length, another file, or none. Reads nothing.
    /// </summary>
    /// <exception cref="LogException">The disk refuses to tell.</exception>
    public bool HasChanged()
    {
        return disk.Find(LastPath) is { } entry
            ? Files is null || entry.Identity != Files.Last.File.Identity || Files.Length != _seenLength || NextIsThere()
            : _seenLength >= 0;
    }

    /// <summary>Makes what was read durable, should its writer not have come to that yet.</summary>
    /// <exception cref="LogException">It may not be durable.</exception>
    public void SyncWhatWasRead()
    {
        // Windows syncs only what may be written; elsewhere a log that may only be read can be synced too. What lies in
        // other segments was durable before there was this one.
        IDiskFile? file = OperatingSystem.IsWindows() && Files is not null ? OpenForWriting() : Files?.Last.File;
        file?.Sync();
    }

    /// <summary>Takes note of a commit that was written and synced.</summary>
    /// <param name="next">Behind it.</param>
    public void Advance(LogPosition next)
    {
        Position = _settled = next;
        Tail = TailState.Clean;
        _seenLength = next.End;
    }

    /// <summary>Takes note of a segment that was begun, and goes on in it.</summary>
    /// <param name="header">Its first line, with newline.</param>
    public void AdvanceToNextSegment(string name, int header)
    {
        Files!.Add(name, folder.OpenSegment(name));
        long start = Files.Last.Start;
        Advance(new LogPosition(Position.LastId, Position.LastHash, start, start + header, EventId.None));
    }

    /// <summary>Takes note that what stood behind the position was cut off.</summary>
    public void TailWasCut()
    {
        Tail = TailState.Clean;
        _seenLength = Position.End;
    }

    /// <summary>Takes note that no line has text any more that a redaction took.</summary>
    public void AllWasErased() => Unerased = [];

    /// <summary>Opens the last segment for writing too, if it is not yet.</summary>
    /// <exception cref="DiskException">It may only be read.</exception>
    public IDiskFile OpenForWriting()
    {
        if (!Files!.Last.IsWritable)
        {
            Files.ReopenLast(folder.OpenSegmentForWriting(Files.Last.Name, isSealed: false));
        }

        return Files.Last.File;
    }

    /// <summary>Begins behind a place up to which everything is known already. Before the first look.</summary>
    /// <returns>False when the log does not hold that place; then the first look begins at the start, as ever.</returns>
    /// <inheritdoc cref="EventLog.StartAt"/>
    public bool StartAt(LogPosition position, string project)
    {
        if (Position != default || disk.Find(folder.SegmentPath) is null)
        {
            return false;
        }

        Reopen();
        Health = null;
        LogPosition? start = ReadHeader();
        Position = position;
        bool stands = false;
        try
        {
            stands = start is not null && Header!.Project == project && position.End >= start.Value.End
                && position.LastLine >= 0 && position.LastLine < position.End && position.End <= Files!.Length
                && HeadersStandUpTo(position.End) && EndsInNewline(position.End) && LastLineStands();
        }
        finally
        {
            (Position, _settled) = stands ? (position, position) : default;
            Health = stands ? Health : null;
        }

        return stands;
    }

    /// <summary>Forgets everything read, so that the next look starts anew: after a write that failed.</summary>
    public void Forget()
    {
        Position = default;
        _seenLength = -1;
    }

    public void Dispose() => Files?.Dispose();

    private string LastPath => folder.Join(Files?.Last.Name ?? folder.SegmentName);

    private CatchUpResult ReadOn(IEventSink? sink)
    {
        if (disk.Find(LastPath) is not { } entry)
        {
            folder.CheckFolder();
            if (folder.SegmentNames().Count > 0)
            {
                return ReadFromStart(sink);
            }

            _seenLength = -1;
            Health = EverSeen ? LogHealth.Replaced(folder.Path, "is gone", _settled.LastId) : null;
            return CatchUpResult.Nothing;
        }

        if (Files is null || entry.Identity != Files.Last.File.Identity || Position == default)
        {
            return ReadFromStart(sink);
        }

        long length = Files.Length;
        bool looksTheSame = length == _seenLength
            && (Health is not null || (Tail != TailState.Torn && LastLineStands() && !NextIsThere()));
        if (looksTheSame)
        {
            return CatchUpResult.Nothing;
        }

        if (Health is not null || length < Position.End - 1 || !LastLineStands())
        {
            return ReadFromStart(sink);
        }

        EventId known = Position.LastId;

        // Nothing is taken for half erased here: it looks damaged then, which is only believed from the start on.
        LogScan scan = Scan(Position, sink, checkHashes: true, known: new Redactions());

        // What was read before is held in memory, with the text. And nothing is torn that others could go on behind.
        bool forgets = scan.MustReadAgain || scan.Redactions.Targets.Any(target => target <= known);
        bool goesOn = scan.Tail == TailState.Torn && folder.SegmentNames().Count > Files.Segments.Count;
        return forgets || goesOn ? ReadFromStart(sink) : new CatchUpResult(Restarted: false, Damaged: scan.Damage.Count > 0);
    }

    private CatchUpResult ReadFromStart(IEventSink? sink)
    {
        Reopen();
        Health = null;
        _seenLength = Files!.Length;
        if (ReadHeader() is not { } start)
        {
            sink?.OnReset();
            return new CatchUpResult(Restarted: true, Damaged: Health?.Code == "damaged");
        }

        LogPosition watch = _settled;
        _settled = watch == default ? start : watch;
        LogHealth? ofHeader = Health;
        Redactions? known = null;
        LogScan scan;
        do
        {
            sink?.OnReset();
            (Health, Unerased) = (ofHeader, []);
            scan = Scan(start, sink, checkHashes: false, watch, known);
            known = scan.Redactions;
        }
        while (scan.MustReadAgain);

        if (watch != default && !scan.PassedWatch && Health is null)
        {
            _settled = watch;
            Health = LogHealth.Replaced(folder.Path, "was replaced by another or an older one", _settled.LastId);
        }

        return new CatchUpResult(Restarted: true, Damaged: scan.Damage.Count > 0);
    }

    private LogScan Scan(
        LogPosition from, IEventSink? sink, bool checkHashes, LogPosition watch = default, Redactions? known = null)
    {
        _seenLength = Files!.Length;
        int segments = Files.Segments.Count;
        LogScan scan = LogScan.Run(Files, Header!.Project, _lines, from, sink, checkHashes, watch, known);
        scan.Repairs.ForEach(repaired => quarantine?.Add(repaired));
        Position = scan.Position;
        Tail = scan.Tail;
        if (Files.Segments.Count > segments)
        {
            // It went on in others. What was appended there since then is to be seen at the next look.
            _seenLength = Tail == TailState.Clean ? Position.End : Files.Last.Start;
        }

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
        Files?.Dispose();
        Files = null;
        Files = LogFiles.Open(folder)
            ?? throw new DiskException(DiskFault.NotFound, "open", folder.SegmentPath, "there is no such file");
    }

    // The first line, and where the events begin; null when the log cannot be read with it.
    private LogPosition? ReadHeader()
    {
        byte[] line = HeaderAt(0);
        Header = SegmentHeader.Parse(line);
        if (Files!.Segments[0].Name != folder.SegmentName)
        {
            Health = LogHealth.NoBeginning(folder.SegmentPath, Files.Segments[0].Name);
            return null;
        }

        if (Header is null || Header.FirstEventId != new EventId(1))
        {
            Health = LogHealth.NoHeader(folder.SegmentPath);
            return null;
        }

        if (!Header.Format.Writable)
        {
            Health = LogHealth.NewerFormat(Header.Format);
        }

        return Header.Format.Readable ? new LogPosition(EventId.None, Header.ChainStart(line), 0, line.Length + 1, EventId.None) : null;
    }

    // The first line of a segment, without newline; empty when none ends within reach.
    private byte[] HeaderAt(long offset)
    {
        const int longestHeader = 4096;
        byte[] bytes = new byte[longestHeader];
        int read = Files!.Read(bytes, offset);
        return bytes[..Math.Max(bytes.AsSpan(0, read).IndexOf((byte)'\n'), 0)];
    }

    // Whether the segments that begin before a place say that they belong to this log.
    private bool HeadersStandUpTo(long end) => Files!.Segments.Skip(1).TakeWhile(segment => segment.Start < end).All(segment =>
        SegmentHeader.Parse(HeaderAt(segment.Start)) is { } header
        && header.Project == Header!.Project && header.FirstEventId == segment.First && header.Format.Readable);

    private bool EndsInNewline(long end)
    {
        Span<byte> last = stackalloc byte[1];
        return Files!.Read(last, end - 1) == 1 && last[0] == (byte)'\n';
    }

    // Whether another writer began a segment behind the last event. An empty one has that name itself.
    private bool NextIsThere() =>
        Position.LastId >= Files!.Last.First && folder.HasSegment(SegmentHeader.FileName(Position.LastId.Next));

    private bool LastLineStands()
    {
        byte[] line = new byte[Position.End - Position.LastLine - 1];
        if (Files!.Read(line, Position.LastLine) != line.Length || !EventJson.HasGoodCrc(line))
        {
            return false;
        }

        return EventJson.IdOf(line) is { } id ? id == Position.LastId && EventJson.HashOf(line) == Position.LastHash
            : SegmentHeader.Parse(line) is { } header && header.FirstEventId == Position.LastId.Next
                && (Position.LastId > EventId.None || header.ChainStart(line) == Position.LastHash);
    }
}

/// <summary>What a reading of the log was like.</summary>
/// <param name="Restarted">It brought all events there are: whatever was known before is void.</param>
/// <param name="Damaged">The log is corrupt; the events are what still verifies.</param>
internal sealed record CatchUpResult(bool Restarted, bool Damaged)
{
    public static CatchUpResult Nothing { get; } = new(Restarted: false, Damaged: false);
}
