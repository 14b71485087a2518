using System.Text.Json;
using MemoryGraph.Domain;
using MemoryGraph.Events;

namespace MemoryGraph.Log;

/// <summary>What a line says by itself, whatever stands around it.</summary>
/// <param name="HasGoodCrc">Whether it is what somebody meant to write.</param>
/// <param name="Recorded">The event; null when it cannot be read.</param>
/// <param name="Hash">The hash it carries, when there is an event.</param>
/// <param name="Fault">Why it is not an event as recorded; null when, by itself, it is.</param>
internal readonly record struct CheckedLine(bool HasGoodCrc, RecordedEvent? Recorded, EventHash Hash, string? Fault)
{
    /// <summary>The fault of a line that is not what anybody meant to write.</summary>
    public const string BadChecksum = "its checksum does not match";

    /// <summary>Reads a line (without newline) and checks all but its place: checksum, head, text.</summary>
    public static CheckedLine Read(ReadOnlySpan<byte> line, EventLineReader reader)
    {
        if (!EventJson.HasGoodCrc(line))
        {
            return new CheckedLine(false, null, default, BadChecksum);
        }

        return Parse(line, reader, headOnly: false) is { } read
            ? new CheckedLine(true, read.Recorded, read.Hash, FaultIn(line, read.Recorded))
            : new CheckedLine(true, null, default, "it cannot be read as an event");
    }

    /// <summary>Reads a line (without newline) and checks it as far as its checksum does.</summary>
    public static CheckedLine ReadWithoutText(ReadOnlySpan<byte> line, EventLineReader reader)
    {
        if (!EventJson.HasGoodCrc(line))
        {
            return new CheckedLine(false, null, default, BadChecksum);
        }

        try
        {
            EventLine read = EventJson.Read(line, reader);
            return new CheckedLine(true, read.Recorded, read.Hash, null);
        }
        catch (Exception e) when (e is JsonException or OverflowException or InvalidOperationException)
        {
            return new CheckedLine(true, null, default, $"it cannot be read: {e.Message}");
        }
    }

    /// <summary>What the head says of a line that is not whole; null when not even the head can be read.</summary>
    /// <remarks>To be believed when the head is in the chain.</remarks>
    public static EventLine? ReadHead(ReadOnlySpan<byte> line, EventLineReader reader) => Parse(line, reader, headOnly: true);

    private static EventLine? Parse(ReadOnlySpan<byte> line, EventLineReader reader, bool headOnly)
    {
        try
        {
            return headOnly ? EventJson.ReadHead(line, reader) : EventJson.Read(line, reader);
        }
        catch (Exception e) when (e is JsonException or OverflowException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? FaultIn(ReadOnlySpan<byte> line, RecordedEvent recorded) =>
        recorded.Id < recorded.Call || recorded.Id > recorded.CallEnd || recorded.Commit > recorded.Call
            ? "its head contradicts itself"
        : recorded.RedactedBy is { } eraser
            ? EventJson.IsErased(line, eraser) ? null : "what stands in place of its text is no redaction"
        : EventJson.IsAsRecorded(line) ? null : "its text is not what was recorded";
}
