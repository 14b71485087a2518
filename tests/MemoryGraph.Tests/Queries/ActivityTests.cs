using MemoryGraph.Domain;
using MemoryGraph.Queries;
using static MemoryGraph.Tests.GraphSpec;

namespace MemoryGraph.Tests.Queries;

/// <summary>Who did what.</summary>
public sealed class ActivityTests
{
    [Fact]
    public void Each_author_is_told_with_counts_first_and_last_and_what_they_did_most()
    {
        InMemoryGraph memory = Team();

        ActivityAnswer answer = memory.Ask(new ActivityQuery(null, null, null, AsOf.Now));

        Assert.Equal(["linh via claude-code/2.1", "duyan via cursor/1.7"], answer.Authors.Select(one => one.Author.ToString()));
        AuthorActivity duyan = answer.Authors[1];
        Assert.Equal((4, 2, 1), (duyan.Events, duyan.Calls, duyan.Sessions));
        Assert.Equal((Id(1), Id(4)), (duyan.First.Id, duyan.Last.Id));
        Assert.Equal([new EventTypeCount("entity_created", 2), new EventTypeCount("observation_added", 2)], duyan.Types);
        Assert.Equal([new EntityCount("Auth", 3), new EntityCount("Bug", 1)], duyan.Entities);
        Assert.Equal(2, duyan.EntitiesTouched);
        Assert.Equal([new EntityCount("Auth", 1), new EntityCount("Bug", 1)], answer.Authors[0].Entities);
    }

    [Fact]
    public void A_period_and_part_of_a_name_narrow_it_down()
    {
        InMemoryGraph memory = Team();
        Assert.Equal("linh", Assert.Single(memory.Ask(new ActivityQuery("LIN", null, null, AsOf.Now)).Authors).Author.User);
        Assert.Equal(2, Assert.Single(memory.Ask(new ActivityQuery(null, "cursor", AsOf.Of(Id(3)), AsOf.Now)).Authors).Events);
        Assert.Equal(1, Assert.Single(memory.Ask(new ActivityQuery(null, null, null, AsOf.Of(Id(1)))).Authors).Events);
        Assert.Empty(memory.Ask(new ActivityQuery("nobody", null, null, AsOf.Now)).Authors);
    }

    [Fact]
    public void What_was_undone_is_counted_from_when_it_was()
    {
        InMemoryGraph memory = Team();
        memory.Do(new Undo(UndoTarget.Of([new EventRange(Id(5), Id(5))])));

        Assert.Equal(1, Linh(AsOf.Now).TakenBack);
        Assert.Equal(0, Linh(AsOf.Of(Id(5))).TakenBack);

        AuthorActivity Linh(AsOf until) => Assert.Single(
            memory.Ask(new ActivityQuery(null, null, null, until)).Authors, one => one.Author.User == "linh");
    }

    [Fact]
    public void An_event_about_two_entities_that_are_one_by_now_counts_once()
    {
        InMemoryGraph memory = Team();
        memory.Do(new UpdateEntity("Bug", "Auth", null, Merge: true));

        AuthorActivity linh = memory.Ask(new ActivityQuery("linh", null, null, AsOf.Now)).Authors[0];

        Assert.Equal(3, linh.Events);
        Assert.Equal([new EntityCount("Auth", 3)], linh.Entities);
    }

    [Fact]
    public void What_was_done_to_an_entity_that_was_merged_away_counts_for_the_one_it_is_now()
    {
        InMemoryGraph memory = Team();
        memory.Do(new UpdateEntity("Bug", "Auth", null, Merge: true));

        AuthorActivity duyan = memory.Ask(new ActivityQuery("duyan", null, null, AsOf.Now)).Authors[0];

        Assert.Equal([new EntityCount("Auth", 4)], duyan.Entities);
    }

    // duyan: #1 Auth with #2 and #3, in two calls #4 Bug; linh: #5 Bug affects Auth.
    private static InMemoryGraph Team()
    {
        var memory = new InMemoryGraph();
        memory.Do(Create("Auth", "service", "uses JWT", "in Go"));
        memory.Do(Create("Bug", "bug"));
        memory.Author = new Author("linh", "claude-code/2.1");
        memory.Do(new CreateRelation("Bug", "affects", "Auth"));
        return memory;
    }
}
