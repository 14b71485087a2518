using MemoryGraph.Domain;
using MemoryGraph.Integrity;
using MemoryGraph.Log;
using MemoryGraph.Queries;

namespace MemoryGraph.Memory;

/// <content>Taking the log out.</content>
public sealed partial class MemoryProject
{
    /// <summary>
    /// Writes the log's header and lines as they are stored: a log that verifies by itself and can be restored from.
    /// </summary>
    /// <remarks>
    /// Takes no lock and holds nobody up. Cost: the log is verified and then copied, about four seconds for a million
    /// events, in little memory; a point in time other than the present or an event, and an entity, need the graph.
    /// </remarks>
    /// <param name="output">Gets UTF-8, each line with its newline.</param>
    /// <param name="at">Up to where; a call that was not over then is left out whole.</param>
    /// <param name="entity">
    /// Only events that touched the entity with this name now, else the last one that had it, up to then: its names,
    /// observations and relations. What comes of that is no whole log. Null for all.
    /// </param>
    /// <param name="agent">Who asks; tells which sessions are "mine".</param>
    /// <param name="progress">Told the bytes read, now and then, up to twice <see cref="LogBytes"/>.</param>
    /// <exception cref="LogException">
    /// <c>damaged</c>, <c>unaccounted</c> or the disk's refusal: nothing was written. <c>changed</c>: it was broken off.
    /// </exception>
    /// <exception cref="IOException">The output cannot be written.</exception>
    public EventsExported ExportEvents(
        Stream output, AsOf at, string? entity, string agent, IProgress<long>? progress = null, CancellationToken cancel = default)
    {
        if (entity is null && at is AsOf.Latest or AsOf.Event)
        {
            EventId upTo = at is AsOf.Event { Id: var id } ? id : EventId.Never;
            return new EventsExported(null, upTo, Copy(output, upTo, null, progress, cancel));
        }

        (Refusal? refused, EventId until, HashSet<EventId>? touching) = Ask(
            new HistoryQuery(entity, null, null, null, null, null, at), agent,
            (answer, _) => (
                answer.Refused, answer.Until.Event, entity is null ? null : answer.Lines.Select(line => line.Recorded.Id).ToHashSet()));
        return refused is not null ? new EventsExported(refused, until, new LogCopied(EventId.None, 0, HasLog: false))
            : new EventsExported(null, until, Copy(output, until, touching is null ? null : touching.Contains, progress, cancel));
    }

    private LogCopied Copy(
        Stream output, EventId upTo, Func<EventId, bool>? chosen, IProgress<long>? progress, CancellationToken cancel)
    {
        using LogLock writers = _log.NewLock();
        return new LogCopy(_log.Files, writers, _log.Catalogue).Write(output, upTo, chosen, progress, cancel);
    }
}

/// <summary>What became of an export of the log.</summary>
/// <param name="Refused">Why nothing was written; null when it was.</param>
/// <param name="UpTo">The event that the point means; <see cref="EventId.Never"/> for all there are.</param>
/// <param name="Copied">How much.</param>
public sealed record EventsExported(Refusal? Refused, EventId UpTo, LogCopied Copied);
