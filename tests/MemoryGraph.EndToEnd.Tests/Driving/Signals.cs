namespace MemoryGraph.EndToEnd.Tests.Driving;

/// <summary>Signals of Unix, by name: <c>TERM</c>.</summary>
internal static class Signals
{
    public static void Send(string signal, int process) =>
        Assert.True(Machine.Succeeds("/bin/sh", "-c", FormattableString.Invariant($"kill -{signal} {process}")), $"kill -{signal} {process}");
}
