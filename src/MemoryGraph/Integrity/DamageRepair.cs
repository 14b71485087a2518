using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Log;

namespace MemoryGraph.Integrity;

/// <summary>
/// Mends a log that is damaged: what is lost becomes a placeholder, everything else stays, byte for byte.
/// </summary>
/// <remarks>
/// <para>
/// Each mended segment is its header, then for each id its line as it was or an <see cref="EventLost"/>; behind all of
/// them stands one <see cref="LogRepaired"/> that names what was given up and who accepted that. Segments in which
/// nothing changes stay the files that they are: a header goes on even where a placeholder made the segment before it
/// longer or shorter (<see cref="SegmentHeader"/>). A file that does not belong to the log goes. Each mended segment is
/// written aside and renamed over the damaged one, the last one last, so a crash leaves each whole, and another repair
/// goes on from there; before that, a copy of all that is replaced is in quarantine.
/// </para>
/// <para>
/// Given up is what an audit does not trust, and with it the rest of its call, since calls hold as a whole or not at
/// all; a text whose redaction is given up, because nothing would account for its absence any more; and whatever else
/// keeps the mended log from passing an audit of its own.
/// </para>
/// <para>
/// A placeholder is a call of its own and follows from the line before it. Behind the last one of a gap the chain
/// starts anew, because what the next line was chained to is gone.
/// </para>
/// </remarks>
internal sealed class DamageRepair
{
    private const string Distrusted = "it cannot be told from a forged one: the event behind it does not follow from it";

    private static readonly Author Program = Author.Of("", "memory-graph");

    private readonly EventCatalogue _catalogue;
    private readonly SegmentBytes[] _damaged;
    private readonly SegmentHeader _first;
    private readonly RepairConsent _acceptance;
    private readonly byte[] _seed = new byte[EventHash.Bytes];

    // By id, from #1 on; null for what is given up, and why.
    private readonly Kept?[] _kept;
    private readonly SortedDictionary<EventId, string> _lost = [];

    // While the mended log is being written: the line before, whose time and session a placeholder takes, and where the
    // next one is.
    private RecordedEvent? _lastKept;
    private int _nextKept;

    /// <param name="damaged">The whole log.</param>
    /// <param name="catalogue">How each type of event is stored.</param>
    /// <param name="audit">Of the damaged one.</param>
    /// <param name="first">The header of the first segment, for one that has none.</param>
    public DamageRepair(
        SegmentBytes[] damaged, EventCatalogue catalogue, LogAudit audit, SegmentHeader first, RepairConsent acceptance)
    {
        _damaged = damaged;
        _catalogue = catalogue;
        _first = first;
        _acceptance = acceptance;
        _kept = new Kept?[audit.LastAnswered.Value];
        Randomness.NewSeed(_seed);
        Mended = Mend(audit);
    }

    /// <summary>What is given up, and why.</summary>
    public IReadOnlyList<LostEvent> Lost => [.. _lost.Select(one => new LostEvent(one.Key, one.Value))];

    /// <summary>
    /// File name of the copy: never one that <see cref="Log.Quarantine.Unrecorded"/> takes for a torn end.
    /// </summary>
    /// <remarks>It tells the bytes, so a repair that was broken off and is repeated makes no second copy.</remarks>
    public string Quarantine => $"{Place}-damaged-{Hash[..12]}.bin";

    /// <summary>
    /// What the copy holds: the segments that are replaced or dropped, one behind the other. Each begins with its header.
    /// </summary>
    public byte[] Damaged { get; private set; } = [];

    /// <summary>The segments to replace, in order; the last of the log is among them.</summary>
    public IReadOnlyList<SegmentBytes> Mended { get; }

    /// <summary>Files that hold nothing of the log.</summary>
    public IReadOnlyList<string> Dropped => [.. _damaged.Select(one => one.Name).Except(Segments().Select(one => one.Name))];

    /// <summary>The event that ends it.</summary>
    public RecordedEvent Recorded
    {
        get
        {
            var id = new EventId(_kept.Length + 1);
            EventId session = _acceptance.Session > EventId.None ? _acceptance.Session : id;
            var repaired = new LogRepaired([.. GivenUp()], Place, 0, Damaged.Length, Hash, Quarantine);
            return new RecordedEvent(
                id, _acceptance.Timestamp, id, 1, id, session, _acceptance.Author, _acceptance.Reason, repaired);
        }
    }

    // The first segment that the copy holds, and the hash of all that it does.
    private string Place { get; set; } = "";

    private string Hash { get; set; } = "";

    // The segments that the mended log has, each with what there was of it.
    private List<SegmentBytes> Segments()
    {
        List<SegmentBytes> segments = [];
        foreach (SegmentBytes one in _damaged.Prepend(new SegmentBytes(SegmentHeader.FileName(new EventId(1)), [])).Reverse())
        {
            bool isNext = segments.Count == 0 || SegmentHeader.FirstIn(one.Name) < SegmentHeader.FirstIn(segments[^1].Name);
            if (isNext && SegmentHeader.FirstIn(one.Name)!.Value.Value <= _kept.Length + 1 && !IsForeign(one))
            {
                segments.Add(one);
            }
        }

        segments.Reverse();
        return segments;
    }

