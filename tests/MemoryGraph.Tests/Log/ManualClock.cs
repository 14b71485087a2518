namespace MemoryGraph.Tests.Log;

/// <summary>A clock that stands still, except that whoever waits on it is served at once and moves it on.</summary>
/// <remarks>So a wait of five seconds passes in no time, in the order and length in which it was asked for.</remarks>
internal sealed class ManualClock : TimeProvider
{
    private long _elapsedMs;

    /// <summary>2026-01-01T00:00:00Z.</summary>
    public static DateTimeOffset Start { get; } = DateTimeOffset.FromUnixTimeMilliseconds(1_767_225_600_000);

    public TimeSpan Elapsed => TimeSpan.FromMilliseconds(Interlocked.Read(ref _elapsedMs));

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Advance(TimeSpan time) => Interlocked.Add(ref _elapsedMs, (long)time.TotalMilliseconds);

    public override DateTimeOffset GetUtcNow() => Start + Elapsed;

    public override long GetTimestamp() => Elapsed.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ServedTimer();
        Advance(dueTime);
        ThreadPool.QueueUserWorkItem(_ => timer.Ring(callback, state));
        return timer;
    }

    private sealed class ServedTimer : ITimer
    {
        private volatile bool _stopped;

        public void Ring(TimerCallback callback, object? state)
        {
            if (!_stopped)
            {
                callback(state);
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() => _stopped = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
