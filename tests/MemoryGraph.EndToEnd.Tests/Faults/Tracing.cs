using MemoryGraph.EndToEnd.Tests.Driving;

namespace MemoryGraph.EndToEnd.Tests.Faults;

/// <summary>Starts processes under strace.</summary>
internal static class Tracing
{
    /// <summary>Writes the named calls to a file, and lets some of them go wrong.</summary>
    /// <param name="file">Where the trace goes.</param>
    /// <param name="calls">Names, with commas.</param>
    /// <param name="inject">What goes wrong: <c>fsync:error=EIO:when=3</c> is the third fsync of each thread; null for nothing.</param>
    public static Launch Traced(this Launch launch, string file, string calls, string? inject = null) => launch.Under(
        ["strace", "-f", "-y", "-s", "100000", "-o", file, "-e", $"trace={calls}", .. inject is null ? [] : new[] { "-e", $"inject={inject}" }]);

    /// <summary>Tells on standard error, while it happens.</summary>
    public static Launch Reported(this Launch launch, string calls, string? inject = null) => launch.Under(
        ["strace", "-f", "-e", $"trace={calls}", .. inject is null ? [] : new[] { "-e", $"inject={inject}" }]);
}
