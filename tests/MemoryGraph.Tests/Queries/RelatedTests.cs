using MemoryGraph.Domain;
using MemoryGraph.Queries;
using static MemoryGraph.Tests.GraphSpec;

namespace MemoryGraph.Tests.Queries;

public sealed class RelatedTests
{
    private readonly InMemoryGraph _memory = new();

    public RelatedTests() => _memory.Do(new Remember(
        [Create("a"), Create("b"), Create("c"), Create("d"), Create("e")],
        [
            new CreateRelation("a", "to", "b"),
            new CreateRelation("b", "to", "c"),
            new CreateRelation("c", "to", "a"),
            new CreateRelation("d", "To", "a", "2026-01-01"),
            new CreateRelation("c", "at", "e"),
            new CreateRelation("a", "is", "a"),
        ]));

    [Theory]
    [InlineData(Direction.Outgoing, 1, "1 a-to->b b", "1 a-is->a a")]
    [InlineData(Direction.Outgoing, 2, "1 a-to->b b", "1 a-is->a a", "2 b-to->c c")]
    [InlineData(Direction.Incoming, 1, "1 c-to->a c", "1 d-To->a d", "1 a-is->a a")]
    [InlineData(Direction.Incoming, 2, "1 c-to->a c", "1 d-To->a d", "1 a-is->a a", "2 b-to->c b")]
    [InlineData(Direction.Both, 1, "1 a-to->b b", "1 c-to->a c", "1 d-To->a d", "1 a-is->a a")]
    [InlineData(Direction.Both, 2, "1 a-to->b b", "1 c-to->a c", "1 d-To->a d", "1 a-is->a a", "2 b-to->c c", "2 c-at->e e")]
    [InlineData(Direction.Both, 4, "1 a-to->b b", "1 c-to->a c", "1 d-To->a d", "1 a-is->a a", "2 b-to->c c", "2 c-at->e e")]
    public void Links_are_followed_step_by_step_each_once_even_in_circles(Direction direction, int depth, params string[] steps) =>
        Assert.Equal(steps, Shown(Related("a", direction, depth)));

    [Fact]
    public void Only_links_of_the_type_asked_for_are_followed_in_any_case() =>
        Assert.Equal(
            ["1 b-to->c b", "1 c-to->a a", "2 a-to->b a", "2 d-To->a d"],
            Shown(Related("c", Direction.Both, 2, type: " TO ")));

    [Fact]
    public void Only_links_that_held_on_the_day_asked_about_are_followed()
    {
        Assert.DoesNotContain("1 d-To->a d", Shown(Related("a", Direction.Incoming, 1, validAt: "2025-12-31")));
        Assert.Contains("1 d-To->a d", Shown(Related("a", Direction.Incoming, 1, validAt: "2026-01-01")));
    }

    [Fact]
    public void The_links_of_the_past_are_those_that_were_known_then()
    {
        _memory.Do(new DeleteRelation("a", "to", "b"));
        _memory.Do(new UpdateEntity("e", "c", null, Merge: true));

        Assert.Equal(["1 a-is->a a"], Shown(Related("a", Direction.Outgoing, 1)));
        Assert.Equal(["1 a-to->b b", "1 a-is->a a"], Shown(Related("a", Direction.Outgoing, 1, at: 11)));
        Assert.Equal(["1 c-at->e c"], Shown(Related("e", Direction.Both, 1, at: 11)));
    }

    [Fact]
    public void The_links_of_a_merged_entity_are_those_of_the_one_that_has_them()
    {
        _memory.Do(new UpdateEntity("b", "d", null, Merge: true));

        Assert.Equal(["1 a-to->d a", "1 d-to->c c", "1 d-To->a a"], Shown(Related("d", Direction.Both, 1)));
    }

    [Fact]
    public void An_unknown_entity_is_refused_and_the_nearest_names_are_given()
    {
        _memory.Do(Create("AuthService", "module"));
        RelatedAnswer answer = Related("AuthServise", Direction.Both, 1);
        Assert.Equal("entity_not_found", answer.Refused?.Code);
        Assert.Contains("\"AuthService\"", answer.Refused!.Message, StringComparison.Ordinal);
        Assert.Null(answer.Start);
        Assert.Empty(answer.Steps);
    }

    private RelatedAnswer Related(
        string entity, Direction direction, int depth, string? type = null, string? validAt = null, long? at = null) =>
        _memory.Ask(new RelatedQuery(
            entity, type, direction, depth, validAt, at is { } id ? new AsOf.Event(new EventId(id)) : AsOf.Now));

    private static string[] Shown(RelatedAnswer answer) =>
    [
        .. answer.Steps.Select(step =>
            $"{step.Depth} {step.Relation.From}-{step.Relation.RelationType}->{step.Relation.To} {step.Other}"),
    ];
}
