using MemoryGraph.Events;
using MemoryGraph.Log;

namespace MemoryGraph.Integrity;

/// <summary>Walks every line of a log as it lies in its files. Takes no lock; may run beside everything else.</summary>
internal static class LogVerification
{
    /// <summary>Says where the log is not as it was recorded.</summary>
    /// <param name="against">What the log must still hold; null when nothing is known.</param>
    /// <param name="progress">Told the bytes read, now and then.</param>
    /// <exception cref="LogException">The disk refuses, or only a newer program can read the log.</exception>
    public static AuditReport Run(
        ProjectFolder folder, EventCatalogue catalogue, Checkpoint? against = null, IProgress<long>? progress = null,
        CancellationToken cancel = default)
    {
        using LogFiles? files = LogFiles.Open(folder);
        return files is null ? AuditReport.OfNoLog(folder.SegmentName, against)
            : LogAudit.Run(files, catalogue, folder.HeaderFromProject(), against, progress, cancel: cancel).Report();
    }

    /// <summary>Checks every line up to a place, as <see cref="Run"/> does.</summary>
    /// <returns>What is wrong with it, a sentence's part; null when it is sound and the place is in it.</returns>
    /// <exception cref="LogException">The disk refuses, or only a newer program can read the log.</exception>
    public static string? FaultUpTo(
        ProjectFolder folder, EventCatalogue catalogue, LogPosition position, CancellationToken cancel)
    {
        using LogFiles? files = LogFiles.Open(folder);
        return files is null ? "there is no log" : LogAudit.Run(files, catalogue, cancel: cancel, upTo: position).FaultUpTo(position);
    }
}
