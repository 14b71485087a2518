using System.Globalization;
using System.Text.Json;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Text;

namespace MemoryGraph.Log;

/// <summary>
/// The first line of a segment. It is no event; it says whose log this is and where the segment continues it.
/// </summary>
/// <remarks>
/// <code>
/// {"project":"[32]","first_event_id":1,"previous_hash":"","previous_length":0,"format":{"minReader":1,"minWriter":1},"crc":"[8]"}
/// </code>
/// <c>previous_hash</c> and <c>previous_length</c> are the last hash and the byte length of the segment before; empty
/// and 0 in the first. A segment comes into being whole (written aside, synced, renamed), so a header is never torn.
/// Where a repair put an <see cref="EventLost"/> in the place of what the segment before held, its length may be another
/// one, and where it put it in the place of the last event, the hash too.
/// </remarks>
/// <param name="Project">The project's id: 32 lower-case hexadecimal digits.</param>
/// <param name="FirstEventId">Id of the first event that the segment holds or will hold.</param>
/// <param name="PreviousHash">Null in the first segment.</param>
/// <param name="PreviousLength">Bytes; 0 in the first segment.</param>
internal sealed record SegmentHeader(
    string Project, EventId FirstEventId, EventHash? PreviousHash, long PreviousLength, LogFormat Format)
{
    private const string NameStart = "events-";
    private const string NameEnd = ".jsonl";

    /// <summary>File name of the segment that begins at an event: <c>events-000000000001.jsonl</c>.</summary>
    public static string FileName(EventId first) => FormattableString.Invariant($"{NameStart}{first.Value:D12}{NameEnd}");

    /// <summary>Whether a file's name is that of a segment.</summary>
    public static bool IsFileName(string name) => FirstIn(name) is not null;

    /// <summary>The event that begins a segment, as its file name says; null for any other name.</summary>
    public static EventId? FirstIn(string name) =>
        name.StartsWith(NameStart, StringComparison.Ordinal) && name.EndsWith(NameEnd, StringComparison.Ordinal)
        && name.Length > NameStart.Length + NameEnd.Length
        && long.TryParse(name.AsSpan()[NameStart.Length..^NameEnd.Length], NumberStyles.None, CultureInfo.InvariantCulture, out long first)
        && FileName(new EventId(first)) == name
            ? new EventId(first) : null;

    /// <summary>The header of a project's first segment.</summary>
    public static SegmentHeader First(string project) => new(project, new EventId(1), null, 0, LogFormat.Current);

    /// <summary>The line, with its newline.</summary>
    public byte[] ToLine()
    {
        var line = new Utf8Buffer(256);
        line.Raw("{\"project\":"u8).Quoted(Project)
            .Raw(",\"first_event_id\":"u8).Number(FirstEventId.Value)
            .Raw(",\"previous_hash\":"u8).Quoted(PreviousHash?.ToString() ?? "")
            .Raw(",\"previous_length\":"u8).Number(PreviousLength)
            .Raw(",\"format\":{\"minReader\":"u8).Number(Format.MinReader)
            .Raw(",\"minWriter\":"u8).Number(Format.MinWriter).Raw("}"u8);
        EventJson.CloseWithCrc(line, start: 0);
        return line.Written.ToArray();
    }

    /// <summary>What the first event of the segment is chained to.</summary>
    /// <param name="line">The header as it stands in the file, without newline.</param>
    public EventHash ChainStart(ReadOnlySpan<byte> line) => PreviousHash ?? Sha256.Of(EventJson.BeforeCrc(line));

    /// <summary>Why this is not the header of a segment that goes on where another ends; null when it is.</summary>
    /// <param name="first">The event that begins the segment, as its file name says.</param>
    /// <param name="before">What ends the segment before.</param>
    public string? FaultIn(EventId first, in SegmentEnd before) =>
        Project != before.Project ? $"it is of another project, {Quoted.Name(Project)}"
        : FirstEventId != first ? $"its header is of a segment that begins with {FirstEventId}"
        : FirstEventId != before.Last.Next ? $"the segment before it ends with {before.Last}"
        : PreviousHash != before.Hash && !before.LostLast ? $"it does not follow from {before.Last} as it is"
        : PreviousLength != before.Length && !before.LostAny
            ? FormattableString.Invariant($"the segment before it has {before.Length} bytes instead of {PreviousLength}")
        : null;

    /// <summary>Reads a header line without its newline; null when it is none or was changed.</summary>
    public static SegmentHeader? Parse(ReadOnlySpan<byte> line)
    {
        if (!EventJson.HasGoodCrc(line))
        {
            return null;
        }

        try
        {
            var fields = new JsonFields();
            var reader = new Utf8JsonReader(line);
            reader.Read();
            fields.Read(ref reader);
            var format = new JsonFields();
            var inner = new Utf8JsonReader(fields.Raw(line, "format"u8));
            inner.Read();
            format.Read(ref inner);
            ReadOnlySpan<byte> formatLine = fields.Raw(line, "format"u8);
            string previous = fields.Text(line, "previous_hash"u8);
            EventHash? previousHash = previous.Length == 0 ? null
                : EventHash.TryParse(System.Text.Encoding.ASCII.GetBytes(previous), out EventHash hash) ? hash
                : throw new JsonException("previous_hash is no hash");
            return new SegmentHeader(
                fields.Text(line, "project"u8),
                new EventId(fields.Number(line, "first_event_id"u8)),
                previousHash,
                fields.Number(line, "previous_length"u8),
                new LogFormat(
                    checked((int)format.Number(formatLine, "minReader"u8)),
                    checked((int)format.Number(formatLine, "minWriter"u8))));
        }
        catch (Exception e) when (e is JsonException or OverflowException or FormatException)
        {
            return null;
        }
    }
}

/// <summary>What the next segment has to follow from.</summary>
/// <param name="Project">The project's id.</param>
/// <param name="Last">The last event.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="Length">Bytes of the segment.</param>
/// <param name="LostAny">Whether a repair gave up an event in it.</param>
/// <param name="LostLast">Whether the last event is one of those.</param>
internal readonly record struct SegmentEnd(
    string Project, EventId Last, EventHash? Hash, long Length, bool LostAny, bool LostLast);
