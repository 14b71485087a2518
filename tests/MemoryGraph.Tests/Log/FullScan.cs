using MemoryGraph.Disk;
using MemoryGraph.Events;
using MemoryGraph.Log;

namespace MemoryGraph.Tests.Log;

/// <summary>Reads a log with every hash recomputed.</summary>
internal static class FullScan
{
    public static LogScan Of(string path, EventCatalogue? catalogue = null)
    {
        byte[] bytes = File.ReadAllBytes(path);
        int header = Array.IndexOf(bytes, (byte)'\n');
        SegmentHeader read = SegmentHeader.Parse(bytes.AsSpan(0, header))!;
        var start = new LogPosition(default, read.ChainStart(bytes.AsSpan(0, header)), 0, header + 1, default);
        using IDiskFile file = new SystemDisk().Open(path, writable: false);
        return LogScan.Run(file, Path.GetFileName(path), new EventLineReader(catalogue ?? EventCatalogue.Current), start, checkHashes: true);
    }
}
