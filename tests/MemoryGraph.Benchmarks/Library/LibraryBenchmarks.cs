using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace MemoryGraph.Benchmarks.Library;

/// <summary>Runs the benchmarks of this folder with BenchmarkDotNet.</summary>
/// <remarks>
/// In this process: a project that BenchmarkDotNet generates would be built by this repository's rules, warnings as
/// errors included.
/// </remarks>
internal static class LibraryBenchmarks
{
    /// <param name="data">Where generated memories are kept.</param>
    /// <param name="sizes">How many events the memories have.</param>
    /// <param name="filter">Which benchmarks, as BenchmarkDotNet's <c>--filter</c>: <c>*Read*</c>.</param>
    /// <param name="quick">One run of each: to see that all works, not to quote.</param>
    /// <returns>A table in Markdown for each class of benchmarks that ran.</returns>
    public static string Run(string data, IReadOnlyList<int> sizes, string filter, bool quick)
    {
        (MemoryBenchmark.Data, MemoryBenchmark.Sizes) = (data, sizes);
        Job job = (quick ? Job.Dry : Job.Default.WithWarmupCount(5).WithIterationCount(15)).WithToolchain(InProcessEmitToolchain.Instance);
        IConfig config = ManualConfig.CreateEmpty()
            .AddJob(job)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddLogger(ConsoleLogger.Default)
            .WithArtifactsPath(Path.Combine(data, "benchmarkdotnet"));
        IEnumerable<Summary> summaries = BenchmarkSwitcher.FromAssembly(typeof(LibraryBenchmarks).Assembly).Run(["--filter", filter], config);
        return string.Join('\n', summaries.Select(ToMarkdown));
    }

    private static string ToMarkdown(Summary summary)
    {
        var log = new AccumulationLogger();
        MarkdownExporter.GitHub.ExportToLog(summary, log);

        // The machine is told once, above all tables.
        IEnumerable<string> rows = log.GetLog().Split('\n').Where(line => line.StartsWith('|'));
        string subject = summary.BenchmarksCases[0].Descriptor.Type.Name.Replace("Benchmarks", "", StringComparison.Ordinal);
        return $"### {subject}\n\n{string.Join('\n', rows)}\n";
    }
}
