using MemoryGraph.Log;

namespace MemoryGraph.Integrity;

/// <summary>Puts a whole log in the place of one that holds no event yet, byte for byte.</summary>
/// <remarks>
/// It is written aside, synced, walked by <see cref="LogAudit"/>, and only then takes the place: a log that is not as it
/// was recorded never does. It is one segment, of whatever length: the next write goes into another if it is too long. A
/// crash leaves the empty log, and a file aside that the next attempt replaces.
/// </remarks>
internal static class LogRestore
{
    private const int BytesAtOnce = 1 << 20;

    /// <summary>Tries it.</summary>
    /// <param name="writer">Holds the lock meanwhile.</param>
    /// <param name="lines">A header and events, as they stand in a segment.</param>
    /// <returns>What was found. The log was put in place exactly when that is nothing at all.</returns>
    /// <exception cref="LogException">
    /// <c>newer_format</c>: only a newer program can read it. Or the disk refuses: nothing was put in place.
    /// </exception>
    /// <exception cref="IOException">The lines cannot be read.</exception>
    public static AuditReport Run(
        EventLog log, LogWriter writer, Stream lines, IProgress<long>? progress, CancellationToken cancel)
    {
        try
        {
            AuditReport? report = null;
            log.Files.RestoreSegment(file => Copy(lines, file, cancel), file =>
            {
                report = LogAudit.Run(
                    LogFiles.Of((log.Files.SegmentName, file)), log.Catalogue, progress: progress, cancel: cancel).Report();
                return report.FindingsTotal == 0;
            });
            writer.WasReplaced(report!.FindingsTotal == 0 ? report.Project : null);
            return report;
        }
        catch (DiskException e)
        {
            throw e.NothingRecorded();
        }
    }

    private static void Copy(Stream lines, IDiskFile file, CancellationToken cancel)
    {
        byte[] buffer = new byte[BytesAtOnce];
        long written = 0;
        for (int read; (read = lines.Read(buffer)) > 0; written += read)
        {
            cancel.ThrowIfCancellationRequested();
            file.Write(buffer.AsSpan(0, read), written);
        }
    }
}
