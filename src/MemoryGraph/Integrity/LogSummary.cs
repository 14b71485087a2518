using System.Text.Json;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Log;

namespace MemoryGraph.Integrity;

/// <summary>
/// What a log tells at a glance: how large it is, and its last event. The rest is not read, nor judged.
/// </summary>
/// <param name="ProjectId">As the header says.</param>
/// <param name="Bytes">Of all its segments.</param>
/// <param name="Last">The last event that can be read; <see cref="EventId.None"/> when there is none.</param>
/// <param name="Timestamp">
/// When that was recorded, Unix milliseconds, as its writer's clock said; null when there is none.
/// </param>
internal sealed record LogSummary(string ProjectId, long Bytes, EventId Last, long? Timestamp)
{
    private const int WindowBytesAtFirst = 1 << 16;
    private const int WindowGrowth = 16;

    /// <summary>Glances at the log in a folder. Takes no lock.</summary>
    /// <returns>Null when there is no log.</returns>
    /// <exception cref="DiskException">The disk refuses to be read, or a link stands where a file belongs.</exception>
    /// <exception cref="LogException"><c>damaged</c>: it does not begin with a log's header.</exception>
    public static LogSummary? Of(IDisk disk, string directory)
    {
        string[] segments =
        [
            .. disk.List(directory)
                .Where(SegmentHeader.IsFileName)
                .Order(StringComparer.Ordinal).Select(name => Path.Combine(directory, name)),
        ];
        if (segments.Length == 0)
        {
            return null;
        }

        string? project = null;
        long bytes = 0;
        foreach (string path in segments)
        {
            using var file = LogFiles.Of((path, disk.Open(path, writable: false)));
            project ??= HeaderOf(file)?.Project ?? throw new LogException("damaged", LogHealth.NoHeader(path).Explanation);
            bytes += file.Length;
        }

        RecordedEvent? last = segments.Reverse().Select(path => LastIn(disk, path)).FirstOrDefault(one => one is not null);
        return new LogSummary(project!, bytes, last?.Id ?? EventId.None, last?.Timestamp);
    }

    private static SegmentHeader? HeaderOf(LogFiles file) =>
        new LogLineReader(file, offset: 0).NextLine(out ReadOnlySpan<byte> line, out bool ended) && ended ? SegmentHeader.Parse(line) : null;

    // The last line may be torn, so the search goes up from the end until a whole one is found.
    private static RecordedEvent? LastIn(IDisk disk, string path)
    {
        using IDiskFile file = disk.Open(path, writable: false);
        var lines = new EventLineReader(EventCatalogue.Current);
        for (long window = WindowBytesAtFirst; ; window *= WindowGrowth)
        {
            long start = Math.Max(0, file.Length - window);
            byte[] bytes = new byte[file.Length - start];
            ReadOnlySpan<byte> rest = bytes.AsSpan(0, file.Read(bytes, start));
            while (!rest.IsEmpty)
            {
                int lineStart = rest.LastIndexOf((byte)'\n') + 1;
                if (EventIn(rest[lineStart..], lines) is { } found)
                {
                    return found;
                }

                rest = rest[..Math.Max(0, lineStart - 1)];
            }

            if (start == 0)
            {
                return null;
            }
        }
    }

    private static RecordedEvent? EventIn(ReadOnlySpan<byte> line, EventLineReader lines)
    {
        try
        {
            return EventJson.HasGoodCrc(line) ? EventJson.Read(line, lines).Recorded : null;
        }
        catch (Exception e) when (e is JsonException or OverflowException or InvalidOperationException)
        {
            return null;
        }
    }
}
