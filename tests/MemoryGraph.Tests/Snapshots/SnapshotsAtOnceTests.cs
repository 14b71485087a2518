using MemoryGraph.Domain;
using MemoryGraph.Log;
using MemoryGraph.Memory;
using MemoryGraph.Queries;
using MemoryGraph.Tests.Log;

namespace MemoryGraph.Tests.Snapshots;

/// <summary>What comes together with the writing and checking of a snapshot, in one process.</summary>
public sealed class SnapshotsAtOnceTests
{
    private static readonly ProjectPlace Place = new("/store", "/store/project", "test", null, null, InWorkTree: false);
    private static readonly Author Linh = new("linh", "claude-code/2.1");

    [Fact]
    public async Task Two_that_are_written_at_once_do_not_miss_each_others_changes()
    {
        var disk = new MemoryDisk();
        await using MemoryProject project = Open(disk);
        await project.SubmitAsync(new CreateEntity("Ada", "person", ["likes tea"]), Linh);
        Task<SavedSnapshot?> second = Task.FromResult<SavedSnapshot?>(null);
        var release = new TaskCompletionSource();
        int saves = 0;
        project.BeforePublishing = async () =>
        {
            if (Interlocked.Increment(ref saves) > 1)
            {
                await release.Task;
                return;
            }

            await project.SubmitAsync(new DeleteObservations("Ada", ["likes tea"]), Linh);
            second = project.SaveSnapshotAsync();
        };

        await project.SaveSnapshotAsync();

        string saved = await DigestAsync(disk);
        Assert.Equal(GraphDigest.Of(project), saved);
        release.SetResult();
        await second;
        Assert.Equal(GraphDigest.Of(project), await DigestAsync(disk));
    }

    [Fact]
    public async Task A_project_may_be_disposed_of_twice()
    {
        MemoryProject project = Open(new MemoryDisk());
        await project.SubmitAsync(new CreateEntity("Ada", "person", ["likes tea"]), Linh);

        await project.DisposeAsync();
        await project.DisposeAsync();
    }

    [Fact]
    public async Task Damage_that_is_found_while_something_is_recorded_is_not_forgotten()
    {
        using var store = new TempStore();
        await using (MemoryProject before = store.OpenProject())
        {
            await before.SubmitAsync(new CreateEntity("Ada", "person", ["likes tea"]), Linh);
            await before.SaveSnapshotAsync();
        }

        byte[] log = store.LogBytes;
        log[Array.IndexOf(log, (byte)'\n') + 6] ^= 1;
        store.LogBytes = log;
        var disk = new CommitOnTheWay(store.LogPath);
        await using MemoryProject project = store.OpenProject(disk);
        Task<Receipt> recorded = Task.Run(() => project.SubmitAsync(new CreateEntity("Eve", "person", []), Linh));
        await disk.Reached;

        Assert.Null(HealthOf(project));
        disk.Release();
        await recorded;
        await project.BackgroundWork;

        Assert.Equal("damaged", HealthOf(project)?.Code);
    }

    [Fact]
    public async Task A_redaction_that_comes_first_reads_what_the_snapshot_covers_too()
    {
        var disk = new MemoryDisk();
        await using (MemoryProject before = Open(disk))
        {
            await before.SubmitAsync(new CreateEntity("Ada", "person", ["her code is tungsten"]), Linh);
            await before.SubmitAsync(new CreateEntity("Eve", "person", ["likes tea"]), Linh);
            await before.SaveSnapshotAsync();
        }

        string path = Path.Combine(Place.Directory, SegmentHeader.FileName(new(1)));
        byte[] log = disk[path];
        log[Array.IndexOf(log, (byte)'\n') + 6] ^= 1;
        await using MemoryProject project = Open(disk);

        LogException refused = await Assert.ThrowsAnyAsync<LogException>(
            () => project.RedactAsync(Redaction.OfText("tea"), Linh, null));

        Assert.Equal("read_only", refused.Code);
        Assert.Equal(log, disk[path]);
    }

    private static MemoryProject Open(MemoryDisk disk) =>
        new(disk, Place, "a test", new ManualClock()) { EventsBehindAtLeast = int.MaxValue };

    private static async Task<string> DigestAsync(MemoryDisk disk)
    {
        await using MemoryProject project = Open(disk);
        return GraphDigest.Of(project);
    }

    private static LogHealth? HealthOf(MemoryProject project) =>
        project.Ask(new StatusQuery(), "", (_, standing) => standing.Health);

    /// <summary>Holds a commit back before it is synced.</summary>
    private sealed class CommitOnTheWay(string log) : RelayDisk
    {
        private readonly TaskCompletionSource _reached = new();
        private readonly ManualResetEventSlim _released = new();

        public Task Reached => _reached.Task;

        public void Release() => _released.Set();

        protected override void Relay(DiskCall call, string path, Action pass)
        {
            if (call == DiskCall.Sync && path == log)
            {
                _reached.TrySetResult();
                _released.Wait();
            }

            pass();
        }
    }
}
