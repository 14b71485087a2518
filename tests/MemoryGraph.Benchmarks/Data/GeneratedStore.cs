using MemoryGraph.Events;
using MemoryGraph.Graph;
using MemoryGraph.Locate;
using MemoryGraph.Log;
using MemoryGraph.Memory;

namespace MemoryGraph.Benchmarks.Data;

/// <summary>A store on the disk with one generated memory as its project <see cref="Project"/>.</summary>
/// <remarks>
/// Generated once for each size and version of the data, into a folder of its own, and then kept: what a benchmark
/// changes, it changes in a copy (<see cref="CopyTo"/>). Only salts and the project's id differ from one machine to
/// another.
/// </remarks>
internal sealed class GeneratedStore
{
    /// <summary>The project's name, for <c>--project</c>.</summary>
    public const string Project = "benchmark";

    private const int EventsPerCommit = 20_000;
    private const string Whole = "whole";

    private GeneratedStore(string path, int size, int entities, IReadOnlyList<Probe> probes)
    {
        Path = path;
        Size = size;
        Entities = entities;
        Probes = probes;
    }

    /// <summary>The folder, for <c>--store</c>.</summary>
    public string Path { get; }

    /// <summary>How many events it was made with.</summary>
    public int Size { get; }

    /// <inheritdoc cref="GeneratedMemory.Entities"/>
    public int Entities { get; }

    /// <inheritdoc cref="GeneratedMemory.Probes"/>
    public IReadOnlyList<Probe> Probes { get; }

    /// <summary>The project's folder.</summary>
    public string Folder => Place(Path).Directory;

    /// <summary>The log's files, in order.</summary>
    public IReadOnlyList<string> Segments => [.. Directory.GetFiles(Folder, "events-*.jsonl").Order(StringComparer.Ordinal)];

    /// <summary>Size of the log.</summary>
    public long LogBytes => Segments.Sum(segment => new FileInfo(segment).Length);

    /// <summary>Files of the cache of folded events, whoever wrote them; not those that are being written.</summary>
    public IReadOnlyList<string> Snapshots => Directory.Exists(SnapshotsFolder)
        ? [.. Directory.GetFiles(SnapshotsFolder).Where(file => !file.EndsWith(".tmp", StringComparison.Ordinal))] : [];

    private string SnapshotsFolder => System.IO.Path.Combine(Folder, "snapshots");

    /// <summary>The memory of a size, from the disk or newly made. A million events take about a minute.</summary>
    /// <param name="data">Where generated memories are kept.</param>
    /// <param name="size">How many events.</param>
    public static async Task<GeneratedStore> OfAsync(string data, int size)
    {
        string path = System.IO.Path.Combine(data, FormattableString.Invariant($"memory-v{GeneratedMemory.Version}-{size}"));
        var memory = new GeneratedMemory(size);
        if (File.Exists(System.IO.Path.Combine(path, Whole)))
        {
            // Its probes are not on the disk; making the events takes far less time than writing them.
            _ = memory.Events().Count();
        }
        else
        {
            if (Directory.Exists(path))
            {
                Directory.Delete(path, recursive: true);
            }

            await WriteAsync(memory, Place(path));
            await File.WriteAllTextAsync(System.IO.Path.Combine(path, Whole), "");
        }

        return new GeneratedStore(path, size, memory.Entities, memory.Probes);
    }

    /// <summary>Its log, and nothing of its caches, as a store of its own.</summary>
    /// <param name="path">A folder that is not there yet.</param>
    public GeneratedStore CopyTo(string path)
    {
        var disk = new SystemDisk();
        var copy = new GeneratedStore(path, Size, Entities, Probes);
        Directory.CreateDirectory(copy.Folder);
        foreach (string file in Segments.Append(System.IO.Path.Combine(Folder, "project.json")))
        {
            string own = System.IO.Path.Combine(copy.Folder, System.IO.Path.GetFileName(file));
            File.Copy(file, own);

            // Or the first writes to be measured would wait for the disk to take these bytes.
            using IDiskFile copied = disk.Open(own, writable: true);
            copied.Sync();
        }

        return copy;
    }

    /// <summary>Deletes the cache of folded events.</summary>
    public void DeleteSnapshots()
    {
        if (Directory.Exists(SnapshotsFolder))
        {
            Directory.Delete(SnapshotsFolder, recursive: true);
        }
    }

    /// <summary>Opens the project in this process.</summary>
    public MemoryProject Open() => new(new SystemDisk(), Place(Path), "benchmarks", TimeProvider.System);

    /// <summary>Reads every byte of the log once: what no reader of all events can do without.</summary>
    /// <returns>How many there are.</returns>
    public long ReadLogOnce()
    {
        byte[] buffer = new byte[1 << 20];
        long total = 0;
        var disk = new SystemDisk();
        foreach (string segment in Segments)
        {
            using IDiskFile file = disk.Open(segment, writable: false);
            for (long at = 0; file.Read(buffer, at) is > 0 and var read; at += read)
            {
                total += read;
            }
        }

        return total;
    }

    private static async Task WriteAsync(GeneratedMemory memory, ProjectPlace place)
    {
        using var log = new EventLog(new SystemDisk(), place, "benchmarks", TimeProvider.System, EventCatalogue.Current);
        using (LogWriter writer = await log.LockAsync(CancellationToken.None))
        {
            writer.CatchUp(new NothingYet());
            writer.Prepare();
            foreach (RecordedEvent[] commit in InCommits(memory.Events()))
            {
                writer.Append(commit);
            }
        }
    }

    // Whole calls, many to a write: each line says that it was a commit of its own, as it would have been in months of work.
    private static IEnumerable<RecordedEvent[]> InCommits(IEnumerable<RecordedEvent> events)
    {
        var commit = new List<RecordedEvent>(EventsPerCommit);
        foreach (RecordedEvent recorded in events)
        {
            commit.Add(recorded);
            if (commit.Count >= EventsPerCommit && recorded.Id == recorded.CallEnd)
            {
                yield return [.. commit];
                commit.Clear();
            }
        }

        if (commit.Count > 0)
        {
            yield return [.. commit];
        }
    }

    private static ProjectPlace Place(string store) =>
        ProjectLocator.Locate(ProjectOptions.OfSurroundings(store, Project), new SystemDisk()).Place!;

    // The log was made a moment ago.
    private sealed class NothingYet : IEventSink
    {
        public void OnReset()
        {
        }

        public void OnEvent(RecordedEvent recorded) => throw new InvalidOperationException($"a new log has {recorded.Id}");
    }
}
