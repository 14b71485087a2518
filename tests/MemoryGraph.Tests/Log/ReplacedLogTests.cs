using MemoryGraph.Log;

namespace MemoryGraph.Tests.Log;

/// <summary>Somebody puts another log, or an older one, in the place of the one in use: it is noticed and let be.</summary>
public sealed class ReplacedLogTests : IDisposable
{
    private readonly TempStore _store = new();

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData("older copy, renamed into place")]
    [InlineData("older copy, written over it")]
    [InlineData("another project's, longer")]
    [InlineData("another project's, same length")]
    [InlineData("header only")]
    public async Task Another_log_in_its_place_is_reported_and_left_alone(string kind)
    {
        await _store.AppendCommitsAsync(1, 1);
        byte[] older = _store.LogBytes;
        using EventLog log = _store.OpenLog();
        await log.AppendCommitAsync(2);
        byte[] other = await PutInPlaceAsync(kind, older);

        await AssertReplacedAsync(log);
        Assert.Equal(other, _store.LogBytes);
        await AssertReplacedAsync(log);
    }

    [Fact]
    public async Task A_log_that_is_gone_is_reported_and_not_begun_anew()
    {
        using EventLog log = _store.OpenLog();
        await log.AppendCommitAsync(2);
        File.Delete(_store.LogPath);
        await AssertReplacedAsync(log);
        log.Forget();
        await AssertReplacedAsync(log);
        Assert.False(File.Exists(_store.LogPath));
    }

    [Fact]
    public async Task What_another_process_wrote_is_known_to_be_durable_once_a_write_follows_it()
    {
        await _store.AppendCommitsAsync(1, 1, 1);
        using EventLog reader = _store.OpenLog();
        reader.CatchUp();
        _store.LogBytes = _store.LogBytes[..Commits.LineStarts(_store.LogBytes)[2]];
        reader.CatchUp();
        Assert.Equal("replaced", reader.Health?.Code);
        Assert.Contains("event #2, which had been saved", reader.Health!.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_the_log_is_put_back_work_goes_on()
    {
        using EventLog log = _store.OpenLog();
        await log.AppendCommitAsync(2);
        byte[] whole = _store.LogBytes;
        _store.LogBytes = whole[..Commits.LineStarts(whole)[1]];
        await AssertReplacedAsync(log);
        _store.LogBytes = whole;
        await log.AppendCommitAsync(1);
        Assert.Equal(3, _store.ReadHealthy().Count);
    }

    [Fact]
    public async Task When_the_log_itself_is_moved_away_and_back_work_goes_on()
    {
        using EventLog log = _store.OpenLog();
        await log.AppendCommitAsync(2);
        File.Move(_store.LogPath, _store.LogPath + ".away");
        await AssertReplacedAsync(log);
        File.Move(_store.LogPath + ".away", _store.LogPath);
        log.CatchUp();
        Assert.Null(log.Health);
        await log.AppendCommitAsync(1);
        Assert.Equal(3, _store.ReadHealthy().Count);
    }

    private static async Task AssertReplacedAsync(EventLog log)
    {
        log.CatchUp();
        Assert.Equal("replaced", log.Health?.Code);
        LogException refusal = await Assert.ThrowsAnyAsync<LogException>(() => log.AppendCommitAsync(1));
        Assert.Equal("read_only", refusal.Code);
        Assert.Contains("while it was in use", refusal.Message, StringComparison.Ordinal);
    }

    private async Task<byte[]> PutInPlaceAsync(string kind, byte[] older)
    {
        using var other = new TempStore();
        await other.AppendCommitsAsync(1, 1, 2);
        if (kind.Contains("longer", StringComparison.Ordinal))
        {
            await other.AppendCommitsAsync(5, 1);
        }

        byte[] bytes = kind switch
        {
            "header only" => older[..Commits.LineStarts(older)[1]],
            _ when kind.StartsWith("older", StringComparison.Ordinal) => older,
            _ => other.LogBytes,
        };
        if (kind.EndsWith("renamed into place", StringComparison.Ordinal))
        {
            string aside = Path.Combine(_store.Root, "copy");
            await File.WriteAllBytesAsync(aside, bytes);
            File.Move(aside, _store.LogPath, overwrite: true);
        }
        else
        {
            _store.LogBytes = bytes;
        }

        return bytes;
    }
}
