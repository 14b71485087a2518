using MemoryGraph.Domain;
using MemoryGraph.Events;

namespace MemoryGraph.Log;

/// <summary>
/// Takes the text of events out of the files, after an <see cref="EventRedacted"/> that names them is durable.
/// </summary>
/// <remarks>
/// Each line is overwritten in place, at equal length: nothing moves, so other processes' positions stay true, and head
/// and hash stay as they are, so the chain holds. A crash may come between any two steps, or leave a line half
/// overwritten. Copies go first, because a line that still stands is what tells the next one to do all of it again.
/// </remarks>
internal static class LogErasure
{
    /// <summary>Those of the lines that still stand, all or in part: another process may have come first.</summary>
    public static IReadOnlyList<UnerasedLine> Standing(ProjectFolder folder, IReadOnlyList<UnerasedLine> lines)
    {
        using LogFiles? files = lines.Count == 0 ? null : LogFiles.Open(folder);
        return files is null ? [] : [.. lines.Where(line => Erased(files, line, out _) is not null)];
    }

    /// <summary>Overwrites what of the lines still stands; durable when it returns. Under the lock.</summary>
    /// <param name="settled">
    /// Where bytes begin whose writer may have died before it synced them, the redaction among them.
    /// </param>
    /// <param name="doubt">
    /// Told from where on bytes may read as written and not be so on the device, when a sync fails.
    /// </param>
    /// <exception cref="DiskException">
    /// Some may be overwritten; those that stand are still known by their redaction.
    /// </exception>
    public static void Overwrite(
        ProjectFolder folder, IReadOnlyList<UnerasedLine> lines, long settled, Action<long> doubt)
    {
        using LogFiles files = LogFiles.Open(folder)!;
        using (IDiskFile last = folder.OpenSegmentForWriting(files.Last.Name, isSealed: false))
        {
            // A power cut may bring one write to the disk without another that came before it.
            Sync(last, settled, doubt);
        }

        foreach (IGrouping<int, UnerasedLine> segment in lines.GroupBy(line => files.IndexAt(line.Offset)))
        {
            LogSegment where = files.Segments[segment.Key];
            using IDiskFile file = folder.OpenSegmentForWriting(where.Name, isSealed: where != files.Last);
            bool written = false;
            foreach (UnerasedLine line in segment)
            {
                written |= Overwrite(files, file, line);
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

    private static bool Overwrite(LogFiles files, IDiskFile file, UnerasedLine line)
    {
        if (Erased(files, line, out int start) is not { } erased)
        {
            return false;
        }

        file.Write(erased.AsSpan(start), files.PlaceOf(line.Offset).Offset + start);
        return true;
    }

    // The line without its text, and where that began; null when there is nothing to erase in it.
    private static byte[]? Erased(LogFiles files, UnerasedLine line, out int start)
    {
        start = -1;
        byte[] bytes = new byte[line.Length];
        if (files.Read(bytes, line.Offset) != line.Length || EventJson.HashOf(bytes) != line.Hash)
        {
            return null;
        }

        byte[] erased = [.. bytes];
        start = EventJson.Erase(erased, line.By);
        return start < 0 || erased.AsSpan().SequenceEqual(bytes) ? null : erased;
    }
}

/// <summary>A line whose text a redaction took, and that still has it, all or in part.</summary>
/// <param name="Offset">First byte of the line, in the log.</param>
/// <param name="Length">Bytes of the line, without newline.</param>
/// <param name="Hash">The line's own, so that nothing else is ever overwritten.</param>
/// <param name="By">The redaction.</param>
internal sealed record UnerasedLine(long Offset, int Length, EventHash Hash, EventId By);
