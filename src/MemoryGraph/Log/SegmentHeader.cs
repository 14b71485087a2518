using System.Text.Json;
using MemoryGraph.Events;
using MemoryGraph.Values;

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
/// </remarks>
/// <param name="Project">The project's id: 32 lower-case hexadecimal digits.</param>
/// <param name="FirstEventId">Id of the first event that the segment holds or will hold.</param>
/// <param name="PreviousHash">Null in the first segment.</param>
/// <param name="PreviousLength">Bytes; 0 in the first segment.</param>
internal sealed record SegmentHeader(
    string Project, EventId FirstEventId, EventHash? PreviousHash, long PreviousLength, LogFormat Format)
{
    /// <summary>File name of the segment that begins at an event: <c>events-000000000001.jsonl</c>.</summary>
    public static string FileName(EventId first) => FormattableString.Invariant($"events-{first.Value:D12}.jsonl");

    /// <summary>Whether a file's name is that of a segment.</summary>
    public static bool IsFileName(string name) =>
        name.StartsWith("events-", StringComparison.Ordinal) && name.EndsWith(".jsonl", StringComparison.Ordinal);

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
