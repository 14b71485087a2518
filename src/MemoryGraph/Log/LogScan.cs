using MemoryGraph.Domain;
using MemoryGraph.Events;

namespace MemoryGraph.Log;

/// <summary>Reads a log from a position to its end and judges what it finds there.</summary>
/// <remarks>
/// <para>
/// The rule (durability by fsync inside the lock makes it possible): at most one commit, the last, can be less than
/// durable. So damage is <b>torn</b> when nothing good stands behind it but lines of the same commit, and
/// <b>corrupt</b> when a line of another commit does, because that one could only begin after this one was safe. A line
/// with a good checksum that does not fit its place (deleted, doubled or swapped lines) is always corrupt: no crash
/// makes one.
/// </para>
/// <para>
/// Events come out call by call, whole ones only. What stands before a torn end may be a commit that was answered, or
/// whole calls of the one that was torn; a cut does not tell which. So they all stay, and only what is behind them
/// goes.
/// </para>
/// <para>
/// Where a segment ends, the next must begin with a header that goes on from there. A segment has a next one only after
/// all in it was durable, so nothing in it can be torn.
/// </para>
/// <para>
/// When the log is corrupt, the scan goes on behind the damage with every later call that is whole, and an
/// <see cref="EventLost"/> takes the place of each event that cannot be read, so that ids keep their meaning.
/// </para>
/// <para>
/// A line whose checksum fails behind a head and hash that still stand in the chain may be one that is being erased, or
/// was when a crash came. It is taken for that until the reading is over. A redaction may also name a line that was
/// handed over with its text. Both show only at the end, and then all has to be read once more
/// (<see cref="MustReadAgain"/>), by one who knows the redactions beforehand.
/// </para>
/// </remarks>
internal sealed class LogScan
{
    /// <summary>
    /// Most events that may be missing in all. Each takes memory, and a forged line may name any number.
    /// </summary>
    public const int GapMax = 1_000_000;

    private readonly LogFiles _files;
    private readonly string _project;
    private readonly bool _checkHashes;
    private readonly EventLineReader _lines;
    private readonly IEventSink? _sink;
    private readonly List<RecordedEvent> _commit = [];
    private readonly LogPosition _watch;

    // What is to be gone; null when that is to be found out.
    private readonly Redactions? _known;

    // Lines without text, which a redaction has to account for, and events that need no erasing any more.
    private readonly List<(EventId Id, EventId By, long Start, int Length)> _erased = [];
    private readonly HashSet<EventId> _textless = [];
    private readonly List<UnerasedLine> _unerased = [];
    private long _missing;

    // What a repair gave up in the segment, and whether that was the last event.
    private bool _lostAny;
    private bool _lostLast;

    // The lines of a segment of another project mean nothing here.
    private bool _isForeign;

    // Behind the last line taken; behind the last whole call among them; behind what was published.
    private LogPosition _next;
    private LogPosition _wholeCalls;
    private LogPosition _position;

    private LogScan(
        LogFiles files, string project, EventLineReader lines, LogPosition from, IEventSink? sink, bool checkHashes,
        LogPosition watch, Redactions? known)
    {
        _sink = sink;
        _files = files;
        _project = project;
        _lines = lines;
        _checkHashes = checkHashes;
        _watch = watch;
        _known = known;
        _position = _wholeCalls = _next = from;
        PassedWatch = IsWatched(from);
    }

    /// <summary>Behind the last whole call.</summary>
    public LogPosition Position => _position;

    public TailState Tail { get; private set; }

    /// <summary>
    /// Where the last commit read begins: what lies before is durable, whoever wrote it. Default when none did.
    /// </summary>
    public LogPosition Settled { get; private set; }

    /// <summary>Whether the chain passes through the place that the caller asked to watch for.</summary>
    public bool PassedWatch { get; private set; }

    /// <summary>The newest format that a header read asks for; null while this program can write them all.</summary>
    public LogFormat? Newer { get; private set; }

    /// <summary>Empty unless the log is corrupt.</summary>
    public List<LogDamage> Damage { get; } = [];

    /// <summary>What the redactions read name.</summary>
    public Redactions Redactions { get; } = new();

    /// <summary>Repairs that the log records.</summary>
    public List<LogRepaired> Repairs { get; } = [];

    /// <summary>The first event read whose meaning is not known and cannot be passed over; null when there is none.</summary>
    public RecordedEvent? Stranger { get; private set; }

