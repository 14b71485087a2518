using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Log;

namespace MemoryGraph.Integrity;

/// <summary>Copies a log as it stands in the file, byte for byte, so that the copy verifies by itself.</summary>
/// <remarks>
/// First the log is verified, then copied: what is handed out is known to be whole, and nothing of it is kept in memory.
/// Only durable events are copied, as <c>EventFeed</c> hands them out: a write that another process is at is left out. A
/// text that a redaction took and that still stands in the file is erased in the copy. The copy is one file, however many
/// segments there are: their headers but the first are left out, and the chain holds without them.
/// </remarks>
internal sealed class LogCopy(ProjectFolder folder, LogLock writers, EventCatalogue catalogue)
{
    private const int BufferBytes = 64 * 1024;

    /// <summary>Writes the header and the lines of whole calls.</summary>
    /// <param name="output">Gets the lines, each with its newline.</param>
    /// <param name="upTo">Calls that end later are left out.</param>
    /// <param name="chosen">Which events; null for all. With a choice, the copy is no log.</param>
    /// <param name="progress">Told the bytes read, now and then; each is read twice.</param>
    /// <exception cref="LogException">
    /// Nothing was written: the log is <c>damaged</c>; or it is <c>unaccounted</c>: what tells why something is gone
    /// stands behind the point. Or <c>changed</c>: the copy was broken off, because the log was erased or replaced
    /// meanwhile. Or the disk's refusal.
    /// </exception>
    /// <exception cref="IOException">The output cannot be written.</exception>
    public LogCopied Write(
        Stream output, EventId upTo, Func<EventId, bool>? chosen, IProgress<long>? progress, CancellationToken cancel)
    {
        using LogFiles? files = LogFiles.Open(folder);
        if (files is null)
        {
            return new LogCopied(EventId.None, 0, HasLog: false);
        }

        var audit = LogAudit.Run(files, catalogue, folder.HeaderFromProject(), null, progress, cancel: cancel);
        RefuseDamage(audit.Report());
        EventId durable = Durable(files, audit);
        EventId last = WholeCallsUpTo(files, audit, upTo < durable ? upTo : durable, new EventLineReader(catalogue));
        if (chosen is null && audit.Notes.AccountedBy(last) is var needed && needed > last)
        {
            throw new LogException(
                "unaccounted",
                $"A log that ends at {last} would not verify: something in it was erased or given up later, and {needed} tells of that. "
                + $"Nothing was exported; give {needed} or a later point.");
        }

        return CopyLines(output, files, audit, last, chosen, progress, cancel);
    }

    private static void RefuseDamage(AuditReport report)
    {
        if (!report.IsIntact)
        {
            throw new LogException(
                "damaged",
                $"Nothing was exported: the log is damaged at {report.Findings[0]}. `memory-graph verify` lists what is damaged; "
                + "`memory-graph repair` mends it and keeps a copy.");
        }
    }

    // The last event that no crash and no failing writer can take back any more.
    private EventId Durable(LogFiles files, LogAudit audit)
    {
        EventId head = audit.Head?.Event ?? EventId.None;
        if (head == EventId.None || Sync(files, audit))
        {
            return head;
        }

        return new EventId(audit.LastCommit.Value - 1);
    }

    // False while a writer is at it, who sees to that and may yet fail.
    private bool Sync(LogFiles files, LogAudit audit)
    {
        if (!writers.TryAcquireToLook())
        {
            return false;
        }

        try
        {
            if (writers.UnsafeFrom() is not null)
            {
                return false;
            }

            files.Last.File.Sync();
            return true;
        }
        catch (DiskException)
        {
            // The system tells of a failed sync only once, so the next writer has to be told by us.
            writers.Note(audit.OffsetOf(audit.LastCommit), always: true);
            throw;
        }
        finally
        {
            writers.Release();
        }
    }

    // A call that is not over at a point is left out whole.
    private static EventId WholeCallsUpTo(LogFiles files, LogAudit audit, EventId point, EventLineReader reader)
    {
        // No line can be found that is just being erased.
        while (point > EventId.None && audit.OffsetOf(point) is null && point != audit.Head?.Event)
        {
            point = new EventId(point.Value - 1);
        }

        if (point == EventId.None || point == audit.Head?.Event)
        {
            return point;
        }

        new LogLineReader(files, audit.OffsetOf(point)!.Value).NextLine(out ReadOnlySpan<byte> line, out _);
        RecordedEvent recorded = CheckedLine.ReadHead(line, reader)?.Recorded ?? throw Changed();
        return recorded.CallEnd == point ? point : new EventId(recorded.Call.Value - 1);
    }

    private LogCopied CopyLines(
        Stream output,
        LogFiles files,
        LogAudit audit,
        EventId last,
        Func<EventId, bool>? chosen,
        IProgress<long>? progress,
        CancellationToken cancel)
    {
        Redactions redactions = audit.Redactions();
        var reader = new EventLineReader(catalogue);
        var lines = new Utf8Buffer(BufferBytes);
        var window = new LogLineReader(files, 0);
        (long read, long copied) = (files.Length, 0);
        for (EventId id = EventId.None; id <= last; id = id.Next)
        {
            bool any = window.NextLine(out ReadOnlySpan<byte> line, out bool ended);
            if (any && window is { IsHeader: true, Segment: > 0 })
            {
                any = window.NextLine(out line, out ended);
            }

            if (!any)
            {
                throw Changed();
            }

            line = ended ? line : LogScan.WithoutSpoiltNewline(line);
            if (id == EventId.None || chosen?.Invoke(id) != false)
            {
                lines.Raw(id == EventId.None ? line : Checked(line, id, redactions, reader)).Raw("\n"u8);
                copied += id == EventId.None ? 0 : 1;
            }

            if (lines.Length >= BufferBytes || id == last)
            {
                cancel.ThrowIfCancellationRequested();
                output.Write(lines.Written);
                lines.Clear();
                progress?.Report(read + window.LineEnd);
            }
        }

        return new LogCopied(last, copied, HasLog: true);
    }

    // The line without what was redacted. The file may have changed since it was verified: lines were erased, or the log
    // was replaced by a repaired or an older one.
    private static ReadOnlySpan<byte> Checked(ReadOnlySpan<byte> line, EventId id, Redactions redactions, EventLineReader reader)
    {
        EventId? eraser = redactions.EraserOf(id);
        if (eraser is { } by && !EventJson.IsErased(line, by)
            && CheckedLine.ReadHead(line, reader) is { } head && EventCatalogue.MayErase(head.Recorded.Event))
        {
            byte[] erased = line.ToArray();
            EventJson.Erase(erased, by);
            line = erased;
        }

        bool isErased = line[EventJson.TextStart(line)..].StartsWith("\"redacted_by\":"u8);
        return EventJson.IdOf(line) == id && EventJson.HasGoodCrc(line) && (!isErased || eraser is not null) ? line : throw Changed();
    }

    private static LogException Changed() => new(
        "changed", "The export was broken off: something was erased from the log, or the log replaced, while it was copied. Export it again.");
}

/// <summary>How much of a log was copied.</summary>
/// <param name="Last">The last event that was looked at; <see cref="EventId.None"/> when none was.</param>
/// <param name="Events">Lines written, the header not counted.</param>
/// <param name="HasLog">False when nothing was ever recorded: then nothing was written.</param>
public sealed record LogCopied(EventId Last, long Events, bool HasLog);
