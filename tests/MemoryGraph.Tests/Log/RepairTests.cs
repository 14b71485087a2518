using System.Text;
using CsCheck;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Integrity;
using MemoryGraph.Log;
using MemoryGraph.Memory;
using MemoryGraph.Queries;
using MemoryGraph.Tests.Events;

namespace MemoryGraph.Tests.Log;

/// <summary>
/// After a repair the log opens, can be written and verifies; what was good is there byte for byte, what was lost is named.
/// </summary>
public sealed class RepairTests : IDisposable
{
    private const int RequestsMax = 200;

    private static readonly string[] Golden = File.ReadAllLines(GoldenLog.EveryEvent.Path);
    private static readonly string[] CostNothing =
        ["doubled", "copied to the end", "swapped", "moved to the end", "foreign line before", "garbage before"];

    private static readonly ProjectPlace Place = new("/store", "/store/project", "test", null, null, InWorkTree: false);
    private static readonly string LogPath = Path.Combine(Place.Directory, SegmentHeader.FileName(new(1)));

    private readonly TempStore _store = new();

    public static TheoryData<string> Kinds => [.. Tampering.Kinds];

    public void Dispose() => _store.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Whatever_was_done_to_a_log_is_mended(string kind)
    {
        for (int id = 1; id < Golden.Length; id++)
        {
            await AssertMendedAsync(Golden, new Tampering(kind, id));
        }
    }

    [Fact]
    public Task Whatever_was_done_to_any_log_is_mended_even_if_thrice() =>
        Gen.Select(AnyLog.Lines, Gen.OneOfConst([.. Tampering.Kinds]).Array[1, 3], Gen.Int[0, int.MaxValue])
            .SampleAsync(async (log, kinds, pick) => await AssertMendedAsync(
                log, [.. kinds.Select((kind, i) => new Tampering(kind, 1 + ((pick >> (4 * i)) % (log.Length - 1))))]));

    [Fact]
    public async Task A_log_that_is_as_it_was_recorded_is_left_alone()
    {
        await _store.AppendCommitsAsync(1, 2, 1);
        byte[] whole = _store.LogBytes;
        foreach (byte[] log in new[] { whole, whole[..^1], whole[..^50] })
        {
            _store.StartAnewFrom(log);
            await using MemoryProject project = _store.OpenProject();
            RepairReport report = await project.RepairAsync(TempStore.Someone, "why not", apply: true);
            Assert.False(report.Needed);
            Assert.Empty(report.Lost);
            Assert.Null(report.Recorded);
            Assert.Equal(log, _store.LogBytes);
            Assert.Empty(_store.Quarantined());
        }
    }

    [Theory]
    [InlineData(0, "the file is empty")]
    [InlineData(1, "the newline that ends it is missing")]
    public async Task A_log_of_less_than_a_header_line_is_mended(int headers, string cause)
    {
        await _store.AppendCommitsAsync(1);
        _store.LogBytes = headers == 0 ? [] : _store.LogBytes[..(Commits.LineStarts(_store.LogBytes)[1] - 1)];
        await using MemoryProject project = _store.OpenProject();
        Assert.Equal("damaged", Health(project));
        Assert.Contains(cause, Assert.Single(project.Verify().Findings).Cause, StringComparison.Ordinal);

        await project.RepairAsync(TempStore.Someone, null, apply: true);

        Assert.Null(Health(project));
        Assert.Equal(0, project.Verify().FindingsTotal);
    }

    [Fact]
    public async Task A_memory_that_was_never_used_has_nothing_to_repair_and_stays_unmade()
    {
        await using MemoryProject project = _store.OpenProject();
        Assert.False((await project.RepairAsync(TempStore.Someone, null, apply: true)).Needed);
        Assert.False(Directory.Exists(_store.Place.Directory));
    }

    [Fact]
    public async Task A_preview_says_what_a_repair_does_and_changes_nothing()
    {
        byte[] damaged = await DamageAsync("text", 3);
        await using MemoryProject project = _store.OpenProject();

        RepairReport preview = await project.RepairAsync(TempStore.Someone, "from backup?", apply: false);

        Assert.True(preview.Needed);
        Assert.Null(preview.Recorded);
        Assert.Equal(damaged, _store.LogBytes);
        Assert.Empty(_store.Quarantined());
        RepairReport report = await project.RepairAsync(TempStore.Someone, "from backup?", apply: true);
        Assert.Equal(preview.Lost, report.Lost);
        Assert.Equal(preview.Quarantine, report.Quarantine);
    }

