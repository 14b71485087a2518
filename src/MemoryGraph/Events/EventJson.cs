using System.Buffers.Text;
using System.IO.Hashing;
using System.Text.Json;
using MemoryGraph.Domain;

namespace MemoryGraph.Events;

/// <summary>One event as one line of JSON: the stored format, to the byte.</summary>
/// <remarks>
/// <para>A line, broken up here; the order of the keys is fixed:</para>
/// <code>
/// {"event_id":42,"event_type":"observation_added","timestamp":1767225600123,"tx":41,"n":3,"commit":41,"session":17,
///  "v":1,"refs":[12],"data_hash":"[43]","hash":"[43]",
///  "user":"duyan","agent":"cursor/1.7","reason":"from the stack trace","origin":{…},
///  "data":{"entity":"Bug: login","text":"Fails for names with an apostrophe"},"salt":"[22]","crc":"1a2b3c4d"}
/// </code>
/// <para>
/// <b>Head</b>: from <c>{</c> up to <c>,"hash":</c>. Numbers and our own words only, nothing that a person or model
/// typed, so it never needs erasing. Optional keys stand before <c>data_hash</c>: <c>"undoes":[…]</c>,
/// <c>"ignorable":true</c>. A key that the reader does not know is covered by the hash and otherwise passed over.
/// <b>Payload</b>: from <c>"user":</c> to the end of <c>data</c>; <c>reason</c> and <c>origin</c> may be missing.
/// </para>
/// <para>
/// <c>hash</c> = SHA-256(previous hash ‖ head). <c>data_hash</c> = SHA-256(salt ‖ payload). <c>crc</c> = CRC-32
/// (zlib's) of all bytes before <c>,"crc":</c>, eight lower-case hexadecimal digits. Hash inputs are raw bytes, so no
/// canonical JSON is needed; hashes and salt (16 bytes) are spelled in base64url, canonical. The previous hash of the
/// first event of a log is SHA-256 of the header line's bytes before <c>,"crc":</c> (see <c>SegmentHeader</c>).
/// </para>
/// <para>
/// <b>Redacted</b>: everything after the hash's value is replaced, at equal length, by <c>,"redacted_by":90</c> and
/// spaces up to <c>,"crc":</c>. The head still stands, so the chain still holds; the text and the salt are gone.
/// </para>
/// </remarks>
internal static class EventJson
{
    public const int SaltBytes = 16;

    private const int SaltCharacters = 22;
    private const int CrcCharacters = 8;
    private const int LongestNumber = 20;

    // Each opens a text, which a quote ends.
    private static ReadOnlySpan<byte> DataHashKey => ",\"data_hash\":\""u8;

    private static ReadOnlySpan<byte> HashKey => ",\"hash\":\""u8;

    private static ReadOnlySpan<byte> SaltKey => ",\"salt\":\""u8;

    private static ReadOnlySpan<byte> RedactedByKey => ",\"redacted_by\":"u8;

    private static ReadOnlySpan<byte> CrcKey => ",\"crc\":\""u8;

    // ,"salt":"[22]"
    private static int SaltPartBytes => SaltKey.Length + SaltCharacters + 1;

    /// <summary>Bytes of <c>,"crc":"[8]"}</c>, with which a line ends.</summary>
    public static int CrcPartBytes => CrcKey.Length + CrcCharacters + 2;

