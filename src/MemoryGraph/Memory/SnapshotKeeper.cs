using System.Diagnostics;
using MemoryGraph.Domain;
using MemoryGraph.Graph;
using MemoryGraph.Log;
using MemoryGraph.Snapshots;

namespace MemoryGraph.Memory;

/// <summary>Writes snapshots in the background, and checks the log that the one started from stands for.</summary>
/// <remarks>
/// A snapshot never changes an answer: it is a fold that was made before. What it covers of the log is not read at the
/// start but checked afterwards, once, in the background; should the log be found wanting there, everything is read
/// anew, as it would have been without a snapshot.
/// </remarks>
internal sealed class SnapshotKeeper(
    EventLog log, LiveGraph live, Writer writer, SnapshotFolder folder, TimeProvider clock) : IAsyncDisposable
{
    // Folding events from the log costs some 1.5 microseconds each, and loading as many about a tenth of that. So
    // twenty thousand events are the least for which a file is worth its while (30 ms), and beyond that an eighth of
    // what the last one covers: a start then spends at most about as long on what stands behind the snapshot as on the
    // snapshot itself, and all the writing of a log's life comes to some nine times its events. Measured figures are in
    // tests/MemoryGraph.Benchmarks/benchmarks.md.
    private const int EventsBehindUsually = 20_000;
    private const int EventsBehindShare = 8;

    // A projection that is far behind is brought up to date a few events at a time, and others get a word in between.
    private const int EventsAtATime = 256;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    private readonly CancellationTokenSource _closing = new();

    // Columns note their changes for one copy: who writes a snapshot has this permit.
    private readonly SemaphoreSlim _permit = new(1, 1);

    // Under the gate.
    private Task _background = Task.CompletedTask;

    /// <summary>The least number of events for which a snapshot is written unasked.</summary>
    public int EventsBehindAtLeast { get; set; } = EventsBehindUsually;

    /// <summary>What is being done in the background; done when nothing is.</summary>
    public Task BackgroundWork
    {
        get
        {
            lock (live.Gate)
            {
                return _background;
            }
        }
    }

    /// <summary>Runs when all is copied and no lock is taken yet; for tests of what others do meanwhile.</summary>
    public Func<Task>? BeforePublishing { get; set; }

    /// <summary>Starts in the background what is due, if nothing is under way.</summary>
    public void StartWhatIsDue()
    {
        lock (live.Gate)
        {
            long behind = live.Published.Value - live.Saved.Value;
            long behindMin = Math.Max(EventsBehindAtLeast, live.Saved.Value / EventsBehindShare);
            bool due = log.Health is null && behind >= behindMin;
            if ((due || live.Unchecked is not null) && _background.IsCompleted && !_closing.IsCancellationRequested)
            {
                CancellationToken closing = _closing.Token;
                _background = Task.Run(() => DoWhatIsDueAsync(due, closing));
            }
        }
    }

    /// <summary>Writes a snapshot of what is known now, and waits until it is there.</summary>
    /// <returns>
    /// Null when it was void before it was done: a redaction came, the log was exchanged, another process
    /// deleted it for one of its own.
    /// </returns>
    /// <exception cref="LogException">The disk refuses.</exception>
    public async Task<SavedSnapshot?> SaveAsync(CancellationToken cancel)
    {
        try
        {
            return await SaveOneAtATimeAsync(cancel);
        }
        catch (DiskException e) when (e.Fault == DiskFault.NotFound)
        {
            // Who publishes one deletes those that others have begun, at any moment.
            return null;
        }
        catch (DiskException e)
        {
            throw LogException.From(e);
        }
    }

    /// <summary>Breaks off what is being done in the background, and waits until it is.</summary>
    /// <returns>False when that was asked for before.</returns>
    public async Task<bool> StopAsync()
    {
        if (_closing.IsCancellationRequested)
        {
            return false;
        }

        await _closing.CancelAsync();
        await BackgroundWork;
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _permit.Dispose();
        _closing.Dispose();
    }

    private async Task DoWhatIsDueAsync(bool due, CancellationToken cancel)
    {
        try
        {
            await CheckCoveredAsync(cancel);
            if (due)
            {
                await SaveOneAtATimeAsync(cancel);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or DiskException or LogException)
        {
            // The disk is full or may only be read, or the program ends: then there is no snapshot, and the next one is
            // due after as many events again.
            lock (live.Gate)
            {
                live.Saved = EventId.Later(live.Saved, live.Published);
            }
        }
    }

    // What the snapshot covers of the log was taken on trust.
    private async Task CheckCoveredAsync(CancellationToken cancel)
    {
        LogPosition? covered;
        int generation;
        lock (live.Gate)
        {
            covered = live.TakeUnchecked();
            generation = live.Generation;
        }

        if (covered is { } position && log.CheckUpTo(position, cancel) is not null)
        {
            await writer.RunAloneAsync(() => Task.FromResult(ReadAnew(generation)), cancel);
        }
    }

    private bool ReadAnew(int generation)
    {
        lock (live.Gate)
        {
            bool isSame = generation == live.Generation;
            if (isSame)
            {
                folder.DeleteOlderThan(EventId.Never);
                live.Drop();
            }

            return isSame;
        }
    }

    private async Task<SavedSnapshot?> SaveOneAtATimeAsync(CancellationToken cancel)
    {
        await _permit.WaitAsync(cancel);
        try
        {
            int generation;
            lock (live.Gate)
            {
                generation = live.Generation;
            }

            return await BringUpToDateAsync(generation, cancel) ? await WriteAsync(generation, cancel) : null;
        }
        finally
        {
            _permit.Release();
        }
    }

    private async Task<bool> BringUpToDateAsync(int generation, CancellationToken cancel)
    {
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            lock (live.Gate)
            {
                if (generation != live.Generation)
                {
                    return false;
                }

                if (live.CatchProjectionsUp(EventsAtATime))
                {
                    return true;
                }
            }

            await Task.Delay(Pause, clock, cancel);
        }
    }

    private async Task<SavedSnapshot?> WriteAsync(int generation, CancellationToken cancel)
    {
        using SnapshotWriter file = folder.Begin();
        SavedSnapshot? saved = null;
        try
        {
            // Not before there is a file: a redaction that comes from here on deletes it. So nothing that was erased
            // can stay in it, even if this process is killed.
            lock (live.Gate)
            {
                live.CatchUp();
            }

            bool copied = Copy(file, generation, cancel);
            await (BeforePublishing?.Invoke() ?? Task.CompletedTask);
            saved = copied
                ? await writer.RunAloneAsync(() => PublishAsync(file, generation, cancel), cancel) : null;
            return saved;
        }
        finally
        {
            if (saved is null)
            {
                folder.Abandon(file);
            }
        }
    }

    // Everything there is, a chunk at a time, so that nobody waits for more than that. What changes meanwhile is noted.
    private bool Copy(SnapshotWriter file, int generation, CancellationToken cancel)
    {
        Column[] columns;
        lock (live.Gate)
        {
            if (generation != live.Generation)
            {
                return false;
            }

            columns = [.. live.Parts.SelectMany(part => part.Columns)];
            Array.ForEach(columns, column => column.WatchChanges());
        }

        byte[] buffer = new byte[Column.ChunkBytes];
        for (int column = 0; column < columns.Length; column++)
        {
            for (int chunk = 0; CopyChunk(columns[column], chunk, generation, buffer) is { } length; chunk++)
            {
                cancel.ThrowIfCancellationRequested();
                file.Put(column, chunk, buffer.AsSpan(0, length));
            }
        }

        return true;
    }

    // Null when there is no such chunk.
    private int? CopyChunk(Column column, int chunk, int generation, byte[] buffer)
    {
        lock (live.Gate)
        {
            if (chunk >= column.Chunks || generation != live.Generation)
            {
                return null;
            }

            ReadOnlySpan<byte> rows = column.Chunk(chunk);
            rows.CopyTo(buffer);
            return rows.Length;
        }
    }

    // Under the log's lock nobody can record a redaction: what is not known by then is not in the log.
    private async Task<SavedSnapshot?> PublishAsync(SnapshotWriter file, int generation, CancellationToken cancel)
    {
        using WriterLease lease = await log.LockAsync(cancel);
        if (ReadChanges(generation) is not { } changes)
        {
            return null;
        }

        changes.Chunks.ForEach(one => file.Put(one.Column, one.Chunk, one.Rows));
        file.Finish(changes.Project, changes.Position, GraphState.FoldVersion, changes.Parts);
        string path = folder.Publish(file, changes.Position.LastId);
        lock (live.Gate)
        {
            live.Saved = changes.Position.LastId;
        }

        return new SavedSnapshot(changes.Position.LastId, path, file.Length);
    }

    // Null when what was copied is void by now.
    private Changes? ReadChanges(int generation)
    {
        lock (live.Gate)
        {
            Debug.Assert(!live.IsCommitting, "between commits nothing is folded ahead");
            live.CatchUpUnderLock();
            if (generation != live.Generation || log.Health is not null || log.HasUnerased)
            {
                return null;
            }

            live.CatchProjectionsUp(int.MaxValue);
            IReadOnlyList<(string Name, IReadOnlyList<Column> Columns)> parts = live.Parts;
            return new Changes(
                log.ProjectId!,
                log.Position,
                [
                    .. parts.Select(
                        part => (part.Name, (IReadOnlyList<ColumnSize>)[.. part.Columns.Select(ColumnSize.Of)])),
                ],
                [
                    .. from one in parts.SelectMany(part => part.Columns).Index()
                       from chunk in Enumerable.Range(0, one.Item.Chunks)
                       where one.Item.IsChanged(chunk)
                       select (one.Index, chunk, one.Item.Chunk(chunk).ToArray()),
                ]);
        }
    }

    /// <summary>What has to be added to a copy so that it shows one moment.</summary>
    private sealed record Changes(
        string Project,
        LogPosition Position,
        List<(string Name, IReadOnlyList<ColumnSize> Columns)> Parts,
        List<(int Column, int Chunk, byte[] Rows)> Chunks);
}

/// <summary>A snapshot that was written.</summary>
/// <param name="Covers">The last event whose facts are in it.</param>
/// <param name="Path">Its file, which may be deleted at any time without changing an answer.</param>
/// <param name="Bytes">Length of the file.</param>
public sealed record SavedSnapshot(EventId Covers, string Path, long Bytes);
