using System.Text;
using CsCheck;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Graph;
using MemoryGraph.Log;
using MemoryGraph.Memory;
using MemoryGraph.Tests.Events;

namespace MemoryGraph.Tests.Log;

/// <summary>A log of several files is the log that it would be in one.</summary>
public sealed class SegmentTests : IDisposable
{
    private const int CutsPerOperation = 6;

    private static readonly ProjectPlace Place = new("/store", "/store/project", "test", Root: null, Remote: null, InWorkTree: false);
    private static readonly string LogPath = Path.Combine(Place.Directory, SegmentHeader.FileName(new(1)));

    private readonly TempStore _store = new() { SegmentBytes = 1500 };

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task A_full_segment_is_sealed_and_the_next_goes_on_from_it()
    {
        await AppendAsync(1, 2, 1, 3, 1);

        byte[][] segments = [.. _store.SegmentPaths.Select(File.ReadAllBytes)];
        Assert.True(segments.Length > 2, $"{segments.Length} segments");
        long first = 1;
        for (int i = 0; i < segments.Length; i++)
        {
            SegmentHeader header = SegmentHeader.Parse(segments[i].AsSpan(0, segments[i].IndexOf((byte)'\n')))!;
            Assert.Equal(SegmentHeader.FileName(new EventId(first)), Path.GetFileName(_store.SegmentPaths[i]));
            Assert.Equal((first, i == 0 ? 0 : segments[i - 1].Length), (header.FirstEventId.Value, header.PreviousLength));
            Assert.True(segments[i].Length <= 1500, $"segment {i + 1} has {segments[i].Length} bytes");
            Assert.Equal(i + 1 < segments.Length, new FileInfo(_store.SegmentPaths[i]).IsReadOnly);
            first += segments[i].Count((byte)'\n') - 1;
        }

        Assert.Equal(8, _store.ReadHealthy().Count);
        Assert.Empty(FullScan.Of(_store.LogPath).Damage);
        using EventLog log = _store.OpenLog();
        Assert.Empty(log.Audit().Findings);
        Verifier.Accepts(_store);
    }

    [Fact]
    public async Task A_commit_never_spans_two_segments_however_long_it_is()
    {
        await AppendAsync(1, 20, 1);

        Assert.Equal([1, 2, 22], _store.SegmentPaths.Select(path => (int)SegmentHeader.FirstIn(Path.GetFileName(path))!.Value.Value));
        Assert.Equal(22, _store.ReadHealthy().Count);
    }

    [Fact]
    public async Task Any_history_in_small_segments_is_the_history_in_one() =>
        await Gen.Select(AnyCommand.SequenceWithUndo, Gen.Long[1000, 8000]).SampleAsync(
            async (commands, segmentBytes) =>
            {
                (MemoryDisk one, MemoryDisk several) = (new MemoryDisk(), new MemoryDisk());
                foreach ((MemoryDisk disk, long bytes) in new[] { (one, EventLog.SegmentBytesMax), (several, segmentBytes) })
                {
                    await using var project = new MemoryProject(disk, Place, "tests", new ManualClock(), bytes);
                    foreach (Command command in commands)
                    {
                        await project.SubmitAsync(command, TempStore.Someone);
                    }
                }

                List<RecordedEvent> expected = Read(one);
                List<RecordedEvent> read = Read(several);
                Assert.Equal(expected.Select(EventText.Of), read.Select(EventText.Of));
                GraphState graph = InMemoryGraph.Replay(expected).Graph;
                Assert.Equal(
                    GraphDump.Of(graph.AsOf(graph.Events.Last)), GraphDump.Of(InMemoryGraph.Replay(read).Graph.AsOf(graph.Events.Last)));
            },
            iter: 60, print: one => $"{AnyCommand.Print(one.Item1)}\n{one.Item2} bytes a segment");

    [Fact]
    public async Task A_process_that_knows_the_log_follows_another_through_any_number_of_segments()
    {
        using EventLog follower = _store.OpenLog(new HastyDisk());
        using EventLog writer = _store.OpenLog(new HastyDisk());
        int seen = 0;
        for (int commit = 0; commit < 30; commit++)
        {
            await writer.AppendCommitAsync(1, 2);
            if (commit % 7 is 0 or 1 or 5)
            {
                Assert.True(follower.HasChanged());
                News news = follower.CatchUp();
                seen += news.Events.Count;
                Assert.Equal((3 * (commit + 1), commit == 0), (seen, news.Restarted));
                Assert.Null(follower.Health);
                Assert.False(follower.HasChanged());
            }
        }

        await follower.AppendCommitAsync(1);
        Assert.Equal(91, _store.ReadHealthy().Count);
    }

