using MemoryGraph.Domain;
using MemoryGraph.Events;
using static MemoryGraph.Tests.GraphSpec;

namespace MemoryGraph.Tests.Commands;

public sealed class CreateEntityTests
{
    [Fact]
    public void A_new_entity_is_recorded_with_its_observations_in_order() =>
        Given()
            .When(Create("Ada", "person", "likes tea", "wrote Note G"))
            .ThenRecords(
                new EntityCreated("Ada", "person"),
                new ObservationAdded(Id(1), "Ada", "likes tea"),
                new ObservationAdded(Id(1), "Ada", "wrote Note G"))
            .Unchanged().Notices();

    [Fact]
    public void An_entity_that_exists_gets_the_observations_it_lacks() =>
        Given(Create("Ada", "person", "likes tea"))
            .When(Create("Ada", "person", "likes tea", "wrote Note G"))
            .ThenRecords(new ObservationAdded(Id(1), "Ada", "wrote Note G"))
            .Unchanged("#1 \"Ada\"", "#2 \"likes tea\"").Notices();

    [Fact]
    public void Another_type_for_an_entity_that_exists_is_noticed_and_changes_nothing() =>
        Given(Create("Ada", "person"))
            .When(Create("Ada", "ship"))
            .ThenRecords()
            .Unchanged("#1 \"Ada\"").Notices("exists with the type \"person\", which stays");

    [Fact]
    public void The_same_observation_twice_in_one_call_is_recorded_once() =>
        Given()
            .When(Create("Ada", "person", "likes tea", "likes tea"))
            .ThenRecords(new EntityCreated("Ada", "person"), new ObservationAdded(Id(1), "Ada", "likes tea"));

    [Fact]
    public void Space_around_a_name_and_a_type_is_dropped_and_letters_are_composed() =>
        Given()
            .When(Create("  Đăng nha\u0323\u0302p ", " tính năng\t"))
            .ThenRecords(new EntityCreated("Đăng nhập", "tính năng"));

    [Fact]
    public void A_decomposed_name_is_the_same_name() =>
        Given(Create("Đăng nhập", "feature"))
            .When(Create("Đa\u0306ng nha\u0323\u0302p", "feature"))
            .ThenRecords()
            .Unchanged("#1 \"Đăng nhập\"").Notices();

    [Theory]
    [InlineData("auth-service")]
    [InlineData("AUTH_SERVICE")]
    [InlineData("áuth service")]
    public void A_name_that_only_looks_like_another_makes_an_entity_and_warns(string name) =>
        Given(Create("AuthService", "module"))
            .When(Create(name, "module"))
            .ThenRecords(new EntityCreated(name, "module"))
            .Notices("Similar names exist: \"AuthService\".");

    [Fact]
    public void Names_of_one_call_that_look_alike_are_warned_of_too() =>
        Given()
            .When(new Remember([Create("AuthService", "module"), Create("auth-service", "module")], []))
            .ThenRecords(new EntityCreated("AuthService", "module"), new EntityCreated("auth-service", "module"))
            .Notices("Similar names exist: \"AuthService\".");

    [Fact]
    public void The_former_name_of_an_entity_and_the_name_of_a_deleted_one_warn_of_nothing() =>
        Given(
            Create("Ada"), Create("Eve"),
            new UpdateEntity("Ada", "Countess", null),
            new DeleteEntity("Eve"))
            .When(new Remember([Create("ada"), Create("eve")], []))
            .ThenRecords(new EntityCreated("ada", "person"), new EntityCreated("eve", "person"))
            .Notices();

    [Fact]
    public void A_deleted_entity_created_again_is_another_one_without_its_past() =>
        Given(Create("Ada", "person", "likes tea"), new DeleteEntity("Ada"))
            .When(Create("Ada", "person", "likes tea"))
            .ThenRecords(new EntityCreated("Ada", "person"), new ObservationAdded(Id(4), "Ada", "likes tea"))
            .Unchanged();
}
