using System.Collections.Concurrent;

namespace MemoryGraph.Mcp.Tests;

/// <summary>A clock that shows what it was set to, in UTC. What repeats in time rings only when the test says so.</summary>
internal sealed class SetClock : TimeProvider
{
    private readonly ConcurrentDictionary<HandTimer, Action> _timers = [];
    private TaskCompletionSource _stopped = new();

    public static DateTimeOffset Start { get; } = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public DateTimeOffset Now { get; set; } = Start;

    /// <summary>Completes when the last of them has stopped.</summary>
    public Task Stopped => _stopped.Task;

    /// <summary>How many things wait to be done again and again.</summary>
    public int Timers => _timers.Count;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => Now;

    /// <summary>Lets all of them ring once.</summary>
    public void Ring()
    {
        foreach (Action ring in _timers.Values)
        {
            ring();
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (period == Timeout.InfiniteTimeSpan)
        {
            return base.CreateTimer(callback, state, dueTime, period);
        }

        _stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var timer = new HandTimer(Stop);
        _timers[timer] = () => callback(state);
        return timer;
    }

    private void Stop(HandTimer timer)
    {
        _timers.TryRemove(timer, out _);
        if (_timers.IsEmpty)
        {
            _stopped.TrySetResult();
        }
    }

    private sealed class HandTimer(Action<HandTimer> stop) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() => stop(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
