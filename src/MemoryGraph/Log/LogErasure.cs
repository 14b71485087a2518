using MemoryGraph.Events;
using MemoryGraph.Values;

namespace MemoryGraph.Log;

/// <summary>Takes the text of events out of the files, after an <see cref="EventRedacted"/> that names them is durable.</summary>
/// <remarks>
/// Each line is overwritten in place, at equal length: nothing moves, so other processes' positions stay true, and head
/// and hash stay as they are, so the chain holds. A crash may come between any two steps, or leave a line half
/// overwritten. Copies go first, because a line that still stands is what tells the next one to do all of it again.
/// </remarks>
internal static class LogErasure
{
    /// <summary>Finds lines in a segment.</summary>
    /// <param name="erasers">Events whose text is to go, with the redaction of each.</param>
    /// <param name="offset">Where in the file to begin: at a line.</param>
    public static IReadOnlyList<UnerasedLine> Find(
        Dictionary<EventId, EventId> erasers, IDiskFile file, string segment, long offset)
    {
        var found = new List<UnerasedLine>(erasers.Count);
        var window = new LineWindow(file, offset);
        while (found.Count < erasers.Count && window.NextLine(out ReadOnlySpan<byte> line, out _))
        {
            if (EventJson.IdOf(line) is { } id && erasers.TryGetValue(id, out EventId eraser)
                && EventJson.HashOf(line) is { } hash)
            {
                found.Add(new UnerasedLine(segment, window.LineStart, line.Length, hash, eraser));
            }
        }

        return found;
    }

    /// <summary>Overwrites what of the lines still stands; durable when it returns. Under the lock.</summary>
    /// <param name="doubt">Told from where on bytes may read as erased and not be so on the device, when a sync fails.</param>
    /// <exception cref="DiskException">Some may be overwritten; those that stand are still known by their redaction.</exception>
    public static void Overwrite(IDisk disk, ProjectFolder folder, IReadOnlyList<UnerasedLine> lines, Action<long> doubt)
    {
        foreach (IGrouping<string, UnerasedLine> segment in lines.GroupBy(line => line.Segment))
        {
            using IDiskFile file = disk.Open(folder.Join(segment.Key), writable: true);
            bool written = false;
            foreach (UnerasedLine line in segment)
            {
                written |= Overwrite(file, line);
            }

            if (written)
            {
                Sync(file, segment.Min(line => line.Offset), doubt);
            }
        }
    }

    private static void Sync(IDiskFile file, long from, Action<long> doubt)
    {
        try
        {
            file.Sync();
        }
        catch (DiskException)
        {
            doubt(from);
            throw;
        }
    }

    private static bool Overwrite(IDiskFile file, UnerasedLine line)
    {
        byte[] bytes = new byte[line.Length];
        if (file.Read(bytes, line.Offset) != line.Length || EventJson.HashOf(bytes) != line.Hash)
        {
            return false;
        }

        byte[] erased = [.. bytes];
        int start = EventJson.Erase(erased, line.By);
        if (start < 0 || erased.AsSpan().SequenceEqual(bytes))
        {
            return false;
        }

        file.Write(erased.AsSpan(start), line.Offset + start);
        return true;
    }
}

/// <summary>A line whose text a redaction took, and that still has it, all or in part.</summary>
/// <param name="Segment">File name.</param>
/// <param name="Offset">First byte of the line.</param>
/// <param name="Length">Bytes of the line, without newline.</param>
/// <param name="Hash">The line's own, so that nothing else is ever overwritten.</param>
/// <param name="By">The redaction.</param>
internal sealed record UnerasedLine(string Segment, long Offset, int Length, EventHash Hash, EventId By);
