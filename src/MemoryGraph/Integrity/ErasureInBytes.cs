using MemoryGraph.Events;
using MemoryGraph.Log;

namespace MemoryGraph.Integrity;

/// <summary>Takes redacted text out of the bytes of a damaged log, so that neither its repair nor its copy keeps it.</summary>
internal static class ErasureInBytes
{
    /// <summary>
    /// Finishes in the bytes of a damaged log what was broken off, wherever a line says that it is the event.
    /// </summary>
    /// <returns>Whether there was anything to erase.</returns>
    public static bool Finish(IReadOnlyList<SegmentBytes> segments, LogAudit audit, EventCatalogue catalogue)
    {
        bool any = false;
        var reader = new EventLineReader(catalogue);
        Redactions redactions = audit.Redactions();
        using LogFiles files = SegmentBytes.AsFiles(segments);
        var window = new LogLineReader(files, offset: 0);
        while (redactions.Targets.Count > 0 && window.NextLine(out ReadOnlySpan<byte> before, out _))
        {
            // A line that lost its newline has swallowed the one behind it, which is not to be erased.
            bool swallowed = before.LastIndexOf("{\"event_id\":"u8) > 0;
            if (swallowed || EventJson.IdOf(before) is not { } id || redactions.EraserOf(id) is not { } eraser
                || (CheckedLine.ReadHead(before, reader) is { } head && !EventCatalogue.MayErase(head.Recorded.Event)))
            {
                continue;
            }

            long offset = window.LineStart - files.Segments[window.Segment].Start;
            Span<byte> line = segments[window.Segment].Bytes.AsSpan((int)offset, before.Length);
            if (EventJson.Erase(line, eraser) >= 0 && !EventJson.HasGoodCrc(before) && !audit.IsInChain(id, window.LineStart))
            {
                // Only the text goes: a head that is damaged must not pass for a good one.
                before[^EventJson.CrcPartBytes..].CopyTo(line[^EventJson.CrcPartBytes..]);
            }

            any |= !line.SequenceEqual(before);
        }

        return any;
    }
}