    [Fact]
    public async Task A_segment_that_a_crash_left_without_events_is_used_and_the_one_before_sealed()
    {
        await AppendAsync(1, 1);
        byte[] full = _store.LogBytes;
        EventHash last = EventJson.HashOf(Encoding.UTF8.GetBytes(_store.LogLines[^1]))!.Value;
        var header = new SegmentHeader(ProjectId(), new EventId(3), last, full.Length, LogFormat.Current);
        string next = Path.Combine(_store.Place.Directory, SegmentHeader.FileName(new EventId(3)));
        await File.WriteAllBytesAsync(next, header.ToLine());
        await File.WriteAllTextAsync(_store.LogPath + ".tmp", "left");

        Assert.Equal(2, _store.ReadHealthy().Count);
        await AppendAsync(1);

        Assert.Equal(full, _store.LogBytes);
        Assert.True(new FileInfo(_store.LogPath).IsReadOnly);
        Assert.Equal([_store.LogPath, next], _store.SegmentPaths);
        Assert.False(File.Exists(_store.LogPath + ".tmp"));
        Assert.Equal(3, _store.ReadHealthy().Count);
        Verifier.Accepts(_store);
    }

    [Fact]
    public async Task Power_that_goes_at_any_operation_takes_nothing_that_was_answered()
    {
        for (int cutAt = 1; ; cutAt++)
        {
            var disk = new CutDisk { CutAt = cutAt };
            List<RecordedEvent> answered = await RememberAsync(disk);
            for (int cut = 0; cut < CutsPerOperation; cut++)
            {
                MemoryDisk found = disk.AfterCut(new Random((cutAt * CutsPerOperation) + cut));
                string what = $"cut {cut} at operation {cutAt}";
                await using (var project = new MemoryProject(found, Place, "tests", new ManualClock(), segmentBytes: 1500))
                {
                    Receipt receipt = await project.SubmitAsync(new CreateEntity("After", "thing", []), TempStore.Someone);
                    Assert.True(receipt.Recorded.Count > 0, what);
                    Assert.True(project.Verify().FindingsTotal == 0, $"{what}: {string.Join('\n', project.Verify().Findings)}");
                }

                List<RecordedEvent> events = Read(found);
                Assert.True(answered.TrueForAll(one => events[(int)one.Id.Value - 1].Event.Equals(one.Event) || one.Event is not EntityCreated), what);
                Assert.True(answered.Count < events.Count, what);
            }

            if (!disk.IsCut)
            {
                Assert.True(Segments(disk.AfterCut(new Random(1))) > 3);
                return;
            }
        }
    }

    [Fact]
    public async Task Text_is_erased_in_sealed_segments_too_and_they_stay_sealed()
    {
        var disk = new MemoryDisk();
        await using var project = new MemoryProject(disk, Place, "tests", new ManualClock(), segmentBytes: 1500);
        foreach (string name in new[] { "Ada", "Eve", "Bob", "Kim" })
        {
            await project.SubmitAsync(new CreateEntity(name, "person", [$"{name} keeps a secret", "likes tea"]), TempStore.Someone);
        }

        Dictionary<string, byte[]> before = disk.Paths.Where(IsSegment).ToDictionary(path => path, path => disk[path]);
        await project.RedactAsync(Redaction.OfText("Ada keeps"), TempStore.Someone, null);

        Assert.True(before.Count > 2);
        foreach ((string path, byte[] bytes) in before)
        {
            bool isLast = path == before.Keys.Max(StringComparer.Ordinal);
            Assert.True(isLast || disk.IsSealed(path), $"{path} can be written");
            Assert.DoesNotContain("Ada keeps", Encoding.UTF8.GetString(disk[path]), StringComparison.Ordinal);
            Assert.True(path == LogPath || disk[path].AsSpan().StartsWith(bytes), $"{path} was changed");
            Assert.True(isLast || disk[path].Length == bytes.Length);
        }

        Assert.Equal(0, project.Verify().FindingsTotal);
        Read(disk);
    }

