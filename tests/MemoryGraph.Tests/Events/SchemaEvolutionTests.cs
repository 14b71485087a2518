using System.Text;
using CsCheck;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Graph;
using MemoryGraph.Log;
using MemoryGraph.Tests.Log;

namespace MemoryGraph.Tests.Events;

/// <summary>Programs of two releases on one log: this one, and one whose events changed their shape.</summary>
public sealed class SchemaEvolutionTests : IDisposable
{
    private static readonly EventCatalogue Today = EventCatalogue.Current;
    private static readonly EventCatalogue Later = LaterCatalogue.Catalogue;

    private readonly TempStore _store = new();

    public SchemaEvolutionTests() => Directory.CreateDirectory(_store.Place.Directory);

    public void Dispose() => _store.Dispose();

    [Fact]
    public void The_later_shapes_are_really_others()
    {
        Assert.Equal((3, 2), (Version(Later, "entity_created"), Version(Later, "relation_created")));
        Assert.All(Today.Shapes, shape => Assert.Equal(1, shape.Version));
    }

    [Theory]
    [MemberData(nameof(GoldenLogTests.Names), MemberType = typeof(GoldenLogTests))]
    public void A_later_program_reads_every_event_of_a_released_log_as_it_was_meant(string name)
    {
        GoldenLog log = GoldenLog.All.Single(one => one.Name == name);
        _store.LogBytes = File.ReadAllBytes(log.Path);
        Assert.Equal(log.Records.Select(EventText.Of), _store.ReadHealthy(Later).Select(EventText.Of));
    }

    [Fact]
    public async Task A_later_program_leaves_old_lines_as_they_are_and_goes_on_behind_them()
    {
        _store.LogBytes = await File.ReadAllBytesAsync(GoldenLog.EveryEvent.Path);
        byte[] released = _store.LogBytes;
        await AppendAsync(Later, new EntityCreated("Đăng nhập", "bug"));

        Assert.Equal(released, _store.LogBytes[..released.Length]);
        Assert.Contains("\"v\":3,\"refs\":[],", _store.LogLines[^1], StringComparison.Ordinal);
        Assert.Contains("\"data\":{\"title\":\"Đăng nhập\",\"kind\":\"bug\"}", _store.LogLines[^1], StringComparison.Ordinal);
        Assert.Equal(new EntityCreated("Đăng nhập", "bug"), _store.ReadHealthy(Later)[^1].Event);
        Assert.Empty(FullScan.Of(_store.LogPath, Later).Damage);
        Verifier.Accepts(_store);
    }

    [Fact]
    public void A_log_in_old_and_new_shapes_adds_up_to_one_graph_at_every_point() =>
        Gen.Select(AnyCommand.Sequence, Gen.Int[0, 100]).Sample(
            (commands, part) =>
            {
                IReadOnlyList<RecordedEvent> history = AnyCommand.Played(commands).Recorded;
                WriteLog(history, upgradedAfter: history.Count * part / 100);
                FullScan scan = FullScan.Of(_store.LogPath, Later);
                Assert.Empty(scan.Damage);
                Assert.Equal(history.Select(EventText.Of), scan.Events.Select(EventText.Of));

                GraphState expected = InMemoryGraph.Replay(history).Graph;
                GraphState read = InMemoryGraph.Replay(scan.Events).Graph;
                Assert.All(history, one => Assert.Equal(
                    GraphDump.Of(expected.AsOf(one.Id)), GraphDump.Of(read.AsOf(one.Id))));
            },
            iter: 100, threads: 1, print: one => AnyCommand.Print(one.Item1) + $"\nupgraded after {one.Item2} %");

    [Fact]
    public async Task This_program_reads_on_past_a_later_shape_says_so_and_writes_nothing()
    {
        await AppendAsync(Today, new EntityCreated("Ada", "person"));
        await AppendAsync(Later, new EntityCreated("Eve", "person"));
        await AppendAsync(Later, new ObservationAdded(new(1), "Ada", "likes tea"));

        (IReadOnlyList<RecordedEvent> events, LogHealth? health) = _store.Read();
        Assert.Equal(
            [new EntityCreated("Ada", "person"), new ObservationAdded(new(1), "Ada", "likes tea")],
            events.Select(one => one.Event).Where(happened => happened is not UnknownEvent));
        Assert.Equal("entity_created", Assert.IsType<UnknownEvent>(events[1].Event).EventType);
        Assert.Equal("newer_events", health?.Code);
        Assert.Contains(
            "Event #2 is of type \"entity_created\" in version 3, which this program does not know",
            health!.Explanation, StringComparison.Ordinal);

        byte[] before = _store.LogBytes;
        LogException refusal = await Assert.ThrowsAnyAsync<LogException>(() => AppendAsync(Today, new EntityCreated("Bob", "person")));
        Assert.Equal("read_only", refusal.Code);
        Assert.Equal(before, _store.LogBytes);
    }

