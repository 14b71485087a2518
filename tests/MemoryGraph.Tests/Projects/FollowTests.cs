using MemoryGraph.Domain;
using MemoryGraph.Log;
using MemoryGraph.Memory;
using MemoryGraph.Tests.Log;
using static MemoryGraph.Tests.GraphSpec;

namespace MemoryGraph.Tests.Projects;

/// <summary>Following a log that others write.</summary>
public sealed class FollowTests : IDisposable
{
    private readonly TempStore _store = new();
    private readonly ListeningDisk _disk = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Before_the_first_write_there_is_nothing_and_nothing_is_made()
    {
        await using MemoryProject follower = _store.OpenProject(_disk);

        Assert.Equal(EventId.None, follower.Follow());
        Assert.False(Directory.Exists(_store.Place.Store));
    }

    [Fact]
    public async Task What_another_process_wrote_is_synced_before_it_is_passed_on()
    {
        await using MemoryProject follower = _store.OpenProject(_disk);
        await using MemoryProject writer = _store.OpenProject();
        follower.Follow();

        await writer.SubmitAsync(Create("Ada", "person", "likes tea"), TempStore.Someone);
        Assert.Equal(new EventId(2), follower.Follow());
        Assert.Equal(DiskCall.Sync, _disk.Calls[^1]);

        await writer.SubmitAsync(Add("Ada", "born 1815"), TempStore.Someone);
        Assert.Equal(new EventId(3), follower.Follow());
        Assert.Equal(2, _disk.Calls.Count(call => call == DiskCall.Sync));
    }

    [Fact]
    public async Task What_a_question_showed_already_is_synced_too()
    {
        await using MemoryProject follower = _store.OpenProject(_disk);
        await using MemoryProject writer = _store.OpenProject();
        await writer.SubmitAsync(Create("Ada"), TempStore.Someone);
        ProjectFixture.Dump(follower);
        Assert.DoesNotContain(DiskCall.Sync, _disk.Calls);

        Assert.Equal(new EventId(1), follower.Follow());
        Assert.Equal(DiskCall.Sync, _disk.Calls[^1]);
    }

    [Fact]
    public async Task While_nothing_is_written_no_file_is_read()
    {
        await using MemoryProject follower = _store.OpenProject(_disk);
        await follower.SubmitAsync(Create("Ada"), TempStore.Someone);
        _disk.Calls.Clear();

        Assert.Equal(new EventId(1), follower.Follow());

        // The last: whether the log goes on in a further file.
        Assert.Equal([DiskCall.Find, DiskCall.Measure, DiskCall.Find], _disk.Calls);
    }

    [Fact]
    public async Task What_cannot_be_made_durable_is_not_passed_on()
    {
        await using MemoryProject follower = _store.OpenProject(_disk);
        await using MemoryProject writer = _store.OpenProject();
        await writer.SubmitAsync(Create("Ada"), TempStore.Someone);
        _disk.SyncFails = true;
        Assert.ThrowsAny<LogException>(() => follower.Follow());
        Assert.ThrowsAny<LogException>(() => follower.Follow());

        _disk.SyncFails = false;
        Assert.Equal(new EventId(1), follower.Follow());
    }

    private sealed class ListeningDisk : RelayDisk
    {
        public List<DiskCall> Calls { get; } = [];

        public bool SyncFails { get; set; }

        protected override void Relay(DiskCall call, string path, Action pass)
        {
            Calls.Add(call);
            if (SyncFails && call == DiskCall.Sync)
            {
                throw new DiskException(DiskFault.Failed, "sync", path, "input/output error 5");
            }

            pass();
        }
    }
}
