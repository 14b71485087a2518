using MemoryGraph.Events;
using MemoryGraph.Log;

namespace MemoryGraph.Tests.Log;

/// <summary>Reading while somebody writes: only whole calls are shown, and nothing is lost by having looked too early.</summary>
public sealed class HalfWrittenTests : IDisposable
{
    private readonly TempStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task A_reader_shows_whole_calls_only_and_catches_up_later()
    {
        await _store.AppendCommitsAsync(1, 3);
        byte[] whole = _store.LogBytes;
        int before = Commits.LineStarts(whole)[2];
        _store.LogBytes = whole[..before];
        using EventLog reader = _store.OpenLog();
        Assert.Single(reader.CatchUp().Events);
        for (int visible = before + 1; visible < whole.Length - 1; visible += 7)
        {
            _store.LogBytes = whole[..visible];
            News news = reader.CatchUp();
            Assert.Empty(news.Events);
            Assert.False(news.Restarted);
            Assert.Null(reader.Health);
        }

        _store.LogBytes = whole;
        Assert.Equal([2, 3, 4], reader.CatchUp().Events.Select(one => (int)one.Id.Value));
        Assert.Empty(reader.CatchUp().Events);
    }

    [Fact]
    public async Task A_write_of_many_calls_may_show_call_by_call()
    {
        await _store.AppendCommitsAsync(1);
        using (EventLog log = _store.OpenLog())
        {
            await log.AppendCommitAsync(2, 2, 2);
        }

        byte[] whole = _store.LogBytes;
        IReadOnlyList<int> lines = Commits.LineStarts(whole);
        using EventLog reader = _store.OpenLog();
        List<int> seen = [];
        foreach (int visible in new[] { lines[2], lines[4], lines[5] + 9, lines[6], lines[7], lines[8] })
        {
            _store.LogBytes = whole[..visible];
            News news = reader.CatchUp();
            Assert.Equal(seen.Count == 0, news.Restarted);
            Assert.Null(reader.Health);
            seen.AddRange(news.Events.Select(one => (int)one.Id.Value));
        }

        Assert.Equal([1, 2, 3, 4, 5, 6, 7], seen);
    }

    [Fact]
    public async Task Calls_that_were_seen_and_then_taken_back_by_their_writer_are_no_replacement()
    {
        await _store.AppendCommitsAsync(1);
        using (EventLog log = _store.OpenLog())
        {
            await log.AppendCommitAsync(2, 2, 2);
        }

        byte[] whole = _store.LogBytes;
        IReadOnlyList<int> lines = Commits.LineStarts(whole);
        using EventLog reader = _store.OpenLog();
        foreach (int visible in new[] { lines[4], lines[6], lines[2] })
        {
            _store.LogBytes = whole[..visible];
            reader.CatchUp();
        }

        Assert.Null(reader.Health);
        Assert.Equal(1, reader.Position.LastId.Value);
    }

    [Fact]
    public async Task A_commit_in_the_place_and_length_of_a_torn_end_is_not_taken_for_it()
    {
        await _store.AppendCommitsAsync(1, 1);
        byte[] whole = _store.LogBytes;
        int before = Commits.LineStarts(whole)[2];
        _store.LogBytes = [.. whole[..before], .. new byte[whole.Length - before]];
        using EventLog early = _store.OpenLog();
        Assert.Single(early.CatchUp().Events);

        _store.LogBytes = whole;
        await early.AppendCommitAsync(1);

        Assert.Equal(3, _store.ReadHealthy().Count);
        Assert.Empty(_store.Quarantined());
    }

    [Fact]
    public async Task A_missing_newline_is_added_by_the_next_writer_and_by_nobody_else()
    {
        await _store.AppendCommitsAsync(1, 2);
        byte[] bare = _store.LogBytes[..^1];
        _store.LogBytes = bare;
        using EventLog reader = _store.OpenLog();
        Assert.Equal(3, reader.CatchUp().Events.Count);
        Assert.Equal(bare, _store.LogBytes);

        await _store.AppendCommitsAsync(1);
        Assert.Equal([.. bare, (byte)'\n'], _store.LogBytes[..(bare.Length + 1)]);
        Assert.Equal(4, Assert.Single(reader.CatchUp().Events).Id.Value);
    }

    [Fact]
    public async Task A_copy_in_quarantine_that_a_crash_left_unrecorded_is_recorded_once()
    {
        await _store.AppendCommitsAsync(1, 1);
        byte[] whole = _store.LogBytes;
        int before = Commits.LineStarts(whole)[2];
        Directory.CreateDirectory(_store.QuarantinePath);
        string name = $"events-000000000001.jsonl@{before}-20260101T000000000Z.bin";
        await File.WriteAllBytesAsync(Path.Combine(_store.QuarantinePath, name), whole[before..^9]);
        _store.LogBytes = whole[..^9];

        await _store.AppendCommitsAsync(1, 1);

        IReadOnlyList<RecordedEvent> events = _store.ReadHealthy();
        Assert.Equal(4, events.Count);
        Assert.Equal(name, Assert.IsType<LogRepaired>(events[1].Event).Quarantine);
        Assert.Single(_store.Quarantined());
    }
}