    [Fact]
    public async Task A_program_that_runs_while_another_is_updated_stops_writing_when_it_meets_a_later_shape()
    {
        await AppendAsync(Today, new EntityCreated("Ada", "person"));
        using EventLog running = _store.OpenLog();
        running.CatchUp();
        Assert.Null(running.Health);
        await AppendAsync(Later, new EntityCreated("Eve", "person"));

        LogException refusal = await Assert.ThrowsAnyAsync<LogException>(() => running.AppendCommitAsync(1));
        Assert.Equal("read_only", refusal.Code);
        Assert.Equal("newer_events", running.Health?.Code);
    }

    [Fact]
    public void A_text_redacted_in_an_old_shape_stays_redacted_in_the_new_one()
    {
        RecordedEvent[] history =
        [
            One(1, new EntityCreated("A secret name", "person")),
            One(2, new EventRedacted([new(1)])),
        ];
        WriteLog(history, upgradedAfter: history.Length);
        string[] lines = _store.LogLines;
        lines[1] = LineForge.Redact(lines[1], eraser: 2);
        _store.LogLines = lines;

        RecordedEvent read = _store.ReadHealthy(Later)[0];
        Assert.Equal((new EntityCreated("[#1 redacted by #2]", "[redacted by #2]"), new EventId(2)), (read.Event, read.RedactedBy));
    }

    [Theory]
    [InlineData("\"validFrom\":\"first of May\"", "\"relation_created\" in version 1, has no meaning in version 2")]
    [InlineData("\"validFrom\":5", "\"validFrom\" is not a string")]
    public void An_old_line_that_means_nothing_in_the_new_shape_is_damage_with_its_place_named(string held, string cause)
    {
        WriteForged("relation_created", version: 1, "[1,1]", $$"""{"from":"A","relationType":"b","to":"C",{{held}}}""");
        (IReadOnlyList<RecordedEvent> events, LogHealth? health) = _store.Read(Later);
        Assert.Equal([new EventLost("the log is damaged here"), new EventLost("")], events.Select(one => one.Event));
        Assert.Equal("damaged", health?.Code);
        Assert.Contains("event #1 in events-000000000001.jsonl at byte ", health!.Explanation, StringComparison.Ordinal);
        Assert.Contains(cause, health.Explanation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    public void A_line_in_an_impossible_version_is_damage(long version)
    {
        WriteForged("entity_created", version, "[]", """{"name":"Ada","entityType":"person"}""");
        Assert.Equal("damaged", _store.Read(Later).Health?.Code);
        Assert.Equal("damaged", _store.Read(Today).Health?.Code);
    }

    private static int Version(EventCatalogue catalogue, string name) => catalogue.Find(Encoding.UTF8.GetBytes(name))!.Version;

    private static RecordedEvent One(long id, MemoryEvent happened) => new(
        new(id), ManualClock.Start.ToUnixTimeMilliseconds(), new(id), 1, new(id), new(1), TempStore.Someone, null, happened);

    private async Task AppendAsync(EventCatalogue catalogue, MemoryEvent happened)
    {
        using EventLog log = _store.OpenLog(catalogue: catalogue);
        using (LogWriter writer = await log.LockAsync(CancellationToken.None))
        {
            writer.CatchUp();
            writer.Prepare();
            writer.Append([One(log.Position.LastId.Value + 1, happened)]);
        }
    }

    // A history of which a later program wrote what stands behind an event.
    private void WriteLog(IReadOnlyList<RecordedEvent> history, int upgradedAfter)
    {
        var buffer = new Utf8Buffer();
        buffer.Raw(SegmentHeader.First(GoldenLog.Project).ToLine());
        EventHash hash = SegmentHeader.First(GoldenLog.Project).ChainStart(buffer.Written[..^1]);
        foreach (RecordedEvent recorded in history)
        {
            EventCatalogue catalogue = recorded.Id.Value <= upgradedAfter ? Today : Later;
            hash = EventJson.Write(buffer, recorded, catalogue, hash, new byte[EventJson.SaltBytes]);
        }

        _store.LogBytes = buffer.Written.ToArray();
    }

    private void WriteForged(string type, long version, string refs, string data)
    {
        string header = LineForge.Header(GoldenLog.Project);
        (string line, byte[] hash) = LineForge.Event(
            $$"""{"event_id":1,"event_type":"{{type}}","timestamp":1,"tx":1,"n":1,"commit":1,"session":1,"v":{{version}},"refs":{{refs}}""",
            $$"""
            "user":"","agent":"","data":{{data}}
            """,
            new byte[EventJson.SaltBytes],
            LineForge.ChainStart(header));
        (string next, _) = LineForge.Event(
            """{"event_id":2,"event_type":"event_lost","timestamp":1,"tx":2,"n":1,"commit":2,"session":1,"v":1,"refs":[]""",
            """
            "user":"","agent":"","data":{"cause":""}
            """,
            new byte[EventJson.SaltBytes],
            hash);
        _store.LogLines = [header, line, next];
    }
}
