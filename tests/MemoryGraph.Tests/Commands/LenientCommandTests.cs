using CsCheck;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Queries;
using static MemoryGraph.Tests.GraphSpec;

namespace MemoryGraph.Tests.Commands;

/// <summary>The commands that pass over what is there already, or not there at all.</summary>
public sealed class LenientCommandTests
{
    // #1 Ada, #2 the implied Engine, #3 the relation that implies it.
    private static readonly MemoryEvent[] Implied =
    [
        new EntityCreated("Ada", "person"),
        new EntityCreated("Engine", EntityCreated.TypeUnsaid) { Implied = true },
        new RelationCreated(Id(1), Id(2), "Ada", "describes", "Engine", default),
    ];

    [Fact]
    public void An_entity_that_exists_gets_none_of_the_observations() =>
        Given(Create("Ada")).When(new CreateMissingEntities([Create("Ada", "place", "is new"), Create("Eve", "person", "is new")]))
            .ThenRecords(new EntityCreated("Eve", "person"), new ObservationAdded(Id(2), "Eve", "is new"));

    [Fact]
    public void The_first_of_two_equal_names_counts() =>
        Given().When(new CreateMissingEntities([Create("Ada", "person", "a", "a"), Create(" Ada", "place", "b")]))
            .ThenRecords(new EntityCreated("Ada", "person"), new ObservationAdded(Id(1), "Ada", "a"));

    [Fact]
    public void Names_and_types_may_be_empty() =>
        Given().When(new CreateMissingEntities([Create("", "")])).ThenRecords(new EntityCreated("", ""));

    [Fact]
    public void Creating_what_was_only_implied_speaks_of_it() =>
        Given(Implied).When(new CreateMissingEntities([Create("Engine", "machine", "is loud"), Create("Engine", "thing", "is quiet")]))
            .ThenRecords(
                new EntityUpdated(Id(2), null, "machine") { Implied = false },
                new ObservationAdded(Id(2), "Engine", "is loud"));

    [Fact]
    public void A_relation_implies_the_ends_that_nobody_knows() =>
        Given(Create("Ada")).When(new CreateMissingRelations([new("Ada", "describes", "Engine"), new("Engine", "drives", "Engine")]))
            .ThenRecords(
                new EntityCreated("Engine", EntityCreated.TypeUnsaid) { Implied = true },
                new RelationCreated(Id(1), Id(2), "Ada", "describes", "Engine", default),
                new RelationCreated(Id(2), Id(2), "Engine", "drives", "Engine", default));

    [Fact]
    public void A_relation_that_exists_or_was_asked_for_before_is_passed_over() =>
        Given(Implied)
            .When(new CreateMissingRelations([new("Ada", "describes", "Engine"), new("Engine", "needs", "Ada"), new("Engine", "needs", "Ada")]))
            .ThenRecords(new RelationCreated(Id(2), Id(1), "Engine", "needs", "Ada", default));

    [Fact]
    public void Nothing_is_added_when_one_entity_is_unknown() =>
        Given(Create("Ada")).When(new AddMissingObservations([Add("Ada", "likes tea"), Add("Eve ", "x")]))
            .ThenRefuses("entity_not_found").Saying("Entity with name Eve  not found");

    [Fact]
    public void Nothing_can_be_said_of_what_is_only_implied() =>
        Given(Implied).When(new AddMissingObservations([Add("Engine", "is loud")])).ThenRefuses("entity_not_found");

    [Fact]
    public void What_holds_already_is_not_said_again() =>
        Given(Create("Ada", "person", "likes tea"))
            .When(new AddMissingObservations([Add("Ada", "likes tea", "likes rain"), Add("Ada", "likes rain"), Add("Ada")]))
            .ThenRecords(new ObservationAdded(Id(1), "Ada", "likes rain"));

    [Fact]
    public void Deleting_what_is_not_there_records_nothing()
    {
        GraphSpec memory = Given(Create("Ada", "person", "likes tea"));
        memory.When(new DeleteAnyEntities(["Eve"])).ThenRecords();
        memory.When(new DeleteAnyObservations([new("Eve", ["likes tea"]), new("Ada", ["likes rain", "#2"])])).ThenRecords();
        memory.When(new DeleteAnyRelations([new("Ada", "knows", "Eve"), new("Ada", "knows", "Ada")])).ThenRecords();
    }

    [Fact]
    public void An_entity_ends_once_with_its_relations_and_what_they_implied() =>
        Given(Implied).When(new DeleteAnyEntities(["Ada", "Ada ", "Eve"])).ThenRecords(
            new RelationDeleted(Id(3), "Ada", "describes", "Engine"),
            new EntityDeleted(Id(1), "Ada"),
            new EntityDeleted(Id(2), "Engine"));

    [Fact]
    public void A_name_that_only_relations_tell_of_ends_with_them() =>
        Given(Implied).When(new DeleteAnyEntities(["Engine"])).ThenRecords(
            new RelationDeleted(Id(3), "Ada", "describes", "Engine"), new EntityDeleted(Id(2), "Engine"));

    [Fact]
    public void Observations_and_relations_end_once_however_often_they_are_named()
    {
        Given(Create("Ada", "person", "likes tea"))
            .When(new DeleteAnyObservations([new("Ada", ["likes tea", "likes tea"]), new("Ada", ["likes tea"])]))
            .ThenRecords(new ObservationRemoved(Id(2), "Ada", "likes tea"));
        Given(Implied).When(new DeleteAnyRelations([new("Ada", "describes", "Engine"), new("Ada", "describes", "Engine")])).ThenRecords(
            new RelationDeleted(Id(3), "Ada", "describes", "Engine"), new EntityDeleted(Id(2), "Engine"));
    }

    [Fact]
    public void An_entity_s_place_is_where_it_was_first_spoken_of()
    {
        var memory = new InMemoryGraph();
        memory.Do(new CreateMissingRelations([new("Late", "follows", "Early"), new("Late", "follows", "Never")]));
        memory.Do(new CreateMissingEntities([Create("Early")]));
        memory.Do(new CreateMissingEntities([Create("Late")]));

        PlainGraph whole = memory.Ask(new PlainGraphQuery(AsOf.Now));
        Assert.Equal(["Early", "Late"], whole.Entities.Select(one => one.Name));
        Assert.Equal(["Early", "Never"], whole.Relations.Select(one => one.To));

        PlainGraph early = memory.Ask(new PlainGraphQuery(AsOf.Now) { Names = ["Never", " Early", "Early"] });
        Assert.Equal(["Early"], early.Entities.Select(one => one.Name));
        Assert.Equal(["Early"], early.Relations.Select(one => one.To));
    }

    [Fact]
    public void A_call_repeated_at_once_records_nothing() => AnyCommand.LenientSequence.Sample(
        commands =>
        {
            var memory = new InMemoryGraph();
            foreach (Command command in commands)
            {
                memory.Do(command);
                Assert.Empty(memory.Do(command).Events);
                Assert.Equal(0, memory.Graph.Skipped);
            }
        },
        iter: 500, print: AnyCommand.Print);

    [Fact]
    public void Nothing_is_implied_that_no_relation_needs() => AnyCommand.LenientSequence.Sample(
        commands =>
        {
            var memory = new InMemoryGraph();
            foreach (Command command in commands)
            {
                memory.Do(command);
                Assert.All(memory.Graph.Now.Entities(), one => Assert.True(
                    !memory.Graph.Now.NamingOf(one).Implied || memory.Graph.Now.RelationsOf(one).Any(), $"{one.Id} is linked to nothing"));
            }
        },
        iter: 2_000, print: AnyCommand.Print);
}
