using MemoryGraph.Events;
using MemoryGraph.Log;

namespace MemoryGraph.Tests.Log;

/// <summary>
/// Every single bit of a log flipped. What has to come of it depends on where it lies:
/// <list type="bullet">
/// <item>in the header line: damage, nothing can be trusted;</item>
/// <item>in a write that another follows: damage, with the event and the place of its line, and everything else is read;</item>
/// <item>in the last write: it cannot be told from a torn one, so the next write moves it to quarantine and records that;</item>
/// <item>in the newline that ends the log: nothing is lost, and the next write puts it right.</item>
/// </list>
/// </summary>
[Trait("size", "torture")]
public sealed class BitFlipTests
{
    private const int Events = 10;
    private const int EventsInLastCommit = 2;

    private static readonly ProjectPlace Place = new("/store", "/store/project", "test", null, null, InWorkTree: false);
    private static readonly string LogPath = Path.Combine(Place.Directory, SegmentHeader.FileName(new(1)));

    [Fact]
    public async Task No_flipped_bit_goes_unseen_and_nothing_else_is_touched()
    {
        byte[] log = await TenEventsAsync();
        IReadOnlyList<int> lines = Commits.LineStarts(log);
        int lastCommit = lines[^(EventsInLastCommit + 1)];
        for (int at = 0; at < log.Length; at++)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                byte[] flipped = [.. log];
                flipped[at] ^= (byte)(1 << bit);
                int line = lines.Count(start => start <= at) - 1;
                await (at == log.Length - 1 ? AssertOnlyTheNewlineIsMendedAsync(flipped, log)
                    : at >= lastCommit ? AssertRepairedAsync(flipped, lastCommit)
                    : AssertDamagedAsync(flipped, line, lines[line], joinsLastCommit: at == lastCommit - 1));
            }
        }
    }

    private static async Task<byte[]> TenEventsAsync()
    {
        var disk = new MemoryDisk();
        using EventLog log = Open(disk);
        foreach (int events in new[] { 1, 2, 1, 3, 1, EventsInLastCommit })
        {
            await log.AppendCommitAsync(events);
        }

        Assert.Equal(Events, log.Position.LastId.Value);
        return disk[LogPath];
    }

    private static async Task AssertDamagedAsync(byte[] flipped, int line, int offset, bool joinsLastCommit)
    {
        var disk = new MemoryDisk { [LogPath] = flipped };
        using EventLog log = Open(disk);
        News news = log.CatchUp();
        Assert.Equal("damaged", log.Health?.Code);
        if (line == 0)
        {
            Assert.Empty(news.Events);
            Assert.Contains("The first line", log.Health!.Explanation, StringComparison.Ordinal);
        }
        else
        {
            // The whole call that the event belongs to cannot be trusted; a flipped newline takes the next line along.
            // When that leaves nothing whole behind it, the log seems to end before it; else there are placeholders.
            Assert.Equal(joinsLastCommit ? line - 1 : Events, news.Events.Count);
            Assert.InRange(news.Events.Count(one => one.Event is EventLost), joinsLastCommit ? 0 : 1, 4);
            Assert.True(joinsLastCommit || news.Events[line - 1].Event is EventLost);
            Assert.Contains($"damaged at event #{line} in ", log.Health!.Explanation, StringComparison.Ordinal);
            Assert.Contains($"at byte {offset} (", log.Health.Explanation, StringComparison.Ordinal);
        }

        LogException refusal = await Assert.ThrowsAsync<LogException>(() => log.AppendCommitAsync(1));
        Assert.Equal("read_only", refusal.Code);
        Assert.Equal(flipped, disk[LogPath]);
    }

    private static async Task AssertRepairedAsync(byte[] flipped, int lastCommit)
    {
        var disk = new MemoryDisk { [LogPath] = flipped };
        using EventLog log = Open(disk);
        Assert.Equal(Events - EventsInLastCommit, log.CatchUp().Events.Count);
        Assert.Null(log.Health);
        await log.AppendCommitAsync(1);
        Assert.Equal(flipped[..lastCommit], disk[LogPath][..lastCommit]);
        string copy = Assert.Single(disk.Paths, path => path.Contains("quarantine", StringComparison.Ordinal));
        Assert.Equal(flipped[lastCommit..], disk[copy]);
        using EventLog again = Open(disk);
        Assert.IsType<LogRepaired>(again.CatchUp().Events[Events - EventsInLastCommit].Event);
    }

    private static async Task AssertOnlyTheNewlineIsMendedAsync(byte[] flipped, byte[] log)
    {
        var disk = new MemoryDisk { [LogPath] = flipped };
        using EventLog opened = Open(disk);
        Assert.Equal(Events, opened.CatchUp().Events.Count);
        Assert.Null(opened.Health);
        await opened.AppendCommitAsync(1);
        Assert.Equal(log, disk[LogPath][..log.Length]);
        using EventLog again = Open(disk);
        Assert.Equal(Events + 1, again.CatchUp().Events.Count);
        Assert.Null(again.Health);
    }

    private static EventLog Open(MemoryDisk disk) => new(disk, Place, "tests", new ManualClock(), EventCatalogue.Current);
}