    private bool IsForeign(SegmentBytes segment) =>
        segment != _damaged[0] && HeaderOf(segment) is { } header && header.Project != _first.Project;

    private static SegmentHeader? HeaderOf(SegmentBytes segment) =>
        segment.Bytes.IndexOf((byte)'\n') is >= 0 and var end ? SegmentHeader.Parse(segment.Bytes.AsSpan(0, end)) : null;

    private SegmentBytes[] Mend(LogAudit audit)
    {
        KeepTrusted(audit);
        for (int before = -1; ; before = _lost.Count)
        {
            GiveUpDistrusted(audit);
            GiveUpWhatDependsOnIt();
            List<SegmentBytes> mended = Write();
            audit = LogAudit.Run(SegmentBytes.AsFiles(mended), _catalogue);
            AuditReport found = audit.Report();
            if (found.FindingsTotal == 0)
            {
                return [.. mended.Except(_damaged)];
            }

            if (before == _lost.Count)
            {
                throw new LogException("not_repaired", $"The log cannot be mended: {found.Findings[0]}. Nothing was changed.");
            }
        }
    }

    private void KeepTrusted(LogAudit audit)
    {
        var reader = new EventLineReader(_catalogue);
        using LogFiles files = SegmentBytes.AsFiles(_damaged);
        for (int i = 0; i < _kept.Length; i++)
        {
            if (audit.OffsetOf(new EventId(i + 1)) is { } offset)
            {
                int index = files.IndexAt(offset);
                ReadOnlyMemory<byte> rest = _damaged[index].Bytes.AsMemory((int)(offset - files.Segments[index].Start));
                int newline = rest.Span.IndexOf((byte)'\n');
                ReadOnlyMemory<byte> line = newline >= 0 ? rest[..newline] : rest[..LogScan.WithoutSpoiltNewline(rest.Span).Length];
                EventLine read = EventJson.Read(line.Span, reader);
                _kept[i] = new Kept(line, read.Recorded, read.Hash);
            }
        }
    }

    private void GiveUpDistrusted(LogAudit audit)
    {
        foreach (AuditFinding finding in audit.Report().Findings)
        {
            for (EventId id = finding.First; id > EventId.None && id <= finding.Last && id.Value <= _kept.Length; id = id.Next)
            {
                if (audit.OffsetOf(id) is null)
                {
                    GiveUp(id, finding.Cause);
                }
            }
        }

        for (var id = new EventId(1); id.Value <= _kept.Length; id = id.Next)
        {
            if (audit.OffsetOf(id) is null)
            {
                GiveUp(id, Distrusted);
            }
        }
    }

    private void GiveUpWhatDependsOnIt()
    {
        for (int before = -1; before != _lost.Count;)
        {
            before = _lost.Count;
            var calls = new Dictionary<EventId, EventId?>();
            foreach (RecordedEvent recorded in _kept.OfType<Kept>().Select(one => one.Recorded).ToArray())
            {
                if (!calls.TryGetValue(recorded.Call, out EventId? missing))
                {
                    calls.Add(recorded.Call, missing = FirstLostOf(recorded));
                }

                if (missing is { } gone)
                {
                    GiveUp(recorded.Id, $"it belongs to the call {recorded.Call}, of which {gone} is lost");
                }
                else if (recorded.RedactedBy is { } eraser && !IsKept(eraser))
                {
                    GiveUp(recorded.Id, $"its text was erased, and {eraser}, which said so, is lost");
                }
            }
        }
    }

    private EventId? FirstLostOf(RecordedEvent call)
    {
        for (EventId id = call.Call; id <= call.CallEnd; id = id.Next)
        {
            if (!IsKept(id))
            {
                return id;
            }
        }

        return null;
    }

    private void GiveUp(EventId id, string cause)
    {
        _kept[(int)id.Value - 1] = null;
        _lost.TryAdd(id, cause);
    }

    private bool IsKept(EventId id) => id > EventId.None && id.Value <= _kept.Length && _kept[(int)id.Value - 1] is not null;

    // With placeholders of earlier repairs that are themselves given up now.
    private IEnumerable<EventId> GivenUp()
    {
        HashSet<EventId> named = [.. _kept.Select(one => one?.Recorded.Event).OfType<LogRepaired>().SelectMany(one => one.Lost)];
        return _kept.Where(one => one?.Recorded.Event is EventLost && !named.Contains(one.Recorded.Id))
            .Select(one => one!.Recorded.Id).Concat(_lost.Keys).Order();
    }

