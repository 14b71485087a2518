using System.Text;
using MemoryGraph.Domain;
using MemoryGraph.Integrity;
using MemoryGraph.Log;
using MemoryGraph.Memory;
using MemoryGraph.Tests.Events;
using MemoryGraph.Tests.Log;

namespace MemoryGraph.Tests.Projects;

/// <summary>The log as a file of its own: whole, or up to a point, it verifies without the rest.</summary>
public sealed class ExportEventsTests : IDisposable
{
    private readonly TempStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task The_whole_log_comes_byte_for_byte_header_included()
    {
        await AppendAsync(1, 2);
        await AppendAsync(3);

        Assert.Equal(_store.LogBytes, await ExportAsync(AsOf.Now));
    }

    [Fact]
    public async Task Up_to_a_point_come_the_calls_that_were_over_then_and_they_verify_by_themselves()
    {
        await AppendAsync(1, 2);
        await AppendAsync(3);
        await AppendAsync(1);
        string[] lines = _store.LogLines;
        int[] ends = [0, 1, 1, 3, 3, 3, 6, 7, 7];
        using var elsewhere = new TempStore();
        Directory.CreateDirectory(elsewhere.Place.Directory);
        for (int point = 0; point < ends.Length; point++)
        {
            byte[] export = await ExportAsync(AsOf.Of(new EventId(point)));
            Assert.Equal(string.Concat(lines.Take(ends[point] + 1).Select(line => line + '\n')), Encoding.UTF8.GetString(export));

            elsewhere.LogBytes = export;
            Assert.Equal(ends[point], elsewhere.ReadHealthy().Count);
            await using MemoryProject restored = elsewhere.OpenProject();
            AuditReport report = restored.Verify();
            Assert.True(report.IsIntact, string.Join('\n', report.Findings));
            Verifier.Accepts(elsewhere);
        }
    }

    [Fact]
    public async Task A_point_in_time_means_the_events_up_to_then()
    {
        var clock = new ManualClock();
        await using (MemoryProject project = _store.OpenProject(clock: clock))
        {
            await project.SubmitAsync(new CreateEntity("Ada", "person", []), TempStore.Someone);
            clock.Advance(TimeSpan.FromHours(2));
            await project.SubmitAsync(new CreateEntity("Eve", "person", []), TempStore.Someone);
        }

        AsOf between = AsOf.Parse(ManualClock.Start.AddHours(1).ToString("O"), clock.GetUtcNow(), TimeZoneInfo.Utc)!;
        Assert.Equal(Lines(_store.LogLines[..2]), Encoding.UTF8.GetString(await ExportAsync(between)));
    }

    [Fact]
    public async Task Of_an_entity_come_the_lines_that_touched_it_whatever_became_of_its_name()
    {
        await using (MemoryProject project = _store.OpenProject())
        {
            await project.SubmitAsync(new CreateEntity("Ada", "person", ["likes tea"]), TempStore.Someone);
            await project.SubmitAsync(new CreateEntity("Eve", "person", ["likes milk"]), TempStore.Someone);
            await project.SubmitAsync(new CreateRelation("Eve", "knows", "Ada"), TempStore.Someone);
            await project.SubmitAsync(new DeleteObservations("Ada", ["likes tea"]), TempStore.Someone);
            await project.SubmitAsync(new UpdateEntity("Ada", "Ada L.", null), TempStore.Someone);
        }

        string[] lines = _store.LogLines;
        string touched = Lines([lines[0], lines[1], lines[2], lines[5], lines[6], lines[7]]);
        Assert.Equal(touched, Encoding.UTF8.GetString(await ExportAsync(AsOf.Now, "Ada L.")));
        Assert.Equal(touched, Encoding.UTF8.GetString(await ExportAsync(AsOf.Now, "Ada")));
        Assert.Equal(
            Lines([lines[0], lines[1], lines[2], lines[5]]), Encoding.UTF8.GetString(await ExportAsync(AsOf.Of(new EventId(5)), "Ada")));
    }

    [Fact]
    public async Task An_entity_that_never_was_is_refused_and_nothing_written()
    {
        await AppendAsync(1);
        await using MemoryProject project = _store.OpenProject();
        using var output = new MemoryStream();

        Assert.Equal("entity_not_found", project.ExportEvents(output, AsOf.Now, "Nobody", "").Refused?.Code);
        Assert.Equal(0, output.Length);
    }

    [Fact]
    public async Task Where_nothing_was_recorded_there_is_no_log_to_export()
    {
        await using MemoryProject project = _store.OpenProject();
        using var output = new MemoryStream();

        Assert.False(project.ExportEvents(output, AsOf.Now, null, "").Copied.HasLog);
        Assert.Equal(0, output.Length);
        Assert.False(Directory.Exists(_store.Place.Directory));
    }

    [Fact]
    public async Task A_damaged_log_is_refused_with_what_mends_it_and_nothing_is_written()
    {
        await AppendAsync(1);
        await AppendAsync(1);
        await AppendAsync(1);
        string[] lines = _store.LogLines;
        _store.LogLines = [lines[0], lines[1], LineForge.Edit(lines[2], "\"user\":\"", "\"user\":\"not "), lines[3]];
        await using MemoryProject project = _store.OpenProject();
        using var output = new MemoryStream();

        LogException damaged = Assert.ThrowsAny<LogException>(() => project.ExportEvents(output, AsOf.Now, null, ""));
        Assert.Equal("damaged", damaged.Code);
        Assert.Contains("`memory-graph repair`", damaged.Message, StringComparison.Ordinal);
        Assert.Equal(0, output.Length);
    }

