using MemoryGraph.EndToEnd.Tests.Driving;

namespace MemoryGraph.EndToEnd.Tests.Faults;

/// <summary>Every sync and every write of a short session fails once, each in a run of its own.</summary>
/// <remarks>The runs go on until one passes untouched: then every call there is has failed.</remarks>
[Collection(Programs.Collection)]
[Trait("size", "torture")]
public sealed class FailingDiskTests(Programs programs)
{
    private const int RunsMax = 40;
    private const int Patience = 4;

    private static readonly ToolCall[] Workload =
    [
        ToolCall.Create("Ada", "likes tea"),
        ToolCall.Add("Ada", "likes honey"),
        ToolCall.Create("Bob", "likes milk"),
        ToolCall.Relate("Ada", "knows", "Bob"),
    ];

    [StraceTheory]
    [InlineData("EIO")]
    [InlineData("ENOSPC")]
    [InlineData("EDQUOT")]
    [InlineData("EROFS")]
    public Task A_failed_sync_is_told_and_loses_nothing(string error) => FailEachAsync("fsync", error, first =>
        first.IsOnLog ? "not known to be saved" : WordsFor(error));

    [StraceTheory]
    [InlineData("EIO")]
    [InlineData("ENOSPC")]
    [InlineData("EDQUOT")]
    [InlineData("EROFS")]
    public Task A_failed_write_is_told_and_loses_nothing(string error) => FailEachAsync("pwrite64", error, _ => WordsFor(error));

    [StraceTheory]
    [InlineData("fsync")]
    [InlineData("pwrite64")]
    public async Task A_disk_that_fails_for_good_stops_writing_only(string call)
    {
        using var sandbox = new Sandbox();
        string file = sandbox.Join("trace");
        await DoAndEndAsync(sandbox.Serve(programs.Native), Workload);
        await using (ServerProcess server = await ServerProcess.StartAsync(
            sandbox.Serve(programs.Native).Traced(file, Honesty.Calls, $"{call}:error=EIO:when=1+")))
        {
            for (int again = 0; again < Patience; again++)
            {
                Answer refused = await server.CallAsync(ToolCall.Create("Eve"));
                Assert.True(refused.IsError, refused.Text);
                Assert.Contains("(error 5)|input/output error 5".Split('|'), words => refused.Text.Contains(words, StringComparison.Ordinal));
                Assert.Contains("likes tea", (await server.DoAsync(ToolCall.Open("Ada"))).Text, StringComparison.Ordinal);
            }

            await server.EndAsync();
        }

        Assert.DoesNotContain(SystemCall.ReadTrace(file), one => one.Name == call && !one.Failed);
        await AssertAllIsThereAsync(sandbox);
    }

    [StraceFact]
    public async Task An_interrupted_sync_is_tried_again_and_nobody_hears_of_it()
    {
        using var sandbox = new Sandbox();
        string file = sandbox.Join("trace");
        await using (ServerProcess server = await ServerProcess.StartAsync(
            sandbox.Serve(programs.Native).Traced(file, Honesty.Calls, "fsync:error=EINTR:when=1")))
        {
            await server.DoAsync(Workload[0]);
            await server.EndAsync();
        }

        IReadOnlyList<SystemCall> trace = SystemCall.ReadTrace(file);
        Assert.Contains(trace, call => call.Injected);
        Honesty.AssertNothingStayedUnsynced(trace);
    }

