using MemoryGraph.Domain;
using MemoryGraph.Events;
using static MemoryGraph.Tests.GraphSpec;

namespace MemoryGraph.Tests.Commands;

public sealed class UpdateEntityTests
{
    [Fact]
    public void A_new_name_keeps_the_type_and_the_facts() =>
        Given(Create("Ada", "person", "likes tea"))
            .When(new UpdateEntity("Ada", " Ada Lovelace ", null))
            .ThenRecords(new EntityUpdated(Id(1), "Ada Lovelace", null))
            .ThenHolds("""
                Ada Lovelace [person]
                  likes tea
                """);

    [Fact]
    public void A_new_type_keeps_the_name() =>
        Given(Create("Ada", "person"))
            .When(new UpdateEntity("Ada", null, "mathematician"))
            .ThenRecords(new EntityUpdated(Id(1), null, "mathematician"));

    [Fact]
    public void Name_and_type_change_with_one_event() =>
        Given(Create("Ada", "person"))
            .When(new UpdateEntity("Ada", "Ada Lovelace", "mathematician"))
            .ThenRecords(new EntityUpdated(Id(1), "Ada Lovelace", "mathematician"));

    [Fact]
    public void Of_two_changes_only_the_one_that_is_new_is_recorded() =>
        Given(Create("Ada", "person"))
            .When(new UpdateEntity("Ada", "Ada", "mathematician"))
            .ThenRecords(new EntityUpdated(Id(1), null, "mathematician"));

    [Fact]
    public void What_already_holds_records_nothing() =>
        Given(Create("Ada", "person"))
            .When(new UpdateEntity("Ada", "Ada", "person"))
            .ThenRecords().Unchanged("#1 \"Ada\"");

    [Fact]
    public void Asking_for_nothing_is_refused() =>
        Given(Create("Ada")).When(new UpdateEntity("Ada", null, null)).ThenRefuses("nothing_asked");

    [Fact]
    public void An_unknown_entity_is_refused_and_the_nearest_name_is_given() =>
        Given(Create("Ada")).When(new UpdateEntity("Adaa", "Eve", null))
            .ThenRefuses("entity_not_found").Saying("Nearest names: \"Ada\"");

    [Fact]
    public void A_name_that_another_entity_has_is_refused() =>
        Given(Create("Ada"), Create("Eve")).When(new UpdateEntity("Ada", "Eve", null))
            .ThenRefuses("name_taken").Saying("(#2)", "merge: true");

    [Fact]
    public void The_name_of_a_deleted_entity_is_free() =>
        Given(Create("Ada"), Create("Eve"), new DeleteEntity("Eve"))
            .When(new UpdateEntity("Ada", "Eve", null))
            .ThenRecords(new EntityUpdated(Id(1), "Eve", null));

    [Fact]
    public void A_new_name_that_looks_like_another_is_warned_of() =>
        Given(Create("Ada"), Create("AuthService"))
            .When(new UpdateEntity("Ada", "auth_service", null))
            .ThenRecords(new EntityUpdated(Id(1), "auth_service", null)).Notices("\"AuthService\"");

    [Fact]
    public void Another_spelling_of_its_own_name_is_not_warned_of() =>
        Given(Create("AuthService")).When(new UpdateEntity("AuthService", "auth-service", null))
            .ThenRecords(new EntityUpdated(Id(1), "auth-service", null)).Notices();

    [Fact]
    public void A_retried_rename_is_unchanged() =>
        Given(Create("Ada"), new UpdateEntity("Ada", "Countess", "lady"))
            .When(new UpdateEntity("Ada", "Countess", "lady"))
            .ThenRecords().Unchanged("#1 \"Countess\", which was \"Ada\" before");

    [Fact]
    public void A_retried_rename_is_unchanged_though_the_name_was_another_entity_s_in_between() =>
        Given(
            Create("Ada"),
            new UpdateEntity("Ada", "Countess", null),
            Create("Ada"),
            new UpdateEntity("Ada", "Other", null),
            new UpdateEntity("Countess", "Ada", null),
            new UpdateEntity("Ada", "Countess", null))
            .When(new UpdateEntity("Ada", "Countess", null))
            .ThenRecords().Unchanged("#1 \"Countess\", which was \"Ada\" before");

    [Fact]
    public void A_rename_done_before_does_not_excuse_a_type_that_does_not_hold() =>
        Given(Create("Ada", "person"), new UpdateEntity("Ada", "Countess", null))
            .When(new UpdateEntity("Ada", "Countess", "lady"))
            .ThenRefuses("entity_not_found");

    [Fact]
    public void Two_entities_swap_their_names_through_a_third() =>
        Given(
            Create("Ada", "person", "likes tea"), Create("Eve", "person", "likes coffee"),
            new UpdateEntity("Ada", "T", null), new UpdateEntity("Eve", "Ada", null))
            .When(new UpdateEntity("T", "Eve", null))
            .ThenRecords(new EntityUpdated(Id(1), "Eve", null))
            .ThenHolds("""
                Eve [person]
                  likes tea
                Ada [person]
                  likes coffee
                """);
}
