namespace MemoryGraph.Mcp.Terminals;

/// <summary>
/// Shows on standard error how far long work is, on one line that is gone when it is done; only where a person watches.
/// </summary>
/// <param name="what">The work: <c>Verifying</c>.</param>
/// <param name="total">What counts as all; 0 when nobody knows.</param>
internal sealed class ProgressLine(Terminal terminal, string what, long total) : IProgress<long>, IDisposable
{
    private string _shown = "";

    public void Report(long value)
    {
        string line = total == 0
            ? $"{what} …"
            : FormattableString.Invariant($"{what} … {Math.Clamp(value * 100 / total, 0, 100)} %");
        if (terminal.ErrorsAreWatched && line != _shown)
        {
            terminal.Errors.Write($"\r{line}");
            _shown = line;
        }
    }

    public void Dispose()
    {
        if (_shown.Length > 0)
        {
            terminal.Errors.Write($"\r{new string(' ', _shown.Length)}\r");
        }
    }
}
