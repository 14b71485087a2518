using CsCheck;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Exchange;
using MemoryGraph.Graph;
using static MemoryGraph.Tests.GraphSpec;

namespace MemoryGraph.Tests.Exchange;

/// <summary>What another memory's events come to in one that may hold anything already.</summary>
public sealed class SourceDeciderTests
{
    private const string Theirs = "theirs";

    [Fact]
    public void An_empty_memory_knows_afterwards_what_the_source_knows() =>
        AnyCommand.SequenceWithUndo.Sample(commands =>
        {
            InMemoryGraph source = After(commands);
            var ours = new InMemoryGraph();
            List<ImportNote> notes = TakeOver(ours, source);

            Assert.Equal(GraphDump.Brief(source.Graph.Now), GraphDump.Brief(ours.Graph.Now));
            Assert.Empty(notes);
            Assert.Equal(0, ours.Graph.Skipped);
        });

    [Fact]
    public void Taking_over_again_records_nothing() =>
        Gen.Select(AnyCommand.SequenceWithUndo, AnyCommand.Sequence).Sample((theirs, before) =>
        {
            InMemoryGraph source = After(theirs);
            InMemoryGraph ours = After(before);
            TakeOver(ours, source);
            int recorded = ours.Recorded.Count;
            TakeOver(ours, source);

            Assert.Equal(recorded, ours.Recorded.Count);
        });

    [Fact]
    public void Taking_over_a_part_of_a_log_again_records_nothing()
    {
        InMemoryGraph source = After([Create("Eve"), Create("Ada", "person", "likes tea"), new DeleteEntity("Ada"), Create("Ada")]);
        RecordedEvent[] part = [.. source.Recorded.Skip(1)];
        var ours = new InMemoryGraph();
        TakeOver(ours, part, hasLastingIds: false);
        int recorded = ours.Recorded.Count;
        TakeOver(ours, part, hasLastingIds: false);

        Assert.Equal(part.Length, recorded);
        Assert.Equal(recorded, ours.Recorded.Count);
    }

    [Fact]
    public void Nothing_that_was_known_is_lost_or_changed() =>
        Gen.Select(AnyCommand.SequenceWithUndo, AnyCommand.SequenceWithUndo).Sample((theirs, before) =>
        {
            InMemoryGraph ours = After(before);
            string[] known = Facts(ours.Graph.Now);
            TakeOver(ours, After(theirs));

            string[] after =
            [
                .. Facts(ours.Graph.Now), .. Facts(ours.Graph.Now, dated: false),
                .. ours.Graph.Now.Entities().Select(one => ours.Graph.Now.NameOf(one)),
            ];
            Assert.Empty(known.Except(after));
            Assert.Equal(0, ours.Graph.Skipped);
        });

    [Fact]
    public void What_two_copies_of_a_log_did_apart_is_known_in_both_ways_of_joining_them() =>
        Gen.Select(AnyCommand.Sequence, AnyCommand.Sequence, AnyCommand.Sequence).Sample((past, one, other) =>
        {
            InMemoryGraph ours = After([.. past, .. one]);
            InMemoryGraph theirs = After(past);
            theirs.Now += 1;
            Array.ForEach(other, command => theirs.Do(command));
            int before = ours.Recorded.Count;
            List<ImportNote> notes = TakeOver(ours, theirs, isThisProject: true);
            int taken = ours.Recorded.Count;
            TakeOver(ours, theirs, isThisProject: true);

            Assert.Equal(taken, ours.Recorded.Count);
            Assert.Equal(0, ours.Graph.Skipped);
            if (one.Length == 0)
            {
                Assert.Equal(GraphDump.Brief(theirs.Graph.Now), GraphDump.Brief(ours.Graph.Now));
                Assert.Empty(notes);
                Assert.Equal(theirs.Recorded.Count, taken);
            }

            Assert.All(ours.Recorded.Skip(before), recorded => Assert.Equal(Theirs, recorded.Origin?.Project));
        });

    [Fact]
    public void A_deletion_there_ends_what_came_from_there_and_nothing_else()
    {
        InMemoryGraph source = After([Create("Ada", "person", "likes tea"), Create("Eve")]);
        InMemoryGraph ours = After([Create("Eve", "person", "likes rum")]);
        TakeOver(ours, source);
        source.Do(new DeleteEntity("Ada"));
        source.Do(new DeleteEntity("Eve"));
        List<ImportNote> notes = TakeOver(ours, source);

        Assert.Equal("Eve [person]\n  likes rum", GraphDump.Brief(ours.Graph.Now));
        Assert.Equal([new ImportNote("event #5", "deletes \"Eve\", of which more is known here; it stays")], notes);
    }

