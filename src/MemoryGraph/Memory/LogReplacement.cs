using MemoryGraph.Domain;
using MemoryGraph.Integrity;
using MemoryGraph.Log;

namespace MemoryGraph.Memory;

/// <summary>Puts another log in the place of a project's: a repaired one, or one that was exported.</summary>
/// <remarks>What applies it runs alone, see <see cref="Writer.RunAloneAsync"/>.</remarks>
internal sealed class LogReplacement(EventLog log, LiveGraph live, TimeProvider clock)
{
    public RepairReport PreviewRepair(Author author, string? reason) =>
        log.Repair(AcceptedBy(author, reason), apply: false);

    public async Task<RepairReport> RepairAsync(Author author, string? reason)
    {
        using WriterLease lease = await log.LockAsync(CancellationToken.None);
        lock (live.Gate)
        {
            RepairReport report = log.Repair(AcceptedBy(author, reason), apply: true);
            if (report.Recorded is { } recorded && live.Session == EventId.None)
            {
                live.Session = recorded.Session;
            }

            return report;
        }
    }

    /// <returns>Null when the project has events; then nothing was done.</returns>
    public async Task<AuditReport?> RestoreAsync(Stream file, IProgress<long>? progress, CancellationToken cancel)
    {
        using WriterLease lease = await log.LockAsync(cancel);
        lock (live.Gate)
        {
            live.CatchUp();
            return live.Published > EventId.None || log.Health is not null
                ? null : log.RestoreUnderLock(file, progress, cancel);
        }
    }

    private RepairConsent AcceptedBy(Author author, string? reason) =>
        new(author, reason, clock.GetUtcNow().ToUnixTimeMilliseconds(), live.Session);
}
