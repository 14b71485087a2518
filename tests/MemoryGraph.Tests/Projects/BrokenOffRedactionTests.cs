using System.Text;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Integrity;
using MemoryGraph.Log;
using MemoryGraph.Memory;
using MemoryGraph.Queries;
using MemoryGraph.Tests.Events;
using MemoryGraph.Tests.Log;
using MemoryGraph.Text;
using static MemoryGraph.Tests.GraphSpec;

namespace MemoryGraph.Tests.Projects;

/// <summary>
/// A redaction that did not come to its end: whoever opens the log next finishes it, and nobody shows the text meanwhile.
/// </summary>
[Trait("size", "torture")]
public sealed class BrokenOffRedactionTests : IDisposable
{
    private const string Secret = "secret";
    private const int SectorBytes = 512;
    private const int Length = 2400;
    private const int RequestsMax = 1000;

    private static readonly ProjectPlace Place = new("/store", "/store/project", "test", null, null, InWorkTree: false);
    private static readonly string LogPath = Path.Combine(Place.Directory, SegmentHeader.FileName(new(1)));

    private readonly TempStore _store = new();

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData(DiskFault.Failed, true, true)]
    [InlineData(DiskFault.Failed, false, true)]
    [InlineData(DiskFault.ReadOnly, true, false)]
    internal async Task A_fault_at_any_request_to_the_disk_leaves_all_or_nothing_erased(DiskFault fault, bool forEver, bool halfWritten)
    {
        await RememberAsync(_store.OpenProject(new HastyDisk()));
        byte[] before = _store.LogBytes;
        int finished = 0;
        for (int request = 0; request < RequestsMax; request++)
        {
            _store.StartAnewFrom(before);
            Directory.CreateDirectory(_store.QuarantinePath);
            await File.WriteAllTextAsync(Path.Combine(_store.QuarantinePath, "old.bin"), Secret);
            var disk = new FaultyDisk(fault, forEver, halfWritten);
            bool answered = false;
            await using (MemoryProject project = _store.OpenProject(disk))
            {
                project.Ask(new StatusQuery(), "", (_, _) => 0);
                disk.FailAfter(request);
                try
                {
                    answered = (await project.RedactAsync(Redaction.OfText(Secret), TempStore.Someone, null)).Recorded is not null;
                }
                catch (LogException e)
                {
                    Assert.True(e.Code != "not_erased" || IsRecorded(), e.Message);
                }
            }

            bool recorded = IsRecorded();
            Assert.True(recorded || !answered, $"request {request}: what was answered is not in the log");
            await using (MemoryProject next = _store.OpenProject(new HastyDisk()))
            {
                AssertKept(next, recorded);
                await next.SubmitAsync(Create("After", "thing"), TempStore.Someone);
            }

            Assert.False(disk.BelievedASecondSync, "bytes whose sync had failed were synced again as they were");
            AssertErased(recorded);
            finished += recorded && !answered ? 1 : 0;
            if (!disk.Failed)
            {
                Assert.True(finished > 3, "few faults came between the record and the end");
                return;
            }
        }

        Assert.Fail("the redaction never passed untouched");
    }

    [Fact]
    public async Task A_reader_alone_finishes_what_a_crash_broke_off()
    {
        await RememberAsync(_store.OpenProject());
        var disk = new FaultyDisk(DiskFault.Failed, forEver: true, halfWritten: false) { Concerns = (call, _) => call == DiskCall.Delete };
        Directory.CreateDirectory(_store.QuarantinePath);
        await File.WriteAllTextAsync(Path.Combine(_store.QuarantinePath, "old.bin"), Secret);
        disk.FailAfter(0);
        await using (MemoryProject project = _store.OpenProject(disk))
        {
            LogException failure = await Assert.ThrowsAsync<LogException>(
                () => project.RedactAsync(Redaction.OfText(Secret), TempStore.Someone, null));
            Assert.Equal("not_erased", failure.Code);
            Assert.Contains("#6 is recorded", failure.Message, StringComparison.Ordinal);
            AssertKept(project, redacted: true);
        }

        Assert.Contains(Secret, Encoding.UTF8.GetString(_store.LogBytes), StringComparison.Ordinal);
        await using MemoryProject reader = _store.OpenProject();
        AssertKept(reader, redacted: true);
        AssertErased(true);
    }

    [Fact]
    public async Task Another_process_never_shows_the_text_once_the_redaction_is_recorded()
    {
        await RememberAsync(_store.OpenProject());
        await using MemoryProject other = _store.OpenProject(new HastyDisk());
        AssertKept(other, redacted: false);
        List<bool> stood = [];
        var disk = new OnWriteDisk(path =>
        {
            if (path == _store.LogPath && IsRecorded())
            {
                stood.Add(Encoding.UTF8.GetString(_store.LogBytes).Contains(Secret, StringComparison.Ordinal));
                AssertKept(other, redacted: true);
            }
        });
        await using MemoryProject project = _store.OpenProject(disk);

        await project.RedactAsync(Redaction.OfText(Secret), TempStore.Someone, null);

        Assert.Equal([true, true], stood);
        AssertKept(other, redacted: true);
        AssertErased(true);
    }

    [Fact]
    public async Task A_log_in_which_damage_went_unnoticed_is_not_redacted_in_part()
    {
        await RememberAsync(_store.OpenProject());
        await using MemoryProject project = _store.OpenProject();
        AssertKept(project, redacted: false);
        byte[] damaged = _store.LogBytes;
        damaged[Commits.LineStarts(damaged)[4] + 20] ^= 1;
        _store.LogBytes = damaged;

        LogException refused = await Assert.ThrowsAsync<LogException>(
            () => project.RedactAsync(Redaction.OfText(Secret), TempStore.Someone, null));

        Assert.Equal("read_only", refused.Code);
        Assert.Equal(damaged, _store.LogBytes);
    }

    [Fact]
    public async Task Nothing_is_overwritten_before_its_redaction_is_durable_whoever_recorded_it()
    {
        (byte[] whole, byte[] erased) = await BeforeAndAfterAsync();
        Directory.CreateDirectory(_store.Place.Directory);
        _store.LogBytes = whole;
        await File.WriteAllTextAsync(_store.LockPath, "");
        var disk = new WatchedDisk();
        await using MemoryProject reader = _store.OpenProject(disk);

        AssertKept(reader, redacted: true);

        Assert.Equal(erased, _store.LogBytes);
        Assert.Equal(
            [DiskCall.Sync, DiskCall.Write],
            disk.Requests.Where(one => one.Path == _store.LogPath && one.Call is DiskCall.Sync or DiskCall.Write).Take(2).Select(one => one.Call));
    }

    [Fact]
    public async Task Who_saw_another_erase_does_not_empty_the_quarantine_later()
    {
        await RememberAsync(_store.OpenProject());
        await using MemoryProject other = _store.OpenProject();
        AssertKept(other, redacted: false);
        var disk = new OnWriteDisk(path =>
        {
            if (path == _store.LogPath && IsRecorded())
            {
                AssertKept(other, redacted: true);
            }
        });
        await using (MemoryProject project = _store.OpenProject(disk))
        {
            await project.RedactAsync(Redaction.OfText(Secret), TempStore.Someone, null);
        }

        // An unfinished write of a third process.
        await File.AppendAllTextAsync(_store.LogPath, "{\"event_id\":7");
        await using (MemoryProject third = _store.OpenProject())
        {
            await third.SubmitAsync(Create("Third", "thing"), TempStore.Someone);
        }

        await other.SubmitAsync(Create("After", "thing"), TempStore.Someone);

        Assert.Single(_store.Quarantined());
    }

    [Fact]
    public async Task A_torn_overwrite_is_finished_whatever_of_it_came_to_the_disk()
    {
        (byte[] whole, byte[] erased) = await BeforeAndAfterAsync();
        int[] sectors = [.. Enumerable.Range(0, (whole.Length + SectorBytes - 1) / SectorBytes)
            .Where(sector => !Sector(whole, sector).SequenceEqual(Sector(erased, sector)))];
        Assert.InRange(sectors.Length, 6, 14);
        for (int chosen = 0; chosen < 1 << sectors.Length; chosen++)
        {
            byte[] torn = [.. whole];
            foreach ((int i, int sector) in sectors.Index().Where(one => (chosen >> one.Index & 1) == 1))
            {
                Sector(erased, sector).CopyTo(torn.AsSpan(sector * SectorBytes));
            }

            var disk = new MemoryDisk { [LogPath] = torn };
            await using var project = new MemoryProject(disk, Place, "tests", new ManualClock());
            AssertKept(project, redacted: true);
            Assert.Equal(erased, disk[LogPath]);
        }
    }

    [Fact]
    public async Task A_writer_finishes_before_it_writes()
    {
        (byte[] whole, byte[] erased) = await BeforeAndAfterAsync();
        var disk = new MemoryDisk { [LogPath] = whole };
        using var log = new EventLog(disk, Place, "tests", new ManualClock(), EventCatalogue.Current);

        await log.AppendCommitAsync(1);

        Assert.Equal(erased, disk[LogPath][..erased.Length]);
        Assert.False(log.HasUnerased);
    }

    [Fact]
    public async Task Each_line_may_be_torn_at_any_byte()
    {
        (byte[] whole, byte[] erased) = await BeforeAndAfterAsync();
        for (int at = 0; at < whole.Length; at += 3)
        {
            foreach (byte[] torn in new byte[][] { [.. whole[..at], .. erased[at..]], [.. erased[..at], .. whole[at..]] })
            {
                var disk = new MemoryDisk { [LogPath] = torn };
                using var log = new EventLog(disk, Place, "tests", new ManualClock(), EventCatalogue.Current);
                Assert.True(log.Audit(null, null, CancellationToken.None).IsIntact);
                Assert.DoesNotContain(log.CatchUp().Events, one => EventText.Of(one).Contains(Secret, StringComparison.Ordinal));
                Assert.Null(log.Health);
                log.EraseIfFree();
                Assert.Equal(erased, disk[LogPath]);
            }
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task An_edit_that_is_made_to_look_like_a_redaction_is_damage(int line)
    {
        await RememberAsync(_store.OpenProject());
        await using (MemoryProject project = _store.OpenProject())
        {
            await project.RedactAsync(Redaction.OfEvents([new EventRange(Id(3), Id(3))]), TempStore.Someone, null);
        }

        string[] log = _store.LogLines;
        log[line == 2 ? 2 : 1] = LineForge.Redact(log[line == 2 ? 2 : 1], eraser: line == 2 ? 6 : 3);
        _store.LogLines = log;

        LogHealth? health = _store.Read().Health;

        Assert.Equal("damaged", health?.Code);
        Assert.Contains("does not say that it was redacted", health!.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_that_no_redaction_names_is_damage_in_spite_of_a_redaction_of_others()
    {
        (byte[] whole, _) = await BeforeAndAfterAsync();
        IReadOnlyList<int> lines = Commits.LineStarts(whole);
        byte[] damaged = [.. whole];
        damaged[lines[5] - 60] ^= 1;
        var disk = new MemoryDisk { [LogPath] = damaged };
        using var log = new EventLog(disk, Place, "tests", new ManualClock(), EventCatalogue.Current);

        log.CatchUp();

        Assert.Equal("damaged", log.Health?.Code);
        Assert.Contains($"damaged at event #4 in {Path.GetFileName(LogPath)} at byte {lines[4]} (", log.Health!.Explanation, StringComparison.Ordinal);
        Assert.Contains("its checksum does not match", log.Health.Explanation, StringComparison.Ordinal);
        log.EraseIfFree();
        Assert.Equal(damaged, disk[LogPath]);
    }

    [Theory]
    [InlineData(3, 3, false)]
    [InlineData(3, 3, true)]
    [InlineData(4, 4, false)]
    [InlineData(2, 3, false)]
    [InlineData(2, 3, true)]
    public async Task A_repair_finishes_what_was_broken_off_and_its_copy_does_not_keep_the_text(int damagedAt, int lastLost, bool halfOverwritten)
    {
        (byte[] whole, byte[] erased) = await BeforeAndAfterAsync();
        IReadOnlyList<int> lines = Commits.LineStarts(whole);
        byte[] damaged = [.. whole];
        damaged[lines[damagedAt] + 20] ^= 1;
        int half = lines[5] + (Length / 2);
        erased.AsSpan()[lines[5]..(halfOverwritten ? half : lines[5])].CopyTo(damaged.AsSpan(lines[5]));
        Directory.CreateDirectory(_store.QuarantinePath);
        await File.WriteAllTextAsync(Path.Combine(_store.QuarantinePath, "old.bin"), Secret);
        _store.LogBytes = damaged;
        await using MemoryProject project = _store.OpenProject();

        RepairReport report = await project.RepairAsync(TempStore.Someone, null, apply: true);

        Assert.Equal(lastLost, report.Lost[^1].Id.Value);
        Assert.Contains(Encoding.UTF8.GetString(erased[lines[5]..]), Encoding.UTF8.GetString(_store.LogBytes), StringComparison.Ordinal);
        Assert.All(
            [.. _store.Quarantined(), _store.LogBytes],
            bytes => Assert.DoesNotContain(Secret, LetterFolding.Fold(Encoding.UTF8.GetString(bytes)), StringComparison.Ordinal));
        Assert.Equal(0, project.Verify().FindingsTotal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task An_audit_that_meets_a_redaction_on_its_way_finds_nothing(int atRead)
    {
        await RememberAsync(_store.OpenProject());
        await using MemoryProject other = _store.OpenProject();
        int reads = 0;
        var disk = new OnReadDisk(path =>
        {
            // First the header is read, then the events.
            if (path == _store.LogPath && ++reads == atRead)
            {
                other.RedactAsync(Redaction.OfText(Secret), TempStore.Someone, null).Wait();
            }
        });
        using EventLog log = _store.OpenLog(disk);

        AuditReport report = log.Audit(null, null, CancellationToken.None);

        Assert.Empty(report.Findings);
        Assert.Equal(6, report.Events);
    }

    // The log with the redaction recorded and nothing overwritten yet; and as it is in the end.
    private static async Task<(byte[] Whole, byte[] Erased)> BeforeAndAfterAsync()
    {
        var disk = new MemoryDisk();
        await RememberAsync(new MemoryProject(disk, Place, "tests", new ManualClock()));
        int before = disk[LogPath].Length;
        byte[] old = disk[LogPath];
        await using (var project = new MemoryProject(disk, Place, "tests", new ManualClock()))
        {
            await project.RedactAsync(Redaction.OfText(Secret), TempStore.Someone, null);
        }

        return ([.. old, .. disk[LogPath][before..]], disk[LogPath]);
    }

    private static async Task RememberAsync(MemoryProject project)
    {
        await using (project)
        {
            await project.SubmitAsync(Create("Ada", "person", "a secret of hers", "likes tea"), TempStore.Someone);
            await project.SubmitAsync(Create("Eve", "person"), TempStore.Someone);
            await project.SubmitAsync(
                Add("Eve", $"secret {new string('x', Length)}") with { Reason = "Secret!" }, TempStore.Someone);
        }
    }

    private static ReadOnlySpan<byte> Sector(byte[] log, int sector) =>
        log.AsSpan(sector * SectorBytes, Math.Min(SectorBytes, log.Length - (sector * SectorBytes)));

    private static void AssertKept(MemoryProject project, bool redacted)
    {
        (string[] texts, LogHealth? health) = project.Ask(new OverviewQuery(null, null, AsOf.Now), "", (answer, standing) =>
            (answer.Cards.SelectMany(card => card.Observations).Select(one => one.Text).ToArray(), standing.Health));
        Assert.Null(health);
        Assert.Equal(
            redacted ? ["[redacted by #6]", "likes tea", "[redacted by #6]"] : ["a secret of hers", "likes tea", $"secret {new string('x', Length)}"],
            texts);
    }

    private bool IsRecorded() => _store.Read().Events.Any(one => one.Event is EventRedacted);

    private void AssertErased(bool redacted)
    {
        Assert.Null(_store.Read().Health);
        Assert.Equal(!redacted, LetterFolding.Fold(Encoding.UTF8.GetString(_store.LogBytes)).Contains(Secret, StringComparison.Ordinal));
        Assert.Equal(redacted, _store.Quarantined().Count == 0);
        FullScan scan = FullScan.Of(_store.LogPath);
        Assert.Empty(scan.Damage);
        Assert.Empty(scan.Unerased);
    }

    private sealed class OnReadDisk(Action<string> look) : RelayDisk
    {
        protected override void Relay(DiskCall call, string path, Action pass)
        {
            if (call == DiskCall.Read)
            {
                look(path);
            }

            pass();
        }
    }

    /// <summary>Somebody looks on before and after each write.</summary>
    private sealed class OnWriteDisk(Action<string> look) : RelayDisk
    {
        protected override void Relay(DiskCall call, string path, Action pass) => pass();

        protected override void RelayWrite(IDiskFile file, byte[] bytes, long offset)
        {
            look(file.Path);
            file.Write(bytes, offset);
        }
    }
}
