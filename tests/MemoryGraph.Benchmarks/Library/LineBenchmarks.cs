using BenchmarkDotNet.Attributes;
using MemoryGraph.Benchmarks.Data;
using MemoryGraph.Domain;
using MemoryGraph.Events;

namespace MemoryGraph.Benchmarks.Library;

/// <summary>What one line of the log costs: to write, to check, to read.</summary>
[MemoryDiagnoser]
public class LineBenchmarks
{
    private const int Size = 1_000;

    private static readonly byte[] Salt = new byte[EventJson.SaltBytes];

    private readonly RecordedEvent[] _events = [.. new GeneratedMemory(Size).Events()];
    private readonly List<byte[]> _lines = [];
    private readonly Utf8Buffer _buffer = new(64 * 1024);
    private readonly EventLineReader _reader = new(EventCatalogue.Current);

    public LineBenchmarks()
    {
        foreach (RecordedEvent recorded in _events)
        {
            _buffer.Clear();
            EventJson.Write(_buffer, recorded, EventCatalogue.Current, default, Salt);
            _lines.Add(_buffer.Written[..^1].ToArray());
        }
    }

    [Benchmark(OperationsPerInvoke = Size)]
    public int Write()
    {
        EventHash hash = default;
        _buffer.Clear();
        foreach (RecordedEvent recorded in _events)
        {
            hash = EventJson.Write(_buffer, recorded, EventCatalogue.Current, hash, Salt);
        }

        return _buffer.Length;
    }

    [Benchmark(OperationsPerInvoke = Size)]
    public int CheckCrc() => _lines.Count(line => EventJson.HasGoodCrc(line));

    [Benchmark(OperationsPerInvoke = Size)]
    public int CheckHashes() => _lines.Count(line => EventJson.IsAsRecorded(line));

    [Benchmark(OperationsPerInvoke = Size)]
    public long Read() => _lines.Sum(line => EventJson.Read(line, _reader).Recorded.Id.Value);
}
