using MemoryGraph.Events;
using MemoryGraph.Log;

namespace MemoryGraph.Tests.Log;

/// <summary>Keeps the events that a log hands over, for tests that ask what a reading brought.</summary>
internal sealed class Collected : IEventSink
{
    public List<RecordedEvent> Events { get; } = [];

    public void OnReset() => Events.Clear();

    public void OnEvent(RecordedEvent recorded) => Events.Add(recorded);
}

/// <summary>What one reading brought.</summary>
internal sealed record News(IReadOnlyList<RecordedEvent> Events, bool Restarted, bool Damaged);

internal static class CollectedNews
{
    public static News CatchUp(this EventLog log)
    {
        var taker = new Collected();
        CatchUpResult news = log.CatchUp(taker);
        return new News(taker.Events, news.Restarted, news.Damaged);
    }

    public static void CatchUpUnderLock(this EventLog log) => log.CatchUpUnderLock(new Collected());
}
