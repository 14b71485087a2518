using MemoryGraph.Domain;
using MemoryGraph.Events;
using static MemoryGraph.Tests.GraphSpec;

namespace MemoryGraph.Tests.Commands;

public sealed class DeleteEntityTests
{
    [Fact]
    public void Each_relation_is_deleted_by_its_own_event_before_the_entity() =>
        Given(Create("Ada", "person", "likes tea"), Create("Eve"))
            .AndGiven(new CreateRelation("Ada", "knows", "Eve"))
            .AndGiven(new CreateRelation("Eve", "knows", "Ada"))
            .AndGiven(new CreateRelation("Ada", "trusts", "Ada"))
            .When(new DeleteEntity("Ada"))
            .ThenRecords(
                new RelationDeleted(Id(4), "Ada", "knows", "Eve"),
                new RelationDeleted(Id(5), "Eve", "knows", "Ada"),
                new RelationDeleted(Id(6), "Ada", "trusts", "Ada"),
                new EntityDeleted(Id(1), "Ada"))
            .ThenHolds("Eve [person]");

    [Fact]
    public void An_entity_that_is_gone_is_unchanged_and_the_event_that_ended_it_is_named() =>
        Given(Create("Ada"), new DeleteEntity("Ada"))
            .When(new DeleteEntity("Ada"))
            .ThenRecords().Unchanged("\"Ada\", which ended with #2");

    [Fact]
    public void An_entity_that_goes_by_another_name_now_is_not_called_gone() =>
        Given(Create("Ada"), new DeleteEntity("Ada"), Create("Ada"), new UpdateEntity("Ada", "Countess", null))
            .When(new DeleteEntity("Ada"))
            .ThenRefuses("entity_not_found");

    [Fact]
    public void A_name_that_never_was_is_refused_and_the_nearest_is_given() =>
        Given(Create("Ada")).When(new DeleteEntity("Adda"))
            .ThenRefuses("entity_not_found").Saying("Nearest names: \"Ada\"");

    [Fact]
    public void What_was_merged_into_an_entity_ends_with_it() =>
        Given(Create("Countess"), Create("Ada", "person", "likes tea"), Create("Eve"))
            .AndGiven(new CreateRelation("Eve", "knows", "Ada"))
            .AndGiven(new UpdateEntity("Ada", "Countess", null, Merge: true))
            .When(new DeleteEntity("Countess"))
            .ThenRecords(
                new RelationDeleted(Id(5), "Eve", "knows", "Countess"), new EntityDeleted(Id(1), "Countess"))
            .ThenHolds("Eve [person]");
}
