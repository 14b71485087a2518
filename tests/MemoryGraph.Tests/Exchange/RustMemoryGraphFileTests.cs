using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Graph;
using static MemoryGraph.Tests.Exchange.SourceReading;

namespace MemoryGraph.Tests.Exchange;

/// <summary>What is read of the Rust memory-graph's event log, also of one that it would warn of.</summary>
public sealed class RustMemoryGraphFileTests
{
    private const string AdaCreated = """{"eventType":"entity_created","eventId":1,"ts":1768000000,"user":"duyan","data":{"name":"Ada","entity_type":"person","observations":["likes tea"]}}""";
    private const string EveCreated = """{"eventType":"entity_created","eventId":2,"ts":1768000001,"user":"duyan","data":{"name":"Eve","entity_type":"person"}}""";

    [Fact]
    public void Every_kind_of_event_that_the_program_writes_is_read()
    {
        SourceReading read = OfRust(Fixture("rust-memory-graph.jsonl"));

        Assert.Equal(
            """
            Bug:Login [Bug]
              Login fails
              Hỏng từ bản 1.2
              -affects-> Module:Auth, 2026-01-01 to 2026-02-01
            Module:Auth [Service]
            """,
            read.Graph);
        Assert.Empty(read.Told);
        Assert.Equal([3, 1, 1, 1, 1, 1, 1, 1, 1, 1], read.Calls.Select(call => call.Events.Count));
    }

    [Fact]
    public void Every_kind_of_event_is_read_as_the_documentation_of_the_program_names_its_members()
    {
        SourceReading read = OfRust(Fixture("rust-memory-graph-as-documented.jsonl"));

        Assert.Equal("Module:Auth [Module]", read.Graph);
        Assert.Empty(read.Told);
        Assert.Equal("Duplicate", read.Calls[^1].Reason);
        Assert.Contains(read.Calls[3].Events, one => one.Event is RelationCreated { Validity: { From: "2024-01-01", To: null } });
        Assert.Contains(read.Calls[4].Events, one => one.Event is EntityUpdated { EntityType: "Feature" });
    }

    [Fact]
    public void Who_did_it_when_and_by_which_agent_is_kept()
    {
        SourceReading read = OfRust(Fixture("rust-memory-graph.jsonl"));

        Assert.Equal(
            new Origin("rust-memory-graph:/home/ada/data/events.jsonl", new EventId(2), null, "duyan", 1_768_000_001_000) { Agent = "claude-code" },
            read.Calls[1].Events[0].Origin);
        Assert.Equal("huy", read.Calls[2].Events[0].Origin.User);
        Assert.Null(read.Calls[2].Events[0].Origin.Agent);
    }

    [Fact]
    public void Ids_ascend_over_the_whole_file()
    {
        EventId[] ids = [.. OfRust(Fixture("rust-memory-graph.jsonl")).Calls.SelectMany(call => call.Events).Select(one => one.Id)];

        Assert.Equal(ids.Distinct().Order(), ids);
    }

    [Fact]
    public void A_deleted_entity_ends_after_its_relations()
    {
        SourceReading read = OfRust(AdaCreated, EveCreated, Relation(3, "relation_created"), Event(4, "entity_deleted", """{"name":"Eve"}"""));

        Assert.Equal("Ada [person]\n  likes tea", read.Graph);
        Assert.Equal(
            [typeof(RelationDeleted), typeof(EntityDeleted)], read.Calls[^1].Events.Select(one => one.Event.GetType()));
    }

    [Fact]
    public void An_end_that_no_event_creates_is_implied_and_ends_with_its_last_relation()
    {
        SourceReading read = OfRust(AdaCreated, Relation(2, "relation_created"));
        Assert.True(read.State.Now.NamingOf(read.State.Now.Find("Eve")!.Value).Implied);

        read = OfRust(AdaCreated, Relation(2, "relation_created"), Relation(3, "relation_deleted"));
        Assert.Equal("Ada [person]\n  likes tea", read.Graph);
        Assert.Empty(read.Told);
    }

    [Fact]
    public void An_implied_end_that_is_created_later_is_the_same_entity()
    {
        SourceReading read = OfRust(AdaCreated, Relation(2, "relation_created"), EveCreated);

        Assert.Equal("Ada [person]\n  likes tea\n  -knows-> Eve\nEve [person]", read.Graph);
        Assert.False(read.State.Now.NamingOf(read.State.Now.Find("Eve")!.Value).Implied);
        Assert.Empty(read.Told);
    }

    [Fact]
    public void A_deleted_entity_that_is_created_again_is_another_one()
    {
        SourceReading read = OfRust(AdaCreated, Event(2, "entity_deleted", """{"name":"Ada"}"""), EveCreated, AdaCreated.Replace(":1,", ":4,", StringComparison.Ordinal));

        Assert.Equal("Eve [person]\nAda [person]\n  likes tea", read.Graph);
        Assert.Empty(read.Told);
    }

