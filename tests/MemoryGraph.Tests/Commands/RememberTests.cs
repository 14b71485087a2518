using MemoryGraph.Domain;
using MemoryGraph.Events;
using static MemoryGraph.Tests.GraphSpec;

namespace MemoryGraph.Tests.Commands;

public sealed class RememberTests
{
    [Fact]
    public void Relations_join_entities_of_the_same_call_and_of_the_graph() =>
        Given(Create("Ada"))
            .When(new Remember(
                [Create("Engine", "machine", "has a mill")],
                [new CreateRelation("Ada", "programs", "Engine"), new CreateRelation("Engine", "part_of", "Engine")]))
            .ThenRecords(
                new EntityCreated("Engine", "machine"),
                new ObservationAdded(Id(2), "Engine", "has a mill"),
                new RelationCreated(Id(1), Id(2), "Ada", "programs", "Engine", Validity.Unsaid),
                new RelationCreated(Id(2), Id(2), "Engine", "part_of", "Engine", Validity.Unsaid));

    [Fact]
    public void An_entity_named_twice_is_created_once_with_the_observations_of_both() =>
        Given()
            .When(new Remember([Create("Ada", "person", "likes tea"), Create("Ada", "person", "likes tea", "wrote Note G")], []))
            .ThenRecords(
                new EntityCreated("Ada", "person"),
                new ObservationAdded(Id(1), "Ada", "likes tea"),
                new ObservationAdded(Id(1), "Ada", "wrote Note G"));

    [Fact]
    public void One_item_that_is_refused_refuses_the_whole_call() =>
        Given(Create("Ada"))
            .When(new Remember(
                [Create("Eve", "person", "likes tea")],
                [new CreateRelation("Ada", "knows", "Eve"), new CreateRelation("Ada", "knows", "Evve")]))
            .ThenRefuses("entity_not_found").Saying("\"Evve\"")
            .ThenHolds("Ada [person]");

    [Fact]
    public void An_unknown_end_may_have_been_meant_for_an_entity_of_the_same_call() =>
        Given()
            .When(new Remember([Create("Grace Hopper")], [new CreateRelation("Grace Hoper", "knows", "Grace Hopper")]))
            .ThenRefuses("entity_not_found").Saying("Nearest names: \"Grace Hopper\"");

    [Fact]
    public void Nothing_to_remember_is_refused() =>
        Given().When(new Remember([], [])).ThenRefuses("nothing_asked");

    [Fact]
    public void Repeating_the_call_records_nothing()
    {
        var call = new Remember(
            [Create("Ada", "person", "likes tea"), Create("Eve")], [new CreateRelation("Ada", "knows", "Eve")]);
        Given(call).When(call).ThenRecords()
            .Unchanged("#1 \"Ada\"", "#2 \"likes tea\"", "#3 \"Eve\"", "#4 \"Ada\" -knows-> \"Eve\"");
    }
}
