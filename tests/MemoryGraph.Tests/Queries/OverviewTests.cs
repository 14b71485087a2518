using CsCheck;
using MemoryGraph.Domain;
using MemoryGraph.Queries;
using static MemoryGraph.Tests.GraphSpec;

namespace MemoryGraph.Tests.Queries;

public sealed class OverviewTests
{
    private readonly InMemoryGraph _memory = new();

    public OverviewTests() => _memory.Do(new Remember(
        [Create("Ada", "person", "likes tea", "born 1815"), Create("Pot", "thing", "holds tea"), Create("Eve", "person")],
        [new CreateRelation("Ada", "has", "Pot", "2026-01-01"), new CreateRelation("Eve", "knows", "Ada")]));

    [Fact]
    public void Everything_is_counted_and_shown_in_order_of_creation()
    {
        OverviewAnswer answer = Overview();
        Assert.Equal((3, 3, 2), (answer.Entities, answer.Observations, answer.Relations));
        Assert.Equal([new TypeCount("person", 2), new TypeCount("thing", 1)], answer.Types);
        Assert.Equal(["Ada", "Pot", "Eve"], answer.Cards.Select(card => card.Name));
        Assert.Equal(["has", "knows"], answer.Cards.SelectMany(card => card.Relations).Select(one => one.RelationType));
    }

    [Fact]
    public void A_type_narrows_everything_down()
    {
        OverviewAnswer answer = Overview(type: " PERSON ");
        Assert.Equal((2, 2, 2), (answer.Entities, answer.Observations, answer.Relations));
        Assert.Equal([new TypeCount("person", 2)], answer.Types);
        Assert.Equal(0, Overview(type: "place").Entities);
    }

    [Fact]
    public void Only_relations_that_held_on_the_day_asked_about_are_shown() => Assert.Equal(
        ["knows"],
        Overview(validAt: "2025-12-31").Cards.SelectMany(card => card.Relations).Select(one => one.RelationType));

    [Fact]
    public void The_past_is_counted_as_it_was()
    {
        _memory.Do(new DeleteEntity("Ada"));

        Assert.Equal((2, 1, 0), Counts(Overview()));
        Assert.Equal((3, 3, 2), Counts(Overview(at: 8)));
        Assert.Equal((0, 0, 0), Counts(Overview(at: 0)));
    }

    [Fact]
    public void The_status_counts_what_is_known_now()
    {
        StatusAnswer empty = new InMemoryGraph().Ask(new StatusQuery());
        Assert.Equal(new StatusAnswer(0, 0, 0, null, null, 0, 0, empty.BytesTaken), empty);
        Assert.Equal(0, empty.BytesPerEvent);

        StatusAnswer status = _memory.Ask(new StatusQuery());
        Assert.Equal((3, 3, 2), (status.Entities, status.Observations, status.Relations));
        Assert.Equal((new EventId(8), new EventId(1)), (status.Last?.Id, status.Session));
        Assert.Equal(status.BytesTaken / 8, status.BytesPerEvent);
    }

    [Fact]
    public void The_counts_are_those_of_what_is_shown() => AnyCommand.Sequence.Sample(
        commands =>
        {
            OverviewAnswer answer = AnyCommand.Played(commands).Ask(new OverviewQuery(null, null, AsOf.Now));
            EntityCard[] cards = [.. answer.Cards];
            Assert.Equal(
                (cards.Length, cards.Sum(card => card.Observations.Count()), cards.Sum(card => card.Relations.Count())),
                Counts(answer));
            Assert.Equal(answer.Entities, answer.Types.Sum(one => one.Entities));
        },
        iter: 200, print: AnyCommand.Print);

    private static (int Entities, int Observations, int Relations) Counts(OverviewAnswer answer) =>
        (answer.Entities, answer.Observations, answer.Relations);

    private OverviewAnswer Overview(string? type = null, string? validAt = null, long? at = null) => _memory.Ask(
        new OverviewQuery(type, validAt, at is { } id ? new AsOf.Event(new EventId(id)) : AsOf.Now));
}
