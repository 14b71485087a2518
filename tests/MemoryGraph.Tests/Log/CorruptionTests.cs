using System.Text;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Integrity;
using MemoryGraph.Log;
using MemoryGraph.Memory;
using MemoryGraph.Queries;
using MemoryGraph.Tests.Events;

namespace MemoryGraph.Tests.Log;

/// <summary>Damage that no crash can have left: it is named, nothing is written, and what still verifies is read.</summary>
public sealed class CorruptionTests : IDisposable
{
    private readonly TempStore _store = new();

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData("garbage", 4, "4")]
    [InlineData("zeros", 4, "4")]
    [InlineData("deleted", 4, "4")]
    [InlineData("doubled", 5, "")]
    [InlineData("swapped", 4, "5,6")]
    [InlineData("foreign", 4, "")]
    [InlineData("foreign and later", 4, "")]
    public async Task Damage_in_the_middle_is_named_and_everything_else_is_read(string kind, int damagedEvent, string lost)
    {
        await _store.AppendCommitsAsync(1, 2, 1, 2, 1);
        string[] log = _store.LogLines;
        string[] damaged = await DamagedAsync(kind, log);
        _store.LogLines = damaged;
        byte[] bytes = _store.LogBytes;

        (IReadOnlyList<RecordedEvent> events, LogHealth? health) = _store.Read();

        int offset = damaged.TakeWhile((line, i) => i < damagedEvent).Sum(line => Encoding.UTF8.GetByteCount(line) + 1);
        Assert.Equal("damaged", health?.Code);
        string place = $"event #{damagedEvent} in events-000000000001.jsonl at byte {offset} (";
        Assert.Contains(place, health!.Explanation, StringComparison.Ordinal);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7], events.Select(one => (int)one.Id.Value));
        Assert.Equal(lost, string.Join(',', events.Where(one => one.Event is EventLost).Select(one => one.Id.Value)));
        await AssertReadsOnAndRefusesToWriteAsync();
        Assert.Equal(bytes, _store.LogBytes);
    }

    [Fact]
    public async Task A_lost_newline_before_the_last_commit_is_damage_and_costs_no_answered_event()
    {
        await _store.AppendCommitsAsync(1, 1, 1);
        byte[] bytes = _store.LogBytes;
        bytes[Commits.LineStarts(bytes)[3] - 1] ^= 1;
        _store.LogBytes = bytes;

        LogHealth? health = _store.Read().Health;

        Assert.Equal("damaged", health?.Code);
        Assert.Contains("event #2", health!.Explanation, StringComparison.Ordinal);
        await using MemoryProject project = _store.OpenProject();
        LogException refused = await Assert.ThrowsAnyAsync<LogException>(
            () => project.SubmitAsync(new CreateEntity("new", "thing", []), TempStore.Someone));
        Assert.Equal("read_only", refused.Code);
        Assert.Equal(bytes, _store.LogBytes);
    }

    [Fact]
    public async Task A_forged_line_from_the_far_future_is_damage_and_costs_no_memory()
    {
        await _store.AppendCommitsAsync(1, 1);
        (string line, _) = LineForge.Event(
            """
            {"event_id":9000000000000000,"event_type":"entity_created","timestamp":1767225602000,"tx":9000000000000000,"n":1,"commit":9000000000000000,"session":1,"v":1,"refs":[]
            """,
            """
            "user":"mallory","agent":"","data":{"name":"Ada","entityType":"person"}
            """,
            new byte[EventJson.SaltBytes],
            new byte[32]);
        _store.LogLines = [.. _store.LogLines, line];

        Assert.Equal("damaged", _store.Read().Health?.Code);
        await using MemoryProject project = _store.OpenProject();
        Assert.Equal(3, Assert.Single(project.Verify().Findings).First.Value);
        await project.RepairAsync(TempStore.Someone, null, apply: true);
        Assert.Equal(4, _store.ReadHealthy().Count);
    }

    [Fact]
    public async Task Texts_replaced_by_an_editor_up_to_the_end_are_damage_and_not_a_torn_write()
    {
        await _store.AppendCommitsAsync(1, 1, 1);
        _store.LogLines = [.. _store.LogLines.Select(line => line.Replace("Điều", "Điểm", StringComparison.Ordinal))];
        byte[] edited = _store.LogBytes;

        Assert.Equal("damaged", _store.Read().Health?.Code);
        await using MemoryProject project = _store.OpenProject();
        Assert.Equal("read_only", (await Assert.ThrowsAnyAsync<LogException>(
            () => project.SubmitAsync(new CreateEntity("new", "thing", []), TempStore.Someone))).Code);
        Assert.Equal(edited, _store.LogBytes);
    }

    [Fact]
    public async Task A_line_of_another_log_in_the_very_place_of_ours_is_found_by_its_hash()
    {
        await _store.AppendCommitsAsync(1, 1, 1);
        using var other = new TempStore();
        await other.AppendCommitsAsync(1, 1, 1);
        string[] log = _store.LogLines;
        log[2] = other.LogLines[2];
        _store.LogLines = log;

        LogDamage damage = Assert.Single(FullScan.Of(_store.LogPath).Damage.Take(1));
        Assert.Equal(2, damage.Expected.Value);
        Assert.Contains("its hash does not follow", damage.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hash_that_is_misspelled_is_damage_and_not_the_end_of_the_program()
    {
        await _store.AppendCommitsAsync(1, 1, 1);
        string[] log = _store.LogLines;
        int at = log[2].IndexOf(",\"hash\":\"", StringComparison.Ordinal) + 20;
        log[2] = LineForge.Edit(log[2], log[2][at..(at + 5)], "+/ $é"[..4]);
        _store.LogLines = log;
        Assert.Equal("damaged", _store.Read().Health?.Code);
    }

    [Fact]
    public async Task Forged_lines_far_apart_cannot_make_a_reader_fill_its_memory()
    {
        await _store.AppendCommitsAsync(1, 1);
        const int apart = LogScan.GapMax / 2;
        IEnumerable<string> forged = Enumerable.Range(1, 6).SelectMany(i => new[]
        {
            "no event",
            LineForge.Event(
                $$"""{"event_id":{{i * apart}},"event_type":"entity_created","timestamp":1767225602000,"tx":{{i * apart}},"n":1,"commit":{{i * apart}},"session":1,"v":1,"refs":[]""",
                "\"user\":\"mallory\",\"agent\":\"\",\"data\":{\"name\":\"Ada\",\"entityType\":\"x\"}",
                new byte[EventJson.SaltBytes],
                new byte[32]).Line,
        });
        _store.LogLines = [.. _store.LogLines, .. forged];

        (IReadOnlyList<RecordedEvent> events, LogHealth? health) = _store.Read();

        Assert.Equal("damaged", health?.Code);
        Assert.InRange(events.Count, apart, LogScan.GapMax + 10);
        using EventLog log = _store.OpenLog();
        AuditReport report = log.Audit();
        Assert.InRange(report.Findings.Max(one => one.Last.Value), apart - 1, LogScan.GapMax + 10);
    }

    [Fact]
    public async Task A_log_whose_first_line_is_no_header_is_not_read_at_all()
    {
        await _store.AppendCommitsAsync(1, 1);
        _store.LogLines = _store.LogLines[1..];
        byte[] bytes = _store.LogBytes;
        (IReadOnlyList<RecordedEvent> events, LogHealth? health) = _store.Read();
        Assert.Empty(events);
        Assert.Equal("damaged", health?.Code);
        await using MemoryProject project = _store.OpenProject();
        Assert.Equal("read_only", (await Assert.ThrowsAnyAsync<LogException>(
            () => project.SubmitAsync(new CreateEntity("X", "x", []), TempStore.Someone))).Code);
        Assert.Equal(bytes, _store.LogBytes);
    }

    private static async Task<string[]> DamagedAsync(string kind, string[] log)
    {
        using var other = new TempStore();
        await other.AppendCommitsAsync(1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
        return kind switch
        {
            "garbage" => [.. log[..4], log[4][..40] + "§$%&" + log[4][60..], .. log[5..]],
            "zeros" => [.. log[..4], new string('\0', Encoding.UTF8.GetByteCount(log[4])), .. log[5..]],
            "deleted" => [.. log[..4], .. log[5..]],
            "doubled" => [.. log[..5], log[4], .. log[5..]],
            "swapped" => [.. log[..4], log[5], log[4], .. log[6..]],
            "foreign" => [.. log[..4], other.LogLines[2], .. log[4..]],
            "foreign and later" => [.. log[..4], other.LogLines[9], .. log[4..]],
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }

    private async Task AssertReadsOnAndRefusesToWriteAsync()
    {
        await using MemoryProject project = _store.OpenProject();
        LogException refusal = await Assert.ThrowsAnyAsync<LogException>(
            () => project.SubmitAsync(new CreateEntity("X", "x", []), TempStore.Someone));
        Assert.Equal("read_only", refusal.Code);
        Assert.Equal(
            (7, "damaged"),
            project.Ask(new StatusQuery(), "", (answer, standing) => ((int)answer.Last!.Id.Value, standing.Health?.Code)));
    }
}
