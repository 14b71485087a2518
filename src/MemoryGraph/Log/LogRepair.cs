using System.Globalization;
using MemoryGraph.Events;

namespace MemoryGraph.Log;

/// <summary>Takes the torn end off a log: first a durable copy in quarantine, then the cut.</summary>
/// <remarks>Under the lock, so no live writer is in the middle of those bytes; and none of them was ever answered.</remarks>
internal static class LogRepair
{
    public static LogRepaired CutTornEnd(IDisk disk, ProjectFolder folder, IDiskFile segment, long end, DateTimeOffset now)
    {
        byte[] torn = new byte[segment.Length - end];
        torn = torn[..segment.Read(torn, end)];
        string name = string.Create(
            CultureInfo.InvariantCulture, $"{folder.SegmentName}@{end}-{now.UtcDateTime:yyyyMMdd'T'HHmmssfff'Z'}.bin");
        disk.CreateDirectory(folder.QuarantinePath);
        string path = Path.Combine(folder.QuarantinePath, name);
        if (disk.Find(path) is not null)
        {
            disk.Delete(path);
        }

        using (IDiskFile copy = disk.Create(path))
        {
            copy.Write(torn, 0);
            copy.Sync();
        }

        disk.SyncDirectory(folder.QuarantinePath);
        disk.SyncDirectory(folder.Path);
        segment.Truncate(end);
        segment.Sync();
        return new LogRepaired([], folder.SegmentName, end, torn.Length, Sha256.Of(torn).ToString(), name);
    }
}
