namespace MemoryGraph.Mcp.Tests.Stdio;

/// <summary>A clock whose time passes only when the test says so, and then far enough for every timer.</summary>
internal sealed class StoppedClock : TimeProvider
{
    private readonly TaskCompletionSource<Action> _timerSet = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task TimerSetAsync() => _timerSet.Task;

    /// <summary>Waits until a timer was set, and lets it ring.</summary>
    public async Task ElapseAsync() => (await _timerSet.Task)();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _timerSet.TrySetResult(() => callback(state));
        return new SilentTimer();
    }

    private sealed class SilentTimer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

/// <summary>A pipe whose other end was closed.</summary>
internal sealed class BrokenOutput : MemoryStream
{
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        throw new IOException("Broken pipe");
}

/// <summary>A descriptor that was closed before the program began, as by <c>&gt;&amp;-</c> in a shell.</summary>
internal sealed class ClosedOutput : MemoryStream
{
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        throw new UnauthorizedAccessException("Access to the path is denied.");
}

internal sealed class BrokenInput : MemoryStream
{
    public override int Read(byte[] buffer, int offset, int count) => throw new IOException("Gone");
}
