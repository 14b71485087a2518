using MemoryGraph.Domain;
using MemoryGraph.Queries;
using static MemoryGraph.Tests.GraphSpec;

namespace MemoryGraph.Tests.Queries;

public sealed class HistoryTests
{
    private static readonly HistoryQuery Everything = new(null, null, null, null, null, null, AsOf.Now);

    private readonly InMemoryGraph _memory = new() { Now = 1_000_000 };

    // A second passes before each call; two sessions, the second by linh.
    public HistoryTests()
    {
        Do(Create("Ada", "person", "likes tea"));                        // 1, 2
        Do(Create("Eve", "person"));                                     // 3
        Do(new CreateRelation("Ada", "knows", "Eve"));                   // 4
        _memory.Session = EventId.None;
        _memory.Author = new Author("Lỉnh", "claude-code/2.1");
        Do(Create("Countess", "lady", "likes tea", "born 1815"));        // 5, 6, 7
        Do(new CreateRelation("Ada", "knows", "Eve", "2026-01-01"));     // 8
        Do(new UpdateEntity("Ada", "Countess", null, Merge: true));      // 9 (#2 removed), 10
        Do(new DeleteRelation("Countess", "knows", "Eve"));              // 11
    }

    [Fact]
    public void Everything_comes_newest_first_with_its_time_and_in_words()
    {
        HistoryAnswer answer = _memory.Ask(Everything);
        HistoryLine[] lines = [.. answer.Lines];

        Assert.Equal([11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1], Ids(answer));
        Assert.Equal(new EventId(11), answer.Until.Event);
        Assert.Equal("relation_deleted", lines[0].EventType);
        Assert.Equal("#4 \"Countess\" -knows-> \"Eve\"", lines[0].What);
        Assert.Equal("\"Ada\" (#1) into \"Countess\" (#5)", lines[1].What);
        Assert.Equal("#2 of \"Ada\": \"likes tea\"", lines[2].What);
        Assert.Equal("#4 \"Ada\" -knows-> \"Eve\", valid since 2026-01-01", lines[3].What);
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1_001_000), lines[^1].When);
        Assert.Equal(new Author("duyan", "cursor/1.7"), lines[^1].Recorded.Author);
    }

    [Theory]
    [InlineData("Countess", new[] { 11, 10, 9, 8, 7, 6, 5, 4, 2, 1 })]
    [InlineData("Eve", new[] { 11, 8, 4, 3 })]
    [InlineData(" Ada ", new[] { 11, 10, 9, 8, 4, 2, 1 })]
    public void The_history_of_an_entity_has_that_of_those_merged_into_it(string entity, int[] expected) =>
        Assert.Equal(expected, Ids(_memory.Ask(Everything with { Entity = entity })));

    [Theory]
    [InlineData("#4")]
    [InlineData(" #4 ")]
    [InlineData("Countess -knows-> Eve")]
    [InlineData("\"Countess\" -knows-> \"Eve\"")]
    [InlineData("Ada -knows-> Eve")]
    public void The_history_of_a_relation_is_found_by_its_number_and_by_its_arrow(string relation) =>
        Assert.Equal([11, 8, 4], Ids(_memory.Ask(Everything with { Relation = relation })));

    [Fact]
    public void A_relation_to_an_entity_that_was_merged_is_found_by_the_name_that_answers_show()
    {
        Do(new CreateRelation("Eve", "admires", "Countess"));                    // 12
        Do(Create("Lovelace"));                                                  // 13
        Do(new UpdateEntity("Countess", "Lovelace", null, Merge: true));         // 14 …

        Assert.Equal([12], Ids(_memory.Ask(Everything with { Relation = "Eve -admires-> Lovelace" })));
        Assert.Equal([11, 8, 4], Ids(_memory.Ask(Everything with { Relation = "Lovelace -knows-> Eve" })));
    }

    [Theory]
    [InlineData("#1")]
    [InlineData("#99")]
    [InlineData("#")]
    [InlineData("#99999999999999999999")]
    [InlineData("Eve -knows-> Ada")]
    [InlineData("Ada knows Eve")]
    [InlineData("Ada -> Eve")]
    [InlineData("Ada --> Eve")]
    [InlineData("->")]
    [InlineData(" -> ")]
    [InlineData("-knows->")]
    public void What_is_no_relation_is_refused_with_the_forms(string relation)
    {
        HistoryAnswer answer = _memory.Ask(Everything with { Relation = relation });
        Assert.Equal("relation_not_found", answer.Refused?.Code);
        Assert.Empty(answer.Lines);
    }

    [Fact]
    public void An_entity_that_never_was_is_refused_and_the_nearest_names_are_given()
    {
        HistoryAnswer answer = _memory.Ask(Everything with { Entity = "Countes" });
        Assert.Equal("entity_not_found", answer.Refused?.Code);
        Assert.Contains("\"Countess\"", answer.Refused!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("linh", null, new[] { 11, 10, 9, 8, 7, 6, 5 })]
    [InlineData(" DUY ", null, new[] { 4, 3, 2, 1 })]
    [InlineData(null, "Claude", new[] { 11, 10, 9, 8, 7, 6, 5 })]
    [InlineData("duyan", "claude", new int[0])]
    public void Users_and_agents_are_found_by_part_of_their_names_folded(string? user, string? agent, int[] expected) =>
        Assert.Equal(expected, Ids(_memory.Ask(Everything with { User = user, Agent = agent })));

    [Theory]
    [InlineData(1, new[] { 4, 3, 2, 1 })]
    [InlineData(3, new[] { 4, 3, 2, 1 })]
    [InlineData(5, new[] { 11, 10, 9, 8, 7, 6, 5 })]
    [InlineData(0, new int[0])]
    public void A_session_is_found_by_any_of_its_events(long id, int[] expected) =>
        Assert.Equal(expected, Ids(_memory.Ask(Everything with { Session = At(id) })));

    [Fact]
    public void The_last_session_is_the_one_before_the_running_one() =>
        Assert.Equal([4, 3, 2, 1], Ids(_memory.Ask(Everything with { Session = new AsOf.EndOfLastSession() })));

    [Fact]
    public void Since_an_event_has_that_event_and_since_the_last_session_what_came_after_it()
    {
        Assert.Equal([11, 10], Ids(_memory.Ask(Everything with { Since = At(10) })));
        Assert.Equal([11, 10, 9, 8, 7, 6, 5], Ids(_memory.Ask(Everything with { Since = new AsOf.EndOfLastSession() })));
        Assert.Empty(Ids(_memory.Ask(Everything with { Since = AsOf.Now })));
        Assert.Equal(11, Ids(_memory.Ask(Everything with { Since = At(0) })).Length);
    }

    [Fact]
    public void Since_and_until_a_time_have_the_events_of_that_very_time()
    {
        AsOf second = new AsOf.Instant(DateTimeOffset.FromUnixTimeMilliseconds(1_002_000));
        Assert.Equal([11, 10, 9, 8, 7, 6, 5, 4, 3], Ids(_memory.Ask(Everything with { Since = second })));
        Assert.Equal([3, 2, 1], Ids(_memory.Ask(Everything with { Until = second })));
        Assert.Equal([3], Ids(_memory.Ask(Everything with { Since = second, Until = second })));
    }

    [Fact]
    public void All_filters_given_must_pass() => Assert.Equal(
        [8, 7],
        Ids(_memory.Ask(Everything with { Entity = "Countess", User = "linh", Since = At(7), Until = At(8) })));

    [Fact]
    public void An_empty_memory_has_no_history() =>
        Assert.Empty(new InMemoryGraph().Ask(Everything with { Session = new AsOf.EndOfLastSession(), Since = At(3) }).Lines);

    private static AsOf.Event At(long id) => new(new EventId(id));

    private static int[] Ids(HistoryAnswer answer)
    {
        Assert.Null(answer.Refused);
        return [.. answer.Lines.Select(line => (int)line.Recorded.Id.Value)];
    }

    private void Do(Command command)
    {
        _memory.Now += 1_000;
        Assert.Null(_memory.Do(command).Refused);
    }
}
