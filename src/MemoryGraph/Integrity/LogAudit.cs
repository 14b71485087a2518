using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Log;
using MemoryGraph.Text;

namespace MemoryGraph.Integrity;

/// <summary>Walks every line of a log and says where it is not as it was recorded, and how.</summary>
/// <remarks>
/// <para>
/// Each line is checked by itself (<see cref="CheckedLine"/>: checksum, head, text against its hash) and in its place:
/// the id, the chain, the call and the write around it. One pass, one chain through all segments, whose headers must go
/// on from one another; the log may grow meanwhile. A million
/// events of 450 bytes take two to three seconds on two cores.
/// </para>
/// <para>
/// Where a line does not follow from the one before it, something happened in between, and the lines further on tell
/// what:
/// </para>
/// <code>
/// 4  X  5 6      the chain goes on behind X        X was inserted, repeats an event, or stands in the wrong place
/// 4  5' 6        5' is chained, its text is not    5 was altered
/// 4  X  6 7      6 and 7 follow one another        5 was altered, X is all that is left of it
/// 4  6  7        6 and 7 follow one another        5 was removed, or is found elsewhere and was moved
/// 4  5' 6        6 follows from 5' as it is        4 or 5 was altered: the chain cannot tell which
/// </code>
/// <para>
/// So a finding may change as the walk goes on. Behind a gap the chain starts anew with a line that the next one
/// follows. Where a repair left an <see cref="EventLost"/>, that is no finding: the placeholder is named by a <see
/// cref="LogRepaired"/>.
/// </para>
/// </remarks>
internal sealed partial class LogAudit
{
    private const string ToQuarantine = "the next write moves them to quarantine";
    private const long Untrusted = -1;

    private readonly LogFiles _files;
    private readonly SegmentHeader? _rebuilt;
    private readonly Checkpoint? _against;
    private readonly EventLineReader _reader;
    private readonly LineBatch _batch;
    private readonly LookAhead _ahead;
    private readonly AuditFindings _findings = new();

    // Offset of the line of each event that can be trusted, from #1 on; Untrusted for the others.
    private readonly List<long> _offsets = [];

    // The last event in its place and what the next is chained to; null when that is not known.
    private EventId _last;
    private EventHash? _hash;
    private RecordedEvent? _before;
    private AuditPlace _callBegin;

    // The line that begins each segment, counted through all of them. Places are counted so too, until they are reported.
    private readonly List<long> _segmentLines = [1];

    // Since the header before: what was found by then, what a repair gave up, whose lines these are.
    private int _foundBefore;
    private bool _lostAny;
    private bool _isForeign;

    // Where a segment ended, a call was not whole.
    private bool _isCallBroken;

    // How far it was where the walk was to end, before it went on for an explanation.
    private (EventId Last, EventHash Hash, long End)? _reached;

    // Nothing further on was finished.
    private bool _isTorn;

    // Events that no line holds.
    private long _passedOver;

    // Lines up to here stand between two that follow one another.
    private long _resumeAt;

    // Since the last event in its place: lines that are none.
    private readonly List<(AuditPlace Place, string Fault)> _unreadable = [];

    // Findings that a redaction further down may account for, and where.
    private readonly Dictionary<EventId, (int Finding, long Offset)> _halfErased = [];

    // Whole lines that stand too early, and places where events are missing: a moved event is both.
    private readonly Dictionary<EventId, Stray> _strays = [];
    private readonly List<Gap> _gaps = [];

    private LogAudit(LogFiles files, EventCatalogue catalogue, SegmentHeader? rebuilt, Checkpoint? against, bool isAlone)
    {
        _files = files;
        _reader = new EventLineReader(catalogue);
        _batch = new LineBatch(_reader, isAlone ? [] : LineBatch.ReadersForOtherCores(catalogue), CheckedLine.Read);
        _ahead = new LookAhead(files, _reader);
        _rebuilt = rebuilt;
        _against = against;
    }

    /// <summary>The log's header; null when the first line is none.</summary>
    public SegmentHeader? Header { get; private set; }

    /// <summary>The project's id, as the first says that can be believed; null when none does.</summary>
    public string? Project { get; private set; }

    /// <summary>The last event of the last whole call; null when there is none.</summary>
    public Checkpoint? Head { get; private set; }

