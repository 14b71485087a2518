namespace MemoryGraph.EndToEnd.Tests.Driving;

/// <summary>Signals of Unix, by name: <c>TERM</c>.</summary>
internal static class Signals
{
    /// <summary>The program <c>env</c> where it can reset signals (coreutils 8.31); null elsewhere.</summary>
    public static string? Reset { get; } =
        Machine.Find("env") is { } env && Machine.Succeeds(env, "--default-signal=INT", "true") ? env : null;

    public static void Send(string signal, int process) =>
        Assert.True(Machine.Succeeds("/bin/sh", "-c", FormattableString.Invariant($"kill -{signal} {process}")), $"kill -{signal} {process}");
}