    [Fact]
    public async Task It_says_who_accepted_what_and_why_and_memory_goes_on()
    {
        byte[] damaged = await DamageAsync("text", 3);
        await using MemoryProject project = _store.OpenProject();

        RepairReport report = await project.RepairAsync(TempStore.Someone, "the disk was failing", apply: true);

        // #2 and #3 were one call.
        Assert.Equal([new EventId(2), new EventId(3)], report.Lost.Select(one => one.Id));
        Assert.Contains("its text is not what was recorded", report.Lost[1].Cause, StringComparison.Ordinal);
        Assert.Contains("the call #2, of which #3 is lost", report.Lost[0].Cause, StringComparison.Ordinal);
        RecordedEvent recorded = report.Recorded!;
        Assert.Equal((7L, TempStore.Someone, "the disk was failing"), (recorded.Id.Value, recorded.Author, recorded.Reason));
        LogRepaired repaired = Assert.IsType<LogRepaired>(recorded.Event);
        Assert.Equal(report.Lost.Select(one => one.Id), repaired.Lost);
        Assert.Equal((0L, damaged.Length, Sha256.Of(damaged).ToString()), (repaired.Offset, (int)repaired.Length, repaired.Sha256));
        Assert.Equal(damaged, Assert.Single(_store.Quarantined()));
        Assert.True(File.Exists(Path.Combine(_store.QuarantinePath, repaired.Quarantine)));

        AuditReport audit = project.Verify();
        Assert.Empty(audit.Findings);
        Assert.Equal([new EventId(4)], audit.Restarts);
        Assert.Equal(recorded.Id, Assert.Single(audit.Repairs).Id);
        Assert.Equal(audit.Head, project.Checkpoint());

        Receipt receipt = await project.SubmitAsync(new AddObservations("Bug: đăng nhập", ["goes on"]), TempStore.Someone);
        Assert.Equal(8, Assert.Single(receipt.Recorded).Id.Value);
        Assert.Equal([0, 3], new[] { 3L, 6L }.Select(point => project.Ask(
            new OverviewQuery(null, null, AsOf.Of(new EventId(point))), "", (answer, _) => answer.Cards.Sum(card => card.Observations.Count()))));
        Verifier.Accepts(_store);
    }

    [Fact]
    public async Task A_server_that_is_running_notices_and_goes_on()
    {
        await _store.AppendCommitsAsync(1, 2, 1, 2);
        await using MemoryProject running = _store.OpenProject();
        await running.SubmitAsync(new AddObservations("Bug: đăng nhập", ["before"]), TempStore.Someone);
        string[] log = _store.LogLines;
        _store.LogLines = new Tampering("head", 4).Of(log);

        await using (MemoryProject repairing = _store.OpenProject())
        {
            Assert.True((await repairing.RepairAsync(TempStore.Someone, null, apply: true)).Recorded is not null);
        }

        Assert.Null(Health(running));
        Receipt receipt = await running.SubmitAsync(new AddObservations("Bug: đăng nhập", ["behind"]), TempStore.Someone);
        Assert.Single(receipt.Recorded);
        Assert.Empty(running.Verify().Findings);
    }

    [Fact]
    public async Task A_server_whose_own_last_event_was_given_up_goes_on_too()
    {
        await using MemoryProject running = _store.OpenProject();
        await running.SubmitAsync(new CreateEntity("Ada", "person", []), TempStore.Someone);
        await running.SubmitAsync(new AddObservations("Ada", ["likes tea"]), TempStore.Someone);
        _store.LogLines = new Tampering("text", 2).Of(_store.LogLines);

        await running.RepairAsync(TempStore.Someone, null, apply: true);

        Assert.Null(Health(running));
        Assert.Single((await running.SubmitAsync(new AddObservations("Ada", ["likes tea"]), TempStore.Someone)).Recorded);
    }

    [Theory]
    [InlineData(true, "")]
    [InlineData(false, "1")]
    public async Task A_header_is_made_anew_as_it_was_as_long_as_the_project_is_known(bool known, string lost)
    {
        await _store.AppendCommitsAsync(1, 1, 2);
        string[] whole = _store.LogLines;
        _store.LogLines = ["no header", .. whole[1..]];
        if (!known)
        {
            File.Delete(Path.Combine(_store.Place.Directory, "project.json"));
        }

        await using MemoryProject project = _store.OpenProject();
        RepairReport report = await project.RepairAsync(TempStore.Someone, null, apply: true);

        Assert.True(report.HeaderRebuilt);
        Assert.Equal(lost, string.Join(',', report.Lost.Select(one => one.Id.Value)));
        Assert.Equal(known, whole[0] == _store.LogLines[0]);
        Assert.Equal(whole[2..], _store.LogLines[2..^1]);
        Assert.Empty(project.Verify().Findings);
        Assert.Null(Health(project));
    }

