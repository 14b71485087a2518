using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Graph;
using MemoryGraph.Log;
using MemoryGraph.Memory;

namespace MemoryGraph.Tests.Log;

/// <summary>A store with one project in a temporary folder, gone when disposed.</summary>
internal sealed class TempStore : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("memory-graph-");

    public TempStore(bool inWorkTree = false)
    {
        string store = Path.Combine(_root.FullName, "store");
        Place = new ProjectPlace(store, Path.Combine(store, "project"), "test", Root: null, Remote: null, inWorkTree);
    }

    public static Author Someone { get; } = new("duyan", "tests/1.0");

    public string Root => _root.FullName;

    /// <summary>How long a segment may get.</summary>
    public long SegmentBytes { get; init; } = EventLog.SegmentBytesMax;

    public ProjectPlace Place { get; }

    public string LogPath => Path.Combine(Place.Directory, "events-000000000001.jsonl");

    /// <summary>The log's files, in order.</summary>
    public string[] SegmentPaths => [.. Directory.GetFiles(Place.Directory, "events-*.jsonl").Order(StringComparer.Ordinal)];

    public string LockPath => Path.Combine(Place.Directory, "lock");

    public string QuarantinePath => Path.Combine(Place.Directory, "quarantine");

    public byte[] LogBytes
    {
        get => File.ReadAllBytes(LogPath);
        set => File.WriteAllBytes(LogPath, value);
    }

    /// <summary>The log's lines, header first.</summary>
    public string[] LogLines
    {
        get => File.ReadAllLines(LogPath);
        set => File.WriteAllText(LogPath, string.Concat(value.Select(line => line + '\n')));
    }

    public MemoryProject OpenProject(IDisk? disk = null, TimeProvider? clock = null, string holder = "tests") =>
        new(disk ?? new SystemDisk(), Place, holder, clock ?? new ManualClock(), SegmentBytes);

    public EventLog OpenLog(
        IDisk? disk = null, TimeProvider? clock = null, string holder = "tests", EventCatalogue? catalogue = null) =>
        new(disk ?? new SystemDisk(), Place, holder, clock ?? new ManualClock(), catalogue ?? EventCatalogue.Current, SegmentBytes);

    /// <summary>What a process that opens the log now finds in it.</summary>
    public (IReadOnlyList<RecordedEvent> Events, LogHealth? Health) Read(EventCatalogue? catalogue = null)
    {
        using EventLog log = OpenLog(catalogue: catalogue);
        return (log.CatchUp().Events, log.Health);
    }

    /// <summary>The same, with an assertion that all is well and the ids are dense.</summary>
    public IReadOnlyList<RecordedEvent> ReadHealthy(EventCatalogue? catalogue = null)
    {
        (IReadOnlyList<RecordedEvent> events, LogHealth? health) = Read(catalogue);
        Assert.Null(health);
        Assert.Equal(Enumerable.Range(1, events.Count).Select(id => (long)id), events.Select(one => one.Id.Value));
        return events;
    }

    /// <summary>The contents of the quarantine, oldest name first.</summary>
    public IReadOnlyList<byte[]> Quarantined() => !Directory.Exists(QuarantinePath) ? []
        : [.. Directory.GetFiles(QuarantinePath).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];

    /// <summary>Takes the quarantine away and puts the log's bytes in place: a new start on the same folder.</summary>
    public void StartAnewFrom(byte[] log)
    {
        if (Directory.Exists(QuarantinePath))
        {
            Directory.Delete(QuarantinePath, recursive: true);
        }

        LogBytes = log;
    }

    public void Dispose() => _root.Delete(recursive: true);
}
