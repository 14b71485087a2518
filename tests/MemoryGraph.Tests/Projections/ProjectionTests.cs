using CsCheck;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Graph;
using MemoryGraph.Projections;
using MemoryGraph.Search;

namespace MemoryGraph.Tests.Projections;

public sealed class ProjectionTests
{
    /// <remarks>Live, the graph ends at the event that is applied; rebuilt, it is ahead of it. That may make no difference.</remarks>
    [Fact]
    public void What_was_fed_live_answers_as_what_was_rebuilt() => AnyCommand.SequenceWithUndo.Sample(
        commands =>
        {
            InMemoryGraph live = AnyCommand.Played(commands);
            var search = new SearchIndex(live.Graph);
            var timeline = new Timeline();
            var activity = new Activity();
            foreach (RecordedEvent recorded in live.Recorded)
            {
                search.Apply(recorded);
                timeline.Apply(recorded);
                activity.Apply(recorded);
            }

            Assert.Equal(live.Search.AppliedTo, search.AppliedTo);
            Assert.Equal(BytesOf(live.Search), BytesOf(search));
            Assert.All(live.Graph.Entities, entity => Assert.Equal(live.Timeline.Of(entity.Id), timeline.Of(entity.Id)));
            Assert.Equal(live.Activity.Authors, activity.Authors);
            Assert.All(activity.Authors, author => Assert.Equal(live.Activity.Of(author), activity.Of(author)));
        },
        iter: 500, print: AnyCommand.Print);

    [Fact]
    public void What_was_loaded_from_saved_columns_answers_and_goes_on_as_what_was_fed() => Gen.Select(AnyHistory.Any, Gen.Int[0, 100]).Sample(
        (history, percent) =>
        {
            InMemoryGraph memory = AnyHistory.Played(history);
            var saved = new EventId(memory.Graph.Events.Last.Value * percent / 100);
            (var timeline, var activity) = (new Timeline(), new Activity());
            timeline.CatchUp(memory.Graph.Events, saved);
            activity.CatchUp(memory.Graph.Events, saved);
            (timeline, activity) = (Loaded(timeline, new Timeline()), Loaded(activity, new Activity()));
            timeline.CatchUp(memory.Graph.Events, memory.Graph.Events.Last);
            activity.CatchUp(memory.Graph.Events, memory.Graph.Events.Last);
            var graph = new GraphState();
            Load(memory.Graph.Columns, graph.Columns);
            graph.IndexLoaded();

            Assert.All(memory.Graph.Entities, entity => Assert.Equal(memory.Timeline.Of(entity.Id), timeline.Of(entity.Id)));
            Assert.Equal(memory.Activity.Authors, activity.Authors);
            Assert.All(activity.Authors, author => Assert.Equal(memory.Activity.Of(author), activity.Of(author)));
            Assert.All(
                memory.Recorded.Select(one => one.Session).Distinct(),
                session => Assert.Equal(
                    memory.Graph.Events.Runs.OfSession(session, graph.Events.Last), graph.Events.Runs.OfSession(session, graph.Events.Last)));
        },
        iter: 300, print: one => $"saved at {one.Item2} % of {AnyHistory.Print(one.Item1)}");

    [Fact]
    public void A_projection_applies_each_event_once_and_in_order()
    {
        InMemoryGraph memory = new InMemoryGraph()
            .Record(new EntityCreated("Ada", "person"))
            .Record(new EntityCreated("Eve", "person"));
        var search = new SearchIndex(memory.Graph);

        Assert.Equal(EventId.None, search.AppliedTo);
        Assert.Throws<ArgumentException>(() => search.Apply(memory.Recorded[1]));
        search.Apply(memory.Recorded[0]);
        Assert.Throws<ArgumentException>(() => search.Apply(memory.Recorded[0]));
        Assert.Equal(new EventId(1), search.AppliedTo);
    }

    [Fact]
    public void The_timeline_has_every_event_that_touched_an_entity_its_statements_or_its_links()
    {
        InMemoryGraph memory = new InMemoryGraph()
            .Record(new EntityCreated("Ada", "person"), new EntityCreated("Eve", "person"))
            .Record(new ObservationAdded(new EventId(1), "Ada", "likes tea"))
            .Record(new RelationCreated(new EventId(1), new EventId(2), "Ada", "knows", "Eve", Validity.Unsaid))
            .Record(new RelationUpdated(new EventId(4), new Validity("2026-01-01", null)))
            .Record(new ObservationRemoved(new EventId(3), "Ada", "likes tea"))
            .Record(new EventRedacted([new EventId(3)]))
            .Record(new RelationDeleted(new EventId(4), "Ada", "knows", "Eve"), new EntityDeleted(new EventId(2), "Eve"))
            .Record(new RelationCreated(new EventId(1), new EventId(1), "Ada", "trusts", "Ada", Validity.Unsaid));

        Assert.Equal([1, 3, 4, 5, 6, 8, 10], memory.Timeline.Of(new EventId(1)).Select(id => id.Value));
        Assert.Equal([2, 4, 5, 8, 9], memory.Timeline.Of(new EventId(2)).Select(id => id.Value));
    }

    private static T Loaded<T>(T saved, T fresh)
        where T : Projection
    {
        Load(saved.Columns, fresh.Columns);
        fresh.Resume(saved.AppliedTo);
        return fresh;
    }

    private static void Load(IEnumerable<Column> saved, IEnumerable<Column> fresh)
    {
        foreach ((Column from, Column to) in saved.Zip(fresh))
        {
            to.Prepare(from.Count);
            for (int chunk = 0; chunk < from.Chunks; chunk++)
            {
                from.Chunk(chunk).CopyTo(to.Fill(chunk));
            }

            to.TakeFilled();
        }
    }

    private static byte[][] BytesOf(SearchIndex index) =>
        [.. index.Columns.SelectMany(column => Enumerable.Range(0, column.Chunks).Select(chunk => column.Chunk(chunk).ToArray()))];
}
