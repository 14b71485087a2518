using MemoryGraph.EndToEnd.Tests.Driving;
using Xunit.Abstractions;

namespace MemoryGraph.EndToEnd.Tests.Concurrency;

/// <summary>Several processes on one project at once.</summary>
[Collection(Programs.Collection)]
[Trait("size", "torture")]
public sealed class TwoProcessTests(Programs programs, ITestOutputHelper output) : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [NativeFact]
    public Task A_kill_amid_two_thousand_writes_loses_nothing_and_all_see_the_same() =>
        WriteTogetherAsync(writes: 1_000, _sandbox.Serve(programs.Native));

    // That variable turns off the locks that .NET makes; ours are our own.
    [NativeFact]
    public Task Without_the_locks_of_the_runtime_nothing_changes() =>
        WriteTogetherAsync(writes: 200, _sandbox.Serve(programs.Native).With("DOTNET_SYSTEM_IO_DISABLEFILELOCKING", "1"));

    [Fact]
    public Task Whichever_build_it_is_nothing_is_lost() => WriteTogetherAsync(writes: 50, _sandbox.Serve(programs.Jit));

    private async Task WriteTogetherAsync(int writes, Launch launch)
    {
        int seed = Environment.TickCount;
        int killAfter = new Random(seed).Next(1, writes);
        output.WriteLine($"Seed {seed}: the first writer's server is killed after {killAfter} acknowledged writes.");
        var first = new Writer("First", writes);
        var second = new Writer("Second", writes);
        await using ServerProcess steady = await ServerProcess.StartAsync(launch);
        Task secondWrites = second.WriteAsync(steady);
        await using (ServerProcess killed = await ServerProcess.StartAsync(launch))
        {
            await first.WriteAsync(killed, killAfter);
        }

        await using ServerProcess restarted = await ServerProcess.StartAsync(launch);
        await first.WriteAsync(restarted);
        await secondWrites;

        IReadOnlyList<LoggedEvent> events = LoggedEvent.ReadAll(_sandbox.Log);
        Assert.Equal(
            first.Acknowledged.Keys.Concat(second.Acknowledged.Keys).Order(StringComparer.Ordinal),
            events.Where(one => one.Type == "entity_created").Select(one => one.Name).Order(StringComparer.Ordinal));
        foreach ((string name, long? last) in first.Acknowledged.Concat(second.Acknowledged))
        {
            // No number: the write was in the log from before the kill, and its repetition changed nothing.
            Assert.Equal(name, last is { } id ? events[(int)id - 1].Name : name);
        }

        await LogVerifier.AssertValidAsync(_sandbox, output);
        await AssertSameGraphAsync(events[^1].Id, writes * 2, steady, restarted, await ServerProcess.StartAsync(launch));
    }

    private static async Task AssertSameGraphAsync(long last, int entities, params ServerProcess[] servers)
    {
        string at = FormattableString.Invariant($"#{last}");
        string[] dumps = await Task.WhenAll(servers.Select(server => GraphDump.OfAsync(server, at)));
        Assert.Contains(FormattableString.Invariant($"{entities} entities, {entities} observations"), dumps[0], StringComparison.Ordinal);
        Assert.All(dumps, dump => Assert.Equal(dumps[0], dump));
        await Task.WhenAll(servers.Select(server => server.EndAsync()));
    }
}
