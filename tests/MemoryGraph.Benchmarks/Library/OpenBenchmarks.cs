using BenchmarkDotNet.Attributes;
using MemoryGraph.Log;
using MemoryGraph.Projects;
using MemoryGraph.Queries;

namespace MemoryGraph.Benchmarks.Library;

/// <summary>Opening a project up to its first answer, and verifying it, against reading its log's bytes once.</summary>
public class OpenBenchmarks : MemoryBenchmark
{
    [Benchmark(Baseline = true)]
    public long ReadBytesOnce() => Store.ReadLogOnce();

    [Benchmark]
    public async Task<long> OpenWithoutSnapshot()
    {
        Store.DeleteSnapshots();
        await using MemoryProject project = Store.Open();
        return project.Ask(new StatusQuery(), "benchmarks/1.0", (_, standing) => standing.Last.Value);
    }

    [Benchmark]
    public AuditReport Verify() => Project.Verify();
}
