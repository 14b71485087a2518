using MemoryGraph.Domain;
using MemoryGraph.Events;
using static MemoryGraph.Tests.GraphSpec;

namespace MemoryGraph.Tests.Commands;

public sealed class MergeTests
{
    private static readonly UpdateEntity MergeAdaIntoCountess = new("Ada", "Countess", null, Merge: true);

    [Fact]
    public void The_facts_of_both_are_kept_in_the_order_in_which_they_were_said() =>
        Given(Create("Countess", "lady"), Create("Ada", "person", "likes tea"), Create("Eve"))
            .AndGiven(Add("Countess", "born 1815"))
            .AndGiven(new CreateRelation("Ada", "knows", "Eve"))
            .AndGiven(new CreateRelation("Eve", "knows", "Ada"))
            .When(MergeAdaIntoCountess)
            .ThenRecords(new EntityMerged(Id(2), Id(1), "Ada", "Countess"))
            .ThenHolds("""
                Countess [lady]
                  likes tea
                  born 1815
                  -knows-> Eve
                Eve [person]
                  -knows-> Countess
                """);

    [Fact]
    public void What_both_said_is_removed_once_and_stays_once() =>
        Given(Create("Countess", "lady", "likes tea"), Create("Ada", "person", "likes tea"), Create("Eve"))
            .AndGiven(new CreateRelation("Countess", "knows", "Eve"))
            .AndGiven(new CreateRelation("Ada", "knows", "Eve"))
            .When(MergeAdaIntoCountess)
            .ThenRecords(
                new ObservationRemoved(Id(4), "Ada", "likes tea"),
                new RelationDeleted(Id(7), "Ada", "knows", "Eve"),
                new EntityMerged(Id(3), Id(1), "Ada", "Countess"))
            .ThenHolds("""
                Countess [lady]
                  likes tea
                  -knows-> Eve
                Eve [person]
                """);

    [Fact]
    public void Links_between_the_two_are_removed_and_a_link_to_oneself_stays() =>
        Given(Create("Countess"), Create("Ada"))
            .AndGiven(new CreateRelation("Ada", "same_as", "Countess"))
            .AndGiven(new CreateRelation("Countess", "same_as", "Ada"))
            .AndGiven(new CreateRelation("Ada", "trusts", "Ada"))
            .When(MergeAdaIntoCountess)
            .ThenRecords(
                new RelationDeleted(Id(3), "Ada", "same_as", "Countess"),
                new RelationDeleted(Id(4), "Countess", "same_as", "Ada"),
                new EntityMerged(Id(2), Id(1), "Ada", "Countess"))
            .ThenHolds("""
                Countess [person]
                  -trusts-> Countess
                """);

    [Fact]
    public void A_validity_that_only_the_removed_link_had_goes_to_the_one_that_stays() =>
        Given(Create("Countess"), Create("Ada"), Create("Eve"))
            .AndGiven(new CreateRelation("Countess", "knows", "Eve"))
            .AndGiven(new CreateRelation("Ada", "knows", "Eve", "2026-05-01"))
            .When(MergeAdaIntoCountess)
            .ThenRecords(
                new RelationUpdated(Id(4), new Validity("2026-05-01", null)),
                new RelationDeleted(Id(5), "Ada", "knows", "Eve"),
                new EntityMerged(Id(2), Id(1), "Ada", "Countess"))
            .Notices();

    [Fact]
    public void Validities_that_differ_cannot_both_be_kept_and_that_is_said() =>
        Given(Create("Countess"), Create("Ada"), Create("Eve"))
            .AndGiven(new CreateRelation("Countess", "knows", "Eve", "2025-01-01"))
            .AndGiven(new CreateRelation("Ada", "knows", "Eve", "2026-05-01"))
            .When(MergeAdaIntoCountess)
            .ThenRecords(
                new RelationDeleted(Id(5), "Ada", "knows", "Eve"),
                new EntityMerged(Id(2), Id(1), "Ada", "Countess"))
            .Notices("#4 keeps since 2025-01-01");

    [Fact]
    public void A_type_given_with_a_merge_is_the_type_of_the_one_that_stays() =>
        Given(Create("Countess", "lady"), Create("Ada", "person"))
            .When(new UpdateEntity("Ada", "Countess", "mathematician", Merge: true))
            .ThenRecords(
                new EntityMerged(Id(2), Id(1), "Ada", "Countess"), new EntityUpdated(Id(1), null, "mathematician"));

    [Fact]
    public void Merge_with_a_free_name_is_a_rename() =>
        Given(Create("Ada")).When(MergeAdaIntoCountess).ThenRecords(new EntityUpdated(Id(1), "Countess", null));

    [Fact]
    public void A_retried_merge_is_unchanged() =>
        Given(Create("Countess"), Create("Ada"), MergeAdaIntoCountess)
            .When(MergeAdaIntoCountess)
            .ThenRecords().Unchanged("#1 \"Countess\", which was \"Ada\" before");

    [Fact]
    public void A_merged_entity_merges_on_with_all_it_took_over() =>
        Given(Create("A", "t", "a"), Create("B", "t", "b"), Create("C", "t", "a"))
            .AndGiven(new UpdateEntity("A", "B", null, Merge: true))
            .When(new UpdateEntity("B", "C", null, Merge: true))
            .ThenRecords(
                new ObservationRemoved(Id(2), "B", "a"), new EntityMerged(Id(3), Id(5), "B", "C"))
            .ThenHolds("""
                C [t]
                  b
                  a
                """);

    [Fact]
    public void What_was_taken_over_is_withdrawn_from_the_one_that_has_it_now() =>
        Given(Create("Countess"), Create("Ada", "person", "likes tea"), MergeAdaIntoCountess)
            .When(new DeleteObservations("Countess", ["#3"]))
            .ThenRecords(new ObservationRemoved(Id(3), "Countess", "likes tea"));

    [Fact]
    public void Deleting_what_was_merged_away_says_who_has_its_facts() =>
        Given(Create("Countess", "lady"), Create("Ada", "person"))
            .AndGiven(MergeAdaIntoCountess)
            .When(new DeleteEntity("Ada"))
            .ThenRecords()
            .Unchanged("\"Ada\", which ended with #3; its facts are \"Countess\"'s now");
}
