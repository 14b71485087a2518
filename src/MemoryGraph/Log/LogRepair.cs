using System.Globalization;
using MemoryGraph.Disk;
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

    /// <summary>Moves what stands behind an offset to quarantine.</summary>
    /// <param name="unrecorded">
    /// What <see cref="Unrecorded"/> found: a copy that was made before needs no second one.
    /// </param>
    public static void CutTornEnd(
        ProjectFolder folder, IDiskFile segment, long end, DateTimeOffset now, IReadOnlyList<LogRepaired> unrecorded)
    {
        byte[] torn = new byte[segment.Length - end];
        torn = torn[..segment.Read(torn, end)];
        string hash = Sha256.Of(torn).ToString();
        if (!unrecorded.Any(copy => copy.Offset == end && copy.Sha256 == hash))
        {
            folder.Quarantine(
                string.Create(
                    CultureInfo.InvariantCulture, $"{folder.SegmentName}@{end}-{now.UtcDateTime:yyyyMMdd'T'HHmmssfff'Z'}{Suffix}"),
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
            if (!recorded.Contains(name) && OffsetIn(name, folder.SegmentName) is { } offset)
            {
                using IDiskFile copy = disk.Open(Path.Combine(folder.QuarantinePath, name), writable: false);
                byte[] bytes = new byte[copy.Length];
                bytes = bytes[..copy.Read(bytes, 0)];
                found.Add(new LogRepaired([], folder.SegmentName, offset, bytes.Length, Sha256.Of(bytes).ToString(), name));
            }
        }

        return found;
    }

    // From a name such as events-000000000001.jsonl@4096-20260101T000000000Z.bin; null for any other.
    private static long? OffsetIn(string name, string segment)
    {
        string start = segment + '@';
        int end = name.LastIndexOf('-');
        return name.StartsWith(start, StringComparison.Ordinal) && name.EndsWith(Suffix, StringComparison.Ordinal)
            && end > start.Length
            && long.TryParse(name.AsSpan(start.Length..end), NumberStyles.None, CultureInfo.InvariantCulture, out long offset)
            ? offset : null;
    }
}
