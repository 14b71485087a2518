using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Log;
using MemoryGraph.Memory;

namespace MemoryGraph.Tests.Log;

/// <summary>One who knows the log up to a place reads only what lies behind it, and is told when that is not enough.</summary>
public sealed class StartAtTests : IDisposable
{
    private readonly TempStore _store = new() { SegmentBytes = 1500 };

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(12)]
    public async Task Only_what_lies_behind_the_place_is_handed_over(int commits)
    {
        LogPosition[] positions = await AppendAsync(12);
        using EventLog log = _store.OpenLog();

        Assert.True(log.StartAt(positions[commits - 1], ProjectId()));
        News news = log.CatchUp();

        Assert.False(news.Restarted);
        Assert.Equal(Enumerable.Range((2 * commits) + 1, 24 - (2 * commits)).Select(id => (long)id), news.Events.Select(one => one.Id.Value));
        Assert.Null(log.Health);
        Assert.Null(log.FaultUpTo(positions[commits - 1]));
        await log.AppendCommitAsync(1);
        Assert.Equal(25, _store.ReadHealthy().Count);
    }

    [Fact]
    public async Task Opening_reads_nothing_of_what_is_known_but_headers_and_a_line()
    {
        LogPosition[] positions = await AppendAsync(40);
        string project = ProjectId();
        var disk = new CountingDisk();
        using EventLog log = _store.OpenLog(disk);

        Assert.True(log.StartAt(positions[^2], project));
        Assert.Equal(2, log.CatchUp().Events.Count);

        Assert.All(disk.Reads, read => Assert.True(read.Value < 5, $"{read.Key} was read {read.Value} times"));
    }

    [Fact]
    public async Task A_place_that_the_log_does_not_hold_is_refused_and_all_is_read()
    {
        LogPosition[] positions = await AppendAsync(6);
        LogPosition good = positions[3];
        (LogPosition Position, string Project)[] bad =
        [
            (good, new string('f', 32)),
            (good with { LastId = good.LastId.Next }, ProjectId()),
            (good with { LastHash = positions[2].LastHash }, ProjectId()),
            (good with { LastLine = good.LastLine + 1 }, ProjectId()),
            (good with { End = good.End + 1 }, ProjectId()),
            (positions[^1] with { LastLine = positions[^1].End, End = positions[^1].End + 100 }, ProjectId()),
            (good with { LastLine = -1 }, ProjectId()),
        ];
        foreach ((LogPosition position, string project) in bad)
        {
            using EventLog log = _store.OpenLog();
            Assert.False(log.StartAt(position, project), $"{position} {project}");
            News news = log.CatchUp();
            Assert.Equal((12, true), (news.Events.Count, news.Restarted));
        }
    }

    [Fact]
    public async Task Without_a_log_there_is_no_place_to_start_at()
    {
        LogPosition[] positions = await AppendAsync(1);
        using var other = new TempStore();
        using EventLog log = other.OpenLog();
        Assert.False(log.StartAt(positions[0], ProjectId()));
        Assert.Empty(log.CatchUp().Events);
    }

    [Fact]
    public async Task A_redaction_behind_the_place_of_what_is_known_hands_over_everything_anew()
    {
        LogPosition[] positions = await AppendAsync(6);
        string project = ProjectId();
        await using (MemoryProject writer = _store.OpenProject())
        {
            await writer.RedactAsync(Redaction.OfEvents([new EventRange(new EventId(2), new EventId(2))]), TempStore.Someone, null);
        }

        using EventLog log = _store.OpenLog();
        Assert.True(log.StartAt(positions[^1], project));
        News news = log.CatchUp();

        Assert.Equal((13, true), (news.Events.Count, news.Restarted));
        Assert.Equal(new EventId(13), news.Events[1].RedactedBy);
    }

    [Fact]
    public async Task Damage_behind_the_place_hands_over_everything_that_still_verifies()
    {
        LogPosition[] positions = await AppendAsync(6);
        string path = _store.SegmentPaths[^1];
        byte[] bytes = await File.ReadAllBytesAsync(path);
        bytes[60] ^= 1;
        await File.WriteAllBytesAsync(path, bytes);
        using EventLog log = _store.OpenLog();
        Assert.True(log.StartAt(positions[1], ProjectId()));

        News news = log.CatchUp();

        Assert.True(news.Restarted);
        Assert.Equal("damaged", log.Health?.Code);
    }

    [Fact]
    public async Task A_check_tells_of_any_line_that_is_not_as_it_was_recorded()
    {
        LogPosition[] positions = await AppendAsync(6);
        byte[] whole = _store.LogBytes;
        File.SetAttributes(_store.LogPath, FileAttributes.Normal);
        for (int at = 0; at < whole.Length; at += 7)
        {
            byte[] flipped = [.. whole];
            flipped[at] ^= 1;
            _store.LogBytes = flipped;
            using EventLog log = _store.OpenLog();
            Assert.True(log.FaultUpTo(positions[^1]) is not null, $"byte {at}");
        }

        _store.LogBytes = whole;
        using EventLog sound = _store.OpenLog();
        Assert.Null(sound.FaultUpTo(positions[2]));
        Assert.NotNull(sound.FaultUpTo(positions[2] with { LastHash = positions[1].LastHash }));
        Assert.Throws<OperationCanceledException>(() => sound.FaultUpTo(positions[2], new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task A_text_that_stands_though_its_redaction_is_known_makes_the_check_fail()
    {
        await AppendAsync(2);
        byte[][] before = [.. _store.SegmentPaths.Select(File.ReadAllBytes)];
        await using (MemoryProject writer = _store.OpenProject())
        {
            await writer.RedactAsync(Redaction.OfEvents([new EventRange(new EventId(2), new EventId(2))]), TempStore.Someone, null);
        }

        byte[] after = await File.ReadAllBytesAsync(_store.LogPath);
        File.SetAttributes(_store.LogPath, FileAttributes.Normal);
        await File.WriteAllBytesAsync(_store.LogPath, [.. before[0], .. after[before[0].Length..]]);
        using EventLog log = _store.OpenLog();
        log.CatchUp();

        Assert.True(log.HasUnerased);
        Assert.Contains("redacted", log.FaultUpTo(log.Position), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repair_that_lies_before_the_place_is_not_recorded_again()
    {
        await AppendAsync(1);
        await File.AppendAllTextAsync(_store.SegmentPaths[^1], "{\"event_id\":3,torn");
        LogPosition[] positions = await AppendAsync(3);
        Assert.Single(_store.ReadHealthy(), one => one.Event is LogRepaired);
        using EventLog log = _store.OpenLog();
        Assert.True(log.StartAt(positions[^1], ProjectId()));
        log.CatchUp();
        await log.AppendCommitAsync(1);
        Assert.Single(_store.ReadHealthy(), one => one.Event is LogRepaired);
    }

    // Commits of two events, and where each ended.
    private async Task<LogPosition[]> AppendAsync(int commits)
    {
        using EventLog log = _store.OpenLog(new HastyDisk());
        List<LogPosition> positions = [];
        for (int i = 0; i < commits; i++)
        {
            await log.AppendCommitAsync(2);
            positions.Add(log.Position);
        }

        return [.. positions];
    }

    private string ProjectId() => ProjectFolder.ReadProject(new SystemDisk(), _store.Place.Directory)!.Id;

    private sealed class CountingDisk : RelayDisk
    {
        public Dictionary<string, int> Reads { get; } = [];

        protected override void Relay(DiskCall call, string path, Action pass)
        {
            if (call == DiskCall.Read)
            {
                Reads[path] = Reads.GetValueOrDefault(path) + 1;
            }

            pass();
        }
    }
}