    [Theory]
    [InlineData("1767225600", "1769904000", ", 2026-01-01 to 2026-02-01")]
    [InlineData("1767225600", "null", ", since 2026-01-01")]
    [InlineData("null", "1767225600", ", until 2026-01-01")]
    [InlineData("0", "null", ", since 1970-01-01")]
    [InlineData("-86400", "null", ", since 1969-12-31")]
    public void Validity_in_seconds_becomes_days(string from, string to, string held)
    {
        SourceReading read = OfRust(AdaCreated, EveCreated, Relation(3, "relation_created", from, to));

        Assert.Contains($"-knows-> Eve{held}\n", read.Graph, StringComparison.Ordinal);
        Assert.Empty(read.Told);
    }

    [Fact]
    public void A_link_that_held_for_part_of_a_day_held_that_day_which_is_told_once()
    {
        SourceReading read = OfRust(AdaCreated, EveCreated, Relation(3, "relation_created", "1767229200", "1767229200"));

        Assert.Contains("-knows-> Eve, 2026-01-01 to 2026-01-02\n", read.Graph, StringComparison.Ordinal);
        Assert.Equal(["line 3: holds from or to a time of day, which is kept as whole days, here and further on"], read.Told);
    }

    [Theory]
    [InlineData("1769904000", "1767225600", "holds 2026-02-01 to 2026-01-01, which is no time at all: taken without")]
    [InlineData("\"2026\"", "null", "\"valid_from\" is no whole number from -62135596800 to 253402214399: left out")]
    [InlineData("1e30", "null", "\"valid_from\" is no whole number from -62135596800 to 253402214399: left out")]
    public void A_validity_that_cannot_be_is_told_and_the_link_is_read(string from, string to, string what)
    {
        SourceReading read = OfRust(AdaCreated, EveCreated, Relation(3, "relation_created", from, to));

        Assert.Contains("-knows-> Eve\n", read.Graph, StringComparison.Ordinal);
        Assert.Equal([$"line 3: {what}"], read.Told);
    }

    [Theory]
    [InlineData("""{"eventType":"entity_renamed","eventId":2,"ts":1,"user":"","data":{}}""", "is of the type \"entity_renamed\", which is not known: not taken")]
    [InlineData("""{"eventType":7,"eventId":2,"ts":1,"data":{}}""", "\"eventType\" is no text: not taken")]
    [InlineData("""{"eventType":"entity_deleted","ts":1,"data":{"name":"Ada"}}""", "\"eventId\" is missing: not taken")]
    [InlineData("""{"eventType":"entity_deleted","eventId":0,"ts":1,"data":{"name":"Ada"}}""", "\"eventId\" is no whole number from 1 to 9223372036854775807: not taken")]
    [InlineData("""{"eventType":"entity_deleted","eventId":2,"data":{"name":"Ada"}}""", "\"ts\" is missing: not taken")]
    [InlineData("""{"eventType":"entity_deleted","eventId":2,"ts":1768000000000000,"data":{"name":"Ada"}}""", "\"ts\" is no whole number from 0 to 253402214399: not taken")]
    [InlineData("""{"eventType":"entity_deleted","eventId":2,"ts":1}""", "\"name\" is missing: not taken")]
    [InlineData("""{"eventType":"entity_deleted","eventId":2,"ts":1,"data":"Ada"}""", "\"name\" is missing: not taken")]
    [InlineData("""{"eventType":"entity_deleted","eventId":2,"ts":1,"data":{"name":"Bob"}}""", "is of \"Bob\", which no line before creates: not taken")]
    [InlineData("""{"eventType":"entity_updated","eventId":2,"ts":1,"data":{"name":"Ada"}}""", "changes nothing that is known of an entity here: not taken")]
    [InlineData("""{"eventType":"entity_updated","eventId":2,"ts":1,"data":{"name":"Ada","entity_type":"person"}}""", "says what held already: passed over")]
    [InlineData("""{"eventType":"observation_added","eventId":2,"ts":1,"data":{"entity":"Ada","observation":"likes tea"}}""", "says what held already: passed over")]
    [InlineData("""{"eventType":"observation_added","eventId":2,"ts":1,"data":{"entity":"Ada"}}""", "\"observation\" is missing: not taken")]
    [InlineData("""{"eventType":"observation_removed","eventId":2,"ts":1,"data":{"entity":"Ada","observation":"#2"}}""", "removes what \"Ada\" does not say: not taken")]
    [InlineData("""{"eventType":"relation_deleted","eventId":2,"ts":1,"data":{"from":"Ada","to":"Ada","relation_type":"x"}}""", "deletes \"Ada\" -x-> \"Ada\", which is not there: not taken")]
    [InlineData("""{"eventType":"entity_created","eventId":2,"ts":1,"data":{"name":"Ada","entity_type":"Person","observations":["likes tea"]}}""", "creates \"Ada\" again, now of the type \"Person\": the type \"person\" stays", "says what held already: passed over")]
    [InlineData("not JSON", "is no JSON from byte 2 on")]
    [InlineData("{}", "\"eventType\" is missing: not taken")]
    public void An_event_that_comes_to_nothing_is_told_and_the_others_are_read(string line, params string[] what)
    {
        SourceReading read = OfRust(AdaCreated, line, Event(3, "observation_added", """{"entity":"Ada","observation":"likes cake"}"""));

        Assert.Equal("Ada [person]\n  likes tea\n  likes cake", read.Graph);
        Assert.Equal(what.Select(one => $"line 2: {one}"), read.Told);
    }

