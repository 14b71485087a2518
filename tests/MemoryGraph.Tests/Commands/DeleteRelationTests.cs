using MemoryGraph.Domain;
using MemoryGraph.Events;
using static MemoryGraph.Tests.GraphSpec;

namespace MemoryGraph.Tests.Commands;

public sealed class DeleteRelationTests
{
    private static readonly DeleteRelation Forget = new("Ada", "knows", "Eve");

    private static GraphSpec Colleagues() =>
        Given(Create("Ada"), Create("Eve")).AndGiven(new CreateRelation("Ada", "knows", "Eve"));

    [Fact]
    public void A_link_is_deleted() =>
        Colleagues().When(Forget).ThenRecords(new RelationDeleted(Id(3), "Ada", "knows", "Eve"));

    [Fact]
    public void A_deleted_link_is_unchanged_and_the_event_that_ended_it_is_named() =>
        Colleagues().AndGiven(Forget)
            .When(Forget).ThenRecords().Unchanged("#3 \"Ada\" -knows-> \"Eve\", which ended with #4");

    [Fact]
    public void A_link_that_was_taken_over_is_unchanged_too_when_deleted_twice() =>
        Colleagues().AndGiven(Create("Countess"))
            .AndGiven(new UpdateEntity("Ada", "Countess", null, Merge: true))
            .AndGiven(new DeleteRelation("Countess", "knows", "Eve"))
            .When(new DeleteRelation("Countess", "knows", "Eve"))
            .ThenRecords().Unchanged("#3 \"Countess\" -knows-> \"Eve\", which ended with #6");

    [Fact]
    public void A_link_that_never_was_is_refused_with_those_between_the_two() =>
        Colleagues().When(new DeleteRelation("Ada", "admires", "Eve"))
            .ThenRefuses("relation_not_found").Saying("Between the two there are: knows");

    [Fact]
    public void The_other_direction_is_another_link() =>
        Colleagues().When(new DeleteRelation("Eve", "knows", "Ada"))
            .ThenRefuses("relation_not_found").Saying("Nothing leads from the one to the other");

    [Theory]
    [InlineData("Adda", "Eve", "\"Ada\"")]
    [InlineData("Ada", "Evee", "\"Eve\"")]
    public void An_unknown_end_is_refused_and_the_nearest_name_is_given(string from, string to, string near) =>
        Colleagues().When(new DeleteRelation(from, "knows", to)).ThenRefuses("entity_not_found").Saying(near);
}