    /// <summary>The write that carried the last event; more of it may be on its way.</summary>
    public EventId LastCommit => _before?.Commit ?? EventId.None;

    public AuditNotes Notes { get; } = new();

    public List<EventId> Restarts { get; } = [];

    /// <summary>The last event there is or was, but for those of a call that was not finished.</summary>
    public EventId LastAnswered => CallIsWhole ? _last : new EventId(_before!.Call.Value - 1);

    private bool CallIsWhole => _before is null || _isCallBroken || _before.Id == _before.CallEnd;

    /// <summary>
    /// Walks a log as long as it is at the start, and to the end of the call that is being written there.
    /// </summary>
    /// <remarks>When a text was erased meanwhile, on to the redaction that tells of it.</remarks>
    /// <param name="catalogue">The types of event that are known.</param>
    /// <param name="rebuilt">The header as project.json has it, to compare with; null when there is none.</param>
    /// <param name="against">What the log must still hold; null when nothing is known.</param>
    /// <param name="progress">Told the bytes read, now and then.</param>
    /// <param name="upTo">Where to stop, on one thread beside other work; null for the end of the log.</param>
    /// <exception cref="LogException"><c>newer_format</c>: only a newer program can read it.</exception>
    public static LogAudit Run(
        LogFiles files,
        EventCatalogue catalogue,
        SegmentHeader? rebuilt = null,
        Checkpoint? against = null,
        IProgress<long>? progress = null,
        LogPosition? upTo = null,
        CancellationToken cancel = default)
    {
        var audit = new LogAudit(files, catalogue, rebuilt, against, isAlone: upTo is not null);
        audit.Run(progress, upTo, cancel);
        return audit;
    }

    public AuditReport Report() => new(
        Header?.Project, Head, [.. _findings.InOrder.Select(InItsSegment)], _findings.Total, Notes.Repairs, Restarts, Notes.Redactions);

    /// <summary>What is wrong up to where the walk was to stop; null when all is sound and that is the place.</summary>
    public string? FaultUpTo(LogPosition position)
    {
        if (_findings.InOrder is [var first, ..])
        {
            return InItsSegment(first).ToString();
        }

        Redactions redactions = Redactions();
        return OffsetOf(position.LastId) is null || _reached != (position.LastId, position.LastHash, position.End)
                ? $"{position.LastId} does not stand where it stood"
            : redactions.Targets.Any(target => HasText(target, redactions.EraserOf(target)!.Value)) ? "a text that was redacted still stands"
            : null;
    }

    /// <summary>Where the line of an event stands that can be trusted; null when there is none.</summary>
    public long? OffsetOf(EventId id) => id <= _last && _offsets[(int)id.Value - 1] is >= 0 and var offset ? offset : null;

    /// <summary>The redactions that can be trusted.</summary>
    public Redactions Redactions()
    {
        var redactions = new Redactions();
        Notes.Redactions.FindAll(one => OffsetOf(one.Id) is not null).ForEach(redactions.Take);
        return redactions;
    }

    /// <summary>
    /// Whether the head of an event's line stands in the chain, whatever became of the text behind it.
    /// </summary>
    public bool IsInChain(EventId id, long offset) => OffsetOf(id) == offset
        || (_halfErased.TryGetValue(id, out (int Finding, long Offset) half) && half.Offset == offset);

    private void Run(IProgress<long>? progress, LogPosition? upTo, CancellationToken cancel)
    {
        long length = upTo?.End ?? _files.Length;
        long lines = 0;
        long end = ReadHeader(ref lines);
        do
        {
            end = Walk(end, length, ref lines, progress, cancel);
            _reached ??= (_last, _hash ?? default, end);
            length = _files.GoesOn(_last.Next) ? _files.Length : Math.Max(_files.Length, length);
        }
        while (MayBeExplained && !_isTorn && end < length);

        Finish(new AuditPlace("", lines + 1, end));
    }

    // As people count: in the file.
    private AuditFinding InItsSegment(AuditFinding finding)
    {
        int index = Math.Min(_files.IndexAt(finding.Place.Offset), _segmentLines.Count - 1);
        LogSegment segment = _files.Segments[index];
        return finding with
        {
            Place = new AuditPlace(
                segment.Name, finding.Place.Line - _segmentLines[index] + 1, finding.Place.Offset - segment.Start),
        };
    }

