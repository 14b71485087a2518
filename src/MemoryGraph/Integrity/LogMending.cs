using MemoryGraph.Events;
using MemoryGraph.Log;

namespace MemoryGraph.Integrity;

/// <summary>Mends a damaged log, or says what that would do. See <see cref="DamageRepair"/>.</summary>
internal static class LogMending
{
    /// <summary>Says what a repair would give up. Changes nothing.</summary>
    /// <exception cref="LogException">The disk refuses, or a newer program wrote the log.</exception>
    public static RepairReport Preview(EventLog log, RepairConsent consent) => Run(log.Files, log.Catalogue, consent, writer: null);

    /// <summary>Puts the mended log in the place of the damaged one, of which a copy is kept.</summary>
    /// <exception cref="LogException">
    /// The disk refuses, or a newer program wrote the log: nothing was changed.
    /// </exception>
    public static RepairReport Apply(EventLog log, LogWriter writer, RepairConsent consent)
    {
        try
        {
            return Run(log.Files, log.Catalogue, consent, writer);
        }
        catch (DiskException e)
        {
            throw e.NothingRecorded();
        }
    }

    private static RepairReport Run(ProjectFolder folder, EventCatalogue catalogue, RepairConsent consent, LogWriter? writer)
    {
        SegmentBytes[] damaged = ReadSegments(folder);
        if (damaged.Length == 0)
        {
            return new RepairReport(AuditReport.OfNoLog(folder.SegmentName, against: null), [], false, null, null);
        }

        SegmentHeader? rebuilt = folder.HeaderFromProject();
        var audit = LogAudit.Run(SegmentBytes.AsFiles(damaged), catalogue, rebuilt);
        AuditReport found = audit.Report();
        if (found.IsIntact)
        {
            return new RepairReport(found, [], false, null, null);
        }

        if ((audit.Header ?? rebuilt) is { Format: { Writable: false } format })
        {
            throw new LogException("newer_format", LogHealth.NewerFormat(format).Explanation);
        }

        // So that neither the mended log nor the copy of this one keeps a text that is to be gone.
        bool erased = ErasureInBytes.Finish(damaged, audit, catalogue);
        audit = erased ? LogAudit.Run(SegmentBytes.AsFiles(damaged), catalogue, rebuilt) : audit;
        SegmentHeader header = audit.Header ?? rebuilt ?? SegmentHeader.First(audit.Project ?? Randomness.NewProjectId());
        var repair = new DamageRepair(damaged, catalogue, audit, header, consent);
        if (writer is not null)
        {
            Exchange(folder, repair, erased);
            writer.WasReplaced(project: null);
        }

        return new RepairReport(
            found, repair.Lost, audit.Header is null, repair.Quarantine, writer is null ? null : repair.Recorded);
    }

    private static SegmentBytes[] ReadSegments(ProjectFolder folder) =>
    [
        .. folder.SegmentNames().Select(name =>
        {
            using IDiskFile file = folder.OpenSegment(name);
            byte[] bytes = new byte[file.Length];
            return new SegmentBytes(name, bytes[..file.Read(bytes, 0)]);
        }),
    ];

    // The last segment comes last, because it tells of all the others: until then they can be mended once more.
    private static void Exchange(ProjectFolder folder, DamageRepair repair, bool erased)
    {
        if (erased)
        {
            folder.DeleteCopies();
        }

        folder.Quarantine(repair.Quarantine, repair.Damaged);
        foreach (string name in repair.Dropped)
        {
            folder.DeleteSegment(name);
        }

        foreach (SegmentBytes mended in repair.Mended)
        {
            folder.ReplaceSegment(mended.Name, mended.Bytes);
            if (mended != repair.Mended[^1])
            {
                folder.Seal(mended.Name);
            }
        }
    }
}