    /// <summary>
    /// What was handed over is not what the log says: a text that it redacts, or a line taken for one that is being
    /// erased. Everything is to be read again with <see cref="Redactions"/> known.
    /// </summary>
    public bool MustReadAgain { get; private set; }

    /// <summary>
    /// Lines whose text is to be erased and still stands, all or in part. Empty when the log is corrupt.
    /// </summary>
    public IReadOnlyList<UnerasedLine> Unerased => Damage.Count == 0 ? _unerased : [];

    private bool CallIsWhole => _commit.Count == 0 || _commit[^1].Id == _commit[^1].CallEnd;

    /// <param name="project">The project's id, which every segment's header names.</param>
    /// <param name="from">Where to begin: behind a header or an event.</param>
    /// <param name="sink">Gets the events of whole calls, in order; null when only the judgement is wanted.</param>
    /// <param name="checkHashes">Also recompute each line's hashes: for what was appended while we watched.</param>
    /// <param name="watch">A place in the chain to look out for.</param>
    /// <param name="known">What a reading of the same lines found that must be read again; else null.</param>
    public static LogScan Run(
        LogFiles files, string project, EventLineReader lines, LogPosition from, IEventSink? sink, bool checkHashes,
        LogPosition watch = default, Redactions? known = null)
    {
        var scan = new LogScan(files, project, lines, from, sink, checkHashes, watch, known);
        scan.Run();
        return scan;
    }

    /// <summary>
    /// The last line of a log, whose final byte may be missing or a wrong one; either way the line before it is whole.
    /// </summary>
    public static ReadOnlySpan<byte> WithoutSpoiltNewline(ReadOnlySpan<byte> line) =>
        EventJson.HasGoodCrc(line[..^1]) ? line[..^1] : line;

    private void Run()
    {
        EventId before = _position.LastId;
        using (var lines = new PrefetchedLines(_files, _position.End, _lines))
        {
            while (NextLine(lines) && Judge(lines))
            {
            }
        }

        Finish();
        CheckErased();
        MustReadAgain |= (_known is not null && !Redactions.Include(_known))
            || Redactions.Targets.Any(target => target > before && !_textless.Contains(target));
    }

    private bool NextLine(PrefetchedLines lines) =>
        lines.Next() || (Damage.Count == 0 && CallIsWhole && _files.GoesOn(_next.LastId.Next) && lines.Next());

    // False when nothing more is to be read.
    private bool Judge(PrefetchedLines lines)
    {
        ReadOnlySpan<byte> line = lines.Line;
        (long start, long end, bool ended) = lines.Place;
        if (lines.SegmentBegun is > 0 and var segment)
        {
            if (TakeHeader(line, ended, segment, end) is { } unfit)
            {
                Damage.Add(new LogDamage(_files.Segments[segment].Name, 0, line.Length, _next.LastId.Next, unfit));
                PublishWholeCalls();
            }

            return Newer is not { Readable: false };
        }

        CheckedLine read = lines.Read;
        string? fault = _isForeign ? null
            : Damage.Count == 0 ? Take(line, read, start, ended)
            : TakeBehindDamage(line, read, start, end);
        if (fault is null)
        {
            return true;
        }

        EventId mayBegin = CallIsWhole ? _next.LastId.Next : _next.Commit;
        if (Damage.Count == 0 && !read.HasGoodCrc && TornTail.Explains(_files, line, end, _next.Commit, mayBegin))
        {
            Tail = TailState.Torn;
            return false;
        }

        AddDamage(start, line.Length, _next.LastId.Next, fault);
        PublishWholeCalls();
        if (read.HasGoodCrc)
        {
            // It may stand where it belongs, behind lines that are gone.
            TakeBehindDamage(line, read, start, end);
        }

        return true;
    }

    // The line that begins a further segment; null, or why the log does not go on there.
    private string? TakeHeader(ReadOnlySpan<byte> line, bool ended, int segment, long end)
    {
        SegmentHeader? header = ended ? SegmentHeader.Parse(line) : null;
        bool behindDamage = Damage.Count > 0;
        string? fault = header is null ? "it is not the header of a segment"
            : Tail == TailState.NewlineMissing ? "the newline that ends the segment before is missing"
            : !CallIsWhole ? $"the call {_commit[^1].Call} is not whole where its segment ends"
            : header.FaultIn(_files.Segments[segment].First, new SegmentEnd(
                _project, _next.LastId, _next.LastHash, _files.LengthBefore(segment), _lostAny, _lostLast));
        Newer = header is { Format.Writable: false } ? header.Format : Newer;
        _isForeign = header is not null && header.Project != _project;
        if (fault is null)
        {
            PublishWholeCalls();
            Settled = _position;
            _next = _wholeCalls = new LogPosition(_next.LastId, _next.LastHash, _files.Segments[segment].Start, end, EventId.None);
        }

        (_lostAny, _lostLast) = (false, false);

        // Behind damage, what does not follow was named with it.
        return behindDamage && header?.Project == _project ? null : fault;
    }

