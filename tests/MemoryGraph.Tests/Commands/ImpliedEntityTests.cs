using MemoryGraph.Decide;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Graph;
using static MemoryGraph.Tests.GraphSpec;

namespace MemoryGraph.Tests.Commands;

/// <summary>An entity that only a relation tells of, from the moment it is implied until it is spoken of or ends.</summary>
public sealed class ImpliedEntityTests
{
    // #1 Ada, #2 the implied Engine, #3 the relation that implies it.
    private static readonly MemoryEvent[] Implied =
    [
        new EntityCreated("Ada", "person"),
        new EntityCreated("Engine", EntityCreated.TypeUnsaid) { Implied = true },
        new RelationCreated(Id(1), Id(2), "Ada", "describes", "Engine", default),
    ];

    [Fact]
    public void Creating_it_gives_it_a_type_and_its_identity_stays() =>
        Given(Implied).When(Create("Engine", "machine"))
            .ThenRecords(new EntityUpdated(Id(2), null, "machine") { Implied = false }).Notices();

    [Fact]
    public void Creating_it_with_observations_speaks_of_it_once() =>
        Given(Implied).When(Create("Engine", "unknown", "runs on steam", "is loud")).ThenRecords(
            new EntityUpdated(Id(2), null, null) { Implied = false },
            new ObservationAdded(Id(2), "Engine", "runs on steam"),
            new ObservationAdded(Id(2), "Engine", "is loud"));

    [Fact]
    public void A_statement_about_it_speaks_of_it() =>
        Given(Implied).When(Add("Engine", "runs on steam")).ThenRecords(
            new EntityUpdated(Id(2), null, null) { Implied = false }, new ObservationAdded(Id(2), "Engine", "runs on steam"));

    [Fact]
    public void A_new_name_speaks_of_it() =>
        Given(Implied).When(new UpdateEntity("Engine", "Analytical Engine", null))
            .ThenRecords(new EntityUpdated(Id(2), "Analytical Engine", null) { Implied = false });

    [Fact]
    public void One_more_relation_leaves_it_implied() =>
        Given(Implied).When(new CreateRelation("Ada", "programs", "Engine"))
            .ThenRecords(new RelationCreated(Id(1), Id(2), "Ada", "programs", "Engine", default));

    [Fact]
    public void It_ends_with_the_last_of_its_relations() =>
        Given(Implied).AndGiven(new CreateRelation("Ada", "programs", "Engine"))
            .AndGiven(new DeleteRelation("Ada", "programs", "Engine"))
            .When(new DeleteRelation("Ada", "describes", "Engine"))
            .ThenRecords(new RelationDeleted(Id(3), "Ada", "describes", "Engine"), new EntityDeleted(Id(2), "Engine"));

    [Fact]
    public void It_ends_with_the_entity_that_told_of_it() =>
        Given(Implied).When(new DeleteEntity("Ada")).ThenRecords(
            new RelationDeleted(Id(3), "Ada", "describes", "Engine"),
            new EntityDeleted(Id(1), "Ada"),
            new EntityDeleted(Id(2), "Engine"));

    [Fact]
    public void An_entity_that_was_spoken_of_stays_when_its_relations_end() =>
        Given(Implied).AndGiven(Create("Engine", "machine")).When(new DeleteRelation("Ada", "describes", "Engine"))
            .ThenRecords(new RelationDeleted(Id(3), "Ada", "describes", "Engine"));

    [Fact]
    public void What_is_merged_into_it_says_what_it_is() =>
        Given(Implied).AndGiven(Create("The engine", "machine"))
            .When(new UpdateEntity("The engine", "Engine", null, Merge: true)).ThenRecords(
                new EntityMerged(Id(4), Id(2), "The engine", "Engine"),
                new EntityUpdated(Id(2), null, "machine") { Implied = false });

    [Fact]
    public void Two_that_turn_out_to_be_one_end_with_the_relation_between_them() =>
        Given(new CreateMissingRelations([new("Engine", "drives", "Mill")]))
            .When(new UpdateEntity("Engine", "Mill", null, Merge: true)).ThenRecords(
                new RelationDeleted(Id(3), "Engine", "drives", "Mill"),
                new EntityMerged(Id(1), Id(2), "Engine", "Mill"),
                new EntityDeleted(Id(2), "Mill"));

    [Fact]
    public void Two_that_turn_out_to_be_one_stay_with_another_relation_of_either() =>
        Given(new CreateMissingRelations([new("Engine", "drives", "Mill"), new("Engine", "needs", "Coal")]))
            .When(new UpdateEntity("Engine", "Mill", null, Merge: true)).ThenRecords(
                new RelationDeleted(Id(3), "Engine", "drives", "Mill"), new EntityMerged(Id(1), Id(2), "Engine", "Mill"));

    [Fact]
    public void Taking_back_what_was_said_of_it_leaves_it_implied_again()
    {
        var memory = new InMemoryGraph();
        memory.Record(Implied);
        string before = GraphDump.Shown(memory.Graph.Now);
        memory.Do(Create("Engine", "machine", "is loud"));
        Decision undone = memory.Do(new Undo(UndoTarget.Last(1)));

        Assert.Null(undone.Refused);
        Assert.Equal(before, GraphDump.Shown(memory.Graph.Now));
    }

    [Fact]
    public void It_is_spoken_of_since_the_event_that_did_so_whatever_follows()
    {
        var memory = new InMemoryGraph();
        memory.Record(Implied);
        memory.Record(
            new EntityUpdated(Id(2), null, "machine") { Implied = false },
            new EntityUpdated(Id(2), "Engine 2", null));
        Entity engine = memory.Graph.Entity(Id(2))!.Value;

        Assert.Equal(EventId.Never, engine.SpokenOfSince(Id(3)));
        Assert.Equal(Id(4), engine.SpokenOfSince(Id(5)));
        Assert.Equal(Id(1), memory.Graph.Entity(Id(1))!.Value.SpokenOfSince(Id(5)));
    }
}