    /// <summary>Appends a line with its newline.</summary>
    /// <param name="recorded">The event; an unknown one cannot be written.</param>
    /// <param name="catalogue">How each type of event is stored.</param>
    /// <param name="previous">The hash of the line before it.</param>
    /// <param name="salt">16 random bytes.</param>
    /// <returns>The hash of the line.</returns>
    public static EventHash Write(
        Utf8Buffer buffer, RecordedEvent recorded, EventCatalogue catalogue, EventHash previous, ReadOnlySpan<byte> salt)
    {
        EventShape shape = catalogue.ShapeOf(recorded.Event);
        int start = buffer.Length;
        buffer.Raw("{\"event_id\":"u8).Number(recorded.Id.Value)
            .Raw(",\"event_type\":\""u8).Raw(shape.NameBytes)
            .Raw("\",\"timestamp\":"u8).Number(recorded.Timestamp)
            .Raw(",\"tx\":"u8).Number(recorded.Call.Value)
            .Raw(",\"n\":"u8).Number(recorded.CallLength)
            .Raw(",\"commit\":"u8).Number(recorded.Commit.Value)
            .Raw(",\"session\":"u8).Number(recorded.Session.Value)
            .Raw(",\"v\":"u8).Number(shape.Version);
        WriteIds(buffer, ",\"refs\":["u8, shape.Refs(recorded.Event));
        if (recorded.Undoes.Count > 0)
        {
            WriteIds(buffer, ",\"undoes\":["u8, recorded.Undoes);
        }

        buffer.Raw(DataHashKey);
        int dataHashAt = buffer.Length;
        buffer.Take(EventHash.Characters);
        buffer.Raw("\""u8);
        int headEnd = buffer.Length;
        buffer.Raw(HashKey);
        int hashAt = buffer.Length;
        buffer.Take(EventHash.Characters);
        buffer.Raw("\","u8);
        int payloadStart = buffer.Length;
        WritePayload(buffer, recorded, shape);
        int payloadEnd = buffer.Length;
        buffer.Raw(SaltKey);
        Base64Url.EncodeToUtf8(salt, buffer.Take(SaltCharacters));
        buffer.Raw("\""u8);

        // The hashes cover bytes that are now in place: first the payload's, which is part of the head, then the
        // head's.
        Span<byte> line = buffer.WritableFrom(start);
        Sha256.Of(salt, line[(payloadStart - start)..(payloadEnd - start)]).Format(line[(dataHashAt - start)..]);
        EventHash hash = Chain(previous, line[..(headEnd - start)]);
        hash.Format(line[(hashAt - start)..]);
        CloseWithCrc(buffer, start);
        return hash;
    }

    /// <summary>
    /// Ends a line: <c>,"crc":"…"}</c> over its bytes since <paramref name="start"/>, and the newline.
    /// </summary>
    public static void CloseWithCrc(Utf8Buffer buffer, int start)
    {
        uint crc = Crc32.HashToUInt32(buffer.Written[start..]);
        buffer.Raw(CrcKey);
        FormatCrc(crc, buffer.Take(CrcCharacters));
        buffer.Raw("\"}\n"u8);
    }

    /// <summary>Whether a line (without newline) ends in the CRC-32 of what stands before it.</summary>
    public static bool HasGoodCrc(ReadOnlySpan<byte> line)
    {
        if (line.Length <= CrcPartBytes)
        {
            return false;
        }

        ReadOnlySpan<byte> end = line[^CrcPartBytes..];
        Span<byte> expected = stackalloc byte[CrcCharacters];
        FormatCrc(Crc32.HashToUInt32(line[..^CrcPartBytes]), expected);
        return end.StartsWith(CrcKey) && end.EndsWith("\"}"u8) && end[CrcKey.Length..^2].SequenceEqual(expected);
    }

    /// <summary>The bytes that a line's CRC covers.</summary>
    public static ReadOnlySpan<byte> BeforeCrc(ReadOnlySpan<byte> line) => line[..^CrcPartBytes];

    /// <summary>The hash that a line carries; null when it carries none.</summary>
    public static EventHash? HashOf(ReadOnlySpan<byte> line)
    {
        int headEnd = HeadEnd(line);
        return headEnd >= 0 && EventHash.TryParse(HashSpelling(line, headEnd), out EventHash hash) ? hash : null;
    }

    /// <summary>Whether a line's hash follows from the one before it: its place in the chain.</summary>
    public static bool IsChained(ReadOnlySpan<byte> line, EventHash previous) =>
        HashOf(line) is { } hash && Chain(previous, line[..HeadEnd(line)]) == hash;

