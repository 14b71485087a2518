using MemoryGraph.Domain;
using MemoryGraph.Integrity;
using MemoryGraph.Log;
using MemoryGraph.Queries;

namespace MemoryGraph.Memory;

/// <summary>Copies lines of the log, all or those that touched an entity.</summary>
internal static class EventsExport
{
    /// <inheritdoc cref="MemoryProject.ExportEvents"/>
    public static EventsExported Run(
        MemoryProject project, EventLog log, Stream output, AsOf at, string? entity, string agent,
        IProgress<long>? progress, CancellationToken cancel)
    {
        if (entity is null && at is AsOf.Latest or AsOf.Event)
        {
            EventId upTo = at is AsOf.Event { Id: var id } ? id : EventId.Never;
            return new EventsExported(null, upTo, log.Copy(output, upTo, null, progress, cancel));
        }

        (Refusal? refused, EventId until, HashSet<EventId>? touching) = project.Ask(
            new HistoryQuery(entity, null, null, null, null, null, at), agent,
            (answer, _) => (
                answer.Refused,
                answer.Until.Event,
                entity is null ? null : answer.Lines.Select(line => line.Recorded.Id).ToHashSet()));
        return refused is not null ? new EventsExported(refused, until, new LogCopied(EventId.None, 0, HasLog: false))
            : new EventsExported(
                null, until, log.Copy(output, until, touching is null ? null : touching.Contains, progress, cancel));
    }
}

/// <summary>What became of an export of the log.</summary>
/// <param name="Refused">Why nothing was written; null when it was.</param>
/// <param name="UpTo">The event that the point means; <see cref="EventId.Never"/> for all there are.</param>
/// <param name="Copied">How much.</param>
public sealed record EventsExported(Refusal? Refused, EventId UpTo, LogCopied Copied);
