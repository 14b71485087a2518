using MemoryGraph.Commands;
using MemoryGraph.Events;
using MemoryGraph.Projects;
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
    public async Task Callers_at_once_share_syncs_and_each_answer_is_durable_when_given()
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

        int syncs = _disk.Requests.Count(one => one.Path == _store.LogPath && one.Call == DiskCall.Sync);
        Assert.InRange(syncs, 1, (Callers * CallsEach) - 1);
        IReadOnlyList<RecordedEvent> stored = _store.ReadHealthy();
        Assert.Equal(Callers * CallsEach * 3, stored.Count);
        Assert.All(answered, one => Assert.Equal(one.Event, stored[(int)one.Id.Value - 1].Event));
        Assert.Equal(stored.Count, answered.Count);
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
}
