using System.Globalization;
using MemoryGraph.Events;

namespace MemoryGraph.Log;

/// <summary>Takes the torn end off a log and keeps it: a durable copy first, then the cut, then an event about it.</summary>
/// <remarks>
/// Only for who holds the lock, so no live writer is in the middle of those bytes; and none of them was ever answered. A
/// crash may come between any two of the steps. So what is to be recorded is read from the folder: files that no
/// <see cref="LogRepaired"/> names. A copy appears whole (written aside, synced, renamed).
/// </remarks>
internal sealed class Quarantine(IDisk disk, ProjectFolder folder, EventCatalogue catalogue)
{
    private const string Suffix = ".bin";

    // Files that the log names, and whether it names all of them. A log that was not read from its start may name more.
    private readonly HashSet<string> _recorded = [];
    private bool _allRecorded;
    private long _unreadUpTo;

    /// <summary>Says that the log was not read up to an offset, so that repairs before it are not known yet.</summary>
    public void StartAt(long offset) => _unreadUpTo = offset;

    /// <summary>Notes a repair that the log records.</summary>
    public void Add(LogRepaired repaired) => _recorded.Add(repaired.Quarantine);

    /// <summary>Notes that a commit is durable that began with everything <see cref="Unrecorded"/> found.</summary>
    public void AllWasRecorded() => _allRecorded = true;

    /// <summary>Moves what stands behind an offset in the last segment into quarantine.</summary>
    /// <param name="files">The log's files; the last segment is cut.</param>
    /// <param name="end">First byte to go, counted in the segment.</param>
    /// <param name="unrecorded">What <see cref="Unrecorded"/> found: a copy made before needs no second one.</param>
    public void CutTornEnd(LogFiles files, long end, DateTimeOffset now, IReadOnlyList<LogRepaired> unrecorded)
    {
        // First of all: whatever fails from here on, a copy may be there that the log does not know of.
        _allRecorded = false;
        (string name, IDiskFile segment) = (files.Last.Name, files.Last.File);
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
    /// <remarks>Cost: nothing once all is recorded; else the folder, and once what was not read of the log.</remarks>
    public IReadOnlyList<LogRepaired> Unrecorded(LogFiles files)
    {
        if (_allRecorded)
        {
            return [];
        }

        List<LogRepaired> found = Missing();
        if (found.Count > 0 && _unreadUpTo > 0)
        {
            ReadRecorded(files);
            found = Missing();
        }

        _allRecorded = found.Count == 0;
        return found;
    }

    private List<LogRepaired> Missing()
    {
        List<LogRepaired> found = [];
        foreach (string name in disk.List(folder.QuarantinePath).Order(StringComparer.Ordinal))
        {
            if (!_recorded.Contains(name) && PlaceIn(name) is var (segment, offset))
            {
                using IDiskFile copy = disk.Open(Path.Combine(folder.QuarantinePath, name), writable: false);
                byte[] bytes = new byte[copy.Length];
                bytes = bytes[..copy.Read(bytes, 0)];
                found.Add(new LogRepaired([], segment, offset, bytes.Length, Sha256.Of(bytes).ToString(), name));
            }
        }

        return found;
    }

    private void ReadRecorded(LogFiles files)
    {
        var reader = new EventLineReader(catalogue);
        var lines = new LogLineReader(files, offset: 0);
        while (lines.NextLine(out ReadOnlySpan<byte> line, out _) && lines.LineEnd <= _unreadUpTo)
        {
            if (line.IndexOf("\"event_type\":\"log_repaired\""u8) >= 0
                && CheckedLine.Read(line, reader).Recorded?.Event is LogRepaired repaired)
            {
                Add(repaired);
            }
        }

        _unreadUpTo = 0;
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
