using System.Globalization;
using System.Text.RegularExpressions;
using MemoryGraph.EndToEnd.Tests.Driving;

namespace MemoryGraph.EndToEnd.Tests.Faults;

/// <summary>A process that was stopped while it held the lock.</summary>
[Collection(Programs.Collection)]
[Trait("size", "torture")]
public sealed partial class StoppedHolderTests(Programs programs) : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [StraceTheory]
    [InlineData("KILL")]
    [InlineData("CONT")]
    public async Task Others_say_who_holds_the_lock_and_go_on_when_it_is_free(string end)
    {
        await using ServerProcess other = await ServerProcess.StartAsync(_sandbox.Serve(programs.Native));
        await other.DoAsync(ToolCall.Create("Before"));

        // The log is there, so the first sync of the stopped one is that of its commit, under the lock.
        await using ServerProcess holder = await ServerProcess.StartAsync(
            _sandbox.Serve(programs.Native).Reported("fsync", "fsync:signal=STOP:when=1"));
        long stopped = await holder.SendAsync(ToolCall.Create("Held"));
        await holder.ErrorLineAsync("stopped by SIGSTOP");

        Answer busy = await other.CallAsync(ToolCall.Create("Kept out"));
        Assert.True(busy.IsError, busy.Text);
        Assert.Contains("Another process has been writing", busy.Text, StringComparison.Ordinal);
        int process = int.Parse(ProcessId().Match(busy.Text).Groups["id"].Value, CultureInfo.InvariantCulture);
        Assert.NotEqual(holder.Id, process);
        Assert.Contains("Before", (await other.DoAsync(ToolCall.Open("Before"))).Text, StringComparison.Ordinal);

        Signals.Send(end, process);
        await other.DoAsync(ToolCall.Create("Kept out"));
        if (end == "CONT")
        {
            Assert.False((await holder.AnswerAsync(stopped)).IsError);
            await holder.EndAsync();
            Assert.Contains("\"Held\"", (await other.DoAsync(ToolCall.Open("Held"))).Text, StringComparison.Ordinal);
        }

        await other.EndAsync();
        LoggedEvent.ReadAll(_sandbox.Log);
    }

    [GeneratedRegex(@"process (?<id>\d+)\)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex ProcessId();
}
