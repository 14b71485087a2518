using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Memory;
using MemoryGraph.Tests.Log;

namespace MemoryGraph.Tests.Projects;

public sealed class GroupCommitTests : IDisposable
{
    private const int Callers = 64;
    private const int CallsEach = 4;

    private readonly TempStore _store = new();
    private readonly WatchedDisk _disk = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Each_answer_to_callers_at_once_is_durable_when_given()
    {
        List<RecordedEvent> answered = [];
        await using (MemoryProject project = _store.OpenProject(_disk))
        {
            await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
            {
                for (int call = 0; call < CallsEach; call++)
                {
                    Receipt receipt = await project.SubmitAsync(
                        new CreateEntity($"Entity {caller}.{call}", "thing", ["one", "two"]), TempStore.Someone);
                    long durable = _disk.SyncedLength(_store.LogPath);
                    long end = EndOfLine(receipt.Recorded[^1].Id.Value);
                    Assert.True(end <= durable, $"the event ends at {end}, and {durable} bytes are durable");
                    lock (answered)
                    {
                        answered.AddRange(receipt.Recorded);
                    }
                }
            })));
        }

        IReadOnlyList<RecordedEvent> stored = _store.ReadHealthy();
        Assert.Equal(Callers * CallsEach * 3, stored.Count);
        Assert.All(answered, one => Assert.Equal(one.Event, stored[(int)one.Id.Value - 1].Event));
        Assert.Equal(stored.Count, answered.Count);
        Verifier.Accepts(_store);
    }

    [Fact]
    public async Task Callers_that_come_while_another_is_being_synced_share_the_next_sync()
    {
        using var disk = new HeldDisk(_store.LogPath);
        await using MemoryProject project = _store.OpenProject(disk);
        Task<Receipt> first = Task.Run(() => project.SubmitAsync(new CreateEntity("First", "thing", []), TempStore.Someone));
        await disk.HeldAsync();
        Task<Receipt>[] others = [.. Enumerable.Range(1, Callers - 1).Select(caller =>
            project.SubmitAsync(new CreateEntity($"Entity {caller}", "thing", ["one"]), TempStore.Someone))];
        Assert.DoesNotContain(others.Append(first), answer => answer.IsCompleted);
        disk.LetGo();

        Assert.Equal(1, Assert.Single((await first).Recorded).Commit.Value);
        Receipt[] receipts = await Task.WhenAll(others);
        Assert.All(receipts, receipt => Assert.Equal(2, receipt.Recorded[0].Commit.Value));
        Assert.Equal(
            Enumerable.Range(1, Callers - 1).Select(call => call * 2L),
            receipts.Select(one => one.Recorded[0].Call.Value));
        Assert.Equal(2, disk.Requests.Count(one => one.Path == _store.LogPath && one.Call == DiskCall.Sync));
        Assert.Equal(1 + (2 * (Callers - 1)), _store.ReadHealthy().Count);
        Verifier.Accepts(_store);
    }

    [Fact]
    public async Task A_refused_call_or_one_that_changes_nothing_does_not_touch_the_log()
    {
        await using MemoryProject project = _store.OpenProject(_disk);
        await project.SubmitAsync(new CreateEntity("Auth", "service", []), TempStore.Someone);
        byte[] before = _store.LogBytes;
        Assert.Empty((await project.SubmitAsync(new CreateEntity("Auth", "service", []), TempStore.Someone)).Recorded);
        Assert.NotNull((await project.SubmitAsync(new DeleteEntity("Nobody"), TempStore.Someone)).Refused);
        Assert.Equal(before, _store.LogBytes);
    }

    // Offset behind the line of an event: line 0 is the header.
    private long EndOfLine(long id)
    {
        byte[] log = _store.LogBytes;
        int at = 0;
        for (long line = 0; line <= id; line++)
        {
            at += log.AsSpan(at).IndexOf((byte)'\n') + 1;
        }

        return at;
    }

    /// <summary>A disk on which the first sync of the log takes until the test lets go of it.</summary>
    private sealed class HeldDisk(string heldPath) : WatchedDisk, IDisposable
    {
        private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ManualResetEventSlim _letGo = new();

        public Task HeldAsync() => _held.Task;

        public void LetGo() => _letGo.Set();

        public void Dispose() => _letGo.Dispose();

        protected override void Judge(DiskCall call, string path)
        {
            if (call == DiskCall.Sync && path == heldPath)
            {
                _held.TrySetResult();
                _letGo.Wait();
            }
        }
    }
}
