using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Graph;

namespace MemoryGraph.Tests.Graph;

public sealed class ObservationLookupTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    public void A_statement_is_found_as_of_a_time_before_it_was_withdrawn_and_made_again(int others)
    {
        var memory = new InMemoryGraph();
        memory.Record(new EntityCreated("Ada", "person"));
        memory.Record(new ObservationAdded(new EventId(1), "Ada", "likes tea"));
        memory.Record(new ObservationRemoved(new EventId(2), "Ada", "likes tea"));
        memory.Record([.. Enumerable.Range(0, others).Select(i => new ObservationAdded(new EventId(1), "Ada", $"{i}"))]);
        memory.Record(new ObservationAdded(new EventId(1), "Ada", "likes tea"));
        Entity ada = memory.Graph.Now.Find("Ada")!.Value;

        Assert.Equal(new EventId(2), memory.Graph.AsOf(new EventId(2)).FindObservation(ada, "likes tea")?.Id);
        Assert.Null(memory.Graph.AsOf(new EventId(3)).FindObservation(ada, "likes tea"));
        Assert.Equal(memory.Graph.Events.Last, memory.Graph.Now.FindObservation(ada, "likes tea")?.Id);
    }

    [Fact]
    public void A_restored_statement_is_found_though_a_newer_one_of_the_same_words_has_ended()
    {
        InMemoryGraph memory = new InMemoryGraph()
            .Record(new EntityCreated("Ada", "person"))
            .Record(new ObservationAdded(new EventId(1), "Ada", "likes tea"))
            .Record(new ObservationRemoved(new EventId(2), "Ada", "likes tea"))
            .Record(new ObservationAdded(new EventId(1), "Ada", "likes tea"))
            .Record(new ObservationRemoved(new EventId(4), "Ada", "likes tea"))
            .Record(new ObservationRestored(new EventId(2), "Ada", "likes tea"));
        GraphView now = memory.Graph.Now;

        Assert.Equal(new EventId(2), now.FindObservation(now.Find("Ada")!.Value, "likes tea")?.Id);
    }
}