    [Theory]
    [InlineData("observation_added", """{"entity":"Ada","observation":"likes tea"}""", "Ada [unknown]\n  likes tea", "unknown")]
    [InlineData("entity_updated", """{"name":"Ada","entity_type":"person"}""", "Ada [person]", "\"person\"")]
    public void What_is_said_of_an_entity_that_an_archived_file_created_is_not_lost(string type, string data, string graph, string taken)
    {
        SourceReading read = OfRust(Event(1001, type, data));

        Assert.Equal(graph, read.Graph);
        Assert.Equal([$"line 1: is of \"Ada\", which no line before creates: taken as an entity of the type {taken}"], read.Told);
    }

    [Fact]
    public void A_snapshot_is_not_read_which_is_told()
    {
        SourceReading read = OfRust(Fixture("rust-memory-graph-snapshot.jsonl"));

        Assert.Empty(read.Calls);
        Assert.Equal(4, read.Problems.Count);
        Assert.Equal(
            "line 1: is no event but part of a snapshot or memory file, which import server-memory reads: not taken", read.Told.First());
    }

    [Fact]
    public void A_snapshot_is_read_as_a_memory_file()
    {
        SourceReading read = OfServerMemory(Fixture("rust-memory-graph-snapshot.jsonl"));

        Assert.Equal("Bug:Login [Bug]\n  Login fails\n  Hỏng từ bản 1.2\n  -affects-> Module:Auth\nModule:Auth [Service]", read.Graph);
        Assert.Equal(["line 1: is of the type \"snapshot_meta\", not entity or relation: not taken"], read.Told);
    }

    [Fact]
    public void The_same_event_twice_is_one()
    {
        SourceReading read = OfRust(AdaCreated, Event(2, "entity_deleted", """{"name":"Ada"}"""), AdaCreated);

        Assert.Equal("", read.Graph);
        Assert.Equal(["line 3: repeats event 1 of line 1: not taken"], read.Told);
    }

    [Fact]
    public void Two_events_that_were_given_one_id_are_both_read_and_so_is_one_out_of_order()
    {
        SourceReading read = OfRust(EveCreated, AdaCreated, Event(2, "observation_added", """{"entity":"Eve","observation":"is here"}"""));

        Assert.Equal("Eve [person]\n  is here\nAda [person]\n  likes tea", read.Graph);
        Assert.Empty(read.Told);
    }

    [Fact]
    public void An_event_behind_half_of_one_is_read_and_so_are_two_on_a_line()
    {
        SourceReading read = OfRust(AdaCreated[..60] + AdaCreated + EveCreated, "", "", Relation(3, "relation_created")[..50]);

        Assert.Equal("Ada [person]\n  likes tea\nEve [person]", read.Graph);
        Assert.Equal(2, read.Problems.Count);
        Assert.Equal("line 4: is no JSON: it ends in the middle", read.Told.Last());
    }

    [Fact]
    public void Names_of_people_that_a_log_cannot_hold_are_told_and_the_event_is_read()
    {
        SourceReading read = OfRust(AdaCreated.Replace("duyan", "du\\u0000yan", StringComparison.Ordinal));

        Assert.Equal("", read.Calls[0].Events[0].Origin.User);
        Assert.Equal(["line 1: \"user\" contains the control character U+0000 at character 3: left out"], read.Told);
    }

    private static string Relation(long id, string type, string from = "null", string to = "null") => Event(
        id, type, $$"""{"from":"Ada","to":"Eve","relation_type":"knows","valid_from":{{from}},"valid_to":{{to}}}""");

    private static string Event(long id, string type, string data) => FormattableString.Invariant(
        $$"""{"eventType":"{{type}}","eventId":{{id}},"ts":1768000000,"user":"duyan","source":"mcp_tool_call","data":{{data}}}""");
}
