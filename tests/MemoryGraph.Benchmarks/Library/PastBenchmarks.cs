using BenchmarkDotNet.Attributes;
using MemoryGraph.Benchmarks.Data;
using MemoryGraph.Domain;
using MemoryGraph.Queries;
using MemoryGraph.Search;

namespace MemoryGraph.Benchmarks.Library;

/// <summary>The same question as of a past point, and now (100 %).</summary>
public class PastBenchmarks : MemoryBenchmark
{
    private Probe[] _old = [];
    private int _opened;

    /// <summary>How much of the log lies before the point.</summary>
    [Params(10, 50, 90, 100)]
    public int Percent { get; set; }

    [Benchmark]
    public int Open() => Ask(
        new OpenQuery([NextOld().Name], Point), answer => answer.Entities.Sum(ReadBenchmarks.Shown));

    [Benchmark]
    public int SearchRareWord() => Ask(
        new SearchQuery(NextOld().CodeName, EntityType: null, Point), answer => answer.Hits.Sum(hit => hit.Matching.Count()));

    // Entities that there were at each of the points.
    protected override Task PrepareAsync()
    {
        _old = [.. Store.Probes.Where(probe => probe.Id.Value <= Events / 10)];
        return Task.CompletedTask;
    }

    private AsOf Point => AsOf.Of(new EventId((long)Events * Percent / 100));

    private Probe NextOld() => _old[_opened++ % _old.Length];
}