    private void AddDamage(long start, int length, EventId expected, string fault)
    {
        (string segment, long offset) = _files.PlaceOf(start);
        Damage.Add(new LogDamage(segment, offset, length, expected, fault));
    }

    // The line at its place; null, or why it cannot stand there.
    private string? Take(ReadOnlySpan<byte> line, in CheckedLine parsed, long start, bool ended)
    {
        if (FaultInReading(line, parsed, out EventLine read) is { } unreadable)
        {
            return unreadable;
        }

        if (FaultInPlace(read.Recorded) is { } misplaced)
        {
            return misplaced;
        }

        if (_checkHashes && FaultInHashes(line, read.Recorded) is { } unchained)
        {
            return unchained;
        }

        if (read.Recorded.Commit == read.Recorded.Id)
        {
            PublishWholeCalls();
        }

        Add(read, start, line.Length);

        // A repair may have given up the very event that is looked for; then the log says so in its place.
        PassedWatch |= IsWatched(_next) || (read.Recorded.Event is EventLost && read.Recorded.Id == _watch.LastId);
        Tail = ended ? TailState.Clean : TailState.NewlineMissing;
        return null;
    }

    // Null and the event, or why the line is none.
    private string? FaultInReading(ReadOnlySpan<byte> line, in CheckedLine parsed, out EventLine read)
    {
        read = parsed.Recorded is { } recorded ? new EventLine(recorded, parsed.Hash) : default;
        return !parsed.HasGoodCrc && IsHalfErased(line, out read) ? null : parsed.Fault;
    }

    // Whether the line may be one that is being erased. Of such a line, only the head can be trusted.
    private bool IsHalfErased(ReadOnlySpan<byte> line, out EventLine read)
    {
        read = default;
        if (!EventJson.IsChained(line, _next.LastHash)
            || (_known is not null && (EventJson.IdOf(line) is not { } id || _known.EraserOf(id) is null)))
        {
            return false;
        }

        byte[] erased = line.ToArray();
        if (EventJson.Erase(erased, Redactions.NotFoundYet) < 0)
        {
            return false;
        }

        read = EventJson.Read(erased, _lines);
        return true;
    }

    private string? FaultInPlace(RecordedEvent recorded)
    {
        if (recorded.Id != _next.LastId.Next)
        {
            return Misplaced(recorded);
        }

        bool begins = CallIsWhole;
        bool callFits = begins
            ? recorded.Call == recorded.Id
            : recorded.Call == _commit[^1].Call && recorded.CallLength == _commit[^1].CallLength;
        bool commitFits = recorded.Commit == recorded.Id ? begins : recorded.Commit == _next.Commit;
        return callFits && commitFits ? null : $"event {recorded.Id} does not belong to the call or write around it";
    }

    private string? FaultInHashes(ReadOnlySpan<byte> line, RecordedEvent recorded) =>
        EventJson.IsChained(line, _next.LastHash) ? FaultInText(line, recorded) : "its hash does not follow from the event before it";

    private static string? FaultInText(ReadOnlySpan<byte> line, RecordedEvent recorded) =>
        recorded.RedactedBy is null && !EventJson.IsAsRecorded(line) ? "its text is not what was recorded" : null;

    private string Misplaced(RecordedEvent recorded) => $"event {recorded.Id} stands where {_next.LastId.Next} belongs";

