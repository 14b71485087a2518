using MemoryGraph.Events;
using MemoryGraph.Integrity;
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

    public static void CatchUp(this LogWriter writer) => writer.CatchUp(new Collected());

    public static AuditReport Audit(this EventLog log) => LogVerification.Run(log.Files, log.Catalogue);

    public static string? FaultUpTo(this EventLog log, LogPosition position, CancellationToken cancel = default) =>
        LogVerification.FaultUpTo(log.Files, log.Catalogue, position, cancel);
}
