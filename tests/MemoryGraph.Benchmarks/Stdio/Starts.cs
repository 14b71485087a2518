using System.Diagnostics;
using System.Text.Json.Nodes;
using MemoryGraph.Benchmarks.Data;
using MemoryGraph.Benchmarks.Reports;

namespace MemoryGraph.Benchmarks.Stdio;

/// <summary>How long it takes from starting the program to its first answer.</summary>
internal static class Starts
{
    private const string Title = "Start";
    private const string Remark =
        "From before the program is started to its answer, the file cache warm. The floors: starting `true` and waiting for "
        + "its end; reading the bytes of the log once, in this program; likewise those of the snapshot. Without a row \"with "
        + "snapshot\" the program left none.";

    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(5);

    // The program takes its time for a snapshot, so as not to be in anybody's way: the more events, the longer.
    private static readonly TimeSpan SnapshotPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SnapshotPatienceForEvent = TimeSpan.FromMicroseconds(100);

    /// <summary>Of a program whose store is not there yet.</summary>
    public static void OfEmpty(Bench bench, Findings findings)
    {
        string store = Path.Combine(bench.Scratch, "empty");
        long? resident = null;
        var rounds = new Rounds();
        Samples floor = rounds.Add(_ => Rounds.Time(RunNothing));
        Samples start = rounds.Add(_ =>
        {
            using var server = StdioServer.Start(bench.Binary, store);
            TimeSpan took = server.SinceSpawn;
            server.Do(server.Call("memory_status", []));
            resident = server.ResidentBytes;
            return took;
        });
        rounds.Run(bench.Starts, bench.Budget);
        findings.Add(
            Title, Remark, start.ToFigure("`initialize`", 0, floor, "`true`", Target.AtMost(Quantity.Milliseconds(25))));
        if (resident is { } bytes)
        {
            findings.Add(Title, Remark, new Figure("memory then (RSS), after `memory_status`", 0, new Quantity(bytes, Unit.Bytes))
            {
                Target = Target.AtMost(Quantity.Megabytes(30)),
            });
        }
    }

    /// <summary>What a server does whom nobody asks anything.</summary>
    public static async Task OfIdleAsync(Bench bench, Findings findings)
    {
        using var server = StdioServer.Start(bench.Binary, Path.Combine(bench.Scratch, "empty"));
        server.Do(server.Call("memory_status", []));
        await Task.Delay(Idle);
        long? before = server.Sleeps;
        await Task.Delay(Idle);
        if (server.Sleeps - before is { } woken)
        {
            findings.Add(Title, Remark, new Figure($"times that an idle server woke up in {Idle.TotalSeconds} seconds", 0, new Quantity(woken, Unit.Count))
            {
                Target = Target.AtMost(new Quantity(0, Unit.Count)),
            });
        }
    }

    /// <summary>Of a program that has to read a memory: from its log, then from a snapshot if the program left one.</summary>
    public static async Task OfAsync(Bench bench, GeneratedStore store, Findings findings)
    {
        Target? fromLog = store.Size switch
        {
            10_000 => Target.AtMost(Quantity.Milliseconds(60)),
            Bench.Million => Target.AtMost(Quantity.Seconds(2)),
            _ => null,
        };
        Measure(bench, store, "without snapshot", store.DeleteSnapshots, () => store.ReadLogOnce(), "read the log", fromLog, findings);
        await LeaveSnapshotAsync(bench, store);
        IReadOnlyList<string> snapshots = store.Snapshots;
        if (snapshots.Count == 0)
        {
            return;
        }

        Samples start = Measure(
            bench, store, "with snapshot", () => { }, () => ReadOnce(snapshots), "read the snapshot",
            Bench.AtMillion(store.Size, Target.AtMost(Quantity.Milliseconds(500))), findings);
        if (findings.Of("`initialize`") is [var empty, ..] && start.Median > empty.Median.Value)
        {
            double bytes = snapshots.Max(snapshot => new FileInfo(snapshot).Length);
            findings.Add(Title, Remark, new Figure(
                "the largest snapshot's bytes in that time, less that of `initialize`", store.Size,
                new Quantity(bytes / (start.Median - empty.Median.Value), Unit.BytesPerSecond))
            {
                Target = Bench.AtMillion(store.Size, new Target(Quantity.MegabytesPerSecond(500), AtLeast: true)),
            });
        }
    }

    private static Samples Measure(
        Bench bench, GeneratedStore store, string how, Action prepare, Action floor, string floorName, Target? target, Findings findings)
    {
        var rounds = new Rounds();
        Samples least = rounds.Add(_ => Rounds.Time(floor));
        Samples open = rounds.Add(round => First("open_nodes", new JsonObject { ["names"] = new JsonArray(Probe(round).Name) }));
        Samples search = rounds.Add(round => First("search_nodes", new JsonObject { ["query"] = Probe(round).CodeName }));
        rounds.Run(bench.Starts, bench.Budget, warmUp: 1);
        findings.Add(
            Title, Remark,
            open.ToFigure($"first `open_nodes`, {how}", store.Size, least, floorName, target),
            search.ToFigure($"first `search_nodes`, {how}", store.Size, least, floorName));
        return open;

        Probe Probe(int round) => store.Probes[round % store.Probes.Count];

        TimeSpan First(string tool, JsonObject arguments)
        {
            prepare();
            using var server = StdioServer.Start(bench.Binary, store.Path);
            server.Do(server.Call(tool, arguments));
            return server.SinceSpawn;
        }
    }

    // A session as any other, which ends in order: whether and when it leaves a snapshot is the program's affair.
    private static async Task LeaveSnapshotAsync(Bench bench, GeneratedStore store)
    {
        using var server = StdioServer.Start(bench.Binary, store.Path);
        server.Do(server.Call("add_observation", new JsonObject
        {
            ["entity"] = store.Probes[0].Name,
            ["observations"] = new JsonArray("Was spoken of before the start was measured."),
        }));
        server.Do(server.Call("search_nodes", new JsonObject { ["query"] = store.Probes[0].CodeName }));
        long begin = Stopwatch.GetTimestamp();
        TimeSpan patience = SnapshotPatience + (SnapshotPatienceForEvent * store.Size);
        while (store.Snapshots.Count == 0 && Stopwatch.GetElapsedTime(begin) < patience)
        {
            await Task.Delay(100);
        }
    }

    private static void ReadOnce(IEnumerable<string> files)
    {
        byte[] buffer = new byte[1 << 20];
        foreach (string file in files)
        {
            using FileStream stream = File.OpenRead(file);
            while (stream.Read(buffer) > 0)
            {
            }
        }
    }

    private static void RunNothing()
    {
        using var nothing = Process.Start("true");
        nothing.WaitForExit();
    }
}
