using MemoryGraph.EndToEnd.Tests.Driving;

namespace MemoryGraph.EndToEnd.Tests.Faults;

/// <summary>Which system calls the program makes, and in which order.</summary>
[Collection(Programs.Collection)]
[Trait("size", "torture")]
public sealed class SystemCallAuditTests(Programs programs) : IDisposable
{
    private readonly Sandbox _sandbox = new();

    private string TraceFile => _sandbox.Join("trace");

    public void Dispose() => _sandbox.Dispose();

    [StraceFact]
    public async Task A_write_locks_writes_once_syncs_once_unlocks_and_answers_in_that_order()
    {
        await using (ServerProcess server = await ServerProcess.StartAsync(_sandbox.Serve(programs.Native).Traced(
            TraceFile, "flock,pwrite64,pwritev,fsync,fdatasync,sync_file_range,ftruncate,rename,unlink,write,writev,openat,open,creat")))
        {
            // The first write makes files and notes in them; what is asked is what each later one costs.
            await server.DoAsync(ToolCall.Create("Ada", "likes tea"));
            await server.DoAsync(ToolCall.Add("Ada", "likes honey"));
            await server.EndAsync();
        }

        IReadOnlyList<SystemCall> trace = SystemCall.ReadTrace(TraceFile);
        SystemCall[] answers = [.. trace.Where(Honesty.IsAnswer)];
        Assert.Equal(2, answers.Length);
        Assert.All(answers, answer => Assert.StartsWith("(1<pipe:", answer.Text, StringComparison.Ordinal));

        // Locks are given back before the answer; other descriptors than the store's are the runtime's own.
        SystemCall[] second = [.. trace.Where(call =>
            call.Began > answers[0].Ended && call.Ended <= answers[1].Ended
            && (Honesty.IsAnswer(call) || call.Text.Contains(_sandbox.Store, StringComparison.Ordinal)))];
        Assert.Equal(["flock", "pwrite64", "fsync", "flock", "write"], second.Select(call => call.Name));
        Assert.Contains("LOCK_EX", second[0].Text, StringComparison.Ordinal);
        Assert.Contains("LOCK_UN", second[3].Text, StringComparison.Ordinal);
        Assert.Equal(
            [_sandbox.LockFile, _sandbox.Log, _sandbox.Log, _sandbox.LockFile], second.Take(4).Select(call => call.Path));
        Assert.True(second[4].Began > second[2].Ended, "The answer was on its way before the sync was done.");
    }

    [StraceFact]
    public async Task A_store_deep_in_new_folders_is_synced_with_all_their_names_before_the_first_answer()
    {
        string store = Path.Combine(_sandbox.Root, "new", "deep", "store");
        Launch launch = _sandbox.Run([.. programs.Native, "serve", "--store", store, "--project", Sandbox.Project, "--user", "tester"]);
        await using (ServerProcess server = await ServerProcess.StartAsync(launch.Traced(TraceFile, Honesty.Calls)))
        {
            await server.DoAsync(ToolCall.Create("Ada"));
            await server.EndAsync();
        }

        IReadOnlyList<SystemCall> trace = SystemCall.ReadTrace(TraceFile);
        Assert.Contains(trace, call => call.MadeName == Path.Combine(_sandbox.Root, "new"));
        Honesty.AssertNothingStayedUnsynced(trace);
    }

    [StraceFact]
    public async Task Every_file_of_the_store_is_closed_to_child_processes()
    {
        string session = await File.ReadAllTextAsync(Path.Combine(BuildPlaces.Samples, "first-session.jsonl"));
        (await _sandbox.Serve(programs.Native).Traced(TraceFile, "openat,open,creat").PipeAsync(session)).WithoutComplaint();
        SystemCall[] opens = [.. SystemCall.ReadTrace(TraceFile).Where(call => call.Text.Contains(_sandbox.Store, StringComparison.Ordinal))];
        Assert.NotEmpty(opens);
        Assert.All(opens, open => Assert.Contains("O_CLOEXEC", open.Text, StringComparison.Ordinal));
    }

    [StraceFact]
    public async Task Initialize_is_answered_before_the_store_is_looked_at()
    {
        await using (ServerProcess server = await ServerProcess.StartAsync(_sandbox.Serve(programs.Native)))
        {
            await server.DoAsync(ToolCall.Create("Ada"));
            await server.EndAsync();
        }

        await using (ServerProcess server = await ServerProcess.StartAsync(
            _sandbox.Serve(programs.Native).Traced(TraceFile, "%file,write")))
        {
            await server.DoAsync(ToolCall.Open("Ada"));
            await server.EndAsync();
        }

        // The command line itself names the store, in execve.
        SystemCall[] trace = [.. SystemCall.ReadTrace(TraceFile).Where(call => call.Name != "execve")];
        int answered = Array.FindIndex(trace, call => call.Text.Contains("\\\"serverInfo\\\"", StringComparison.Ordinal));
        int looked = Array.FindIndex(trace, call => call.Name != "write" && call.Text.Contains(_sandbox.Store, StringComparison.Ordinal));
        Assert.InRange(answered, 0, looked - 1);
    }
}
