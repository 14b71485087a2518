using System.Diagnostics;
using MemoryGraph.Domain;
using MemoryGraph.Graph;
using MemoryGraph.Integrity;
using MemoryGraph.Log;
using MemoryGraph.Projections;
using MemoryGraph.Snapshots;

namespace MemoryGraph.Memory;

/// <content>Starting from a snapshot, and writing the next one beside the answers.</content>
/// <remarks>
/// A snapshot never changes an answer: it is a fold that was made before. What it covers of the log is not read at the
/// start but checked afterwards, once, in the background; should the log be found wanting there, everything is read
/// anew, as it would have been without a snapshot.
/// </remarks>
public sealed partial class MemoryProject
{
    /// <summary>What is saved of a project, by the names of its parts.</summary>
    private const string GraphPart = "graph";

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

    private readonly SnapshotFolder _snapshots;
    private readonly CancellationTokenSource _closing = new();

    // Columns note their changes for one copy: who writes a snapshot has this permit.
    private readonly SemaphoreSlim _saving = new(1, 1);

    // Under _gate. Raised when what was folded is dropped, or text was taken out of it: who saves it must stop.
    private int _folding;

    // Under _gate.
    private bool _started;
    private SnapshotFile? _snapshot;
    private LogPosition _covered;
    private bool _mayBeUnsound;
    private EventId _saved;
    private Task _background = Task.CompletedTask;

    /// <summary>The least number of events for which a snapshot is written unasked.</summary>
    internal int EventsBehindAtLeast { get; init; } = EventsBehindUsually;

    /// <summary>What is being done beside the answers; done when nothing is.</summary>
    internal Task BackgroundWork
    {
        get
        {
            lock (_gate)
            {
                return _background;
            }
        }
    }

    /// <summary>Runs when all is copied and the lock is not taken yet; for tests of what others do meanwhile.</summary>
    internal Func<Task>? BeforePublishing { get; set; }

    /// <summary>Writes a snapshot of what is known now, and waits until it is there.</summary>
    /// <returns>
    /// Null when there is nothing to save, or it was void before it was done: a redaction came, the log was exchanged,
    /// another process had one of its own and deleted it.
    /// </returns>
    /// <exception cref="LogException">The log cannot be read, or is read-only.</exception>
    public async Task<SavedSnapshot?> SaveSnapshotAsync(CancellationToken cancel = default)
    {
        lock (_gate)
        {
            CatchUp();
            if (_log.Health is { } health)
            {
                throw new LogException("read_only", $"No snapshot was written: this memory is read-only. {health.Explanation}");
            }

            if (_published == EventId.None)
            {
                return null;
            }
        }

        try
        {
            return await SaveAsync(cancel);
        }
        catch (DiskException e) when (e.Fault == DiskFault.NotFound)
        {
            // Who publishes one deletes those that others have begun, at any moment.
            return null;
        }
    }

    // Under _gate, before the log is first looked at: takes what a snapshot knows, so that only the rest is read.
    private void StartFromSnapshot()
    {
        if (_started)
        {
            return;
        }

        _started = true;
        foreach (string name in _snapshots.NewestFirst())
        {
            _snapshot = _snapshots.TryOpen(name);
            if (_snapshot is not null && TryStartFrom(_snapshot))
            {
                return;
            }

            _snapshot?.Dispose();
            _snapshot = null;
        }
    }

    private bool TryStartFrom(SnapshotFile snapshot)
    {
        if (snapshot.FoldVersion != GraphState.FoldVersion || !_log.StartAt(snapshot.Position, snapshot.Project))
        {
            return false;
        }

        var graph = new GraphState();
        if (!TryLoad(snapshot, GraphPart, [.. graph.Columns]) || graph.Events.Last != snapshot.Position.LastId)
        {
            _log.Forget();
            return false;
        }

        graph.IndexLoaded();
        BeginWith(graph);
        _covered = snapshot.Position;
        _mayBeUnsound = true;
        _saved = _published = snapshot.Position.LastId;
        foreach ((string part, Projection projection) in Projections)
        {
            projection.StartFrom(() => TryLoad(snapshot, part, [.. projection.Columns]) ? snapshot.Position.LastId : null);
        }

        return true;
    }

