using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Log;
using MemoryGraph.Memory;
using MemoryGraph.Queries;
using MemoryGraph.Tests.Log;

namespace MemoryGraph.Tests.Projects;

/// <summary>
/// A few calls on a disk that fails at the first request, the second, the third …, until they pass untouched. Whatever fails:
/// a call is answered and durable, or says that it was not.
/// </summary>
[Trait("size", "torture")]
public sealed class FailingDiskTests
{
    private const int RequestsMax = 1000;
    private const int VerifiedEach = 20;

    // One commit of these tests, and not two.
    private const long SmallSegment = 2000;

    [Theory]
    [InlineData(DiskFault.Failed, false, true)]
    [InlineData(DiskFault.Full, false, false)]
    [InlineData(DiskFault.Failed, true, true)]
    [InlineData(DiskFault.Full, true, true)]
    [InlineData(DiskFault.ReadOnly, true, false)]
    [InlineData(DiskFault.Failed, false, true, SmallSegment)]
    [InlineData(DiskFault.Failed, true, true, SmallSegment)]
    [InlineData(DiskFault.Full, true, true, SmallSegment)]
    [InlineData(DiskFault.Denied, false, false, SmallSegment)]
    internal async Task A_new_project_outlives_any_fault(
        DiskFault fault, bool forEver, bool halfWritten, long segmentBytes = EventLog.SegmentBytesMax)
    {
        for (int request = 0; request < RequestsMax; request++)
        {
            using var store = new TempStore(inWorkTree: true) { SegmentBytes = segmentBytes };
            if (!await TryAsync(store, new FaultyDisk(fault, forEver, halfWritten), request))
            {
                return;
            }

            Assert.True(File.Exists(Path.Combine(store.Place.Store, ".gitignore")));
            Assert.True(File.Exists(Path.Combine(store.Place.Store, ".gitattributes")));
        }

        Assert.Fail("the calls never passed untouched");
    }

    [Theory]
    [InlineData(DiskFault.Failed, false, true)]
    [InlineData(DiskFault.Failed, true, true)]
    [InlineData(DiskFault.Full, true, true)]
    internal async Task A_torn_log_is_repaired_in_spite_of_any_fault_and_says_so(DiskFault fault, bool forEver, bool halfWritten)
    {
        using var store = new TempStore();
        await store.AppendCommitsAsync(1, 2, 3);
        byte[] torn = store.LogBytes[..^100];
        int kept = Commits.LineStarts(torn)[4];
        for (int request = 0; request < RequestsMax; request++)
        {
            store.StartAnewFrom(torn);
            bool failed = await TryAsync(store, new FaultyDisk(fault, forEver, halfWritten), request);
            LogRepaired repaired = Assert.IsType<LogRepaired>(
                Assert.Single(store.ReadHealthy(), one => one.Event is LogRepaired { Offset: var offset } && offset == kept).Event);
            Assert.Equal(torn[kept..], await File.ReadAllBytesAsync(Path.Combine(store.QuarantinePath, repaired.Quarantine)));
            if (!failed)
            {
                return;
            }
        }

        Assert.Fail("the calls never passed untouched");
    }

    // Whether a request failed.
    private static async Task<bool> TryAsync(TempStore store, FaultyDisk disk, int request)
    {
        List<RecordedEvent> answered = [];
        disk.FailAfter(request);
        await using (MemoryProject project = store.OpenProject(disk))
        {
            for (int call = 0; call < 4; call++)
            {
                await SubmitAsync(store, disk, project, $"Entity {call}", answered);
                Look(project);
            }

            disk.Heal();
            int before = answered.Count;
            await SubmitAsync(store, disk, project, "After the fault", answered);
            Assert.True(answered.Count > before, "the write after the fault failed");
        }

        AssertAllIsThere(store, answered);
        Assert.False(disk.BelievedASecondSync, "bytes whose sync had failed were synced again as they were");
        if (request % VerifiedEach == 0)
        {
            Verifier.Accepts(store);
        }

        return disk.Failed;
    }

    private static async Task SubmitAsync(
        TempStore store, WatchedDisk disk, MemoryProject project, string name, List<RecordedEvent> answered)
    {
        try
        {
            Receipt receipt = await project.SubmitAsync(new CreateEntity(name, "thing", ["one", "hai"]), TempStore.Someone);
            answered.AddRange(receipt.Recorded);
            Assert.All(store.SegmentPaths, path => Assert.Equal(new FileInfo(path).Length, disk.SyncedLength(path)));
            Assert.DoesNotContain(disk.UnsyncedFolders, folder => folder.StartsWith(store.Root, StringComparison.Ordinal));
        }
        catch (LogException)
        {
        }

        if (File.Exists(store.LockPath))
        {
            using IDiskFile file = new SystemDisk().Open(store.LockPath, writable: true);
            Assert.True(file.TryLock(), "the lock was kept after the call");

            // Not left to closing: children that other tests start share the open file for a moment.
            file.Unlock();
        }
    }

    private static void Look(MemoryProject project)
    {
        try
        {
            project.Ask(new StatusQuery(), "", (answer, _) => answer.Entities);
        }
        catch (LogException)
        {
        }
    }

    private static void AssertAllIsThere(TempStore store, List<RecordedEvent> answered)
    {
        IReadOnlyList<RecordedEvent> events = store.ReadHealthy();
        foreach (RecordedEvent one in answered)
        {
            Assert.Equal(one.Event, events[(int)one.Id.Value - 1].Event);
        }

        FullScan scan = FullScan.Of(store.LogPath);
        Assert.Equal((events.Count, TailState.Clean, 0), (scan.Events.Count, scan.Tail, scan.Damage.Count));
        Assert.Distinct(events.Select(one => one.Event).OfType<EntityCreated>().Select(created => created.Name));
    }
}
