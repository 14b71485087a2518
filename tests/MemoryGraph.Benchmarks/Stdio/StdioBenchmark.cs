using MemoryGraph.Benchmarks.Data;
using MemoryGraph.Benchmarks.Library;
using MemoryGraph.Benchmarks.Reports;
using MemoryGraph.Memory;

namespace MemoryGraph.Benchmarks.Stdio;

/// <summary>Measures the native program as its clients meet it, at every size, each figure in turn with its floor.</summary>
internal static class StdioBenchmark
{
    /// <param name="binary">The native program.</param>
    /// <param name="data">Where generated memories are kept.</param>
    /// <param name="sizes">How many events the memories have.</param>
    /// <param name="quick">Fewer runs: to see that all works, not to quote.</param>
    /// <param name="progress">Told what is measured next.</param>
    public static async Task<Findings> RunAsync(
        string binary, string data, IReadOnlyList<int> sizes, bool quick, TextWriter progress)
    {
        string scratch = Path.Combine(data, "scratch");
        Empty(scratch);
        Directory.CreateDirectory(scratch);
        var bench = new Bench(binary, scratch, TimeSpan.FromSeconds(quick ? 0.5 : 2), Starts: quick ? 3 : 9);
        var findings = new Findings();
        try
        {
            await progress.WriteLineAsync("empty store");
            Starts.OfEmpty(bench, findings);
            await Starts.OfIdleAsync(bench, findings);
            foreach (int size in sizes.Order())
            {
                await progress.WriteLineAsync($"{size} events");
                GeneratedStore kept = await GeneratedStore.OfAsync(data, size);
                GeneratedStore store = kept.CopyTo(Path.Combine(scratch, FormattableString.Invariant($"{size}")));
                await Starts.OfAsync(bench, store, findings);
                Reads.Of(bench, store, findings);
                PastReads.Of(bench, store, findings);
                Verifying.Of(bench, store, findings);
                Writes.Of(bench, store, findings);
                await CallAtOnceAsync(bench, store, findings);
                Empty(store.Path);
            }
        }
        finally
        {
            Empty(scratch);
        }

        Growth.Of(sizes, findings);
        return findings;
    }

    private static async Task CallAtOnceAsync(Bench bench, GeneratedStore store, Findings findings)
    {
        await using MemoryProject project = store.Open();
        var callers = new ManyCallers(project, store.Probes);
        var samples = new Samples();
        await callers.RunAsync();
        for (int run = 0; run < bench.Starts; run++)
        {
            samples.Add(await callers.RunAsync());
        }

        findings.Add(
            "Many callers",
            FormattableString.Invariant(
                $"{ManyCallers.Count} callers of the library in this program, not native, each of whom waits until its event is durable."),
            new Figure("events", store.Size, new Quantity(ManyCallers.Count * ManyCallers.CallsEach / samples.Median, Unit.EventsPerSecond))
            {
                Target = new Target(new Quantity(50_000, Unit.EventsPerSecond), AtLeast: true),
            });
    }

    private static void Empty(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
