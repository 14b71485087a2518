using CsCheck;
using MemoryGraph.Events;
using MemoryGraph.Projections;
using MemoryGraph.Values;

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

    private static byte[][] BytesOf(SearchIndex index) =>
        [.. index.Columns.SelectMany(column => Enumerable.Range(0, column.Chunks).Select(chunk => column.Chunk(chunk).ToArray()))];
}