    [Fact]
    public void What_was_added_here_to_a_fact_from_there_keeps_it()
    {
        InMemoryGraph source = After([Create("Ada", "person", "likes tea")]);
        var ours = new InMemoryGraph();
        TakeOver(ours, source);
        ours.Do(Add("Ada", "likes rum"));
        source.Do(new DeleteEntity("Ada"));
        TakeOver(ours, source);

        Assert.Equal("Ada [person]\n  likes tea\n  likes rum", GraphDump.Brief(ours.Graph.Now));
    }

    [Fact]
    public void What_was_withdrawn_here_is_not_brought_back_by_taking_over_again()
    {
        InMemoryGraph source = After([Create("Ada", "person", "likes tea"), Create("Eve")]);
        var ours = new InMemoryGraph();
        TakeOver(ours, source);
        ours.Do(new DeleteEntity("Ada"));
        source.Do(Add("Eve", "likes rum"));
        TakeOver(ours, source);

        Assert.Equal("Eve [person]\n  likes rum", GraphDump.Brief(ours.Graph.Now));
    }

    [Fact]
    public void A_type_that_differs_stays_and_is_told()
    {
        InMemoryGraph ours = After([Create("Ada", "ship")]);
        List<ImportNote> notes = TakeOver(ours, After([Create("Ada", "person")]));

        Assert.Equal("Ada [ship]", GraphDump.Brief(ours.Graph.Now));
        Assert.Equal([new ImportNote("event #1", "has another type than \"Ada\" has here, \"ship\", which stays")], notes);
    }

    [Fact]
    public void An_implied_entity_becomes_what_the_source_says_it_is()
    {
        var ours = new InMemoryGraph();
        ours.Record(new EntityCreated("Ada", EntityCreated.TypeUnsaid) { Implied = true });
        TakeOver(ours, After([Create("Ada", "person")]));

        Assert.Equal("Ada [person]", GraphDump.Brief(ours.Graph.Now));
        Assert.False(ours.Graph.Now.NamingOf(ours.Graph.Entities.First()).Implied);
    }

    private static InMemoryGraph After(IEnumerable<Command> commands)
    {
        var memory = new InMemoryGraph();
        foreach (Command command in commands)
        {
            memory.Do(command);
        }

        return memory;
    }

    // Each live fact by what it says, for people. Of an implied entity nothing is said but its name, and that only while
    // something is linked to it. A link without dates
    // may get those of its twin by a merge.
    private static string[] Facts(GraphView view, bool dated = true) =>
    [
        .. view.Entities().Where(one => !view.NamingOf(one).Implied || view.RelationsOf(one).Any()).Select(one => $"{view.NameOf(one)}{(view.NamingOf(one) is { Implied: false } known ? $" [{known.EntityType}]" : "")}"),
        .. view.Entities().SelectMany(one => view.ObservationsOf(one), (one, said) => $"{view.NameOf(one)}: {said.Text}"),
        .. view.Relations().Select(one =>
            $"{view.NameOf(view.OwnerOf(one.From))} {one.RelationType} {view.NameOf(view.OwnerOf(one.To))}"
            + (dated ? $" {one.ValidityAt(view.Point)}".TrimEnd() : "")),
    ];

    private static List<ImportNote> TakeOver(InMemoryGraph ours, InMemoryGraph source, bool isThisProject = false) =>
        TakeOver(ours, source.Recorded, hasLastingIds: true, isThisProject);

    private static List<ImportNote> TakeOver(
        InMemoryGraph ours, IEnumerable<RecordedEvent> source, bool hasLastingIds, bool isThisProject = false)
    {
        List<ImportNote> notes = [];
        var decider = new SourceDecider(Theirs, hasLastingIds, isThisProject, notes.Add);
        foreach (RecordedEvent there in source)
        {
            var origin = new Origin(Theirs, there.Id, null, there.Author.User, there.Timestamp);
            foreach (MemoryEvent happened in decider.Decide(ours.Graph.Now, new SourceEvent(there.Id, there.Event, origin) { Recorded = there }))
            {
                EventId id = ours.Graph.Events.Last.Next;
                ours.Fold(new RecordedEvent(id, ours.Now, id, 1, id, id, ours.Author, null, happened) { Origin = origin });
            }
        }

        return notes;
    }
}
