using MemoryGraph.Domain;
using MemoryGraph.Events;

namespace MemoryGraph.Log;

/// <summary>The one kind of damage that a crash can leave: parts of the last commit.</summary>
internal static class TornTail
{
    /// <summary>
    /// Whether nothing good stands behind a damaged line but lines of the same commit: the one being read or, between
    /// two calls, one that would begin there. A later one could only begin after that one was safe.
    /// </summary>
    /// <param name="damaged">Its checksum is wrong.</param>
    /// <param name="end">Offset behind it.</param>
    /// <param name="commit">The commit being read.</param>
    /// <param name="mayBegin">The commit that may begin at the damaged line.</param>
    public static bool Explains(LogFiles files, ReadOnlySpan<byte> damaged, long end, EventId commit, EventId mayBegin)
    {
        // A line that lost its newline has swallowed the one behind it.
        int swallowed = damaged[Math.Min(1, damaged.Length)..].IndexOf("{\"event_id\":"u8) + 1;
        if (swallowed > 0 && EventJson.HasGoodCrc(damaged[swallowed..]) && IsOfAnother(damaged[swallowed..], commit, mayBegin))
        {
            return false;
        }

        EventHash? before = EventJson.HashOf(damaged);
        var rest = new LogLineReader(files, end);
        while (rest.NextLine(out ReadOnlySpan<byte> line, out _))
        {
            // A line that was edited still has the head that follows from the one before it, as nothing torn does. And a
            // segment with another one behind it was whole.
            bool good = EventJson.HasGoodCrc(line) || (before is { } hash && EventJson.IsChained(line, hash));
            if (rest.IsHeader || (good && IsOfAnother(line, commit, mayBegin)))
            {
                return false;
            }

            before = EventJson.HashOf(line);
        }

        return true;
    }

    private static bool IsOfAnother(ReadOnlySpan<byte> line, EventId commit, EventId mayBegin) =>
        EventJson.CommitOf(line) is var found && found != commit && found != mayBegin;
}