    /// <summary>
    /// Whether a line that was not redacted still says what was recorded: its text against its data hash.
    /// </summary>
    public static bool IsAsRecorded(ReadOnlySpan<byte> line)
    {
        Span<byte> salt = stackalloc byte[SaltBytes];
        int headEnd = HeadEnd(line);
        ReadOnlySpan<byte> body = BeforeCrc(line);
        return headEnd > EventHash.Characters && body.Length > PayloadStart(headEnd) + SaltPartBytes
            && body[PayloadStart(headEnd) - 1] == (byte)','
            && body[^SaltPartBytes..].StartsWith(SaltKey) && body[^1] == (byte)'"'
            && EventHash.TryParse(line[(headEnd - EventHash.Characters - 1)..(headEnd - 1)], out EventHash dataHash)
            && CanonicalBase64Url.TryDecode(body[^(SaltCharacters + 1)..^1], salt)
            && Sha256.Of(salt, body[PayloadStart(headEnd)..^SaltPartBytes]) == dataHash;
    }

    /// <summary>Whether a line's text was erased by an event, exactly as a redaction does it.</summary>
    /// <remarks>
    /// So that nothing else can hide behind <c>redacted_by</c>: behind the hash stand only that and spaces.
    /// </remarks>
    public static bool IsErased(ReadOnlySpan<byte> line, EventId by)
    {
        int headEnd = HeadEnd(line);
        if (headEnd < 0 || BeforeCrc(line).Length < PayloadStart(headEnd))
        {
            return false;
        }

        // PayloadStart lies behind a comma, which here opens the key.
        ReadOnlySpan<byte> rest = BeforeCrc(line)[(PayloadStart(headEnd) - 1)..];
        return rest.StartsWith(RedactedByKey)
            && Utf8Parser.TryParse(rest[RedactedByKey.Length..], out long eraser, out int digits) && eraser == by.Value
            && rest[RedactedByKey.Length] is >= (byte)'1' and <= (byte)'9'
            && rest[(RedactedByKey.Length + digits)..].IndexOfAnyExcept((byte)' ') < 0;
    }

    /// <summary>
    /// Replaces a line's text and salt at equal length by the event that redacted it; what stands before stays.
    /// </summary>
    /// <param name="line">Without newline. It may be erased already, or half: what comes of it is the same.</param>
    /// <returns>
    /// Where the part begins that is overwritten; -1, with nothing done, when the line is none of ours.
    /// </returns>
    public static int Erase(Span<byte> line, EventId by)
    {
        int headEnd = HeadEnd(line);
        if (headEnd < 0 || HashSpelling(line, headEnd).IsEmpty)
        {
            return -1;
        }

        int start = PayloadStart(headEnd) - 1;
        if (line.Length < start + RedactedByKey.Length + LongestNumber + CrcPartBytes)
        {
            return -1;
        }

        Span<byte> blank = line[start..^CrcPartBytes];
        blank.Fill((byte)' ');
        RedactedByKey.CopyTo(blank);
        Utf8Formatter.TryFormat(by.Value, blank[RedactedByKey.Length..], out _);

        Span<byte> end = line[^CrcPartBytes..];
        CrcKey.CopyTo(end);
        FormatCrc(Crc32.HashToUInt32(line[..^CrcPartBytes]), end[CrcKey.Length..]);
        "\"}"u8.CopyTo(end[^2..]);
        return start;
    }

    /// <summary>Reads a line whose CRC is good.</summary>
    /// <param name="line">Without newline.</param>
    /// <param name="reader">Workspace, reused from line to line.</param>
    /// <exception cref="JsonException">
    /// The line is not an event; the message says what is wrong, for people.
    /// </exception>
    public static EventLine Read(ReadOnlySpan<byte> line, EventLineReader reader)
    {
        EventHash hash = HashOf(line) ?? throw new JsonException("it has no hash");
        return new EventLine(reader.Read(line), hash);
    }

