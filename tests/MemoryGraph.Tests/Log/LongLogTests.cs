using System.Text;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Log;

namespace MemoryGraph.Tests.Log;

/// <summary>A log long enough to be read on several cores is read as any other: in order, and judged alike.</summary>
[Trait("size", "torture")]
public sealed class LongLogTests
{
    private const int Events = 20_000;

    private static readonly ProjectPlace Place = new("/store", "/store/project", "test", Root: null, Remote: null, InWorkTree: false);
    private static readonly string[] Lines = AnyLog.Write([.. Enumerable.Range(1, Events).Select(Event)], callsPerCommit: 100);

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(30)]
    public void Every_event_comes_once_and_in_order(int commitsPerSegment)
    {
        using EventLog log = Open(commitsPerSegment, _ => { });
        News news = log.CatchUp();
        Assert.Null(log.Health);
        Assert.Equal(Enumerable.Range(1, Events), news.Events.Select(one => (int)one.Id.Value));
        Assert.Empty(log.Audit(null, null, CancellationToken.None).Findings);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10_001)]
    [InlineData(Events - 150)]
    public void Damage_costs_its_own_call_wherever_it_is(int id)
    {
        using EventLog log = Open(int.MaxValue, lines => lines[id] = lines[id].Replace("number", "numbur", StringComparison.Ordinal));
        News news = log.CatchUp();
        Assert.Equal("damaged", log.Health?.Code);
        Assert.Contains($"event #{id} ", log.Health!.Explanation, StringComparison.Ordinal);
        Assert.IsType<EventLost>(news.Events[id - 1].Event);
        Assert.Equal(Events, news.Events.Count);
        Assert.Equal(1, news.Events.Count(one => one.Event is EventLost));
    }

    [Fact]
    public void A_torn_end_is_where_the_last_whole_call_ends()
    {
        using EventLog log = Open(int.MaxValue, lines => lines[^1] = lines[^1][..60]);
        Assert.Equal(Events - 1, log.CatchUp().Events.Count);
        Assert.Null(log.Health);
    }

    private static RecordedEvent Event(int number)
    {
        var id = new EventId(number);
        MemoryEvent happened = number == 1 ? new EntityCreated("number 1", "thing") : new ObservationAdded(new EventId(1), "thing", $"number {number}");
        return new RecordedEvent(id, 1_767_225_600_000 + number, id, 1, id, new EventId(1), TempStore.Someone, null, happened);
    }

    private static EventLog Open(int commitsPerSegment, Action<string[]> change)
    {
        string[] lines = [.. Lines];
        change(lines);
        var disk = new MemoryDisk();
        List<(string Name, string[] Lines)> segments = commitsPerSegment == int.MaxValue
            ? [(SegmentHeader.FileName(new EventId(1)), lines)] : SplitLog.Of(lines, commitsPerSegment);
        segments.ForEach(one => disk[Path.Combine(Place.Directory, one.Name)] = Encoding.UTF8.GetBytes(Tampering.Text(one.Lines)));
        return new EventLog(disk, Place, "tests", new ManualClock(), EventCatalogue.Current);
    }
}
