using MemoryGraph.Log;

namespace MemoryGraph.Tests.Log;

/// <summary>A symbolic link in place of one of our files could lead a write anywhere: it is refused, not followed.</summary>
public sealed class LinkTests : IDisposable
{
    private readonly TempStore _store = new();
    private readonly TempStore _elsewhere = new();

    public void Dispose()
    {
        _store.Dispose();
        _elsewhere.Dispose();
    }

    [Fact]
    public async Task A_link_for_the_project_folder_is_refused()
    {
        await _elsewhere.AppendCommitsAsync(1);
        Directory.CreateDirectory(_store.Place.Store);
        Directory.CreateSymbolicLink(_store.Place.Directory, _elsewhere.Place.Directory);
        await AssertRefusedAsync(reading: true);
    }

    [Fact]
    public async Task A_file_for_the_project_folder_is_refused()
    {
        Directory.CreateDirectory(_store.Place.Store);
        await File.WriteAllTextAsync(_store.Place.Directory, "");
        using EventLog log = _store.OpenLog();
        Assert.Equal("unsafe_path", (await Assert.ThrowsAnyAsync<LogException>(() => log.AppendCommitAsync(1))).Code);
    }

    [Fact]
    public async Task A_link_for_the_log_is_refused()
    {
        await _elsewhere.AppendCommitsAsync(1);
        Directory.CreateDirectory(_store.Place.Directory);
        File.CreateSymbolicLink(_store.LogPath, _elsewhere.LogPath);
        await AssertRefusedAsync(reading: true);
    }

    [Fact]
    public async Task A_link_for_the_lock_is_refused_and_reading_goes_on()
    {
        await _store.AppendCommitsAsync(1);
        File.Delete(_store.LockPath);
        File.CreateSymbolicLink(_store.LockPath, Path.Combine(_elsewhere.Root, "made by a lock"));
        await AssertRefusedAsync(reading: false);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_elsewhere.Root));
        Assert.Single(_store.ReadHealthy());
    }

    [Fact]
    public async Task A_link_for_the_quarantine_is_refused_and_the_torn_end_stays()
    {
        await _store.AppendCommitsAsync(1, 1);
        byte[] torn = _store.LogBytes[..^9];
        _store.LogBytes = torn;
        Directory.CreateSymbolicLink(_store.QuarantinePath, _elsewhere.Root);
        using EventLog log = _store.OpenLog();
        Assert.Equal("unsafe_path", (await Assert.ThrowsAnyAsync<LogException>(() => log.AppendCommitAsync(1))).Code);
        Assert.Equal(torn, _store.LogBytes);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_elsewhere.Root));
    }

    private async Task AssertRefusedAsync(bool reading)
    {
        byte[]? elsewhere = File.Exists(_elsewhere.LogPath) ? _elsewhere.LogBytes : null;
        using EventLog log = _store.OpenLog();
        if (reading)
        {
            Assert.Equal("unsafe_path", Assert.ThrowsAny<LogException>(log.CatchUp).Code);
        }

        LogException refusal = await Assert.ThrowsAnyAsync<LogException>(() => log.AppendCommitAsync(1));
        Assert.Equal("unsafe_path", refusal.Code);
        Assert.Contains("symbolic link", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(elsewhere, File.Exists(_elsewhere.LogPath) ? _elsewhere.LogBytes : null);
    }
}
