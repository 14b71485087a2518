using BenchmarkDotNet.Attributes;
using MemoryGraph.Benchmarks.Data;
using MemoryGraph.Events;
using MemoryGraph.Graph;
using MemoryGraph.Projections;
using MemoryGraph.Search;

namespace MemoryGraph.Benchmarks.Library;

/// <summary>What one event costs when it is taken in: by the graph, and by the projections that questions ask for.</summary>
[MemoryDiagnoser]
public class FoldBenchmarks
{
    private const int Size = 100_000;

    private readonly RecordedEvent[] _events = [.. new GeneratedMemory(Size).Events()];
    private readonly GraphState _folded = new();

    public FoldBenchmarks()
    {
        Array.ForEach(_events, _folded.Evolve);
    }

    [Benchmark(OperationsPerInvoke = Size)]
    public int Graph()
    {
        var graph = new GraphState();
        Array.ForEach(_events, graph.Evolve);
        return graph.Skipped;
    }

    [Benchmark(OperationsPerInvoke = Size)]
    public object SearchIndex() => Fed(new SearchIndex(_folded));

    [Benchmark(OperationsPerInvoke = Size)]
    public object Timeline() => Fed(new Timeline());

    private Projection Fed(Projection projection)
    {
        projection.CatchUp(_folded.Events, _folded.Events.Last);
        return projection;
    }
}
