using MemoryGraph.Domain;
using MemoryGraph.Events;
using static MemoryGraph.Tests.GraphSpec;

namespace MemoryGraph.Tests.Commands;

public sealed class CreateRelationTests
{
    private static readonly Validity SinceMay = new("2026-05-01", null);

    private static GraphSpec Colleagues(Validity validity) => Given(
        new EntityCreated("Ada", "person"),
        new EntityCreated("Eve", "person"),
        new RelationCreated(Id(1), Id(2), "Ada", "knows", "Eve", validity));

    [Fact]
    public void A_link_between_entities_is_recorded() =>
        Given(Create("Ada"), Create("Eve"))
            .When(new CreateRelation("Ada", " knows ", "Eve", "2026-05-01"))
            .ThenRecords(new RelationCreated(Id(1), Id(2), "Ada", "knows", "Eve", SinceMay));

    [Theory]
    [InlineData("Adda", "Eve", "\"Adda\"", "\"Ada\"")]
    [InlineData("Ada", "Evee", "\"Evee\"", "\"Eve\"")]
    public void An_unknown_end_is_refused_and_the_nearest_name_is_given(string from, string to, string asked, string near) =>
        Given(Create("Ada"), Create("Eve"))
            .When(new CreateRelation(from, "knows", to))
            .ThenRefuses("entity_not_found").Saying(asked, $"Nearest names: {near}");

    [Fact]
    public void A_link_that_exists_records_nothing() =>
        Colleagues(SinceMay)
            .When(new CreateRelation("Ada", "knows", "Eve", "2026-05-01"))
            .ThenRecords().Unchanged("#3 \"Ada\" -knows-> \"Eve\"");

    [Fact]
    public void The_other_direction_and_another_type_are_other_links() =>
        Colleagues(Validity.Unsaid)
            .When(new Remember([], [new CreateRelation("Eve", "knows", "Ada"), new CreateRelation("Ada", "Knows", "Eve")]))
            .ThenRecords(
                new RelationCreated(Id(2), Id(1), "Eve", "knows", "Ada", Validity.Unsaid),
                new RelationCreated(Id(1), Id(2), "Ada", "Knows", "Eve", Validity.Unsaid));

    [Fact]
    public void Dates_that_differ_are_updated() =>
        Colleagues(SinceMay)
            .When(new CreateRelation("Ada", "knows", "Eve", "2026-06-01", "2026-07-01"))
            .ThenRecords(new RelationUpdated(Id(3), new Validity("2026-06-01", "2026-07-01")));

    [Fact]
    public void A_date_that_is_not_given_keeps_what_was_said() =>
        Colleagues(SinceMay)
            .When(new CreateRelation("Ada", "knows", "Eve", ValidTo: "2026-07-01"))
            .ThenRecords(new RelationUpdated(Id(3), new Validity("2026-05-01", "2026-07-01")));

    [Fact]
    public void An_empty_date_clears_what_was_said() =>
        Colleagues(new Validity("2026-05-01", "2026-07-01"))
            .When(new CreateRelation("Ada", "knows", "Eve", ValidTo: ""))
            .ThenRecords(new RelationUpdated(Id(3), SinceMay));

    [Fact]
    public void An_empty_date_where_nothing_was_said_records_nothing() =>
        Colleagues(Validity.Unsaid)
            .When(new CreateRelation("Ada", "knows", "Eve", "", ""))
            .ThenRecords().Unchanged("#3 \"Ada\" -knows-> \"Eve\"");

    [Theory]
    [InlineData("2026-07-01", "2026-06-01")]
    [InlineData("2026-07-01", "2026-07-01")]
    public void Reversed_dates_are_refused(string from, string to) =>
        Given(Create("Ada"), Create("Eve"))
            .When(new CreateRelation("Ada", "knows", "Eve", from, to))
            .ThenRefuses("validity_reversed").Saying(from, to);

    [Fact]
    public void A_date_that_is_reversed_only_against_what_was_said_before_is_refused() =>
        Colleagues(SinceMay)
            .When(new CreateRelation("Ada", "knows", "Eve", ValidTo: "2026-04-01"))
            .ThenRefuses("validity_reversed").Saying("2026-05-01", "2026-04-01");

    [Fact]
    public void The_same_new_link_twice_in_one_call_is_recorded_once_with_the_dates_of_both() =>
        Given(Create("Ada"), Create("Eve"))
            .When(new Remember([], [
                new CreateRelation("Ada", "knows", "Eve", "2026-05-01"),
                new CreateRelation("Ada", "knows", "Eve", ValidTo: "2026-07-01")]))
            .ThenRecords(new RelationCreated(
                Id(1), Id(2), "Ada", "knows", "Eve", new Validity("2026-05-01", "2026-07-01")));

    [Fact]
    public void The_same_known_link_twice_in_one_call_is_updated_once_with_the_dates_of_both() =>
        Colleagues(Validity.Unsaid)
            .When(new Remember([], [
                new CreateRelation("Ada", "knows", "Eve", "2026-05-01"),
                new CreateRelation("Ada", "knows", "Eve", ValidTo: "2026-07-01")]))
            .ThenRecords(new RelationUpdated(Id(3), new Validity("2026-05-01", "2026-07-01")));

    [Fact]
    public void Dates_that_a_call_changes_and_changes_back_record_nothing() =>
        Colleagues(SinceMay)
            .When(new Remember([], [
                new CreateRelation("Ada", "knows", "Eve", "2026-06-01"),
                new CreateRelation("Ada", "knows", "Eve", "2026-05-01")]))
            .ThenRecords().Unchanged("#3 \"Ada\" -knows-> \"Eve\"");

    [Fact]
    public void An_entity_may_be_linked_to_itself() =>
        Given(Create("Ada"))
            .When(new CreateRelation("Ada", "trusts", "Ada"))
            .ThenRecords(new RelationCreated(Id(1), Id(1), "Ada", "trusts", "Ada", Validity.Unsaid));
}
