using BenchmarkDotNet.Attributes;

namespace MemoryGraph.Benchmarks.Library;

/// <summary>An event, durable, when 64 callers want one at the same time.</summary>
public class CallersBenchmarks : MemoryBenchmark
{
    private ManyCallers _callers = null!;

    [Benchmark(OperationsPerInvoke = ManyCallers.Count * ManyCallers.CallsEach)]
    public Task<TimeSpan> EventOfManyCallers() => _callers.RunAsync();

    protected override Task PrepareAsync()
    {
        _callers = new ManyCallers(Project, Store.Probes);
        return Task.CompletedTask;
    }
}