    /// <summary>
    /// Reads what a line's head says, its text as if it were erased: for a line whose head is in the chain and whose
    /// rest is not whole.
    /// </summary>
    /// <inheritdoc cref="Read"/>
    public static EventLine ReadHead(ReadOnlySpan<byte> line, EventLineReader reader)
    {
        EventHash hash = HashOf(line) ?? throw new JsonException("it has no hash");
        byte[] head = [.. line[..HeadEnd(line)], .. ",\"redacted_by\":1}"u8];
        return new EventLine(reader.Read(head) with { RedactedBy = null }, hash);
    }

    /// <summary>The <c>commit</c> of a line, whatever else it holds; null when it says none.</summary>
    public static EventId? CommitOf(ReadOnlySpan<byte> line) => IdAfter(line, ",\"commit\":"u8);

    /// <summary>The number of a line's event, whatever else it holds; null when it says none.</summary>
    public static EventId? IdOf(ReadOnlySpan<byte> line) => IdAfter(line, "{\"event_id\":"u8);

    /// <summary>
    /// What stands behind a line's head and hash: its text, its salt, or what a redaction left of them.
    /// </summary>
    public static int TextStart(ReadOnlySpan<byte> line) => HeadEnd(line) is >= 0 and var end ? PayloadStart(end) : line.Length;

    private static void WriteIds(Utf8Buffer buffer, ReadOnlySpan<byte> opening, IReadOnlyList<EventId> ids)
    {
        buffer.Raw(opening);
        for (int i = 0; i < ids.Count; i++)
        {
            buffer.Raw(i == 0 ? [] : ","u8).Number(ids[i].Value);
        }

        buffer.Raw("]"u8);
    }

    private static void WritePayload(Utf8Buffer buffer, RecordedEvent recorded, EventShape shape)
    {
        buffer.Raw("\"user\":"u8).Quoted(recorded.Author.User).Raw(",\"agent\":"u8).Quoted(recorded.Author.Agent);
        if (recorded.Reason is { } reason)
        {
            buffer.Raw(",\"reason\":"u8).Quoted(reason);
        }

        var data = new JsonDataWriter(buffer);
        if (recorded.Origin is { } origin)
        {
            buffer.Raw(",\"origin\":"u8);
            data.Start();
            data.Text("project"u8, origin.Project).Number("event_id"u8, origin.Id.Value).Text("hash"u8, origin.Hash)
                .Text("user"u8, origin.User).Text("agent"u8, origin.Agent).Number("timestamp"u8, origin.Timestamp);
            data.End();
        }

        buffer.Raw(",\"data\":"u8);
        data.Start();
        shape.WriteData(recorded.Event, data);
        data.End();
    }

    private static EventHash Chain(EventHash previous, ReadOnlySpan<byte> head)
    {
        Span<byte> before = stackalloc byte[EventHash.Bytes];
        previous.CopyTo(before);
        return Sha256.Of(before, head);
    }

    private static EventId? IdAfter(ReadOnlySpan<byte> line, ReadOnlySpan<byte> key)
    {
        int at = line.IndexOf(key);
        return at >= 0 && Utf8Parser.TryParse(line[(at + key.Length)..], out long id, out _) ? new EventId(id) : null;
    }

    private static int HeadEnd(ReadOnlySpan<byte> line) => line.IndexOf(HashKey);

    private static ReadOnlySpan<byte> HashSpelling(ReadOnlySpan<byte> line, int headEnd)
    {
        ReadOnlySpan<byte> rest = line[(headEnd + HashKey.Length)..];
        return rest.Length > EventHash.Characters && rest[EventHash.Characters] == (byte)'"' ? rest[..EventHash.Characters] : [];
    }

    // Behind ,"hash":"[43]",
    private static int PayloadStart(int headEnd) => headEnd + HashKey.Length + EventHash.Characters + 2;

    private static void FormatCrc(uint crc, Span<byte> destination) =>
        Utf8Formatter.TryFormat(crc, destination, out _, new System.Buffers.StandardFormat('x', CrcCharacters));
}

/// <summary>An event as read from its line, and the line's place in the chain.</summary>
internal readonly record struct EventLine(RecordedEvent Recorded, EventHash Hash);
