using BenchmarkDotNet.Attributes;
using MemoryGraph.Benchmarks.Data;
using MemoryGraph.Domain;
using MemoryGraph.Integrity;
using MemoryGraph.Memory;
using MemoryGraph.Queries;

namespace MemoryGraph.Benchmarks.Library;

/// <summary>Opening a project up to its first answer, and verifying it, against reading its log's bytes once.</summary>
public class OpenBenchmarks : MemoryBenchmark
{
    private GeneratedStore _saved = null!;

    [Benchmark(Baseline = true)]
    public long ReadBytesOnce() => Store.ReadLogOnce();

    [Benchmark]
    public Task<long> OpenWithoutSnapshot()
    {
        Store.DeleteSnapshots();
        return OpenAsync(Store);
    }

    [Benchmark]
    public Task<long> OpenWithSnapshot() => OpenAsync(_saved);

    [Benchmark]
    public AuditReport Verify() => Project.Verify();

    protected override async Task PrepareAsync()
    {
        _saved = Store.CopyTo(Store.Path + "-saved");
        await using MemoryProject project = _saved.Open();
        await project.SaveSnapshotAsync();
    }

    private static async Task<long> OpenAsync(GeneratedStore store)
    {
        await using MemoryProject project = store.Open();
        return project.Ask(new OpenQuery([store.Probes[0].Name], AsOf.Now), "benchmarks/1.0", (_, standing) => standing.Last.Value);
    }
}
