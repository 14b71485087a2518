using System.Diagnostics;
using MemoryGraph.Benchmarks.Data;
using MemoryGraph.Benchmarks.Reports;

namespace MemoryGraph.Benchmarks.Stdio;

/// <summary>How long it takes to prove that a log is as it was recorded.</summary>
internal static class Verifying
{
    public static void Of(Bench bench, GeneratedStore store, Findings findings)
    {
        var rounds = new Rounds();
        Samples floor = rounds.Add(_ => Rounds.Time(() => store.ReadLogOnce()));
        Samples verify = rounds.Add(_ => Rounds.Time(() => Run(bench.Binary, store.Path)));
        rounds.Run(bench.Starts, bench.Budget, warmUp: 1);
        findings.Add(
            "Verify",
            "`memory-graph verify` from start to end, the file cache warm. The floor: reading the log's bytes once, in this program.",
            verify.ToFigure(
                "`verify`", store.Size, floor, "read the log", Bench.AtMillion(store.Size, Target.AtMost(Quantity.Seconds(3)))));
    }

    private static void Run(string binary, string store)
    {
        var start = new ProcessStartInfo(binary, ["verify", "--store", store, "--project", GeneratedStore.Project])
        {
            WorkingDirectory = Path.GetTempPath(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"verify ended with {process.ExitCode}: {said}{errors.GetAwaiter().GetResult()}");
        }
    }
}
