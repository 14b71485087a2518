using MemoryGraph.Disk;
using MemoryGraph.Events;
using MemoryGraph.Values;

namespace MemoryGraph.Log;

/// <summary>
/// Mends a log that is damaged: what is lost becomes a placeholder, everything else stays, byte for byte.
/// </summary>
/// <remarks>
/// <para>
/// The mended log is the header, then for each id its line as it was or an <see cref="EventLost"/>, then one
/// <see cref="LogRepaired"/> that names what was given up and who accepted that. It is written aside and renamed over
/// the damaged one, so a crash leaves the one or the other, whole; before that, a copy of the damaged one is in
/// quarantine.
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

    private readonly string _segment;
    private readonly EventCatalogue _catalogue;
    private readonly byte[] _damaged;
    private readonly byte[] _header;
    private readonly Acceptance _acceptance;
    private readonly byte[] _seed = new byte[EventHash.Bytes];

    // By id, from #1 on; null for what is given up, and why.
    private readonly Kept?[] _kept;
    private readonly SortedDictionary<EventId, string> _lost = [];

    /// <param name="segment">Its name.</param>
    /// <param name="catalogue">How each type of event is stored.</param>
    /// <param name="damaged">The whole segment.</param>
    /// <param name="header">The first line of the mended one, with its newline.</param>
    /// <param name="audit">Of the damaged one.</param>
    public DamageRepair(
        string segment, EventCatalogue catalogue, byte[] damaged, byte[] header, LogAudit audit, Acceptance acceptance)
    {
        _segment = segment;
        _catalogue = catalogue;
        _damaged = damaged;
        _header = header;
        _acceptance = acceptance;
        _kept = new Kept?[audit.LastAnswered.Value];
        Randomness.NewSeed(_seed);
        Hash = Sha256.Of(damaged).ToString();
        Mended = Mend(audit);
    }

    /// <summary>What is given up, and why.</summary>
    public IReadOnlyList<LostEvent> Lost => [.. _lost.Select(one => new LostEvent(one.Key, one.Value))];

    /// <summary>
    /// File name of the copy: never one that <see cref="LogRepair.Unrecorded"/> takes for a torn end.
    /// </summary>
    /// <remarks>It tells the bytes, so a repair that was broken off and is repeated makes no second copy.</remarks>
    public string Quarantine => $"{_segment}-damaged-{Hash[..12]}.bin";

    /// <summary>The mended segment.</summary>
    public byte[] Mended { get; }

    /// <summary>The event that ends it.</summary>
    public RecordedEvent Recorded
    {
        get
        {
            var id = new EventId(_kept.Length + 1);
            EventId session = _acceptance.Session > EventId.None ? _acceptance.Session : id;
            var repaired = new LogRepaired([.. GivenUp()], _segment, 0, _damaged.Length, Hash, Quarantine);
            return new RecordedEvent(
                id, _acceptance.Timestamp, id, 1, id, session, _acceptance.Author, _acceptance.Reason, repaired);
        }
    }

    private string Hash { get; }

    private byte[] Mend(LogAudit audit)
    {
        KeepTrusted(audit);
        for (int before = -1; ; before = _lost.Count)
        {
            GiveUpDistrusted(audit);
            GiveUpWhatDependsOnIt();
            byte[] mended = Write();
            audit = LogAudit.Run(new BytesAsFile(mended), _segment, _catalogue);
            AuditReport found = audit.Report();
            if (found.FindingsTotal == 0)
            {
                return mended;
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
        for (int i = 0; i < _kept.Length; i++)
        {
            if (audit.OffsetOf(new EventId(i + 1)) is { } offset)
            {
                ReadOnlyMemory<byte> rest = _damaged.AsMemory((int)offset);
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

    private byte[] Write()
    {
        var mended = new Utf8Buffer(_damaged.Length + 4096);
        mended.Raw(_header);
        ReadOnlySpan<byte> header = _header.AsSpan()[..^1];
        EventHash hash = SegmentHeader.Parse(header)!.ChainStart(header);
        long timestamp = _kept.FirstOrDefault(one => one is not null)?.Recorded.Timestamp ?? _acceptance.Timestamp;
        var session = new EventId(1);
        for (int i = 0; i < _kept.Length; i++)
        {
            if (_kept[i] is { } kept)
            {
                mended.Raw(kept.Line.Span).Raw("\n"u8);
                (hash, timestamp, session) = (kept.Hash, kept.Recorded.Timestamp, kept.Recorded.Session);
            }
            else
            {
                var id = new EventId(i + 1);
                var lost = new EventLost(_lost[id]);
                hash = Write(mended, new RecordedEvent(id, timestamp, id, 1, CommitFor(id), session, Program, null, lost), hash);
            }
        }

        Write(mended, Recorded, hash);
        return mended.Written.ToArray();
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
        EventId commit = _kept.Skip((int)lost.Value).FirstOrDefault(one => one is not null)?.Recorded.Commit ?? lost;
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
internal sealed record Acceptance(Author Author, string? Reason, long Timestamp, EventId Session);