    // The whole log; a segment in which nothing changes is the one that there was.
    private List<SegmentBytes> Write()
    {
        List<SegmentBytes> segments = Segments();
        List<Utf8Buffer> mended = [];
        _lastKept = _kept.FirstOrDefault(one => one is not null)?.Recorded;
        _nextKept = 0;
        var end = new SegmentEnd(_first.Project, EventId.None, null, 0, LostAny: false, LostLast: false);
        for (int i = 0; i < segments.Count; i++)
        {
            var last = new EventId(
                i + 1 == segments.Count ? _kept.Length : SegmentHeader.FirstIn(segments[i + 1].Name)!.Value.Value - 1);
            var lines = new Utf8Buffer(segments[i].Bytes.Length + 4096);
            WriteHeader(lines, segments[i], end);
            end = WriteEvents(lines, end, last);
            mended.Add(lines);
        }

        TakeCopy([.. segments.Where((one, i) => !mended[i].Written.SequenceEqual(one.Bytes)), .. _damaged.Except(segments)]);
        Write(mended[^1], Recorded, end.Hash!.Value);
        return [.. segments.Select((one, i) => mended[i].Written.SequenceEqual(one.Bytes) ? one : one with { Bytes = mended[i].Written.ToArray() })];
    }

    private void TakeCopy(SegmentBytes[] replaced)
    {
        replaced = replaced.Length > 0 ? replaced : [_damaged[^1]];
        Damaged = [.. replaced.SelectMany(one => one.Bytes)];
        Place = replaced[0].Name;
        Hash = Sha256.Of(Damaged).ToString();
    }

    // As it stands if it goes on from what is before it by now; else as it should be.
    private void WriteHeader(Utf8Buffer lines, SegmentBytes segment, SegmentEnd before)
    {
        SegmentHeader? header = HeaderOf(segment);
        bool isFirst = before.Hash is null;
        bool stands = isFirst ? header?.FirstEventId == new EventId(1) && header == _first
            : header is not null && header.FaultIn(before.Last.Next, before) is null;
        lines.Raw(
            stands ? segment.Bytes.AsSpan(0, segment.Bytes.IndexOf((byte)'\n') + 1)
            : isFirst ? _first.ToLine()
            : new SegmentHeader(_first.Project, before.Last.Next, before.Hash, before.Length, LogFormat.Current).ToLine());
    }

    private SegmentEnd WriteEvents(Utf8Buffer lines, SegmentEnd before, EventId last)
    {
        ReadOnlySpan<byte> header = lines.Written[..^1];
        EventHash hash = before.Hash ?? SegmentHeader.Parse(header)!.ChainStart(header);
        (bool lostAny, bool lostLast) = (false, before.LostLast && before.Last == last);
        for (EventId id = before.Last.Next; id <= last; id = id.Next)
        {
            hash = WriteEvent(lines, id, hash);
            lostLast = _kept[(int)id.Value - 1] is not { Recorded.Event: not EventLost };
            lostAny |= lostLast;
        }

        return before with { Last = last, Hash = hash, Length = lines.Length, LostAny = lostAny, LostLast = lostLast };
    }

    private EventHash WriteEvent(Utf8Buffer lines, EventId id, EventHash previous)
    {
        if (_kept[(int)id.Value - 1] is { } kept)
        {
            lines.Raw(kept.Line.Span).Raw("\n"u8);
            _lastKept = kept.Recorded;
            return kept.Hash;
        }

        return Write(
            lines,
            new RecordedEvent(
                id, _lastKept?.Timestamp ?? _acceptance.Timestamp, id, 1, CommitFor(id),
                _lastKept is null || _lastKept.Id > id ? new EventId(1) : _lastKept.Session, Program, null, new EventLost(_lost[id])),
            previous);
    }

    private EventHash Write(Utf8Buffer mended, RecordedEvent recorded, EventHash previous)
    {
        Span<byte> salt = stackalloc byte[EventJson.SaltBytes];
        Randomness.Salt(_seed, recorded.Id, salt);
        return EventJson.Write(mended, recorded, _catalogue, previous, salt);
    }

    // A write may have carried several calls. When the next one says that it was part of the same, the placeholder is
    // too.
    private EventId CommitFor(EventId lost)
    {
        for (_nextKept = Math.Max(_nextKept, (int)lost.Value); _nextKept < _kept.Length && _kept[_nextKept] is null; _nextKept++)
        {
        }

        EventId commit = _nextKept < _kept.Length ? _kept[_nextKept]!.Recorded.Commit : lost;
        return commit < lost ? commit : lost;
    }

    private sealed record Kept(ReadOnlyMemory<byte> Line, RecordedEvent Recorded, EventHash Hash);
}

/// <summary>Who accepts that a log is mended and what is lost by it.</summary>
/// <param name="Author">The user.</param>
/// <param name="Reason">Why, as said; null when not said.</param>
/// <param name="Timestamp">When, Unix milliseconds.</param>
/// <param name="Session">
/// First event that this process wrote; <see cref="EventId.None"/> while it wrote nothing.
/// </param>
internal sealed record RepairConsent(Author Author, string? Reason, long Timestamp, EventId Session);
