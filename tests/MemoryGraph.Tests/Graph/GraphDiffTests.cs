using CsCheck;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Graph;

namespace MemoryGraph.Tests.Graph;

/// <summary>A diff says everything: it turns one graph into the other, in both directions.</summary>
public sealed class GraphDiffTests
{
    private const int Runs = 600;

    private static readonly Gen<(int From, int To)> Points = Gen.Select(Gen.Int[0, 100], Gen.Int[0, 100]);

    [Fact]
    public void The_diff_of_two_points_applied_to_the_one_gives_the_other() => Gen.Select(AnyCommand.SequenceWithUndo, Points).Sample(
        (commands, points) =>
        {
            GraphState graph = AnyCommand.Played(commands).Graph;
            (GraphView a, GraphView b) = (At(graph, points.From), At(graph, points.To));
            AssertTurns(a, b);
            AssertTurns(b, a);
        },
        iter: Runs, print: one => $"{one.Item2} of\n{AnyCommand.Print(one.Item1)}");

    [Fact]
    public void The_diff_back_is_the_inverse() => Gen.Select(AnyCommand.SequenceWithUndo, Points).Sample(
        (commands, points) =>
        {
            GraphState graph = AnyCommand.Played(commands).Graph;
            var there = GraphDiff.Between(At(graph, points.From), At(graph, points.To));
            var back = GraphDiff.Between(At(graph, points.To), At(graph, points.From));
            Assert.Equal(there.Entities, back.Entities.Select(one => new Difference<Naming>(one.Id, one.After, one.Before)));
            Assert.Equal(there.Observations, back.Observations.Select(one => new Difference<Statement>(one.Id, one.After, one.Before)));
            Assert.Equal(there.Relations, back.Relations.Select(one => new Difference<Link>(one.Id, one.After, one.Before)));
        },
        iter: Runs, print: one => $"{one.Item2} of\n{AnyCommand.Print(one.Item1)}");

    [Fact]
    public void The_diff_of_two_folds_applied_to_the_one_gives_the_other() => Gen.Select(AnyCommand.SequenceWithUndo, Gen.ULong).Sample(
        (commands, choice) =>
        {
            IReadOnlyList<RecordedEvent> log = AnyCommand.Played(commands).Recorded;
            GraphState without = InMemoryGraph.Replay(log.Select(one => (choice >> (int)(one.Call.Value % 64) & 1) == 1
                ? one with { Event = new EventLost("left out"), Undoes = [] } : one)).Graph;
            AssertTurns(InMemoryGraph.Replay(log).Graph.Now, without.Now);
            AssertTurns(without.Now, InMemoryGraph.Replay(log).Graph.Now);
        },
        iter: Runs, print: one => AnyCommand.Print(one.Item1));

    [Fact]
    public void A_graph_does_not_differ_from_itself() => AnyCommand.SequenceWithUndo.Sample(
        commands =>
        {
            InMemoryGraph memory = AnyCommand.Played(commands);
            foreach (GraphView same in new[] { memory.Graph.Now, InMemoryGraph.Replay(memory.Recorded).Graph.Now })
            {
                var diff = GraphDiff.Between(memory.Graph.Now, same);
                Assert.Empty(diff.Entities);
                Assert.Empty(diff.Observations);
                Assert.Empty(diff.Relations);
            }
        },
        iter: Runs / 4, print: AnyCommand.Print);

    [Fact]
    public void The_diff_about_an_entity_has_all_that_concerns_it() => Gen.Select(AnyCommand.SequenceWithUndo, Points).Sample(
        (commands, points) =>
        {
            GraphState graph = AnyCommand.Played(commands).Graph;
            (GraphView a, GraphView b) = (At(graph, points.From), At(graph, points.To));
            var whole = GraphDiff.Between(a, b);
            foreach (EventId id in graph.Entities.Select(one => one.Id))
            {
                var about = GraphDiff.Between(a, b, id);
                Assert.Equal(whole.Entities.Where(one => one.Id == id), about.Entities.Where(one => one.Id == id));
                Assert.Equal(
                    whole.Observations.Where(one => one.Before?.Owner == id || one.After?.Owner == id),
                    about.Observations.Where(one => one.Before?.Owner == id || one.After?.Owner == id));
                Assert.Equal(whole.Relations.Where(one => Leads(one, id)), about.Relations.Where(one => Leads(one, id)));
            }

            static bool Leads(Difference<Link> one, EventId id) =>
                one.Before?.From == id || one.Before?.To == id || one.After?.From == id || one.After?.To == id;
        },
        iter: Runs, print: one => $"{one.Item2} of\n{AnyCommand.Print(one.Item1)}");

    private static GraphView At(GraphState graph, int percent) => graph.AsOf(new EventId(graph.Events.Last.Value * percent / 100));

    private static void AssertTurns(GraphView from, GraphView to)
    {
        var diff = GraphDiff.Between(from, to);
        (SortedDictionary<EventId, Naming> entities, SortedDictionary<EventId, Statement> said, SortedDictionary<EventId, Link> links) =
            Facts(from);
        Apply(entities, diff.Entities);
        Apply(said, diff.Observations);
        Apply(links, diff.Relations);
        var wanted = Facts(to);
        Assert.Equal(wanted.Entities, entities);
        Assert.Equal(wanted.Observations, said);
        Assert.Equal(wanted.Relations, links);
    }

    private static void Apply<T>(SortedDictionary<EventId, T> facts, List<Difference<T>> differences)
        where T : class
    {
        foreach (Difference<T> one in differences)
        {
            Assert.Equal(one.Before, facts.GetValueOrDefault(one.Id));
            if (one.After is null)
            {
                facts.Remove(one.Id);
            }
            else
            {
                facts[one.Id] = one.After;
            }
        }
    }

    private static (SortedDictionary<EventId, Naming> Entities, SortedDictionary<EventId, Statement> Observations,
        SortedDictionary<EventId, Link> Relations) Facts(GraphView view) => (
        new(view.Entities().ToDictionary(one => one.Id, view.NamingOf)),
        new(view.Entities().SelectMany(one => view.ObservationsOf(one).Select(said => (said.Id, new Statement(one.Id, said.Text))))
            .ToDictionary(one => one.Id, one => one.Item2)),
        new(view.Relations().ToDictionary(
            one => one.Id,
            one => new Link(view.OwnerOf(one.From).Id, one.RelationType, view.OwnerOf(one.To).Id, one.ValidityAt(view.Point)))));
}
