using BenchmarkDotNet.Attributes;
using MemoryGraph.Benchmarks.Data;
using MemoryGraph.Memory;
using MemoryGraph.Queries;

namespace MemoryGraph.Benchmarks.Library;

/// <summary>What is measured on a generated memory, at every size that was asked for.</summary>
/// <remarks>Not sealed, and public: BenchmarkDotNet derives from each benchmark.</remarks>
[MemoryDiagnoser]
public abstract class MemoryBenchmark
{
    private int _asked;

    /// <summary>Where generated memories are kept; set before a run.</summary>
    internal static string Data { get; set; } = "";

    /// <summary>Sizes to measure; set before a run.</summary>
    internal static IReadOnlyList<int> Sizes { get; set; } = [];

    public static IEnumerable<int> AllSizes => Sizes;

    /// <summary>Size of the memory.</summary>
    [ParamsSource(nameof(AllSizes))]
    public int Events { get; set; }

    /// <summary>A copy that a benchmark may change.</summary>
    internal GeneratedStore Store { get; private set; } = null!;

    /// <summary>The copy, opened and read.</summary>
    internal MemoryProject Project { get; private set; } = null!;

    private static string Scratch => Path.Combine(Data, "scratch-library");

    [GlobalSetup]
    public async Task SetUp()
    {
        DeleteScratch();
        GeneratedStore kept = await GeneratedStore.OfAsync(Data, Events);
        Store = kept.CopyTo(Path.Combine(Scratch, "store"));
        Project = Store.Open();
        Ask(new StatusQuery(), answer => answer.Entities);
        await PrepareAsync();
    }

    [GlobalCleanup]
    public async Task CleanUp()
    {
        await Project.DisposeAsync();
        DeleteScratch();
    }

    /// <summary>Whatever a benchmark needs besides the project.</summary>
    protected virtual Task PrepareAsync() => Task.CompletedTask;

    /// <summary>Another entity each time.</summary>
    internal Probe NextProbe() => Store.Probes[_asked++ % Store.Probes.Count];

    internal T Ask<TAnswer, T>(Query<TAnswer> query, Func<TAnswer, T> tell) =>
        Project.Ask(query, "benchmarks/1.0", (answer, _) => tell(answer));

    private static void DeleteScratch()
    {
        if (Directory.Exists(Scratch))
        {
            Directory.Delete(Scratch, recursive: true);
        }
    }
}
