using MemoryGraph.Domain;
using MemoryGraph.Integrity;
using MemoryGraph.Log;

namespace MemoryGraph.Memory;

/// <content>Whether the log is as it was recorded, and mending it when it is not.</content>
public sealed partial class MemoryProject
{
    /// <summary>
    /// Walks every line of the log, as it is on the disk, and says where it is not as it was recorded.
    /// </summary>
    /// <remarks>
    /// Takes no lock and holds nobody up; works on a log that is read-only for damage. What is appended meanwhile is
    /// not part of it. Cost: one pass, about three seconds for a million events.
    /// </remarks>
    /// <param name="against">
    /// A checkpoint that was kept elsewhere: shows a log that was cut off or rewritten as a whole.
    /// </param>
    /// <param name="progress">Told the bytes read, now and then; <see cref="LogBytes"/> is about where it ends.</param>
    /// <exception cref="LogException">The log cannot be read.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was.</exception>
    public AuditReport Verify(
        Checkpoint? against = null, IProgress<long>? progress = null, CancellationToken cancel = default) =>
        LogVerification.Run(_log.Files, _log.Catalogue, against, progress, cancel);

    /// <summary>How far the log is now, to be kept elsewhere; null for an empty project.</summary>
    /// <exception cref="LogException">The log cannot be read, or it is damaged: nothing to vouch for.</exception>
    public Checkpoint? Checkpoint()
    {
        lock (_gate)
        {
            CatchUp();
            return _log.Checkpoint();
        }
    }

    /// <summary>
    /// Mends a damaged log: what cannot be trusted is given up, everything else stays, byte for byte.
    /// </summary>
    /// <remarks>
    /// The damaged log is copied to quarantine first, then the mended one takes its place at once; it ends with a
    /// <c>log_repaired</c> event that names what was given up and who accepted it. Other processes notice at their next
    /// call. An unfinished write at the end is no damage: the next write takes it out.
    /// </remarks>
    /// <param name="author">Who accepts it, and by which client.</param>
    /// <param name="reason">Why, for history; null when not said.</param>
    /// <param name="apply">False to be told what would be done, with nothing changed and no lock taken.</param>
    /// <param name="cancel">Counts until the repair begins.</param>
    /// <exception cref="LogException">
    /// The log could not be read or written, or a newer program has to do it.
    /// </exception>
    public async Task<RepairReport> RepairAsync(
        Author author, string? reason, bool apply, CancellationToken cancel = default)
    {
        RepairReport preview = LogMending.Preview(_log, AcceptedBy(author, reason));
        return apply && preview.Needed
            ? await _queue.BetweenCommitsAsync(() => RepairAloneAsync(author, reason), cancel)
            : preview;
    }

    private async Task<RepairReport> RepairAloneAsync(Author author, string? reason)
    {
        using LogWriter writer = await _log.LockAsync(CancellationToken.None);
        lock (_gate)
        {
            RepairReport report = LogMending.Apply(_log, writer, AcceptedBy(author, reason));
            if (report.Recorded is { } recorded && _session == EventId.None)
            {
                _session = recorded.Session;
            }

            return report;
        }
    }

    private RepairConsent AcceptedBy(Author author, string? reason) =>
        new(author, reason, _clock.GetUtcNow().ToUnixTimeMilliseconds(), _session);
}