    private static bool TryLoad(SnapshotFile snapshot, string part, IReadOnlyList<Column> columns)
    {
        try
        {
            return snapshot.Load(part, columns);
        }
        catch (Exception e) when (e is DiskException or AggregateException { InnerException: DiskException })
        {
            return false;
        }
    }

    // Under _gate. The parts of a snapshot besides the graph.
    private IEnumerable<(string Part, Projection Projection)> Projections =>
        new (string, Projection Projection)[] { ("timeline", _timeline), ("activity", _activity), ("search", _search) }
            .Where(one => one.Projection.Columns.Any());

    // Under _gate: what was folded is void, or holds what is to be gone, and so are files and work made of it.
    private void DropSnapshot()
    {
        _folding++;
        _snapshot?.Dispose();
        _snapshot = null;
        _mayBeUnsound = false;
        _saved = EventId.None;
    }

    // Under _gate, after an answer: has done in the background what is due, if nothing is under way.
    private void TendSnapshots()
    {
        bool due = _log.Health is null
            && _published.Value - _saved.Value >= Math.Max(EventsBehindAtLeast, _saved.Value / EventsBehindShare);
        if ((due || _mayBeUnsound) && _background.IsCompleted && !_closing.IsCancellationRequested)
        {
            CancellationToken closing = _closing.Token;
            _background = Task.Run(() => TendAsync(due, closing));
        }
    }

