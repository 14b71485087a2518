using System.Globalization;
using System.Text;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Log;

namespace MemoryGraph.Integrity;

/// <summary>What stands elsewhere in a log, for an audit to look at where the chain breaks.</summary>
internal sealed class LookAhead(LogFiles files, EventLineReader reader)
{
    // An event that moved further than this is first called removed.
    private const int LinesMax = 4096;

    /// <summary>The line that begins at an offset.</summary>
    public byte[] LineAt(long offset)
    {
        new LogLineReader(files, offset).NextLine(out ReadOnlySpan<byte> line, out _);
        return line.ToArray();
    }

    /// <summary>
    /// Whether the line behind a place follows from a line; null when there is none, or none that is good.
    /// </summary>
    /// <param name="read">The line.</param>
    /// <param name="end">Behind it.</param>
    public bool? IsFollowed(in CheckedLine read, long end)
    {
        bool any = new LogLineReader(files, end).NextLine(out ReadOnlySpan<byte> next, out _);
        return !any || !EventJson.HasGoodCrc(next) ? null
            : EventJson.IsChained(next, read.Hash) && CheckedLine.ReadHead(next, reader)?.Recorded.Id == read.Recorded!.Id.Next;
    }

    /// <summary>
    /// Where the event that belongs at a place stands instead, so that all lines up to there are out of place.
    /// </summary>
    /// <param name="belongs">The event.</param>
    /// <param name="previous">The hash that it follows from.</param>
    /// <param name="from">Where to begin.</param>
    /// <param name="line">What stands at the place.</param>
    /// <param name="read">The same, read.</param>
    /// <returns>
    /// Null when there is none within reach; or when it is one of a few from which the line at the place follows, so
    /// that rather those few were moved down.
    /// </returns>
    public long? Find(EventId belongs, EventHash previous, long from, ReadOnlySpan<byte> line, in CheckedLine read)
    {
        byte[] start = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"event_id\":{belongs.Value},"));
        var window = new LogLineReader(files, from);
        for (int between = 1; between <= LinesMax && window.NextLine(out ReadOnlySpan<byte> next, out _); between++)
        {
            if (next.StartsWith(start) && EventJson.IsChained(next, previous))
            {
                long found = window.LineStart;
                long missing = read.Recorded is { } recorded ? recorded.Id.Value - belongs.Value : 0;
                return missing > 0 && missing < between && IsReached(line, window, next, missing) ? null : found;
            }
        }

        return null;
    }

    // Whether a line follows from the last of as many lines.
    private static bool IsReached(ReadOnlySpan<byte> line, LogLineReader window, ReadOnlySpan<byte> first, long lines)
    {
        EventHash? hash = EventJson.HashOf(first);
        for (long i = 1; i < lines && hash is { } previous; i++)
        {
            hash = window.NextLine(out ReadOnlySpan<byte> next, out _) && EventJson.IsChained(next, previous)
                ? EventJson.HashOf(next) : null;
        }

        return hash is { } last && EventJson.IsChained(line, last);
    }
}
