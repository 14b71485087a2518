using CsCheck;
using MemoryGraph.Decide;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Graph;

namespace MemoryGraph.Tests.Commands;

/// <summary>What undo and redo promise, over histories with renames, merges, deletes, undo, redo and two agents.</summary>
public sealed class UndoPropertyTests
{
    private const int Runs = 1_000;

    [Fact]
    public void Undoing_the_last_calls_gives_the_replay_without_them() => Gen.Select(AnyCommand.SequenceWithUndo, Gen.Int[1, 12]).Sample(
        (commands, count) =>
        {
            InMemoryGraph memory = AnyCommand.Played(commands);
            RecordedEvent[] last = [.. memory.Recorded.Where(one => one.Id == one.Call).Reverse()
                .TakeWhile(call => call.Undoes.Count == 0 && memory.Graph.Events.TakenBackBy(call.Id) is null).Take(count)];
            if (last.Length == 0)
            {
                return;
            }

            EventId first = last[^1].Id;
            string without = GraphDump.Shown(memory.Graph.AsOf(new EventId(first.Value - 1)));
            Decision decision = memory.Do(new Undo(UndoTarget.Of([new EventRange(first, memory.Graph.Events.Last)])));
            Assert.Null(decision.Refused);
            Assert.Empty(decision.Notices);
            Assert.Equal(without, GraphDump.Shown(memory.Graph.Now));
            Assert.Equal(0, memory.Graph.Skipped);
        },
        iter: Runs, print: one => $"undo {one.Item2} of\n{AnyCommand.Print(one.Item1)}");

    [Fact]
    public void Redoing_what_was_undone_gives_what_was_before() => Gen.Select(AnyCommand.SequenceWithUndo, AnyCommand.TakeBack).Sample(
        (commands, takeBack) =>
        {
            InMemoryGraph memory = AnyCommand.Played(commands);
            string before = GraphDump.Shown(memory.Graph.Now);
            EventId at = memory.Graph.Events.Last.Next;
            if (takeBack is not Undo || memory.Do(takeBack).Events.Count == 0)
            {
                return;
            }

            Decision redone = memory.Do(new Redo(UndoTarget.Of([new EventRange(at, at)])));
            Assert.Null(redone.Refused);
            Assert.Equal(before, GraphDump.Shown(memory.Graph.Now));
            Assert.Equal(0, memory.Graph.Skipped);
        },
        iter: 3 * Runs, print: one => $"{one.Item2} after\n{AnyCommand.Print(one.Item1)}");

    [Fact]
    public void What_is_undone_and_redone_folds_without_a_skip_and_leaves_every_name_and_fact_once() =>
        AnyCommand.SequenceWithUndo.Sample(
            commands =>
            {
                GraphState graph = AnyCommand.Played(commands).Graph;
                Assert.Equal(0, graph.Skipped);
                for (EventId point = EventId.None; point <= graph.Events.Last; point = point.Next)
                {
                    if (graph.Events.Contains(point) && graph.Events[point].CallEnd != point)
                    {
                        continue;
                    }

                    GraphView view = graph.AsOf(point);
                    AssertUnique(view.Entities().Select(view.NameOf), point);
                    Assert.All(view.Entities(), one => AssertUnique(view.ObservationsOf(one).Select(said => said.Text), point));
                    AssertUnique(
                        view.Relations().Select(one => (view.OwnerOf(one.From).Id, one.RelationType, view.OwnerOf(one.To).Id)), point);
                    Assert.All(graph.Entities.SelectMany(one => one.Outgoing), one => Assert.True(
                        !one.StandsAt(point) || one.IsLiveAt(point), $"{one.Id} stands at {point} though an end of it is gone"));
                }
            },
            iter: Runs, print: AnyCommand.Print);

    [Fact]
    public void The_graph_with_undos_as_of_any_event_is_the_replay_up_to_it() => AnyCommand.SequenceWithUndo.Sample(
        commands =>
        {
            InMemoryGraph memory = AnyCommand.Played(commands);
            var prefix = new GraphState();
            foreach (RecordedEvent recorded in memory.Recorded)
            {
                prefix.Evolve(recorded);
                Assert.Equal(GraphDump.Of(prefix.Now), GraphDump.Of(memory.Graph.AsOf(recorded.Id)));
            }
        },
        iter: Runs / 2, print: AnyCommand.Print);

    [Fact]
    public void Undoing_the_same_again_records_nothing() => Gen.Select(AnyCommand.SequenceWithUndo, AnyCommand.TakeBack).Sample(
        (commands, takeBack) =>
        {
            InMemoryGraph memory = AnyCommand.Played(commands);
            Decision first = memory.Do(takeBack);
            if (first.Events.Count == 0 || first.Notices.Count > 0)
            {
                return;
            }

            EventRange[] same = [.. first.Undoes.Distinct().Select(call => new EventRange(call, call))];
            Decision again = memory.Do(takeBack is Undo ? new Undo(UndoTarget.Of(same)) : new Redo(UndoTarget.Of(same)));
            Assert.Null(again.Refused);
            Assert.Empty(again.Events);
            Assert.All(again.Unchanged, what => Assert.Contains("already", what, StringComparison.Ordinal));
        },
        iter: Runs, print: one => $"{one.Item2} after\n{AnyCommand.Print(one.Item1)}");

    [Fact]
    public void What_stands_in_the_way_of_an_undo_came_after_the_call() =>
        Gen.Select(AnyCommand.SequenceWithUndo, AnyCommand.TakeBack).Sample(
            (commands, takeBack) =>
            {
                GraphState graph = AnyCommand.Played(commands).Graph;
                var draft = new PendingCommand(graph.Now);
                if (takeBack is not Undo undo
                    || new CallSelection(draft, new Caller(EventId.None, new Author("duyan", "cursor/1.7")), ofUndos: false)
                        .Select(undo.Target, out IReadOnlyList<RecordedEvent> calls) is not null)
                {
                    return;
                }

                var reversal = new CallReversal(draft);
                Assert.All(calls, call => reversal.TakeBack(call));
                Assert.All(reversal.Conflicts, one => Assert.True(
                    graph.Events.Contains(one.By) && one.By > graph.Events[one.Call].CallEnd, $"{one} names no later event"));
            },
            iter: 3 * Runs, print: one => $"{one.Item2} after\n{AnyCommand.Print(one.Item1)}");

    private static void AssertUnique<T>(IEnumerable<T> values, EventId point)
    {
        T[] all = [.. values];
        Assert.True(all.Distinct().Count() == all.Length, $"at {point} twice among: {string.Join(", ", all)}");
    }
}
