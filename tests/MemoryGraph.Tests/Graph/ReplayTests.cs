using CsCheck;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Graph;

namespace MemoryGraph.Tests.Graph;

/// <summary>The definition of the graph is the replay of its log; everything faster is held against that.</summary>
public sealed class ReplayTests
{
    private const int Runs = 600;

    [Fact]
    public void The_live_graph_is_the_replay_of_what_it_recorded() => AnyCommand.Sequence.Sample(
        commands =>
        {
            InMemoryGraph live = AnyCommand.Played(commands);
            GraphState replayed = InMemoryGraph.Replay(live.Recorded).Graph;
            Assert.Equal(GraphDump.Of(live.Graph.Now), GraphDump.Of(replayed.Now));
            Assert.Equal(GraphDump.Of(live.Graph.Now), GraphDump.Of(replayed.AsOf(replayed.Events.Last)));
            Assert.Equal(0, live.Graph.Skipped);
            Assert.Equal(0, replayed.Skipped);
        },
        iter: Runs, print: AnyCommand.Print);

    [Fact]
    public void The_graph_as_of_any_event_is_the_replay_up_to_it() => AnyCommand.Sequence.Sample(
        commands => AssertEveryPointIsItsReplay(AnyCommand.Played(commands).Recorded), iter: Runs, print: AnyCommand.Print);

    [Fact]
    public void The_graph_as_of_any_event_is_what_the_simplest_fold_gives() => AnyCommand.Sequence.Sample(
        commands =>
        {
            InMemoryGraph memory = AnyCommand.Played(commands);
            var naive = new NaiveGraph();
            foreach (RecordedEvent recorded in memory.Recorded)
            {
                naive.Apply(recorded.Id, recorded.Event);
                Assert.Equal(naive.Dump(), NaiveGraph.Dump(memory.Graph.AsOf(recorded.Id)));
            }
        },
        iter: Runs, print: AnyCommand.Print);

    [Fact]
    public void The_graph_as_of_any_event_of_any_log_is_the_replay_up_to_it() => AnyEvent.Soup.Sample(
        soup => AssertEveryPointIsItsReplay(Recorded(soup)), iter: 4 * Runs, print: Print);

    [Fact]
    public void A_log_survives_any_of_its_calls_left_out() => Gen.Select(AnyCommand.Sequence, Gen.ULong).Sample(
        (commands, choice) =>
        {
            IReadOnlyList<RecordedEvent> log = AnyCommand.Played(commands).Recorded;
            RecordedEvent[] without = [.. log.Select(one => IsLeftOut(one, choice)
                ? one with { Event = new EventLost("left out") } : one)];
            AssertEveryPointIsItsReplay(without);
            AssertSkippedEventsChangeNothing(without);
        },
        iter: Runs, print: one => AnyCommand.Print(one.Item1) + $"\nwithout {one.Item2:b}");

    [Fact]
    public void Any_event_is_applied_or_skipped_and_counted() =>
        AnyEvent.Soup.Sample(soup => AssertSkippedEventsChangeNothing(Recorded(soup)), iter: 4 * Runs, print: Print);

    [Fact]
    public void Nothing_is_left_when_every_call_is_left_out() => AnyCommand.Sequence.Sample(
        commands =>
        {
            GraphState empty = InMemoryGraph.Replay(AnyCommand.Played(commands).Recorded
                .Select(one => one with { Event = new EventLost("left out") })).Graph;
            Assert.Empty(empty.Now.Entities());
            Assert.Equal(0, empty.Skipped);
        },
        iter: 50, print: AnyCommand.Print);

    [Fact]
    public void Names_and_statements_and_links_are_unique_at_every_point() => AnyCommand.Sequence.Sample(
        commands =>
        {
            GraphState graph = AnyCommand.Played(commands).Graph;
            for (EventId point = EventId.None; point <= graph.Events.Last; point = point.Next)
            {
                GraphView view = graph.AsOf(point);
                AssertUnique(view.Entities().Select(view.NameOf));
                Assert.All(view.Entities(), one => AssertUnique(view.ObservationsOf(one).Select(said => said.Text)));
                AssertUnique(view.Relations().Select(one =>
                    (view.OwnerOf(one.From).Id, one.RelationType, view.OwnerOf(one.To).Id)));
            }
        },
        iter: Runs, print: AnyCommand.Print);

    [Fact]
    public void An_event_that_does_not_follow_the_last_is_an_error()
    {
        RecordedEvent[] log = [.. Recorded(new EntityCreated("Ada", "person"), new EntityCreated("Eve", "person"))];
        var graph = new GraphState();
        Assert.Throws<ArgumentException>(() => graph.Evolve(log[1]));
        graph.Evolve(log[0]);
        Assert.Throws<ArgumentException>(() => graph.Evolve(log[0]));
    }

    private static void AssertEveryPointIsItsReplay(IReadOnlyList<RecordedEvent> log)
    {
        GraphState full = InMemoryGraph.Replay(log).Graph;
        var prefix = new GraphState();
        Assert.Equal(GraphDump.Of(prefix.Now), GraphDump.Of(full.AsOf(EventId.None)));
        foreach (RecordedEvent recorded in log)
        {
            prefix.Evolve(recorded);
            Assert.Equal(GraphDump.Of(prefix.Now), GraphDump.Of(full.AsOf(recorded.Id)));
        }
    }

    private static void AssertSkippedEventsChangeNothing(IReadOnlyList<RecordedEvent> log)
    {
        var graph = new GraphState();
        string before = GraphDump.Of(graph.Now);
        foreach (RecordedEvent recorded in log)
        {
            int skipped = graph.Skipped;
            graph.Evolve(recorded);
            string after = GraphDump.Of(graph.Now);
            Assert.InRange(graph.Skipped - skipped, 0, 1);
            Assert.True(graph.Skipped == skipped || before == after, $"{recorded.Id} was skipped but changed the graph");
            Assert.True(graph.Skipped == skipped || recorded.Event is not LogEvent, $"{recorded.Id} concerns the log alone");
            GraphView now = graph.Now;
            Assert.All(now.Relations(), one => Assert.True(
                now.OwnerOf(one.From).IsLive && now.OwnerOf(one.To).IsLive, $"{one.Id} leads to what is gone"));
            before = after;
        }
    }

    private static bool IsLeftOut(RecordedEvent recorded, ulong choice) =>
        (choice >> (int)(recorded.Call.Value % 64) & 1) == 1;

    private static IReadOnlyList<RecordedEvent> Recorded(params MemoryEvent[] events)
    {
        var memory = new InMemoryGraph();
        foreach (MemoryEvent happened in events)
        {
            memory.Now += 1_000;
            memory.Record(happened);
        }

        return memory.Recorded;
    }

    private static string Print(MemoryEvent[] soup) =>
        string.Join("\n", soup.Index().Select(one => $"#{one.Index + 1} {one.Item}"));

    private static void AssertUnique<T>(IEnumerable<T> values)
    {
        T[] all = [.. values];
        Assert.Equal(all.Distinct(), all);
    }
}
