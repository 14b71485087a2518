using System.Text.Json;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Text;

namespace MemoryGraph.Exchange;

/// <summary>The events of another log of ours, or a part of them, as <c>export events</c> writes them.</summary>
/// <remarks>
/// For a memory that has events of its own; an empty one is better restored byte for byte. Each line is checked by
/// itself, so lines may be missing.
/// </remarks>
public sealed class EventsFile : MemorySource
{
    private readonly EventLineReader _reader = new(EventCatalogue.Current);

    private EventsFile(string name, bool isWhole) => (Name, HasLastingIds) = (name, isWhole);

    /// <summary>The id of the project that wrote the file, with <c>(part)</c> for a part of its log.</summary>
    public override string Name { get; }

    /// <summary>Whether the file holds all events from the first one on.</summary>
    public override bool HasLastingIds { get; }

    /// <summary>Reads which log a file is from, in its first line, and whether any line is missing.</summary>
    /// <param name="file">Seekable; is at its start afterwards.</param>
    /// <returns>Null when the first line is no header of ours.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static EventsFile? Of(Stream file)
    {
        ArgumentNullException.ThrowIfNull(file);
        file.Position = 0;
        var lines = new LineReader(file);
        string? project = lines.Next(out ReadOnlyMemory<byte> line) ? ProjectOf(line.Span) : null;
        bool isWhole = true;
        for (var next = new EventId(1); project is not null && isWhole && lines.Next(out line); next = next.Next)
        {
            isWhole = EventJson.IdOf(line.Span) == next || (!lines.Ended && !lines.IsCut);
        }

        file.Position = 0;
        return project is null ? null : new EventsFile(isWhole ? project : $"{project} (part)", isWhole);
    }

    /// <inheritdoc/>
    public override IEnumerable<SourceCall> Read(Stream file, Action<SourceProblem> problems)
    {
        var lines = new LineReader(file);
        var call = new List<SourceEvent>();
        while (lines.Next(out ReadOnlyMemory<byte> line))
        {
            if (ProjectOf(line.Span) is null
                && EventOf(line.Span, lines.Number, problems) is { Recorded: { } recorded } happened)
            {
                if (call is [{ Recorded: var first }, ..] && first!.Call != recorded.Call)
                {
                    yield return CallOf(call);
                    call = [];
                }

                call.Add(happened);
            }
        }

        if (call.Count > 0)
        {
            yield return CallOf(call);
        }
    }

    private static SourceCall CallOf(List<SourceEvent> events) => new(events, events[0].Recorded!.Reason);

    // The project named by a segment's header; null for other lines.
    private static string? ProjectOf(ReadOnlySpan<byte> line)
    {
        if (!line.StartsWith("{\"project\":"u8) || !EventJson.HasGoodCrc(line))
        {
            return null;
        }

        try
        {
            var fields = new JsonFields();
            var reader = new Utf8JsonReader(line);
            reader.Read();
            fields.Read(ref reader);
            return fields.Text(line, "project"u8);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private SourceEvent? EventOf(ReadOnlySpan<byte> line, long number, Action<SourceProblem> problems)
    {
        string? fault = null;
        RecordedEvent? recorded = null;
        EventHash hash = default;
        try
        {
            if (!EventJson.HasGoodCrc(line))
            {
                fault = "is no event as it was recorded: its checksum does not fit";
            }
            else
            {
                (recorded, hash) = EventJson.Read(line, _reader);
                fault = recorded.RedactedBy is { } eraser ? $"is {recorded.Id}, whose text was erased there by {eraser}"
                    : EventJson.IsAsRecorded(line) ? null
                        : $"is {recorded.Id}, and does not say what was recorded: its hash does not fit";
            }
        }
        catch (Exception e) when (e is JsonException or OverflowException or InvalidOperationException)
        {
            fault = "is no event that this program can read";
        }

        if (fault is not null)
        {
            problems(new SourceProblem(number, fault));
        }

        return fault is not null ? null : new SourceEvent(
            recorded!.Id,
            recorded.Event,
            new Origin(Name, recorded.Id, hash.ToString(), recorded.Author.User, recorded.Timestamp)
            {
                Agent = recorded.Author.Agent,
            })
        {
            Recorded = recorded,
        };
    }
}
