using System.Diagnostics;
using System.Globalization;
using MemoryGraph.EndToEnd.Tests.Driving;
using MemoryGraph.EndToEnd.Tests.Faults;

namespace MemoryGraph.EndToEnd.Tests.Sessions;

/// <summary>Signals to stop.</summary>
[Collection(Programs.Collection)]
public sealed class SignalTests(Programs programs) : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [UnixTheory]
    [InlineData("TERM")]
    [InlineData("INT")]
    [InlineData("HUP")]
    public async Task An_idle_server_leaves_with_0(string signal)
    {
        await using ServerProcess server = await ServerProcess.StartAsync(_sandbox.Serve(programs.Any).HearingSignals());
        await server.DoAsync(ToolCall.Create("Ada"));
        Signals.Send(signal, server.Id);
        Assert.Equal(0, await server.ExitAsync());
    }

    [StraceTheory]
    [InlineData("TERM")]
    [InlineData("INT")]
    [InlineData("HUP")]
    public async Task A_server_at_work_answers_the_call_that_runs_and_leaves_with_0(string signal)
    {
        await using (ServerProcess first = await ServerProcess.StartAsync(_sandbox.Serve(programs.Native)))
        {
            await first.DoAsync(ToolCall.Create("Before"));
            await first.EndAsync();
        }

        // A stranger holds the lock, so that the call is seen to run: it looks for the lock again and again.
        string pidFile = _sandbox.Join("pid");
        using Process stranger = HoldLock();
        Assert.Equal("held", await stranger.StandardOutput.ReadLineAsync());
        await using ServerProcess server = await ServerProcess.StartAsync(
            _sandbox.Serve(programs.Native).HearingSignals().After($"echo $$ > '{pidFile}'").Reported("flock"));
        const int running = 1;
        const int waiting = 2;
        await server.SendAsync(Request.Of(running, ToolCall.Create("Ada")) + "\n" + Request.Of(waiting, ToolCall.Create("Bob")));
        await server.ErrorLineAsync("EAGAIN");
        Signals.Send(signal, int.Parse(await File.ReadAllTextAsync(pidFile), CultureInfo.InvariantCulture));
        Answer refused = (await server.NextAnswerAsync())!;
        stranger.StandardInput.Close();
        Answer done = (await server.NextAnswerAsync())!;

        // What waited for its turn is refused at once; what ran is carried out.
        Assert.Equal(waiting, refused.Id);
        Assert.Contains("this request was not run", refused.Text, StringComparison.Ordinal);
        Assert.Equal(running, done.Id);
        Assert.False(done.IsError, done.Text);
        Assert.Equal(0, await server.ExitAsync());
        Assert.Equal(["Before", "Ada"], LoggedEvent.ReadAll(_sandbox.Log).Select(one => one.Name));
    }

    private Process HoldLock() => _sandbox.Run(
        ["/bin/sh", "-c", "exec 9<>\"$1\"; flock 9; echo held; read end", "sh", _sandbox.LockFile]).Start();
}
