using MemoryGraph.Mcp.Terminals;

namespace MemoryGraph.Mcp.Cli;

/// <summary>The times at which a follower looks whether the log has grown: nobody signals across processes.</summary>
internal sealed class Polling(Terminal terminal, TimeProvider clock, CancellationToken cancel) : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly PeriodicTimer _timer = new(Interval, clock);

    /// <summary>Waits for the time of the next look.</summary>
    /// <param name="end">
    /// When this is completed, there is no next look; null when nothing but the program's end ends them.
    /// </param>
    /// <returns>False when there is none any more: the program was told to end, or nobody reads.</returns>
    public async Task<bool> NextAsync(Task? end = null)
    {
        try
        {
            Task<bool> tick = _timer.WaitForNextTickAsync(cancel).AsTask();
            return await Task.WhenAny(tick, end ?? tick) == tick && await tick && !terminal.ReaderIsGone();
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    public void Dispose() => _timer.Dispose();
}
