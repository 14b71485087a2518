using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Queries;
using static MemoryGraph.Tests.GraphSpec;

namespace MemoryGraph.Tests.Queries;

public sealed class SummaryTests
{
    private static readonly Author Eve = new("eve", "claude-code/2.0");

    private readonly InMemoryGraph _memory = new();

    public SummaryTests()
    {
        _memory.Do(Create("auth", "module", "Listens on 8080", "Owned by team red"));
        _memory.Do(Create("ada"));
        _memory.Do(new CreateRelation("ada", "works on", "auth"));
        _memory.Author = Eve;
        _memory.Do(Create("login bug", "bug"));
        _memory.Do(new CreateRelation("login bug", "affects", "auth"));
        _memory.Do(new DeleteObservations("auth", ["Listens on 8080"]));
    }

    [Fact]
    public void The_whole_memory_is_counted_by_type_by_links_and_by_person()
    {
        SummaryAnswer answer = Summary();
        Assert.Equal((3, 1, 2), (answer.Entities, answer.Observations, answer.Relations));
        Assert.Equal([new("bug", 1), new("module", 1), new("person", 1)], answer.Types);
        Assert.Equal([new("affects", 1), new("works on", 1)], answer.RelationTypes);
        Assert.Equal(["auth 2 1", "ada 1 0", "login bug 1 0"], answer.Connected.Select(Shown));
        Assert.Equal(["duyan 5 #1-#5", "eve 3 #6-#8"], answer.Contributors.Select(Shown));
        Assert.Equal([8, 7, 6, 5, 4, 3, 2, 1], Ids(answer));
    }

    [Fact]
    public void Of_one_entity_only_what_touches_it_counts()
    {
        SummaryAnswer answer = Summary("auth");
        Assert.Equal(("auth", 1, 1, 2), (answer.About?.Name, answer.Entities, answer.Observations, answer.Relations));
        Assert.Equal(["ada 1 0", "login bug 1 0"], answer.Connected.Select(Shown));
        Assert.Equal(["duyan 4 #1-#5", "eve 2 #7-#8"], answer.Contributors.Select(Shown));
        Assert.Equal([8, 7, 5, 3, 2, 1], Ids(answer));
    }

    [Fact]
    public void Since_bounds_changes_and_people_and_leaves_the_counts()
    {
        SummaryAnswer answer = Summary(since: 7);
        Assert.Equal((3, 1, 2, Id(7)), (answer.Entities, answer.Observations, answer.Relations, answer.Since));
        Assert.Equal(["eve 2 #7-#8"], answer.Contributors.Select(Shown));
        Assert.Equal([8, 7], Ids(answer));
    }

    [Fact]
    public void At_a_past_point_it_is_the_summary_of_what_was_known_then()
    {
        SummaryAnswer answer = Summary(at: 5);
        Assert.Equal((2, 2, 1), (answer.Entities, answer.Observations, answer.Relations));
        Assert.Equal(["duyan 5 #1-#5"], answer.Contributors.Select(Shown));
        Assert.Equal("entity_not_found", Summary("login bug", at: 5).Refused?.Code);
        Assert.Equal([5, 3, 2, 1], Ids(Summary("auth", at: 5)));
    }

    [Fact]
    public void What_was_merged_into_an_entity_counts_as_its_own()
    {
        _memory.Do(new UpdateEntity("login bug", "auth", null, Merge: true));
        Assert.Equal([10, 9, 8, 7, 6, 5, 3, 2, 1], Ids(Summary("auth")));
    }

    [Fact]
    public void What_only_concerns_the_log_is_nobody_s_contribution()
    {
        _memory.Record(new LogRepaired([], "events-000000000001.jsonl", 1, 1, "", "a.bin"));
        Assert.DoesNotContain(9, Ids(Summary()));
    }

    [Fact]
    public void An_empty_memory_has_an_empty_summary()
    {
        SummaryAnswer answer = new InMemoryGraph().Ask(new SummaryQuery(null, null, AsOf.Now));
        Assert.Equal((0, 0, 0), (answer.Entities, answer.Observations, answer.Relations));
        Assert.Empty(answer.Changes);
    }

    private SummaryAnswer Summary(string? entity = null, long? since = null, long? at = null) =>
        _memory.Ask(new SummaryQuery(entity, since is { } first ? new AsOf.Event(Id(first)) : null, at is { } id ? new AsOf.Event(Id(id)) : AsOf.Now));

    private static string Shown(ConnectedEntity one) => FormattableString.Invariant($"{one.Name} {one.Relations} {one.Observations}");

    private static string Shown(Contribution one) => FormattableString.Invariant($"{one.Author.User} {one.Changes} {one.First}-{one.Last}");

    private static long[] Ids(SummaryAnswer answer) => [.. answer.Changes.Select(line => line.Recorded.Id.Value)];
}
