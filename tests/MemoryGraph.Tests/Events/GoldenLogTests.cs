using System.Text;
using MemoryGraph.Events;
using MemoryGraph.Graph;
using MemoryGraph.Log;
using MemoryGraph.Tests.Log;

namespace MemoryGraph.Tests.Events;

public sealed class GoldenLogTests
{
    [Fact]
    public void A_stored_log_is_written_today_as_it_was_when_released()
    {
        string[] stored = File.ReadAllLines(GoldenLog.Path);
        string[] written = Encoding.UTF8.GetString(GoldenLog.Write()).Split('\n');
        Assert.All(stored.Zip(written), pair => Assert.Equal(pair.First, pair.Second));
        Assert.Equal(File.ReadAllBytes(GoldenLog.Path), GoldenLog.Write());
    }

    [Fact]
    public void A_stored_log_is_read_as_what_was_recorded()
    {
        using var store = new TempStore();
        Directory.CreateDirectory(store.Place.Directory);
        store.LogBytes = File.ReadAllBytes(GoldenLog.Path);
        IReadOnlyList<RecordedEvent> read = store.ReadHealthy();
        Assert.Equal(GoldenLog.Records.Select(EventText.Of), read.Select(EventText.Of));
    }

    [Fact]
    public void A_stored_log_stands_up_to_a_check_of_every_hash()
    {
        LogScan scan = FullScan.Of(GoldenLog.Path);
        Assert.Empty(scan.Damage);
        Assert.Equal((GoldenLog.Records.Count, TailState.Clean), (scan.Events.Count, scan.Tail));
    }

    [Fact]
    public void A_stored_log_adds_up_to_a_graph_with_nothing_left_over()
    {
        var graph = new GraphState();
        foreach (RecordedEvent recorded in GoldenLog.Records)
        {
            graph.Evolve(recorded);
        }

        Assert.Equal(0, graph.Skipped);
    }

    [FactWithPython]
    public void A_stored_log_is_valid_for_the_script_too()
    {
        VerifierAnswer answer = Verifier.Verify(GoldenLog.Path);
        Assert.StartsWith("ok: 22 events, last hash ", answer.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_type_of_event_is_in_the_catalogue_and_in_a_stored_log()
    {
        Type[] declared = [.. typeof(MemoryEvent).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(MemoryEvent)) && !type.IsAbstract && type != typeof(UnknownEvent))];
        Assert.Equal(Names(declared), Names(EventCatalogue.Current.Shapes.Select(shape => shape.EventType)));
        Assert.Equal(
            Names(declared),
            Names(GoldenLog.Records.Select(one => one.Event.GetType()).Distinct().Where(type => type != typeof(UnknownEvent))));
        Assert.Distinct(EventCatalogue.Current.Shapes.Select(shape => shape.Name));
    }

    private static IEnumerable<string> Names(IEnumerable<Type> types) => types.Select(type => type.Name).Order(StringComparer.Ordinal);
}
