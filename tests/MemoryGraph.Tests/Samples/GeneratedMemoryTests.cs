using MemoryGraph.Benchmarks.Data;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Graph;

namespace MemoryGraph.Tests.Samples;

/// <summary>The memories that benchmarks measure: fixed, whole, and comparable from size to size.</summary>
public sealed class GeneratedMemoryTests
{
    private const int Size = 20_000;

    private static readonly RecordedEvent[] Events = [.. new GeneratedMemory(Size).Events()];

    /// <summary>A changed hash means changed data: raise <see cref="GeneratedMemory.Version"/> with it.</summary>
    [Fact]
    public void The_data_of_a_version_never_changes()
    {
        var buffer = new Utf8Buffer(64 * 1024);
        EventHash hash = default;
        foreach (RecordedEvent recorded in Events)
        {
            buffer.Clear();
            hash = EventJson.Write(buffer, recorded, EventCatalogue.Current, hash, new byte[EventJson.SaltBytes]);
        }

        // The last hash is chained to every line before it.
        Assert.Equal("version 1: n_0uP7ILq82PhrzywhRy5HVov56-mMvMmmrhgzqINzA", $"version {GeneratedMemory.Version}: {hash}");
    }

    [Fact]
    public void A_memory_has_as_many_events_as_asked_for_and_every_one_of_them_applies()
    {
        var graph = new GraphState();
        Array.ForEach(Events, graph.Evolve);

        Assert.Equal(Size, graph.Events.Last.Value);
        Assert.Equal(0, graph.Skipped);
    }

    [Fact]
    public void A_smaller_memory_is_the_beginning_of_a_larger_one_but_for_its_times()
    {
        const int lastCalls = 100;
        IEnumerable<MemoryEvent> smaller = new GeneratedMemory(5_000).Events().Select(one => one.Event).Take(5_000 - lastCalls);

        Assert.Equal(Events.Select(one => one.Event).Take(5_000 - lastCalls), smaller);
    }

    [Fact]
    public void No_entity_has_more_links_in_a_larger_memory()
    {
        const int hubLinksMax = 500;
        IEnumerable<int> links = Events.Select(one => one.Event).OfType<RelationCreated>()
            .SelectMany(link => new[] { link.From, link.To }).CountBy(end => end).Select(end => end.Value);

        Assert.InRange(links.Max(), 100, hubLinksMax);
    }

    [Fact]
    public void Observations_are_as_long_as_people_s_and_a_quarter_of_them_Vietnamese()
    {
        string[] texts = [.. Events.Select(one => one.Event).OfType<ObservationAdded>().Select(one => one.Text)];

        Assert.All(texts, text => Assert.InRange(text.Length, 80, 200));
        Assert.InRange((double)texts.Count(text => text.Contains('ệ') || text.Contains('ờ') || text.Contains('ả')) / texts.Length, 0.2, 0.4);
    }

    [Fact]
    public void Each_entity_has_a_code_name_of_its_own()
    {
        const int entities = 200_000;

        Assert.Equal(entities, Enumerable.Range(0, entities).Select(Benchmarks.Data.Vocabulary.CodeName).Distinct().Count());
    }
}
