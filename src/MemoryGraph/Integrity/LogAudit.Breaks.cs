using System.Globalization;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Log;

namespace MemoryGraph.Integrity;

/// <content>What happened where a line or a segment does not follow from the one before it.</content>
internal sealed partial class LogAudit
{
    // The line that begins a further segment.
    private void JudgeHeader(ReadOnlySpan<byte> line, bool ended, int segment, AuditPlace place, long end)
    {
        _segmentLines.Add(place.Line);
        SegmentHeader? header = ended ? SegmentHeader.Parse(line) : null;
        if (header is { Format.Readable: false })
        {
            throw new LogException("newer_format", LogHealth.NewerFormat(header.Format).Explanation);
        }

        Project ??= header?.Project;
        _isForeign = header is not null && header.Project != Project;
        bool isSound = _findings.Total == _foundBefore && _unreadable.Count == 0;
        if (header is not null && !_isForeign && header.FirstEventId == _files.Segments[segment].First)
        {
            PassOverUpTo(header, place);
            NameInserted();
        }

        BreakCall(place);
        var before = new SegmentEnd(
            Project ?? "", _last, _hash, _files.LengthBefore(segment), _lostAny || !isSound, _before?.Event is EventLost || !isSound);
        string? fault = header is null ? "the first line is not the header of a segment" : header.FaultIn(_files.Segments[segment].First, before);
        if (_isForeign)
        {
            Add(AuditKind.Inserted, place, _last.Next, $"a segment: {fault}");
        }
        else if (fault is not null && _last > EventId.None
            && header?.PreviousHash is { } hash && hash != _hash && EventJson.IsChained(_ahead.LineAt(end), hash))
        {
            Add(AuditKind.Altered, place, _last, "the header of the segment behind it and the event behind that do not follow from it");
            _offsets[^1] = Untrusted;
            _hash = hash;
        }
        else if (fault is not null)
        {
            Add(AuditKind.Header, place, EventId.None, fault);
        }

        _lostAny = false;
        _foundBefore = _findings.Total;
    }

    // Events that a segment should have before the next one begins.
    private void PassOverUpTo(SegmentHeader next, AuditPlace place)
    {
        TakeMovedDown(upTo: next.FirstEventId);
        long missing = next.FirstEventId.Value - _last.Next.Value;
        if (missing <= 0 || missing > LogScan.GapMax - _passedOver)
        {
            return;
        }

        if (_unreadable.Count > 0)
        {
            NameAltered(missing);
        }
        else
        {
            NameRemoved(new EventId(next.FirstEventId.Value - 1), place);
        }

        _hash = next.PreviousHash;
        _isCallBroken = true;
    }

    // No call goes on in another segment.
    private void BreakCall(AuditPlace place)
    {
        if (!CallIsWhole)
        {
            Add(AuditKind.Malformed, place, _before!.Call, _last, "the call is not whole where its segment ends");
            for (EventId id = _before.Call; id <= _last; id = id.Next)
            {
                _offsets[(int)id.Value - 1] = Untrusted;
            }

            _isCallBroken = true;
        }
    }

    private void JudgeBreak(ReadOnlySpan<byte> line, in CheckedLine read, bool chained, AuditPlace place, long end)
    {
        bool mayFollow = read.Fault is null && read.Recorded!.Id.Value - _last.Value <= LogScan.GapMax - _passedOver;
        bool? followed = mayFollow ? _ahead.IsFollowed(read, end) : false;
        if (_last == EventId.None && RebuiltStart is { } start && start != _hash && EventJson.IsChained(line, start))
        {
            NameHeader("the events follow from the header that project.json knows, not from this one");
            Header = null;
            Project = _rebuilt!.Project;
            _hash = start;
            Judge(line, read, place, end);
        }
        else if (_before?.Event is EventLost && followed != false && read.Recorded!.Id == _last.Next)
        {
            Restarts.Add(_last.Next);
            Take(read.Recorded, read.Hash, place, FaultInPlace(read.Recorded));
        }
        else if (_unreadable.Count == 0 && Continuation(line, read, end) is { } resume)
        {
            _resumeAt = resume;
            TakeStray(line, read, place);
        }
        else if (chained && CheckedLine.ReadHead(line, _reader) is { } head && head.Recorded.Id == _last.Next)
        {
            int finding = Add(AuditKind.Altered, place, _last.Next, read.Fault!);
            if (!read.HasGoodCrc)
            {
                _halfErased.Add(_last.Next, (finding, place.Offset));
            }

            Take(head.Recorded, head.Hash, place, trusted: false);
        }
        else if (read.Fault is null && read.Recorded!.Id <= _last)
        {
            TakeStray(line, read, place);
        }
        else if (followed != false)
        {
            bool trusted = CloseGap(line, read, place, followed);
            Take(read.Recorded!, read.Hash, place, trusted);
        }
        else
        {
            _unreadable.Add((place, read.Fault ?? "another event stands in its place, which no other follows"));
        }
    }

    private long? Continuation(ReadOnlySpan<byte> line, in CheckedLine read, long end) =>
        _hash is { } hash && !_findings.IsFull ? _ahead.Find(_last.Next, hash, end, line, read) : null;