    // Behind damage: a line counts when it begins a call further on, or continues the one before it. The rest of a call
    // whose beginning is lost is passed over: the damage before it stands for the whole call.
    private string? TakeBehindDamage(ReadOnlySpan<byte> line, in CheckedLine parsed, long start, long end)
    {
        if (FaultInReading(line, parsed, out EventLine read) is { } unreadable)
        {
            return unreadable;
        }

        RecordedEvent recorded = read.Recorded;
        if (recorded.Id <= _next.LastId)
        {
            return Misplaced(recorded);
        }

        if (FaultInText(line, recorded) is { } altered)
        {
            return altered;
        }

        if (recorded.Id.Value - _next.LastId.Value > GapMax - _missing)
        {
            return Misplaced(recorded);
        }

        if (recorded.Id != _next.LastId.Next && !IsFollowed(read.Hash, end))
        {
            return $"event {recorded.Id} is not the one that the next line follows";
        }

        if (recorded.Call == recorded.Id)
        {
            PublishWholeCalls();
            FillGap(upTo: recorded);
        }
        else if (_commit.Count == 0 || recorded.Call != _commit[^1].Call || recorded.Id != _next.LastId.Next)
        {
            return null;
        }

        Add(read, start, line.Length);
        return null;
    }

    // Whether the line behind a place follows in the chain, as it does in a log and not behind a line from elsewhere.
    // Without a good line there, nothing speaks against it.
    private bool IsFollowed(EventHash hash, long offset) =>
        !new LogLineReader(_files, offset).NextLine(out ReadOnlySpan<byte> next, out _)
        || !EventJson.HasGoodCrc(next) || EventJson.IsChained(next, hash);

    private void FillGap(RecordedEvent upTo)
    {
        for (EventId id = _position.LastId.Next; id < upTo.Id; id = id.Next)
        {
            _missing++;
            Publish(new RecordedEvent(
                id, upTo.Timestamp, id, 1, id, id, new Author("", ""), null, new EventLost("the log is damaged here")));
        }
    }

    private void Add(in EventLine read, long start, int length)
    {
        _commit.Add(Heeded(read, start, length));
        _lostLast = read.Recorded.Event is EventLost;
        _lostAny |= _lostLast;
        _next = new LogPosition(read.Recorded.Id, read.Hash, start, start + length + 1, read.Recorded.Commit);
        if (CallIsWhole)
        {
            _wholeCalls = _next;
        }
    }

    // The event without a text that is to be gone. A redaction holds from its record on, whatever the file still says.
    private RecordedEvent Heeded(in EventLine read, long start, int length)
    {
        RecordedEvent recorded = read.Recorded;
        if ((recorded.RedactedBy ?? Redactions.NotFoundYet) == Redactions.NotFoundYet
            && _known?.EraserOf(recorded.Id) is { } eraser && EventCatalogue.MayErase(recorded.Event))
        {
            _unerased.Add(new UnerasedLine(start, length, read.Hash, eraser));
            return _lines.Erased(recorded, eraser);
        }

        if (recorded.RedactedBy is { } by)
        {
            _erased.Add((recorded.Id, by, start, length));
        }

        return recorded;
    }

    private void PublishWholeCalls()
    {
        while (!CallIsWhole)
        {
            _commit.RemoveAt(_commit.Count - 1);
        }

        if (_commit.Count > 0)
        {
            if (_commit[0].Commit == _commit[0].Id)
            {
                Settled = _position;
            }

            _commit.ForEach(Publish);
            _commit.Clear();
        }

        _position = _next = _wholeCalls;
    }

    private void Publish(RecordedEvent recorded)
    {
        Redactions.Take(recorded);
        Stranger ??= recorded.Event is UnknownEvent { Ignorable: false } ? recorded : null;
        if (!EventCatalogue.MayErase(recorded.Event) || recorded.RedactedBy > Redactions.NotFoundYet)
        {
            _textless.Add(recorded.Id);
        }

        if (recorded.Event is LogRepaired repaired)
        {
            Repairs.Add(repaired);
        }

        _sink?.OnEvent(recorded);
    }

    private void Finish()
    {
        Tail = Damage.Count > 0 ? TailState.Clean : CallIsWhole ? Tail : TailState.Torn;
        PublishWholeCalls();
    }

    // A redaction is written before the text that it names is erased, so it stands further on in the same reading.
    private void CheckErased()
    {
        foreach ((EventId id, EventId by, long start, int length) in _erased)
        {
            bool half = by == Redactions.NotFoundYet;
            bool explained = half ? Redactions.EraserOf(id) is not null : Redactions.Name(id, by);
            MustReadAgain |= half && !explained;
            if (!explained && Damage.Count == 0)
            {
                string fault = half ? CheckedLine.BadChecksum : $"its text is gone, and {by} does not say that it was redacted";
                AddDamage(start, length, id, fault);
            }
        }
    }

    private bool IsWatched(LogPosition place) => place.LastId == _watch.LastId && place.LastHash == _watch.LastHash;
}