    [Fact]
    public async Task A_log_of_several_segments_is_exported_as_one_and_restored_as_one()
    {
        await AppendAsync(1, 2, 1, 3, 1);
        using var copy = new MemoryStream();
        await using (MemoryProject project = _store.OpenProject())
        {
            project.ExportEvents(copy, AsOf.Now, null, "");
        }

        string lines = string.Concat(_store.SegmentPaths.Select((path, i) =>
            string.Concat(File.ReadLines(path).Skip(i == 0 ? 0 : 1).Select(line => line + '\n'))));
        Assert.Equal(lines, Encoding.UTF8.GetString(copy.ToArray()));

        using var other = new TempStore { SegmentBytes = 1500 };
        await using (MemoryProject project = other.OpenProject())
        {
            copy.Position = 0;
            Assert.Equal(0, (await project.RestoreAsync(copy))!.FindingsTotal);
            await project.SubmitAsync(new CreateEntity("After", "thing", []), TempStore.Someone);
        }

        Assert.Equal(2, other.SegmentPaths.Length);
        Assert.Equal(copy.ToArray(), other.LogBytes);
        Assert.Equal(9, other.ReadHealthy().Count);
        Verifier.Accepts(other);
    }

    [Fact]
    public async Task A_feed_hands_out_every_line_and_no_header()
    {
        await AppendAsync(1, 2);
        using var feed = new EventFeed(new SystemDisk(), _store.Place, "tests", new ManualClock(), EventId.None, cursor: null);
        List<long> ids = [.. feed.ReadOn().Select(one => one.Id.Value)];
        await AppendAsync(1, 3, 1);
        ids.AddRange(feed.ReadOn().Select(one => one.Id.Value));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], ids);
    }

    [Fact]
    public async Task A_torn_end_of_a_later_segment_is_taken_out_of_that_one()
    {
        await AppendAsync(1, 2, 1, 3, 1);
        string last = _store.SegmentPaths[^1];
        byte[] whole = await File.ReadAllBytesAsync(last);
        await File.WriteAllBytesAsync(last, whole[..^40]);

        Assert.Equal(7, _store.ReadHealthy().Count);
        await AppendAsync(1);

        LogRepaired repaired = Assert.IsType<LogRepaired>(_store.ReadHealthy()[7].Event);
        Assert.Equal(Path.GetFileName(last), repaired.Segment);
        Assert.Equal(whole[(int)repaired.Offset..^40], Assert.Single(_store.Quarantined()));
        Verifier.Accepts(_store);
    }

    [Fact]
    public async Task Bytes_in_doubt_are_written_again_in_the_segment_they_are_in()
    {
        var disk = new FaultyDisk(DiskFault.Failed, forEver: false, halfWritten: false);
        using EventLog log = _store.OpenLog(disk);
        await log.AppendCommitAsync(1);
        await log.AppendCommitAsync(2);
        disk.Concerns = (call, path) => call == DiskCall.Sync && path.Contains("events-", StringComparison.Ordinal);
        disk.FailAfter(0);
        await Assert.ThrowsAnyAsync<LogException>(() => log.AppendCommitAsync(1));
        Assert.True(disk.Failed);

        log.Forget();
        await log.AppendCommitAsync(3);

        Assert.False(disk.BelievedASecondSync);
        _store.ReadHealthy();
        Verifier.Accepts(_store);
    }

    private static bool IsSegment(string path) => SegmentHeader.IsFileName(Path.GetFileName(path));

    private static int Segments(MemoryDisk disk) => disk.Paths.Count(IsSegment);

    // Until the power goes.
    private static async Task<List<RecordedEvent>> RememberAsync(CutDisk disk)
    {
        List<RecordedEvent> answered = [];
        await using var project = new MemoryProject(disk, Place, "tests", new ManualClock(), segmentBytes: 1500);
        foreach (string name in new[] { "Ada", "Eve", "Bob", "Kim", "Liz" })
        {
            try
            {
                answered.AddRange((await project.SubmitAsync(new CreateEntity(name, "person", ["likes tea"]), TempStore.Someone)).Recorded);
            }
            catch (LogException)
            {
            }
        }

        return answered;
    }

    private static List<RecordedEvent> Read(MemoryDisk disk)
    {
        if (disk.Find(LogPath) is null)
        {
            return [];
        }

        FullScan scan = FullScan.Of(disk, LogPath);
        Assert.Empty(scan.Damage);
        Assert.Empty(scan.Unerased);
        return scan.Events;
    }

    private async Task AppendAsync(params int[] eventsPerCommit)
    {
        using EventLog log = _store.OpenLog(new HastyDisk());
        foreach (int count in eventsPerCommit)
        {
            await log.AppendCommitAsync(count);
        }
    }

    private string ProjectId()
    {
        using EventLog log = _store.OpenLog();
        log.CatchUp();
        return log.ProjectId!;
    }
}