    [Theory]
    [InlineData(DiskFault.Failed, false)]
    [InlineData(DiskFault.Failed, true)]
    [InlineData(DiskFault.Full, true)]
    internal async Task Broken_off_anywhere_it_leaves_the_damaged_log_or_the_mended_one(DiskFault fault, bool halfWritten)
    {
        byte[] damaged = await DamageAsync("garbage", 3);
        for (int request = 0; request < RequestsMax; request++)
        {
            _store.StartAnewFrom(damaged);
            var disk = new FaultyDisk(fault, forEver: true, halfWritten);
            disk.FailAfter(request);
            try
            {
                await using MemoryProject project = _store.OpenProject(disk);
                await project.RepairAsync(TempStore.Someone, null, apply: true);
            }
            catch (LogException)
            {
            }

            await using MemoryProject after = _store.OpenProject();
            if (_store.LogBytes.AsSpan().SequenceEqual(damaged))
            {
                Assert.Equal([new EventId(3)], after.Verify().Findings.Select(one => one.First));
                Assert.NotNull((await after.RepairAsync(TempStore.Someone, null, apply: true)).Recorded);
            }

            Assert.Empty(after.Verify().Findings);
            Assert.Equal(damaged, Assert.Single(_store.Quarantined(), copy => copy.Length > 0 && copy.AsSpan().SequenceEqual(damaged)));
            if (!disk.Failed)
            {
                return;
            }
        }

        Assert.Fail("the repair never passed untouched");
    }

    private static async Task AssertMendedAsync(string[] log, params Tampering[] done)
    {
        string[] damaged = log;
        foreach (Tampering one in done)
        {
            damaged = one.Event < damaged.Length && one.Concerns(damaged) ? one.Of(damaged) : damaged;
        }

        byte[] bytes = Encoding.UTF8.GetBytes(Tampering.Text(damaged));
        string what = string.Join(", ", done.Select(one => one.ToString()));
        var disk = new MemoryDisk { [LogPath] = bytes };
        using EventLog opened = Open(disk);
        RepairReport report = await RepairAsync(opened);
        Assert.Equal(report.Found.IsIntact, !report.Needed);
        if (!report.Needed)
        {
            Assert.Equal(bytes, disk[LogPath]);
            return;
        }

        Assert.Equal(bytes, disk[Path.Combine(Place.Directory, "quarantine", report.Quarantine!)]);
        AssertOnlyTheLostIsLost(log, disk, report, what);
        Assert.True(done.Length > 1 || !CostNothing.Contains(done[0].Kind) || report.Lost.Count == 0, $"{what} cost {report.Lost.Count} events");

        await AssertHealthyAsync(opened, disk, what);
        using EventLog again = Open(disk);
        await AssertHealthyAsync(again, disk, what);
    }

    private static void AssertOnlyTheLostIsLost(string[] log, MemoryDisk disk, RepairReport report, string what)
    {
        string[] mended = Encoding.UTF8.GetString(disk[LogPath]).Split('\n')[..^1];
        HashSet<long> lost = [.. report.Lost.Select(one => one.Id.Value)];
        for (int id = 1; id < Math.Min(log.Length, mended.Length - 1); id++)
        {
            // What the first line behind a gap followed is gone, so an edit of its head cannot show: it is named as a restart.
            Assert.True(
                lost.Contains(id) || mended[id] == log[id] || lost.Contains(id - 1), $"{what}: #{id} was neither kept nor named as lost");
            Assert.True(!lost.Contains(id) || mended[id].Contains("\"event_lost\"", StringComparison.Ordinal), $"{what}: #{id} is not marked as lost");
        }

        Assert.Contains("\"log_repaired\"", mended[^1], StringComparison.Ordinal);
    }

    private static async Task AssertHealthyAsync(EventLog log, MemoryDisk disk, string what)
    {
        News news = log.CatchUp();
        Assert.True(log.Health is null, $"{what}: {log.Health}");
        await log.AppendCommitAsync(2, 1);
        AuditReport audit = log.Audit();
        Assert.True(audit.FindingsTotal == 0, $"{what}:\n{string.Join('\n', audit.Findings)}\n{Encoding.UTF8.GetString(disk[LogPath])}");
        Assert.True(audit.Events >= news.Events.Count);
    }

    private static async Task<RepairReport> RepairAsync(EventLog log)
    {
        using (LogWriter writer = await log.LockAsync(CancellationToken.None))
        {
            return LogMending.Apply(log, writer, new RepairConsent(TempStore.Someone, "seen to", 1_800_000_000_000, EventId.None));
        }
    }

    private static EventLog Open(MemoryDisk disk) => new(disk, Place, "tests", new ManualClock(), EventCatalogue.Current);

    private static string? Health(MemoryProject project) =>
        project.Ask(new StatusQuery(), "", (_, standing) => standing.Health?.Code);

    // Six events in commits of 1, 2, 1 and 2.
    private async Task<byte[]> DamageAsync(string kind, int id)
    {
        await _store.AppendCommitsAsync(1, 2, 1, 2);
        _store.LogLines = new Tampering(kind, id).Of(_store.LogLines);
        return _store.LogBytes;
    }
}
