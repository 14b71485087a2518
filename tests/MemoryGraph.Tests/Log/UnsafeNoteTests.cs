using MemoryGraph.Log;

namespace MemoryGraph.Tests.Log;

/// <summary>
/// After a failed sync the kernel may call the pages clean, so a second sync of them proves nothing: the same bytes are
/// written again first, by whoever comes next.
/// </summary>
public sealed class UnsafeNoteTests : IDisposable
{
    private readonly TempStore _store = new();
    private readonly FaultyDisk _disk = new(DiskFault.Failed, forEver: false, halfWritten: false);

    public UnsafeNoteTests() => _disk.Concerns = (call, path) => call == DiskCall.Sync && path == _store.LogPath;

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Bytes_in_doubt_are_written_again_before_anything_else(bool byAnotherProcess)
    {
        using EventLog log = _store.OpenLog(_disk);
        await log.AppendCommitAsync(1);
        int before = _store.LogBytes.Length;
        await FailToAppendAsync(log);
        byte[] doubtful = _store.LogBytes[before..];
        Assert.Contains($"unsafe_from={before}\n", await File.ReadAllTextAsync(_store.LockPath), StringComparison.Ordinal);

        using EventLog another = _store.OpenLog(_disk);
        int past = _disk.Requests.Count;
        await (byAnotherProcess ? another : log).AppendCommitAsync(1);

        DiskRequest[] onLog = [.. _disk.Requests.Skip(past)
            .Where(one => one.Path == _store.LogPath && one.Call is DiskCall.Write or DiskCall.Sync)];
        Assert.Equal(before, onLog[0].Offset);
        Assert.Equal(doubtful, onLog[0].Bytes);
        Assert.Equal(["Write", "Sync", "Write", "Sync"], onLog.Select(one => one.Call.ToString()));
        Assert.False(_disk.BelievedASecondSync);
        Assert.Contains("unsafe_from=\n", await File.ReadAllTextAsync(_store.LockPath), StringComparison.Ordinal);
        Assert.Equal(3, _store.ReadHealthy().Count);
        Verifier.Accepts(_store);
    }

    [Fact]
    public async Task Bytes_stay_in_doubt_until_they_were_written_and_synced()
    {
        using EventLog log = _store.OpenLog(_disk);
        await log.AppendCommitAsync(1);
        await FailToAppendAsync(log);
        string note = await File.ReadAllTextAsync(_store.LockPath);
        _disk.FailAfter(0);
        Assert.Equal("disk_failed", (await Assert.ThrowsAnyAsync<LogException>(() => log.AppendCommitAsync(1))).Code);
        Assert.Equal(note, await File.ReadAllTextAsync(_store.LockPath));
        await log.AppendCommitAsync(1);
        Assert.False(_disk.BelievedASecondSync);
    }

    [Fact]
    public async Task A_lock_file_that_cannot_be_written_either_does_not_make_bytes_durable()
    {
        var disk = new FaultyDisk(DiskFault.Failed, forEver: true, halfWritten: false);
        using EventLog log = _store.OpenLog(disk);
        await log.AppendCommitAsync(1);
        disk.Concerns = (call, path) =>
            call == DiskCall.Sync || (call == DiskCall.Write && path == _store.LockPath && disk.Failed);
        await FailToAppendAsync(log, disk);
        disk.Heal();
        await log.AppendCommitAsync(1);
        Assert.False(disk.BelievedASecondSync);
    }

    private async Task FailToAppendAsync(EventLog log, FaultyDisk? disk = null)
    {
        (disk ?? _disk).FailAfter(0);
        LogException failure = await Assert.ThrowsAnyAsync<LogException>(() => log.AppendCommitAsync(1));
        Assert.Equal("not_saved", failure.Code);
        Assert.Contains("Repeating the call is safe", failure.Message, StringComparison.Ordinal);
        log.Forget();
    }
}
