using MemoryGraph.Events;
using MemoryGraph.Log;

namespace MemoryGraph.Tests.Log;

/// <summary>What a crash leaves of the last write: parts of it are taken out, what was answered stays.</summary>
[Trait("size", "torture")]
public sealed class TornTailTests : IDisposable
{
    private const int VerifiedCuts = 12;

    private readonly TempStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Cut_at_any_byte_the_log_keeps_exactly_its_whole_commits()
    {
        int[] commits = [1, 2, 3, 2];
        await _store.AppendCommitsAsync(commits);
        byte[] whole = _store.LogBytes;
        int[] ends = EndsOfCommits(whole, commits);
        for (int cut = ends[0]; cut <= whole.Length; cut++)
        {
            _store.StartAnewFrom(whole[..cut]);
            int newlineMissing = ends.Contains(cut + 1) ? 1 : 0;
            int kept = ends.Last(end => end <= cut + newlineMissing);
            int keptEvents = commits.Take(Array.IndexOf(ends, kept) + 1).Sum();

            Assert.Equal(keptEvents, _store.ReadHealthy().Count);
            await AssertNextWriteRepairsAsync(whole, cut, kept, keptEvents);
            if ((cut - ends[0]) % ((whole.Length - ends[0]) / VerifiedCuts) == 0)
            {
                Verifier.Accepts(_store);
            }
        }
    }

    [Fact]
    public async Task A_write_of_many_calls_cut_between_two_of_them_keeps_the_calls_before()
    {
        await _store.AppendCommitsAsync(1);
        using (EventLog log = _store.OpenLog())
        {
            await log.AppendCommitAsync([.. Enumerable.Repeat(2, 64)]);
        }

        byte[] whole = _store.LogBytes;
        IReadOnlyList<int> lines = Commits.LineStarts(whole);
        for (int calls = 0; calls <= 64; calls++)
        {
            _store.StartAnewFrom(whole[..lines[2 + (2 * calls)]]);
            Assert.Equal(1 + (2 * calls), _store.ReadHealthy().Count);
            await _store.AppendCommitsAsync(1);
            Assert.Equal(2 + (2 * calls), _store.ReadHealthy().Count);
            Assert.Empty(_store.Quarantined());
        }

        Verifier.Accepts(_store);
    }

    [Fact]
    public async Task A_sector_that_was_never_written_tears_the_commit_and_never_a_call()
    {
        await _store.AppendCommitsAsync(1, 2);
        int before = _store.LogBytes.Length;
        using (EventLog log = _store.OpenLog())
        {
            await log.AppendCommitAsync([.. Enumerable.Repeat(2, 64)]);
        }

        byte[] whole = _store.LogBytes;
        for (int sector = before / 512 * 512; sector < whole.Length; sector += 512)
        {
            byte[] torn = [.. whole];
            torn.AsSpan(Math.Max(sector, before)..Math.Min(sector + 512, whole.Length)).Clear();
            _store.StartAnewFrom(torn);

            int kept = _store.ReadHealthy().Count;
            Assert.True(kept >= 3 && kept % 2 == 1, $"{kept} events were kept of a commit torn at byte {sector}");
            await _store.AppendCommitsAsync(1);
            Assert.Equal(kept + 2, _store.ReadHealthy().Count);
            Assert.Equal(torn[^1], _store.Quarantined()[0][^1]);
            Assert.True(torn.AsSpan().EndsWith(_store.Quarantined()[0]));
        }

        Verifier.Accepts(_store);
    }

    private static int[] EndsOfCommits(byte[] log, int[] eventsPerCommit)
    {
        IReadOnlyList<int> lines = Commits.LineStarts(log);
        int events = 0;
        return [.. eventsPerCommit.Select(count => lines[1 + (events += count)])];
    }

    private async Task AssertNextWriteRepairsAsync(byte[] whole, int cut, int kept, int keptEvents)
    {
        byte[] torn = cut > kept ? whole[kept..cut] : [];
        await _store.AppendCommitsAsync(2);
        IReadOnlyList<RecordedEvent> events = _store.ReadHealthy();
        Assert.Equal(keptEvents + 2 + (torn.Length > 0 ? 1 : 0), events.Count);
        Assert.Equal(whole[..kept], _store.LogBytes[..kept]);
        if (torn.Length == 0)
        {
            Assert.Empty(_store.Quarantined());
            return;
        }

        Assert.Equal(torn, Assert.Single(_store.Quarantined()));
        LogRepaired repaired = Assert.IsType<LogRepaired>(events[keptEvents].Event);
        Assert.Equal((kept, torn.Length), (repaired.Offset, repaired.Length));
        Assert.Equal(Sha256.Of(torn).ToString(), repaired.Sha256);
        Assert.True(File.Exists(Path.Combine(_store.QuarantinePath, repaired.Quarantine)));
    }
}
