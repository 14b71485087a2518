using System.Collections.Concurrent;
using MemoryGraph.Decide;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Log;

namespace MemoryGraph.Memory;

/// <summary>Carries out commands, many of them in one commit: one write and one sync of the log.</summary>
/// <remarks>
/// <para>
/// <b>Order of locks</b>, from the outside in; who holds one takes only those after it:
/// </para>
/// <list type="number">
/// <item>the snapshot permit (<see cref="SnapshotKeeper"/>): one snapshot is written at a time;</item>
/// <item>the commit permit (<c>_permit</c>): one thread of this process commits or has a job done alone;</item>
/// <item>the log's lock: one process writes;</item>
/// <item>
/// the gate (<see cref="LiveGraph.Gate"/>): held for moments; a commit syncs without it, and only a redaction, a repair
/// or a restore keeps readers out while it writes.
/// </item>
/// </list>
/// <para>One exception: who holds the gate may try for the commit permit, without waiting.</para>
/// <para>
/// The first caller to come takes the permit and commits all that wait, its own command among them; what came meanwhile
/// is left to a task of its own. So many callers share one sync, and a lone caller is served on its own thread. No call
/// is missed: each is queued before the permit is asked for, and who gives the permit back looks at the queue.
/// </para>
/// </remarks>
internal sealed class Writer(EventLog log, LiveGraph live, TimeProvider clock) : IAsyncDisposable
{
    /// <summary>How many events one call may record.</summary>
    public const int EventsPerCallMax = 100_000;

    private const int CallsPerCommitMax = 512;

    private readonly ConcurrentQueue<PendingCall> _calls = new();
    private readonly SemaphoreSlim _permit = new(1, 1);

    /// <summary>Carries out a command, with whatever else waits. What it recorded is then durable.</summary>
    /// <param name="cancel">Counts until the command is taken up; a commit is never broken off.</param>
    /// <exception cref="LogException">The log could not be written.</exception>
    public async Task<Receipt> SubmitAsync(Command command, Author author, CancellationToken cancel)
    {
        var call = new PendingCall(command, author, cancel);
        _calls.Enqueue(call);
        await TryCommitWaitingAsync();

        // Its own answer must not wait for those of others.
        CommitRestInBackground();
        return await call.Receipt.Task;
    }

    /// <summary>Does a job between commits, once the one under way is done; nothing is committed meanwhile.</summary>
    public async Task<T> RunAloneAsync<T>(Func<Task<T>> job, CancellationToken cancel)
    {
        await _permit.WaitAsync(cancel);
        try
        {
            return await job();
        }
        finally
        {
            _permit.Release();
            CommitRestInBackground();
        }
    }

    /// <summary>Does a job between commits, unless one is under way; does not wait.</summary>
    public void TryRunAlone(Action job)
    {
        if (_permit.Wait(0))
        {
            try
            {
                job();
            }
            finally
            {
                _permit.Release();
                CommitRestInBackground();
            }
        }
    }

    /// <summary>Makes one commit; for a job that runs alone.</summary>
    /// <param name="record">Adds events to the commit, under the gate.</param>
    /// <exception cref="LogException">The log could not be written.</exception>
    public async Task<(Commit Commit, ProjectStatus Status)> CommitAsync(Action<Commit> record)
    {
        using WriterLease lease = await log.LockAsync(CancellationToken.None);
        Commit commit;
        lock (live.Gate)
        {
            live.CatchUpUnderLock();
            IReadOnlyList<LogRepaired> repairs = log.PrepareUnderLock();
            commit = new Commit(log, live, clock);
            try
            {
                commit.RecordRepairs(repairs);
                record(commit);
            }
            catch
            {
                commit.Dispose();
                throw;
            }
        }

        using (commit)
        {
            return (commit, commit.Save());
        }
    }

    /// <summary>Carries out what waits; nothing may be submitted any more.</summary>
    public async ValueTask DisposeAsync()
    {
        await _permit.WaitAsync();
        while (!_calls.IsEmpty)
        {
            await CommitWaitingAsync();
        }

        _permit.Dispose();
    }

    private void CommitRestInBackground()
    {
        if (!_calls.IsEmpty)
        {
            _ = Task.Run(CommitRestAsync, CancellationToken.None);
        }
    }

    private async Task CommitRestAsync()
    {
        while (await TryCommitWaitingAsync())
        {
        }
    }

    private async Task<bool> TryCommitWaitingAsync()
    {
        if (_calls.IsEmpty || !_permit.Wait(0))
        {
            return false;
        }

        try
        {
            await CommitWaitingAsync();
            return true;
        }
        finally
        {
            _permit.Release();
        }
    }

    private async Task CommitWaitingAsync()
    {
        var batch = new List<PendingCall>();
        while (batch.Count < CallsPerCommitMax && _calls.TryDequeue(out PendingCall? call))
        {
            if (call.Cancel.IsCancellationRequested)
            {
                call.Receipt.SetCanceled(call.Cancel);
            }
            else
            {
                batch.Add(call);
            }
        }

        try
        {
            if (batch.Count > 0)
            {
                await CommitAsync(batch);
            }
        }
#pragma warning disable CA1031 // Nothing is swallowed: each caller gets the failure as its own.
        catch (Exception e)
#pragma warning restore CA1031
        {
            batch.ForEach(call => call.Receipt.TrySetException(e));
        }
    }

    private async Task CommitAsync(List<PendingCall> batch)
    {
        var decided = new List<(PendingCall Call, Decision Decision, IReadOnlyList<RecordedEvent> Recorded)>();
        (Commit commit, ProjectStatus status) = await CommitAsync(commit => batch.ForEach(call =>
        {
            Decision decision = Decide(call);
            decided.Add((call, decision, commit.Record(decision, call.Author, call.Command.Reason)));
        }));

        foreach ((PendingCall call, Decision decision, IReadOnlyList<RecordedEvent> recorded) in decided)
        {
            call.Receipt.SetResult(new Receipt(
                decision.Refused, recorded, decision.Unchanged, [.. decision.Notices, .. commit.Notices], status));
        }
    }

    private Decision Decide(PendingCall call)
    {
        Decision decision = GraphDecider.Decide(live.Graph.Now, call.Command, new Caller(live.Session, call.Author));
        return decision.Events.Count <= EventsPerCallMax
            ? decision : Decision.Refuse(Refusal.CallTooLong(decision.Events.Count));
    }

    /// <summary>A command that waits for its commit, and the caller that waits for its receipt.</summary>
    private sealed record PendingCall(Command Command, Author Author, CancellationToken Cancel)
    {
        public TaskCompletionSource<Receipt> Receipt { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
