using System.Globalization;
using System.Text.Json.Nodes;
using MemoryGraph.Benchmarks.Data;
using MemoryGraph.Benchmarks.Reports;
using MemoryGraph.Log;

namespace MemoryGraph.Benchmarks.Stdio;

/// <summary>How long it takes until a change is durable and answered.</summary>
internal static class Writes
{
    private const int LineBytesMax = 4_096;

    public static void Of(Bench bench, GeneratedStore store, Findings findings)
    {
        string path = Path.Combine(bench.Scratch, FormattableString.Invariant($"bare-{store.Size}"));
        using IDiskFile bare = new SystemDisk().Create(path);
        using var server = StdioServer.Start(bench.Binary, store.Path);
        byte[] buffer = new byte[LineBytesMax];
        long end = 0;
        var rounds = new Rounds();
        Samples write = rounds.Add(round =>
        {
            Probe probe = store.Probes[round % store.Probes.Count];
            return server.Do(server.Call("add_observation", new JsonObject
            {
                ["entity"] = probe.Name,
                ["observations"] = new JsonArray(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{probe.CodeName}: measurement {round} was written while nothing else happened, at {store.Size} events.")),
            }));
        });
        Samples floor = rounds.Add(_ =>
        {
            Span<byte> line = LastLine(store, buffer);
            TimeSpan took = Append(bare, line, end);
            end += line.Length;
            return took;
        });
        rounds.Run(bench.Starts, bench.Budget);
        findings.Add(
            "Write",
            "One event, durable before it is answered. The floor: appending the same bytes to another file of the same disk, and "
            + "fsync, with the calls that the program makes for it.",
            write.ToFigure(EntityRef.Write, store.Size, floor, "append + fsync", Target.AtMost(Quantity.Times(2))));
    }

    private static TimeSpan Append(IDiskFile file, ReadOnlySpan<byte> line, long at)
    {
        long begin = System.Diagnostics.Stopwatch.GetTimestamp();
        file.Write(line, at);
        file.Sync();
        return System.Diagnostics.Stopwatch.GetElapsedTime(begin);
    }

    // The line that the last write added, newline included.
    private static Span<byte> LastLine(GeneratedStore store, byte[] buffer)
    {
        using IDiskFile log = new SystemDisk().Open(store.Segments[^1], writable: false);
        int read = log.Read(buffer, Math.Max(0, log.Length - buffer.Length));
        int start = buffer.AsSpan(0, read - 1).LastIndexOf((byte)'\n') + 1;
        return buffer.AsSpan(start, read - start);
    }
}