    private async Task TendAsync(bool due, CancellationToken cancel)
    {
        try
        {
            await CheckCoveredAsync(cancel);
            if (due)
            {
                await SaveAsync(cancel);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or DiskException or LogException)
        {
            // The disk is full or may only be read, or the program ends: then there is no snapshot, and the next one is
            // due after as many events again.
            lock (_gate)
            {
                _saved = EventId.Later(_saved, _published);
            }
        }
    }

    // What the snapshot covers of the log was taken on trust. It is looked at once, beside the answers.
    private async Task CheckCoveredAsync(CancellationToken cancel)
    {
        LogPosition covered;
        int folding;
        lock (_gate)
        {
            if (!_mayBeUnsound)
            {
                return;
            }

            _mayBeUnsound = false;
            (covered, folding) = (_covered, _folding);
        }

        if (LogVerification.FaultUpTo(_log.Files, _log.Catalogue, covered, cancel) is not null)
        {
            await _queue.BetweenCommitsAsync(() => Task.FromResult(ReadAnew(folding)), cancel);
        }
    }

    private bool ReadAnew(int folding)
    {
        lock (_gate)
        {
            bool isTrusted = folding == _folding;
            if (isTrusted)
            {
                _snapshots.DeleteOlderThan(EventId.Never);
                _log.Forget();
                Restart();
            }

            return isTrusted;
        }
    }

    private async Task<SavedSnapshot?> SaveAsync(CancellationToken cancel)
    {
        await _saving.WaitAsync(cancel);
        try
        {
            return await SaveAloneAsync(cancel);
        }
        finally
        {
            _saving.Release();
        }
    }

    private async Task<SavedSnapshot?> SaveAloneAsync(CancellationToken cancel)
    {
        int folding;
        lock (_gate)
        {
            folding = _folding;
        }

        if (!await BringUpToDateAsync(folding, cancel))
        {
            return null;
        }

        using SnapshotWriter writer = _snapshots.Begin();
        SavedSnapshot? saved = null;
        try
        {
            // Not before there is a file: a redaction that comes from here on deletes it. So nothing that was erased can
            // stay in it, even if this process is killed.
            lock (_gate)
            {
                CatchUp();
            }

            bool copied = Copy(writer, folding, cancel);
            await (BeforePublishing?.Invoke() ?? Task.CompletedTask);
            saved = copied
                ? await _queue.BetweenCommitsAsync(() => PublishAsync(writer, folding, cancel), cancel) : null;
            return saved;
        }
        finally
        {
            if (saved is null)
            {
                _snapshots.Abandon(writer);
            }
        }
    }

    private async Task<bool> BringUpToDateAsync(int folding, CancellationToken cancel)
    {
        for (bool behind = true; behind;)
        {
            cancel.ThrowIfCancellationRequested();
            lock (_gate)
            {
                if (folding != _folding)
                {
                    return false;
                }

                behind = false;
                foreach ((_, Projection projection) in Projections)
                {
                    projection.CatchUp(_graph.Events, EventId.Earlier(_published, projection.AppliedTo + EventsAtATime));
                    behind |= projection.AppliedTo < _published;
                }
            }

            if (behind)
            {
                await Task.Delay(Pause, _clock, cancel);
            }
        }

        return true;
    }

    // Everything there is, a chunk at a time, so that nobody waits for more than that. What changes meanwhile is noted.
    private bool Copy(SnapshotWriter writer, int folding, CancellationToken cancel)
    {
        Column[] columns;
        lock (_gate)
        {
            if (folding != _folding)
            {
                return false;
            }

            columns = [.. Parts().SelectMany(part => part.Columns)];
            Array.ForEach(columns, column => column.WatchChanges());
        }

        byte[] buffer = new byte[Column.ChunkBytes];
        for (int column = 0; column < columns.Length; column++)
        {
            for (int chunk = 0; CopyChunk(columns[column], chunk, folding, buffer) is { } length; chunk++)
            {
                cancel.ThrowIfCancellationRequested();
                writer.Put(column, chunk, buffer.AsSpan(0, length));
            }
        }

        return true;
    }

    // Null when there is no such chunk.
    private int? CopyChunk(Column column, int chunk, int folding, byte[] buffer)
    {
        lock (_gate)
        {
            if (chunk >= column.Chunks || folding != _folding)
            {
                return null;
            }

            ReadOnlySpan<byte> rows = column.Chunk(chunk);
            rows.CopyTo(buffer);
            return rows.Length;
        }
    }

    // Under the log's lock nobody can record a redaction: what is not known by then is not in the log.
    private async Task<SavedSnapshot?> PublishAsync(SnapshotWriter writer, int folding, CancellationToken cancel)
    {
        using LogWriter log = await _log.LockAsync(cancel);
        if (LastChanges(log, folding) is not { } last)
        {
            return null;
        }

        last.Chunks.ForEach(one => writer.Put(one.Column, one.Chunk, one.Rows));
        writer.Finish(last.Project, last.Position, GraphState.FoldVersion, last.Parts);
        string path = _snapshots.Publish(writer, last.Position.LastId);
        lock (_gate)
        {
            _saved = last.Position.LastId;
        }

        return new SavedSnapshot(last.Position.LastId, path, writer.Length);
    }

    // Null when what was copied is void by now.
    private LastCopied? LastChanges(LogWriter log, int folding)
    {
        lock (_gate)
        {
            Debug.Assert(!_committing, "between commits nothing is folded ahead");
            TakeInNews(log);
            if (folding != _folding || _log.Health is not null || _log.HasUnerased)
            {
                return null;
            }

            foreach ((_, Projection projection) in Projections)
            {
                projection.CatchUp(_graph.Events, _published);
            }

            IReadOnlyList<(string Name, IReadOnlyList<Column> Columns)> parts = Parts();
            return new LastCopied(
                _log.ProjectId!,
                _log.Position,
                [.. parts.Select(part => (part.Name, (IReadOnlyList<ColumnSize>)[.. part.Columns.Select(ColumnSize.Of)]))],
                [
                    .. from one in parts.SelectMany(part => part.Columns).Index()
                       from chunk in Enumerable.Range(0, one.Item.Chunks)
                       where one.Item.IsChanged(chunk)
                       select (one.Index, chunk, one.Item.Chunk(chunk).ToArray()),
                ]);
        }
    }

    private IReadOnlyList<(string Name, IReadOnlyList<Column> Columns)> Parts() =>
    [
        (GraphPart, [.. _graph.Columns]),
        .. Projections.Select(one => (one.Part, (IReadOnlyList<Column>)[.. one.Projection.Columns])),
    ];

    /// <summary>What has to be added to a copy so that it shows one moment.</summary>
    private sealed record LastCopied(
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
