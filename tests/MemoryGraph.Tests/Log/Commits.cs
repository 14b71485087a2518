using System.Globalization;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Log;

namespace MemoryGraph.Tests.Log;

/// <summary>Writes commits of a chosen shape, which the project itself would only make by chance of timing.</summary>
internal static class Commits
{
    /// <summary>One commit of several calls, each of some statements about entity 1.</summary>
    /// <param name="eventsPerCall">How many events each call has.</param>
    public static async Task AppendCommitAsync(this EventLog log, params int[] eventsPerCall)
    {
        using (LogWriter writer = await log.LockAsync(CancellationToken.None))
        {
            writer.CatchUp();
            IReadOnlyList<LogRepaired> repairs = writer.Prepare();
            EventId first = log.Position.LastId.Next;
            List<RecordedEvent> events = [];
            foreach (LogRepaired repaired in repairs)
            {
                EventId id = first + events.Count;
                events.Add(new RecordedEvent(id, 0, id, 1, first, first, TempStore.Someone, null, repaired));
            }

            foreach (int count in eventsPerCall)
            {
                AddCall(events, first, count);
            }

            writer.Append(events);
        }
    }

    /// <summary>Commits of one call each.</summary>
    public static async Task AppendCommitsAsync(this TempStore store, params int[] eventsPerCommit)
    {
        using EventLog log = store.OpenLog(new HastyDisk());
        foreach (int count in eventsPerCommit)
        {
            await log.AppendCommitAsync(count);
        }
    }

    /// <summary>Offsets at which the log's lines begin, header first, and its length.</summary>
    public static IReadOnlyList<int> LineStarts(byte[] log) =>
        [0, .. Enumerable.Range(0, log.Length).Where(at => log[at] == '\n').Select(at => at + 1)];

    private static void AddCall(List<RecordedEvent> events, EventId commit, int count)
    {
        EventId call = commit + events.Count;
        for (int i = 0; i < count; i++)
        {
            EventId id = commit + events.Count;
            string text = string.Create(CultureInfo.InvariantCulture, $"Điều {id.Value} 🚀");
            MemoryEvent happened = id.Value == 1 ? new EntityCreated("Bug: đăng nhập", "bug")
                : new ObservationAdded(new EventId(1), "Bug: đăng nhập", text);
            events.Add(new RecordedEvent(
                id, ManualClock.Start.ToUnixTimeMilliseconds() + id.Value, call, count, commit, new EventId(1),
                TempStore.Someone, i == 0 ? "a reason" : null, happened));
        }
    }
}
