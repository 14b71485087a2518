using System.Collections.Concurrent;
using MemoryGraph.Domain;

namespace MemoryGraph.Memory;

/// <summary>Gathers the commands of many callers into few commits.</summary>
/// <remarks>
/// The first caller to come becomes the committer: it commits all that wait, its own command among them, and leaves
/// what came meanwhile to a task of its own. So many callers share one sync, and a lone caller is served on its own
/// thread.
/// <para>
/// No call is missed: each is queued before a committer is looked for, and each committer looks at the queue after it
/// gave the permit back.
/// </para>
/// </remarks>
/// <param name="commit">
/// Carries out a batch, one at least, and answers each call of it. Never runs twice at once.
/// </param>
internal sealed class CommitQueue(Func<IReadOnlyList<PendingCall>, Task> commit) : IAsyncDisposable
{
    private const int CallsPerCommitMax = 512;

    private readonly ConcurrentQueue<PendingCall> _calls = new();

    // One permit: whoever has it commits, or keeps others from it.
    private readonly SemaphoreSlim _committer = new(1, 1);

    /// <summary>Has a call carried out, with whatever else waits.</summary>
    public async Task<Receipt> SubmitAsync(PendingCall call)
    {
        _calls.Enqueue(call);
        await TryCommitBatchAsync();

        // Its own answer must not wait for those of others.
        CommitWhatCameMeanwhile();
        return await call.Answer.Task;
    }

    /// <summary>Does something between commits, once the one under way is done.</summary>
    public async Task<T> BetweenCommitsAsync<T>(Func<Task<T>> act, CancellationToken cancel)
    {
        await _committer.WaitAsync(cancel);
        try
        {
            return await act();
        }
        finally
        {
            _committer.Release();
            CommitWhatCameMeanwhile();
        }
    }

    /// <summary>Does something between commits, unless one is under way; does not wait.</summary>
    public void TryBetweenCommits(Action act)
    {
        if (_committer.Wait(0))
        {
            try
            {
                act();
            }
            finally
            {
                _committer.Release();
                CommitWhatCameMeanwhile();
            }
        }
    }

    /// <summary>Carries out what waits; nothing may be submitted any more.</summary>
    public async ValueTask DisposeAsync()
    {
        await _committer.WaitAsync();
        while (!_calls.IsEmpty)
        {
            await CommitBatchAsync();
        }

        _committer.Dispose();
    }

    private void CommitWhatCameMeanwhile()
    {
        if (!_calls.IsEmpty)
        {
            _ = Task.Run(CommitRestAsync, CancellationToken.None);
        }
    }

    private async Task<bool> TryCommitBatchAsync()
    {
        if (_calls.IsEmpty || !_committer.Wait(0))
        {
            return false;
        }

        try
        {
            await CommitBatchAsync();
            return true;
        }
        finally
        {
            _committer.Release();
        }
    }

    private async Task CommitRestAsync()
    {
        while (await TryCommitBatchAsync())
        {
        }
    }

    private async Task CommitBatchAsync()
    {
        var batch = new List<PendingCall>();
        while (batch.Count < CallsPerCommitMax && _calls.TryDequeue(out PendingCall? call))
        {
            if (call.Cancel.IsCancellationRequested)
            {
                call.Answer.SetCanceled(call.Cancel);
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
                await commit(batch);
            }
        }
#pragma warning disable CA1031 // Nothing is swallowed: each caller gets the failure as its own.
        catch (Exception e)
#pragma warning restore CA1031
        {
            batch.ForEach(call => call.Answer.TrySetException(e));
        }
    }
}

/// <summary>A command that waits for its commit, and the caller that waits for its answer.</summary>
/// <param name="Command">What is asked.</param>
/// <param name="Author">For whom, by which client.</param>
/// <param name="Cancel">Counts until the command is taken up.</param>
internal sealed record PendingCall(Command Command, Author Author, CancellationToken Cancel)
{
    public TaskCompletionSource<Receipt> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
