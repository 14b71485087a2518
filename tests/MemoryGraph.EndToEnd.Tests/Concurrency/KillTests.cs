using MemoryGraph.EndToEnd.Tests.Driving;
using Xunit.Abstractions;

namespace MemoryGraph.EndToEnd.Tests.Concurrency;

/// <summary>kill -9 at any time.</summary>
[Collection(Programs.Collection)]
[Trait("size", "torture")]
public sealed class KillTests(Programs programs, ITestOutputHelper output) : IDisposable
{
    private const int Kills = 25;
    private const int WritesBetweenMax = 60;

    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public async Task Kill_after_kill_no_acknowledged_write_is_lost_and_the_lock_is_free_at_once()
    {
        int seed = Environment.TickCount;
        output.WriteLine($"Seed {seed}");
        var random = new Random(seed);
        var writer = new Writer("Entity", Kills * WritesBetweenMax);
        for (int kill = 0; kill < Kills; kill++)
        {
            // Each write must be carried out, not answered "busy": the dead server's lock died with it.
            await using ServerProcess server = await ServerProcess.StartAsync(_sandbox.Serve(programs.Any));
            await writer.WriteAsync(server, writer.Acknowledged.Count + random.Next(1, WritesBetweenMax - 10));
            HashSet<string> names = [.. LoggedEvent.ReadAll(_sandbox.Log, torn: true).Select(one => one.Name)];
            Assert.All(writer.Acknowledged.Keys, name => Assert.Contains(name, names));
        }

        await LogVerifier.AssertValidAsync(_sandbox, output);
    }
}