    [Fact]
    public async Task Of_a_torn_end_only_whole_calls_come_with_the_newline_that_is_missing()
    {
        await AppendAsync(1);
        await AppendAsync(2, 2);
        byte[] whole = _store.LogBytes;
        string[] lines = _store.LogLines;
        _store.LogBytes = whole[..^20];
        Assert.Equal(Lines(lines[..4]), Encoding.UTF8.GetString(await ExportAsync(AsOf.Now)));

        _store.LogBytes = whole[..^1];
        Assert.Equal(whole, await ExportAsync(AsOf.Now));
    }

    [Fact]
    public async Task A_write_that_somebody_is_at_is_left_out()
    {
        await AppendAsync(1);
        byte[] before = _store.LogBytes;
        byte[]? during = null;
        var spied = new SpiedDisk(_store.LogPath, () => during ??= ExportAsync(AsOf.Now).GetAwaiter().GetResult());
        using (EventLog writer = _store.OpenLog(spied))
        {
            await writer.AppendCommitAsync(2, 1);
        }

        Assert.Equal(before, during);
        Assert.Equal(_store.LogBytes, await ExportAsync(AsOf.Now));
    }

    [Fact]
    public async Task What_a_writer_left_that_died_is_synced_before_it_is_handed_out()
    {
        await AppendAsync(1);
        var disk = new WatchedDisk();

        Assert.Equal(_store.LogBytes, await ExportAsync(AsOf.Now, disk: disk));
        Assert.Equal(_store.LogBytes.Length, disk.SyncedLength(_store.LogPath));
    }

    [Fact]
    public async Task A_text_whose_redaction_is_recorded_is_not_exported_though_it_still_stands()
    {
        await AppendAsync(2);
        byte[] whole = _store.LogBytes;
        await RedactAsync(2);
        byte[] erased = _store.LogBytes;
        _store.LogBytes = [.. whole, .. erased[whole.Length..]];

        // Read only, so that nobody finishes what was broken off.
        Assert.Equal(erased, await ExportAsync(AsOf.Of(new EventId(3))));
    }

    [Fact]
    public async Task A_point_before_the_redaction_of_what_was_there_is_refused_with_the_next_that_verifies()
    {
        await AppendAsync(1);
        await AppendAsync(1);
        await AppendAsync(1);
        await RedactAsync(2);
        await using MemoryProject project = _store.OpenProject();
        using var output = new MemoryStream();

        LogException refused = Assert.ThrowsAny<LogException>(() => project.ExportEvents(output, AsOf.Of(new EventId(3)), null, ""));
        Assert.Equal("unaccounted", refused.Code);
        Assert.Contains("give #4 or a later point", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, output.Length);
        Assert.Equal(Lines(_store.LogLines[..2]), Encoding.UTF8.GetString(await ExportAsync(AsOf.Of(new EventId(1)))));
        Assert.Equal(_store.LogBytes, await ExportAsync(AsOf.Of(new EventId(4))));
    }

    [Fact]
    public async Task An_erasure_in_the_middle_of_the_copy_breaks_it_off()
    {
        // Longer than what is read at once.
        await AppendAsync(4_000);
        string[] lines = _store.LogLines;
        await using MemoryProject project = _store.OpenProject();
        using var output = new Interrupted(() => _store.LogLines = [.. lines[..^1], LineForge.Redact(lines[^1], 4_001)]);

        Assert.Equal("changed", Assert.ThrowsAny<LogException>(() => project.ExportEvents(output, AsOf.Now, null, "")).Code);
    }

    private static string Lines(IEnumerable<string> lines) => string.Concat(lines.Select(line => line + '\n'));

    private async Task AppendAsync(params int[] eventsPerCall)
    {
        using EventLog log = _store.OpenLog(new HastyDisk());
        await log.AppendCommitAsync(eventsPerCall);
    }

    private async Task RedactAsync(long id)
    {
        await using MemoryProject project = _store.OpenProject();
        await project.RedactAsync(Redaction.OfEvents([new EventRange(new EventId(id), new EventId(id))]), TempStore.Someone, null);
    }

    private async Task<byte[]> ExportAsync(AsOf at, string? entity = null, IDisk? disk = null)
    {
        await using MemoryProject project = _store.OpenProject(disk);
        using var output = new MemoryStream();
        EventsExported exported = project.ExportEvents(output, at, entity, "");
        Assert.Null(exported.Refused);
        Assert.Equal(output.ToArray().Count(one => one == (byte)'\n') - 1, exported.Copied.Events);
        return output.ToArray();
    }

    // Something happens at the first bytes.
    private sealed class Interrupted(Action happen) : MemoryStream
    {
        private Action? _happen = happen;

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            Interlocked.Exchange(ref _happen, null)?.Invoke();
            base.Write(buffer);
        }
    }
}
