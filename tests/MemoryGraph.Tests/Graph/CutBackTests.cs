using CsCheck;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Graph;
using MemoryGraph.Tests.Snapshots;

namespace MemoryGraph.Tests.Graph;

/// <summary>Events folded behind a mark can be taken out again, and nothing tells that they were ever there.</summary>
public sealed class CutBackTests
{
    private const int Runs = 300;

    private static readonly Gen<((Command[], int[]) History, int Marked, int Nested)> Cuts =
        Gen.Select(AnyHistory.Any, Gen.Int[0, 1000], Gen.Int[0, 1000]);

    [Fact]
    public void A_graph_that_was_cut_back_is_the_graph_of_the_mark() => Cuts.Sample(
        (history, marked, _) =>
        {
            IReadOnlyList<RecordedEvent> log = Log(history);
            int before = marked % (log.Count + 1);
            GraphState graph = Fold(new GraphState(), log.Take(before));
            graph.Mark();
            Fold(graph, log.Skip(before));
            graph.CutBack();

            AssertSame(Fold(new GraphState(), log.Take(before)), graph);
            AssertSame(Fold(new GraphState(), log), Fold(graph, log.Skip(before)));
        },
        iter: Runs, print: Print);

    [Fact]
    public void Another_history_can_follow_the_one_that_was_cut_off() => Gen.Select(AnyHistory.Any, AnyEvent.Soup).Sample(
        (history, soup) =>
        {
            IReadOnlyList<RecordedEvent> log = Log(history);
            GraphState graph = Fold(new GraphState(), log.Take(log.Count / 2));
            RecordedEvent[] other = [.. soup.Select((happened, place) => new RecordedEvent(
                graph.Events.Last + (place + 1), place, graph.Events.Last.Next, soup.Length, graph.Events.Last.Next,
                graph.Events.Last.Next, new Author("mai", "zed/1"), null, happened))];
            graph.Mark();
            Fold(graph, log.Skip(log.Count / 2));
            graph.CutBack();
            graph.Mark();
            Fold(graph, other);
            graph.Keep();

            AssertSame(Fold(new GraphState(), log.Take(log.Count / 2).Concat(other)), graph);
        },
        iter: Runs);

    [Fact]
    public void Marks_nest() => Cuts.Sample(
        (history, marked, nested) =>
        {
            IReadOnlyList<RecordedEvent> log = Log(history);
            int outer = marked % (log.Count + 1);
            int inner = outer + (nested % (log.Count - outer + 1));
            GraphState graph = Fold(new GraphState(), log.Take(outer));
            graph.Mark();
            Fold(graph, log.Take(inner).Skip(outer));
            graph.Mark();
            Fold(graph, log.Skip(inner));
            graph.CutBack();
            AssertSame(Fold(new GraphState(), log.Take(inner)), graph);
            graph.Mark();
            Fold(graph, log.Skip(inner));
            graph.Keep();
            AssertSame(Fold(new GraphState(), log), graph);
            graph.CutBack();
            AssertSame(Fold(new GraphState(), log.Take(outer)), graph);
        },
        iter: Runs, print: Print);

    [Fact]
    public void Corrected_times_and_new_authors_and_sessions_are_cut_back_too()
    {
        var memory = new InMemoryGraph();
        memory.Record(new EntityCreated("Ada", "person")).Record(new EntityCreated("Eve", "person"));
        GraphState graph = memory.Graph;
        string before = GraphDigest.Of(graph);
        graph.Mark();
        memory.Session = EventId.None;
        memory.Author = new Author("linh", "zed/1");
        memory.Record(new ClockCorrected(new EventId(1), new EventId(2), -1_000));
        Assert.Equal(memory.Now - 1_000, graph.Events.TimeOf(new EventId(1)));
        graph.CutBack();

        Assert.Equal(before, GraphDigest.Of(graph));
        Assert.Equal(memory.Now, graph.Events.TimeOf(new EventId(1)));
        Assert.Equal([new Author("duyan", "cursor/1.7")], graph.Events.Authors);
        Assert.Empty(graph.Events.Runs.OfSession(new EventId(3), EventId.Never));
    }

    [Fact]
    public void Texts_of_an_entity_with_many_are_found_as_before()
    {
        var memory = new InMemoryGraph();
        memory.Do(new CreateEntity("Ada", "person", [.. Enumerable.Range(0, 100).Select(number => $"fact {number}")]));
        GraphState graph = memory.Graph;
        graph.Mark();
        memory.Do(new AddObservations("Ada", [.. Enumerable.Range(100, 500).Select(number => $"fact {number}")]));
        Assert.NotNull(graph.Now.FindObservation(graph.Now.Find("Ada")!.Value, "fact 599"));
        graph.CutBack();

        Entity ada = graph.Now.Find("Ada")!.Value;
        Assert.All(Enumerable.Range(0, 100), number => Assert.NotNull(graph.Now.FindObservation(ada, $"fact {number}")));
        Assert.All(Enumerable.Range(100, 500), number => Assert.Null(ada.NewestObservation($"fact {number}")));
    }

    private static IReadOnlyList<RecordedEvent> Log((Command[], int[]) history) => AnyHistory.Played(history).Recorded;

    private static GraphState Fold(GraphState graph, IEnumerable<RecordedEvent> log)
    {
        foreach (RecordedEvent recorded in log)
        {
            graph.Evolve(recorded);
        }

        return graph;
    }

    // Every byte of every column, and what is found through the indexes that are no columns.
    private static void AssertSame(GraphState expected, GraphState graph)
    {
        Assert.Equal(GraphDigest.Of(expected), GraphDigest.Of(graph));
        Assert.Equal(GraphDump.Of(expected.Now), GraphDump.Of(graph.Now));
        Assert.Equal(expected.Events.Authors, graph.Events.Authors);
        for (EventId id = new(1); id <= graph.Events.Last; id = id.Next)
        {
            Assert.Equal(expected.Events.TakenBackBy(id), graph.Events.TakenBackBy(id));
            Assert.Equal(expected.Events.Runs.OfSession(id, EventId.Never), graph.Events.Runs.OfSession(id, EventId.Never));
        }

        foreach (string name in Enumerable.Range(0, graph.Events.Names.Count).Select(number => graph.Events.Names[number]))
        {
            Assert.Equal(expected.Events.Names.Find(name), graph.Events.Names.Find(name));
            Assert.Equal(
                expected.Names.Resembling(name).Select(one => one.Id), graph.Names.Resembling(name).Select(one => one.Id));
        }
    }

    private static string Print(((Command[], int[]) History, int Marked, int Nested) cut) =>
        $"marked at {cut.Marked}, then at {cut.Nested}\n{AnyHistory.Print(cut.History)}";
}
