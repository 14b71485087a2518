using MemoryGraph.Domain;
using MemoryGraph.Log;
using MemoryGraph.Memory;
using MemoryGraph.Queries;

namespace MemoryGraph.Tests.Log;

public sealed class LogLockTests : IDisposable
{
    private readonly TempStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Two_that_write_in_turn_number_their_events_without_gaps_and_see_each_others()
    {
        await using MemoryProject one = _store.OpenProject(holder: "one");
        await using MemoryProject two = _store.OpenProject(holder: "two");
        for (int i = 0; i < 20; i++)
        {
            MemoryProject writer = i % 3 == 0 ? one : two;
            Receipt receipt = await writer.SubmitAsync(new CreateEntity($"Entity {i}", "thing", ["said"]), TempStore.Someone);
            Assert.Equal((2 * i) + 1, receipt.Recorded[0].Id.Value);
        }

        foreach (MemoryProject project in new[] { one, two })
        {
            Receipt receipt = await project.SubmitAsync(new CreateEntity("Entity 19", "thing", ["said"]), TempStore.Someone);
            Assert.Empty(receipt.Recorded);
        }

        Assert.Equal(40, _store.ReadHealthy().Count);
        Verifier.Accepts(_store);
    }

    [Fact]
    public async Task Many_that_write_at_once_number_their_events_without_gaps()
    {
        MemoryProject[] projects = [.. Enumerable.Range(0, 4).Select(_ => _store.OpenProject(clock: new PatientClock()))];
        Receipt[] receipts = await Task.WhenAll(projects.SelectMany((project, p) => Enumerable.Range(0, 10).Select(i =>
            Task.Run(() => project.SubmitAsync(new CreateEntity($"Entity {p}.{i}", "thing", []), TempStore.Someone)))));
        foreach (MemoryProject project in projects)
        {
            await project.DisposeAsync();
        }

        Assert.Equal(Enumerable.Range(1, 40), receipts.Select(receipt => (int)Assert.Single(receipt.Recorded).Id.Value).Order());
        Assert.Equal(40, _store.ReadHealthy().Count);
        Verifier.Accepts(_store);
    }

    [Fact]
    public async Task A_lock_that_another_keeps_is_waited_for_and_then_reported_with_its_holder()
    {
        var clock = new ManualClock();
        await using MemoryProject other = _store.OpenProject(holder: "the other program");
        await other.SubmitAsync(new CreateEntity("Before", "thing", []), TempStore.Someone);
        await using MemoryProject project = _store.OpenProject(clock: clock);
        using (IDiskFile file = new SystemDisk().Open(_store.LockPath, writable: true))
        {
            Assert.True(file.TryLock());
            LogException busy = await Assert.ThrowsAnyAsync<LogException>(
                () => project.SubmitAsync(new CreateEntity("Meanwhile", "thing", []), TempStore.Someone));
            Assert.Equal("busy", busy.Code);
            Assert.Contains($"(the other program, process {Environment.ProcessId})", busy.Message, StringComparison.Ordinal);
            Assert.InRange(clock.Elapsed, LogLock.Patience, LogLock.Patience * 2);
            file.Unlock();
        }

        Assert.Equal(2, Assert.Single((await project.SubmitAsync(
            new CreateEntity("Afterwards", "thing", []), TempStore.Someone)).Recorded).Id.Value);
    }

    [Fact]
    public async Task A_lock_file_that_was_deleted_and_made_anew_still_lets_in_one_at_a_time()
    {
        using EventLog one = _store.OpenLog();
        using EventLog two = _store.OpenLog();
        await one.AppendCommitAsync(1);
        File.Delete(_store.LockPath);
        await two.AppendCommitAsync(1);
        using (LogWriter writer = await two.LockAsync(CancellationToken.None))
        {
            Assert.Equal("busy", (await Assert.ThrowsAnyAsync<LogException>(() => one.AppendCommitAsync(1))).Code);
        }

        await one.AppendCommitAsync(1);
        await two.AppendCommitAsync(1);
        Assert.Equal(4, _store.ReadHealthy().Count);
    }

    [Fact]
    public async Task A_second_open_and_close_of_the_lock_file_does_not_lose_the_lock()
    {
        using EventLog log = _store.OpenLog();
        using (LogWriter writer = await log.LockAsync(CancellationToken.None))
        {
            using (new SystemDisk().Open(_store.LockPath, writable: true))
            {
            }

            using IDiskFile again = new SystemDisk().Open(_store.LockPath, writable: true);
            Assert.False(again.TryLock());
        }
    }

    [Fact]
    public async Task A_lock_that_turns_out_useless_is_unlocked_before_its_file_is_closed()
    {
        using EventLog first = _store.OpenLog();
        await first.AppendCommitAsync(1);
        var disk = new FaultyDisk(DiskFault.Failed, forEver: true, halfWritten: false)
        {
            Concerns = (call, path) => call == DiskCall.Find && path == _store.LockPath,
        };
        using EventLog log = _store.OpenLog(disk);
        disk.FailAfter(0);

        await Assert.ThrowsAnyAsync<LogException>(async () => await log.LockAsync(CancellationToken.None));

        Assert.Equal(
            [DiskCall.Lock, DiskCall.Unlock],
            disk.Requests.Select(request => request.Call).Where(call => call is DiskCall.Lock or DiskCall.Unlock));
    }

    [Fact]
    public async Task Nothing_is_made_before_the_first_write()
    {
        await using (MemoryProject project = _store.OpenProject())
        {
            project.Ask(new StatusQuery(), "", (answer, _) => answer.Entities);
            Assert.Null(project.WhyNotWritable());
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(_store.Root));
    }

    /// <summary>Real timers, and no time that passes: nobody loses patience on a slow machine.</summary>
    private sealed class PatientClock : TimeProvider
    {
        public override long GetTimestamp() => 0;
    }
}