    // A line that stands where it does not belong.
    private void TakeStray(ReadOnlySpan<byte> line, in CheckedLine read, AuditPlace place)
    {
        if (read.Fault is not null)
        {
            Add(AuditKind.Inserted, place, _last.Next, read.HasGoodCrc ? read.Fault : "bytes that are no event");
            return;
        }

        EventId id = read.Recorded!.Id;
        if (OffsetOf(id) is { } original && EventJson.HashOf(_ahead.LineAt(original)) == read.Hash)
        {
            Add(AuditKind.Repeated, place, id, "it stands further up as well, where it belongs");
        }
        else if (id > _last || !FillsGap(line, read, place))
        {
            int finding = Add(
                AuditKind.Inserted, place, _last.Next, $"a line that calls itself {id} and that no line of this log follows");
            if (id > _last)
            {
                _strays.TryAdd(id, new Stray(place, read.Hash, finding));
            }
        }
    }

    private bool FillsGap(ReadOnlySpan<byte> line, in CheckedLine read, AuditPlace place)
    {
        EventId id = read.Recorded!.Id;
        int at = _gaps.FindIndex(gap => gap.First == id);
        if (at < 0 || !EventJson.IsChained(line, _gaps[at].Before))
        {
            return false;
        }

        Gap gap = _gaps[at];
        _gaps[at] = gap with { First = id.Next, Before = read.Hash };
        _findings.Change(gap.Finding, found => id == gap.Last ? null : found with { First = id.Next });
        Add(AuditKind.Moved, place, id, "it belongs further up");
        _offsets[(int)id.Value - 1] = place.Offset;
        Notes.Take(read.Recorded, place);
        CompareWithCheckpoint(id, read.Hash, place);
        return true;
    }

    // Says what happened between the last event in its place and a line that others follow; whether that line can be
    // trusted.
    private bool CloseGap(ReadOnlySpan<byte> line, in CheckedLine read, AuditPlace place, bool? followed)
    {
        EventId id = read.Recorded!.Id;
        long missing = id.Value - _last.Next.Value;
        if (missing > 0 && _unreadable.Count > 0)
        {
            NameAltered(missing);
            return true;
        }

        NameInserted();
        TakeMovedDown(upTo: id);
        if (_last.Next < id)
        {
            NameRemoved(new EventId(id.Value - 1), place);
            return true;
        }

        return _hash is not { } hash || EventJson.IsChained(line, hash) || NameBreak(place, followed);
    }

    // Both lines are whole and what comes behind agrees with this one's hash, so either its head was edited or the
    // event before it was recorded anew. Nobody can tell which, so neither is trusted; but a last line that nothing
    // follows has only itself to speak for it.
    private bool NameBreak(AuditPlace place, bool? followed)
    {
        Add(AuditKind.Altered, place, _last.Next, _last == EventId.None ? "its hash does not follow from the header"
            : $"its hash does not follow from {_last}: one of the two is not what was recorded");
        if (followed == true && _last > EventId.None)
        {
            _offsets[^1] = Untrusted;
        }

        return false;
    }

    private void NameInserted()
    {
        foreach ((AuditPlace where, string fault) in _unreadable)
        {
            Add(AuditKind.Inserted, where, _last.Next, fault);
        }

        _unreadable.Clear();
    }

    private void NameRemoved(EventId last, AuditPlace place)
    {
        _gaps.Add(new Gap(_last.Next, last, _hash ?? default, Add(
            AuditKind.Removed, place, _last.Next, last, "no line holds it, and others follow")));
        PassOver(last.Value - _last.Value);
    }

    private void NameAltered(long missing)
    {
        if (_unreadable.Count == missing)
        {
            for (int i = 0; i < missing; i++)
            {
                Add(AuditKind.Altered, _unreadable[i].Place, _last.Next + i, _unreadable[i].Fault);
            }
        }
        else
        {
            Add(AuditKind.Altered, _unreadable[0].Place, _last.Next, _last + (int)missing, string.Create(
                CultureInfo.InvariantCulture, $"{_unreadable.Count} lines that are no events stand in their place"));
        }

        _unreadable.Clear();
        PassOver(missing);
    }

    // Events that belong here and were met further up.
    private void TakeMovedDown(EventId upTo)
    {
        while (_last.Next < upTo && _hash is { } hash && _strays.TryGetValue(_last.Next, out Stray stray)
            && _ahead.LineAt(stray.Place.Offset) is var line && EventJson.IsChained(line, hash))
        {
            _strays.Remove(_last.Next);
            Recognize(stray, AuditKind.Moved, _last.Next, "it belongs further down");
            Take(CheckedLine.Read(line, _reader).Recorded!, stray.Hash, stray.Place, trusted: true);
        }
    }

    private void PassOver(long events)
    {
        _passedOver += events;
        _offsets.AddRange(Enumerable.Repeat(Untrusted, (int)events));
        _last += (int)events;
    }

    // A line that seemed to be inserted.
    private void Recognize(Stray stray, AuditKind kind, EventId id, string cause) =>
        _findings.Change(stray.Finding, found => found with { Kind = kind, First = id, Last = id, Cause = cause });
}