    private bool HasText(EventId id, EventId eraser) =>
        OffsetOf(id) is { } offset && _ahead.LineAt(offset) is var line && !EventJson.IsErased(line, eraser)
        && CheckedLine.ReadHead(line, _reader) is { } head && EventCatalogue.MayErase(head.Recorded.Event);

    // Texts are gone, and the redaction that took them may have been appended while we walked.
    private bool MayBeExplained => Notes.LastEraser > _last || _halfErased.Count > 0;

    // To where the file ended and the call there; gives the place behind it.
    private long Walk(long from, long length, ref long lines, IProgress<long>? progress, CancellationToken cancel)
    {
        var window = new LogLineReader(_files, from);
        bool isRest = length >= _files.Length;
        while ((window.LineEnd < length || !CallIsWhole || (isRest && window.Segment + 1 < _files.Segments.Count))
            && !_isTorn && _batch.Fill(window, length))
        {
            cancel.ThrowIfCancellationRequested();
            for (int i = 0; i < _batch.Count && !_isTorn; i++)
            {
                (long start, long end, bool ended) = _batch.PlaceOf(i);
                var place = new AuditPlace("", ++lines, start);
                if (_batch.SegmentBegunBy(i) is > 0 and var segment)
                {
                    JudgeHeader(_batch.Line(i), ended, segment, place, end);
                }
                else if (!_isForeign)
                {
                    Judge(_batch.Line(i), _batch[i], place, end);
                    NameNewline(place, ended);
                }
            }

            progress?.Report(window.LineEnd);
        }

        return window.LineEnd;
    }

    // Where the events begin.
    private long ReadHeader(ref long lines)
    {
        Project = _rebuilt?.Project;
        var window = new LogLineReader(_files, 0);
        bool any = window.NextLine(out ReadOnlySpan<byte> line, out bool ended);
        Header = SegmentHeader.Parse(line);
        if (Header is { Format.Readable: false })
        {
            throw new LogException("newer_format", LogHealth.NewerFormat(Header.Format).Explanation);
        }

        lines++;
        if (_files.Segments[0].First > new EventId(1))
        {
            Header = null;
            _hash = RebuiltStart;
            NameHeader($"{SegmentHeader.FileName(new EventId(1))} is gone, with which it begins");
            return window.LineEnd;
        }

        if (ended && Header is not null && Header.FirstEventId == new EventId(1))
        {
            Project = Header.Project;
            _hash = Header.ChainStart(line);
            return window.LineEnd;
        }

        bool cut = Header is not null && !ended;
        bool removed = !any || line.StartsWith("{\"event_id\":"u8);
        lines -= removed ? 1 : 0;
        Header = null;
        _hash = RebuiltStart;
        NameHeader(!any ? "the file is empty" : cut ? "the newline that ends it is missing" : removed ? "an event stands in its place" : "the first line is not the header of a log");
        return removed ? 0 : window.LineEnd;
    }

    private EventHash? RebuiltStart => _rebuilt?.ChainStart(_rebuilt.ToLine().AsSpan()[..^1]);

    private void NameNewline(AuditPlace place, bool ended)
    {
        if (!ended && !_isTorn)
        {
            bool isLast = _files.IndexAt(place.Offset) == _files.Segments.Count - 1;
            Add(
                isLast ? AuditKind.UnfinishedEnd : AuditKind.Altered, place, _last,
                isLast ? "the newline that ends it is missing; the next write puts it there" : "the newline that ends its segment is missing");
        }
    }

    private void Judge(ReadOnlySpan<byte> line, in CheckedLine read, AuditPlace place, long end)
    {
        bool chained = _hash is { } hash && EventJson.IsChained(line, hash);
        if (place.Offset < _resumeAt)
        {
            TakeStray(line, read, place);
        }
        else if (read.Fault is null && chained && read.Recorded!.Id == _last.Next)
        {
            Take(read.Recorded, read.Hash, place, FaultInPlace(read.Recorded));
        }
        else if (!read.HasGoodCrc && _unreadable.Count == 0 && IsTorn(line, end))
        {
            Add(AuditKind.UnfinishedEnd, place, _last.Next, $"bytes of a write that was not finished; {ToQuarantine}");
            _isTorn = true;
        }
        else
        {
            JudgeBreak(line, read, chained, place, end);
        }
    }