    [StraceFact]
    public async Task Where_nothing_can_be_locked_nothing_is_written()
    {
        using var sandbox = new Sandbox();
        await DoAndEndAsync(sandbox.Serve(programs.Native), Workload[0]);
        byte[] before = await File.ReadAllBytesAsync(sandbox.Log);
        await using (ServerProcess server = await ServerProcess.StartAsync(
            sandbox.Serve(programs.Native).Traced(sandbox.Join("trace"), "flock", "flock:error=ENOLCK")))
        {
            Answer refused = await server.CallAsync(Workload[1]);
            Assert.True(refused.IsError, refused.Text);
            Assert.Contains("Without a lock two assistants could overwrite each other", refused.Text, StringComparison.Ordinal);
            Assert.Contains("likes tea", (await server.DoAsync(ToolCall.Open("Ada"))).Text, StringComparison.Ordinal);
            await server.EndAsync();
        }

        Assert.Contains(SystemCall.ReadTrace(sandbox.Join("trace")), call => call.Injected);
        Assert.Equal(before, await File.ReadAllBytesAsync(sandbox.Log));
    }

    private static string WordsFor(string error) => error switch
    {
        "ENOSPC" or "EDQUOT" => "free some space",
        "EROFS" => "read-only",
        _ => "Nothing was recorded",
    };

    private async Task FailEachAsync(string call, string error, Func<SystemCall, string> words)
    {
        var failed = new List<SystemCall>();
        for (int turn = 1; turn <= RunsMax; turn++)
        {
            using var sandbox = new Sandbox();
            string file = sandbox.Join("trace");
            await using (ServerProcess server = await ServerProcess.StartAsync(sandbox.Serve(programs.Native).Traced(
                file, Honesty.Calls, FormattableString.Invariant($"{call}:error={error}:when={turn}"))))
            {
                await DoAllAsync(server);
                await server.EndAsync();
            }

            IReadOnlyList<SystemCall> trace = SystemCall.ReadTrace(file);
            await AssertAllIsThereAsync(sandbox);
            if (!trace.Any(one => one.Injected))
            {
                Assert.Contains(failed, one => one.IsOnLog);
                Assert.Contains(failed, one => !one.IsOnLog);
                return;
            }

            Honesty.AssertNoFailureWasHidden(trace);
            Honesty.AssertNothingStayedUnsynced(trace);
            failed.AddRange(trace.Where(one => one.Injected));
            SystemCall first = trace.First(one => one.Injected);
            SystemCall told = trace.First(one => one.Ended > first.Ended && Honesty.IsAnswer(one));
            Assert.Contains(words(first), told.Text, StringComparison.OrdinalIgnoreCase);
        }

        Assert.Fail($"After {RunsMax} runs {call} still failed.");
    }

    private static async Task DoAndEndAsync(Launch launch, params ToolCall[] calls)
    {
        await using ServerProcess server = await ServerProcess.StartAsync(launch);
        foreach (ToolCall call in calls)
        {
            await server.DoAsync(call);
        }

        await server.EndAsync();
    }

    // A call that failed is repeated, as its answer says, and must come through.
    private static async Task DoAllAsync(ServerProcess server)
    {
        foreach (ToolCall call in Workload)
        {
            Answer answer = await server.CallAsync(call);
            for (int again = 0; answer.IsError && again < Patience; again++)
            {
                Assert.DoesNotContain("An error occurred", answer.Text, StringComparison.Ordinal);
                answer = await server.CallAsync(call);
            }

            Assert.False(answer.IsError, answer.Text);
        }
    }

    private async Task AssertAllIsThereAsync(Sandbox sandbox)
    {
        LoggedEvent.ReadAll(sandbox.Log);
        await using ServerProcess healthy = await ServerProcess.StartAsync(sandbox.Serve(programs.Native));
        string text = (await healthy.DoAsync(ToolCall.Open("Ada", "Bob"))).Text;
        Assert.Contains("\"likes tea\"", text, StringComparison.Ordinal);
        Assert.Contains("\"likes honey\"", text, StringComparison.Ordinal);
        Assert.Contains("\"likes milk\"", text, StringComparison.Ordinal);
        Assert.Contains("-knows-> \"Bob\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("READ-ONLY", text, StringComparison.Ordinal);
        await healthy.DoAsync(ToolCall.Create("Afterwards"));
        await healthy.EndAsync();
    }
}
