using System.Text;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Log;
using MemoryGraph.Tests.Events;

namespace MemoryGraph.Tests.Log;

/// <summary>A log that a newer program wrote: read as far as it can be, never written when that could do harm.</summary>
public sealed class NewerFormatTests : IDisposable
{
    private readonly TempStore _store = new();

    public NewerFormatTests() => Directory.CreateDirectory(_store.Place.Directory);

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task A_log_for_newer_writers_is_read_and_not_written()
    {
        Write(LineForge.Header(GoldenLog.Project, minWriter: 2), "entity_created", "");
        (IReadOnlyList<RecordedEvent> events, LogHealth? health) = _store.Read();
        Assert.IsType<EntityCreated>(Assert.Single(events).Event);
        Assert.Equal("newer_format", health?.Code);
        Assert.Contains("a writer of format 2; this program knows format 1. Update", health!.Explanation, StringComparison.Ordinal);
        await AssertReadOnlyAsync("Update memory-graph");
    }

    [Fact]
    public async Task A_log_for_newer_readers_is_not_read_at_all()
    {
        Write(LineForge.Header(GoldenLog.Project, minReader: 2, minWriter: 2), "entity_created", "");
        (IReadOnlyList<RecordedEvent> events, LogHealth? health) = _store.Read();
        Assert.Empty(events);
        Assert.Equal("newer_format", health?.Code);
        await AssertReadOnlyAsync("a reader of format 2");
    }

    [Fact]
    public async Task An_unknown_event_makes_the_log_read_only()
    {
        Write(LineForge.Header(GoldenLog.Project), "entity_pinned", "");
        (IReadOnlyList<RecordedEvent> events, LogHealth? health) = _store.Read();
        Assert.IsType<UnknownEvent>(Assert.Single(events).Event);
        Assert.Equal("newer_events", health?.Code);
        await AssertReadOnlyAsync("Event #1 is of type \"entity_pinned\"");
    }

    [Fact]
    public async Task A_known_event_in_a_newer_version_makes_the_log_read_only()
    {
        Write(LineForge.Header(GoldenLog.Project), "entity_created", "", version: 2);
        await AssertReadOnlyAsync("Event #1 is of type \"entity_created\" in version 2, which this program does not know");
    }

    [Theory]
    [InlineData("entity_pinned", 1)]
    [InlineData("entity_created", 2)]
    public async Task An_unknown_event_that_may_be_ignored_is_kept_in_its_place(string type, int version)
    {
        Write(LineForge.Header(GoldenLog.Project), type, ",\"ignorable\":true", version);
        await _store.AppendCommitsAsync(1);
        IReadOnlyList<RecordedEvent> events = _store.ReadHealthy();
        Assert.Equal([typeof(UnknownEvent), typeof(ObservationAdded)], events.Select(one => one.Event.GetType()));
        Verifier.Accepts(_store);
    }

    [Fact]
    public async Task A_log_that_goes_on_in_a_segment_of_a_newer_program_is_read_and_not_written()
    {
        await _store.AppendCommitsAsync(1, 1);
        EventHash last = EventJson.HashOf(Encoding.UTF8.GetBytes(_store.LogLines[^1]))!.Value;
        var header = new SegmentHeader(ProjectId(), new(3), last, _store.LogBytes.Length, new LogFormat(1, 2));
        await File.WriteAllBytesAsync(Path.Combine(_store.Place.Directory, "events-000000000003.jsonl"), header.ToLine());

        await AssertReadOnlyAsync("needs a reader of format 1 and a writer of format 2");
        Assert.Equal(2, _store.Read().Events.Count);
    }

    private string ProjectId()
    {
        using EventLog log = _store.OpenLog();
        log.CatchUp();
        return log.ProjectId!;
    }

    private void Write(string header, string type, string headKeys, int version = 1)
    {
        (string line, _) = LineForge.Event(
            $$"""{"event_id":1,"event_type":"{{type}}","timestamp":1767225600000,"tx":1,"n":1,"commit":1,"""
            + $$"""
            "session":1,"v":{{version}},"refs":[]{{headKeys}}
            """,
            """
            "user":"duyan","agent":"","data":{"name":"Auth","entityType":"service"}
            """,
            new byte[EventJson.SaltBytes],
            LineForge.ChainStart(header));
        _store.LogLines = [header, line];
    }

    private async Task AssertReadOnlyAsync(string reason)
    {
        byte[] before = _store.LogBytes;
        using EventLog log = _store.OpenLog();
        LogException refusal = await Assert.ThrowsAnyAsync<LogException>(() => log.AppendCommitAsync(1));
        Assert.Equal("read_only", refusal.Code);
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, _store.LogBytes);
    }
}
