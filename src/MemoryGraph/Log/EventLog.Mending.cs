using MemoryGraph.Domain;
using MemoryGraph.Integrity;

namespace MemoryGraph.Log;

/// <content>Walking, copying, erasing and mending the log as it lies in its files.</content>
internal sealed partial class EventLog
{
    /// <summary>
    /// Walks every line of the log as it is. Takes no lock; may run beside everything else, on any thread.
    /// </summary>
    /// <param name="against">What the log must still hold; null when nothing is known.</param>
    /// <param name="progress">Told the bytes read, now and then.</param>
    /// <exception cref="LogException">The disk refuses, or only a newer program can read the log.</exception>
    public AuditReport Audit(Checkpoint? against, IProgress<long>? progress, CancellationToken cancel)
    {
        try
        {
            using LogFiles? files = LogFiles.Open(_folder);
            return files is null ? AuditReport.OfNoLog(_folder.SegmentName, against)
                : LogAudit.Run(files, _catalogue, _folder.HeaderFromProject(), against, progress, cancel: cancel).Report();
        }
        catch (DiskException e)
        {
            throw LogException.From(e);
        }
    }

    /// <summary>
    /// Checks every line up to a place, as <see cref="Audit"/> does. Takes no lock; may run beside everything else, on any
    /// thread.
    /// </summary>
    /// <returns>What is wrong with it, a sentence's part; null when it is sound and the place is in it.</returns>
    /// <exception cref="LogException">The disk refuses, or only a newer program can read the log.</exception>
    public string? CheckUpTo(LogPosition position, CancellationToken cancel)
    {
        try
        {
            using LogFiles? files = LogFiles.Open(_folder);
            return files is null ? "there is no log"
                : LogAudit.Run(files, _catalogue, cancel: cancel, upTo: position).FaultUpTo(position);
        }
        catch (DiskException e)
        {
            throw LogException.From(e);
        }
    }

    /// <inheritdoc cref="LogCopy.Write"/>
    public LogCopied Copy(
        Stream output, EventId upTo, Func<EventId, bool>? chosen, IProgress<long>? progress, CancellationToken cancel)
    {
        try
        {
            using var writers = new LogLock(_disk, _folder.LockPath, _holder, _clock);
            return new LogCopy(_folder, writers, _catalogue).Write(output, upTo, chosen, progress, cancel);
        }
        catch (DiskException e)
        {
            throw LogException.From(e);
        }
    }

    /// <summary>Mends a damaged log, or says what that would do. See <see cref="DamageRepair"/>.</summary>
    /// <param name="apply">Needs the lock; without it nothing is changed.</param>
    /// <exception cref="LogException">
    /// The disk refuses, or a newer program wrote the log: nothing was changed.
    /// </exception>
    public RepairReport Repair(RepairConsent acceptance, bool apply)
    {
        try
        {
            SegmentBytes[] damaged = ReadSegments();
            if (damaged.Length == 0)
            {
                return new RepairReport(AuditReport.OfNoLog(_folder.SegmentName, against: null), [], false, null, null);
            }

            SegmentHeader? rebuilt = _folder.HeaderFromProject();
            var audit = LogAudit.Run(SegmentBytes.AsFiles(damaged), _catalogue, rebuilt);
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
            bool erased = LogErasure.Finish(damaged, audit, _catalogue);
            audit = erased ? LogAudit.Run(SegmentBytes.AsFiles(damaged), _catalogue, rebuilt) : audit;
            var repair = new DamageRepair(
                damaged, _catalogue, audit, audit.Header ?? rebuilt ?? SegmentHeader.First(audit.Project ?? Randomness.NewProjectId()), acceptance);
            if (apply)
            {
                Exchange(repair, erased);
            }

            return new RepairReport(found, repair.Lost, audit.Header is null, repair.Quarantine, apply ? repair.Recorded : null);
        }
        catch (DiskException e)
        {
            throw LogException.From(e);
        }
    }

    /// <summary>Puts a whole log in the place of this one, which holds no event. See <see cref="LogRestore"/>.</summary>
    /// <returns>What is wrong with the log; it was put in place exactly when nothing is.</returns>
    /// <exception cref="LogException">The disk refuses, or a newer program wrote the log: nothing was changed.</exception>
    public AuditReport RestoreUnderLock(Stream lines, IProgress<long>? progress, CancellationToken cancel)
    {
        try
        {
            AuditReport report = LogRestore.Run(_folder, _catalogue, lines, progress, cancel);
            _reader.Forget();
            if (report.FindingsTotal == 0)
            {
                _folder.UpdateProject(report.Project!, _clock.GetUtcNow());
                _folder.SyncNames();
            }

            return report;
        }
        catch (DiskException e)
        {
            throw LogException.From(e);
        }
    }

    /// <summary>
    /// Takes the text out of all files that the redactions read so far took. Durable when it returns.
    /// </summary>
    /// <exception cref="LogException">
    /// The disk refuses, or the log is damaged. The redactions hold all the same, and the next writer goes on.
    /// </exception>
    public void EraseUnderLock()
    {
        if (Health is { } health)
        {
            throw new LogException(health.Code, health.Explanation);
        }

        try
        {
            Erase();
        }
        catch (DiskException e)
        {
            throw LogException.From(e);
        }
    }

    /// <summary>Finishes what a crash broke off, unless somebody has the lock: then that one is at it.</summary>
    public void EraseIfFree()
    {
        try
        {
            if (Health is null && HasUnerased && _lock.TryAcquire())
            {
                using var lease = new WriterLease(_lock);
                if ((_doubtfulFrom ?? _lock.UnsafeFrom()) is null)
                {
                    Erase();
                }
            }
        }
        catch (DiskException)
        {
            // It may only be read here. The next writer meets the same lines.
        }
    }

    private SegmentBytes[] ReadSegments() =>
    [
        .. _folder.SegmentNames().Select(name =>
        {
            using IDiskFile file = _folder.OpenSegment(name);
            byte[] bytes = new byte[file.Length];
            return new SegmentBytes(name, bytes[..file.Read(bytes, 0)]);
        }),
    ];

    // The last segment comes last, because it tells of all the others: until then they can be mended once more.
    private void Exchange(DamageRepair repair, bool erased)
    {
        if (erased)
        {
            _folder.DeleteCopies();
        }

        _folder.Quarantine(repair.Quarantine, repair.Damaged);
        foreach (string name in repair.Dropped)
        {
            _folder.DeleteSegment(name);
        }

        foreach (SegmentBytes mended in repair.Mended)
        {
            _folder.ReplaceSegment(mended.Name, mended.Bytes);
            if (mended != repair.Mended[^1])
            {
                _folder.Seal(mended.Name);
            }
        }

        _sealed = 0;
        _reader.Forget();
    }

    private void Erase()
    {
        // Whoever overwrote the last line deleted the copies before; those that there are now came later.
        if (LogErasure.Standing(_folder, _reader.Unerased) is { Count: > 0 } standing)
        {
            _folder.DeleteCopies();
            LogErasure.Overwrite(_folder, standing, _reader.Settled.End, RememberDoubt);
        }

        _reader.AllWasErased();
    }
}
