using System.Globalization;
using MemoryGraph.Events;

namespace MemoryGraph.Log;

/// <summary>
/// Takes the torn end off a log: first a durable copy in quarantine, then the cut, then a word in the log.
/// </summary>
/// <remarks>
/// Under the lock, so no live writer is in the middle of those bytes; and none of them was ever answered. A crash may
/// come between any two of the steps. So what is to be recorded is read from the quarantine: files that no
/// <see cref="LogRepaired"/> names. A copy appears whole (written aside, synced, renamed).
/// </remarks>
internal static class LogRepair
{
    private const string Suffix = ".bin";

    /// <summary>Moves what stands behind an offset in the last segment to quarantine.</summary>
    /// <param name="name">The segment's file name.</param>
    /// <param name="unrecorded">
    /// What <see cref="Unrecorded"/> found: a copy that was made before needs no second one.
    /// </param>
    public static void CutTornEnd(
        ProjectFolder folder, string name, IDiskFile segment, long end, DateTimeOffset now, IReadOnlyList<LogRepaired> unrecorded)
    {
        byte[] torn = new byte[segment.Length - end];
        torn = torn[..segment.Read(torn, end)];
        string hash = Sha256.Of(torn).ToString();
        if (!unrecorded.Any(copy => copy.Segment == name && copy.Offset == end && copy.Sha256 == hash))
        {
            folder.Quarantine(
                string.Create(
                    CultureInfo.InvariantCulture, $"{name}@{end}-{now.UtcDateTime:yyyyMMdd'T'HHmmssfff'Z'}{Suffix}"),
                torn);
        }

        segment.Truncate(end);
        segment.Sync();
    }

    /// <summary>What lies in quarantine and is not in the log, oldest first: a crash or a fault came between.</summary>
    /// <param name="recorded">Names of quarantined files that the log knows.</param>
    public static IReadOnlyList<LogRepaired> Unrecorded(IDisk disk, ProjectFolder folder, IReadOnlySet<string> recorded)
    {
        List<LogRepaired> found = [];
        foreach (string name in disk.List(folder.QuarantinePath).Order(StringComparer.Ordinal))
        {
            if (!recorded.Contains(name) && PlaceIn(name) is var (segment, offset))
            {
                using IDiskFile copy = disk.Open(Path.Combine(folder.QuarantinePath, name), writable: false);
                byte[] bytes = new byte[copy.Length];
                bytes = bytes[..copy.Read(bytes, 0)];
                found.Add(new LogRepaired([], segment, offset, bytes.Length, Sha256.Of(bytes).ToString(), name));
            }
        }

        return found;
    }

    /// <summary>Adds what the log says about repairs before a place. Cost: everything before it is looked through.</summary>
    public static void ReadRecorded(LogFiles files, long upTo, EventCatalogue catalogue, HashSet<string> recorded)
    {
        var reader = new EventLineReader(catalogue);
        var window = new LogLineReader(files, offset: 0);
        while (window.NextLine(out ReadOnlySpan<byte> line, out _) && window.LineEnd <= upTo)
        {
            if (line.IndexOf("\"event_type\":\"log_repaired\""u8) >= 0
                && CheckedLine.Read(line, reader).Recorded?.Event is LogRepaired repaired)
            {
                recorded.Add(repaired.Quarantine);
            }
        }
    }

    // From a name such as events-000000000001.jsonl@4096-20260101T000000000Z.bin; null for any other.
    private static (string Segment, long Offset)? PlaceIn(string name)
    {
        int at = name.IndexOf('@', StringComparison.Ordinal);
        int end = name.LastIndexOf('-');
        return at >= 0 && end > at && name.EndsWith(Suffix, StringComparison.Ordinal) && SegmentHeader.IsFileName(name[..at])
            && long.TryParse(name.AsSpan((at + 1)..end), NumberStyles.None, CultureInfo.InvariantCulture, out long offset)
            ? (name[..at], offset) : null;
    }
}
