using MemoryGraph.EndToEnd.Tests.Driving;
using Xunit.Sdk;

namespace MemoryGraph.EndToEnd.Tests.Faults;

/// <summary>The check for hidden failures, on a writer that hides them: a check that cannot fail proves nothing.</summary>
/// <remarks>
/// The log probe appends one commit through the library, over our own disk or over one that syncs with
/// <c>FileStream.Flush(true)</c>, which reports no failure on .NET 10 for Linux. On a runtime that does, the second test
/// here fails: then the ban on that method may go, and this control with it.
/// </remarks>
[Collection(Programs.Collection)]
[Trait("size", "torture")]
public sealed class NegativeControlTests(Programs programs)
{
    [StraceFact]
    public async Task The_disk_of_the_program_tells_of_every_failed_sync()
    {
        List<(string Said, IReadOnlyList<SystemCall> Trace)> runs = await FailEachSyncAsync("system");
        Assert.All(runs, run => Assert.StartsWith("failed: ", run.Said, StringComparison.Ordinal));
        Assert.All(runs, run => Honesty.AssertNoFailureWasHidden(run.Trace));
        Assert.Contains(runs, run => run.Said == "failed: not_saved");
    }

    [StraceFact]
    public async Task A_disk_that_trusts_the_runtime_acknowledges_what_failed_and_the_check_sees_it()
    {
        List<(string Said, IReadOnlyList<SystemCall> Trace)> runs = await FailEachSyncAsync("flush");
        (string said, IReadOnlyList<SystemCall> trace) = Assert.Single(
            runs, run => run.Trace.Any(call => call is { Injected: true, IsOnLog: true }));
        Assert.Equal("acknowledged", said);
        Assert.Throws<TrueException>(() => Honesty.AssertNoFailureWasHidden(trace));
        Assert.Throws<TrueException>(() => Honesty.AssertNothingStayedUnsynced(trace));
    }

    private async Task<List<(string Said, IReadOnlyList<SystemCall> Trace)>> FailEachSyncAsync(string disk)
    {
        const int runsMax = 20;
        var runs = new List<(string, IReadOnlyList<SystemCall>)>();
        while (runs.Count < runsMax)
        {
            using var sandbox = new Sandbox();
            string file = sandbox.Join("trace");
            Finished probe = (await sandbox.Run([.. programs.LogProbe, disk, sandbox.Store]).Traced(
                file, Honesty.Calls, FormattableString.Invariant($"fsync:error=EIO:when={runs.Count + 1}")).PipeAsync()).WithoutComplaint();
            IReadOnlyList<SystemCall> trace = SystemCall.ReadTrace(file);
            if (!trace.Any(call => call.Injected))
            {
                Assert.Equal("acknowledged", probe.Output.Trim());
                return runs;
            }

            runs.Add((probe.Output.Trim(), trace));
        }

        Assert.Fail($"After {runsMax} runs fsync still failed.");
        return runs;
    }
}
