using System.Globalization;
using BenchmarkDotNet.Attributes;
using MemoryGraph.Domain;
using MemoryGraph.Log;
using MemoryGraph.Memory;

namespace MemoryGraph.Benchmarks.Library;

/// <summary>One event, durable, against appending as many bytes to a file of the same disk and fsync.</summary>
public class AppendBenchmarks : MemoryBenchmark
{
    private static readonly Author Author = new("benchmark", "benchmarks/1.0");

    private byte[] _line = [];
    private IDiskFile _bare = null!;
    private long _bareEnd;
    private int _appended;

    [Benchmark(Baseline = true)]
    public void BareAppendAndSync()
    {
        _bare.Write(_line, _bareEnd);
        _bare.Sync();
        _bareEnd += _line.Length;
    }

    [Benchmark]
    public Task<Receipt> Append() => Project.SubmitAsync(
        new AddObservations(
            NextProbe().Name,
            [string.Create(CultureInfo.InvariantCulture, $"Measurement {++_appended} of one event that is appended and synced, alone.")]),
        Author);

    protected override async Task PrepareAsync()
    {
        long before = Store.LogBytes;
        await Append();
        _line = new byte[Store.LogBytes - before];
        _bare = new SystemDisk().Create(Path.Combine(Store.Path, "bare"));
        _bareEnd = 0;
    }
}