    private bool IsTorn(ReadOnlySpan<byte> line, long end)
    {
        EventId commit = _before?.Commit ?? EventId.None;
        return TornTail.Explains(_files, line, end, commit, CallIsWhole ? _last.Next : commit);
    }

    private void Take(RecordedEvent recorded, EventHash hash, AuditPlace place, string? malformed)
    {
        if (malformed is not null)
        {
            Add(AuditKind.Malformed, place, recorded.Id, malformed);
        }

        Take(recorded, hash, place, trusted: malformed is null);
    }

    private void Take(RecordedEvent recorded, EventHash hash, AuditPlace place, bool trusted)
    {
        _callBegin = CallIsWhole ? place : _callBegin;
        _offsets.Add(trusted ? place.Offset : Untrusted);
        _last = recorded.Id;
        _hash = hash;
        _before = recorded;
        _isCallBroken = false;
        _lostAny |= recorded.Event is EventLost;
        Notes.Take(recorded, place);
        CompareWithCheckpoint(recorded.Id, hash, place);
        if (CallIsWhole)
        {
            Head = new Checkpoint(Project ?? "", recorded.Id, hash);
        }

        if (_strays.Remove(recorded.Id, out Stray stray) && stray.Hash == hash)
        {
            Recognize(stray, AuditKind.Repeated, recorded.Id, "it stands further down as well, where it belongs");
        }
    }

    private string? FaultInPlace(RecordedEvent recorded)
    {
        bool begins = CallIsWhole;
        bool callFits = begins ? recorded.Call == recorded.Id
            : recorded.Call == _before!.Call && recorded.CallLength == _before.CallLength;
        bool commitFits = recorded.Commit == recorded.Id ? begins : recorded.Commit == _before?.Commit;
        return callFits && commitFits ? null : "it does not belong to the call or write around it";
    }

    private void CompareWithCheckpoint(EventId id, EventHash hash, AuditPlace place)
    {
        if (_against is not null && id == _against.Event && hash != _against.Hash)
        {
            Add(AuditKind.Rewritten, place, id, "its hash is not the one of the checkpoint");
        }
    }

    private void Finish(AuditPlace end)
    {
        TakeMovedDown(upTo: EventId.Never);
        if (_unreadable.Count > 0)
        {
            NameAltered(_unreadable.Count);
        }
        else if (!CallIsWhole && !_isTorn)
        {
            Add(AuditKind.UnfinishedEnd, _callBegin, _before!.Call, _last, $"a call that was not finished; {ToQuarantine}");
        }

        foreach ((EventId target, EventId eraser) in Notes.Targets)
        {
            if (_halfErased.TryGetValue(target, out (int Finding, long Offset) half))
            {
                string cause = $"{eraser} has its text erased, and that was broken off; the next write finishes it";
                _findings.Change(half.Finding, found => found with { Kind = AuditKind.UnfinishedErasure, Cause = cause });
            }
        }

        foreach (AuditFinding finding in Notes.Unexplained())
        {
            _findings.Add(finding);
            _offsets[(int)finding.First.Value - 1] = Untrusted;
        }

        if (_against is not null && Header is not null && Header.Project != _against.Project)
        {
            Add(
                AuditKind.OtherProject,
                new AuditPlace("", 1, 0),
                EventId.None,
                $"the checkpoint is of {Quoted.Name(_against.Project)}");
        }
        else if (_against is not null && _last < _against.Event)
        {
            Add(AuditKind.CutOff, end, _last.Next, _against.Event, "the log ends before the event of the checkpoint");
        }
    }

    private void NameHeader(string cause) => Add(AuditKind.Header, new AuditPlace("", 1, 0), EventId.None, cause);

    private int Add(AuditKind kind, AuditPlace place, EventId id, string cause) => Add(kind, place, id, id, cause);

    private int Add(AuditKind kind, AuditPlace place, EventId first, EventId last, string cause) =>
        _findings.Add(new AuditFinding(kind, place, first, last, cause));

    private readonly record struct Stray(AuditPlace Place, EventHash Hash, int Finding);

    private readonly record struct Gap(EventId First, EventId Last, EventHash Before, int Finding);
}
