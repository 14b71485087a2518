using System.Diagnostics;
using System.Globalization;
using MemoryGraph.EndToEnd.Tests.Driving;
using Xunit.Abstractions;

namespace MemoryGraph.EndToEnd.Tests.Concurrency;

/// <summary>Other systems that follow the log while it is written.</summary>
[Collection(Programs.Collection)]
public sealed class FollowTests(Programs programs, ITestOutputHelper output) : IDisposable
{
    private const int Kills = 15;
    private const int Writes = 400;
    private const int EventsPerWrite = 2;
    private const int TakenBetweenMax = 40;

    private readonly Sandbox _sandbox = new();

    private string Sink => _sandbox.Join("sink.jsonl");

    public void Dispose() => _sandbox.Dispose();

    [LinuxPythonFact]
    public async Task A_consumer_and_its_follower_are_killed_at_any_time_and_no_event_is_missed()
    {
        int seed = Environment.TickCount;
        output.WriteLine($"Seed {seed}");
        var random = new Random(seed);
        await using ServerProcess server = await ServerProcess.StartAsync(_sandbox.Serve(programs.Any));
        Task writing = new Writer("Entity", Writes).WriteAsync(server);
        for (int kill = 0; kill < Kills; kill++)
        {
            using Process consumer = Consume();
            await TakenAsync(consumer, random.Next(1, TakenBetweenMax));
            await KillAsync(consumer, (Victim)random.Next(0, 3));
        }

        await writing;
        using Process last = Consume();
        await TakenAsync(last, untilEvent: Writes * EventsPerWrite);
        await KillAsync(last, Victim.Both);

        string[] stored = (await File.ReadAllLinesAsync(_sandbox.Log))[1..];
        string[] taken = await File.ReadAllLinesAsync(Sink);
        output.WriteLine($"{stored.Length} events, taken {taken.Length} times");
        Assert.Equal(Writes * EventsPerWrite, stored.Length);
        Assert.Equal(stored, taken.Distinct());
    }

    [UnixTheory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task A_follower_that_is_told_to_end_leaves_quietly_with_0(string signal)
    {
        await RecordAsync();
        using Process follower = Follow().HearingSignals().Start();
        Assert.NotNull(await follower.StandardOutput.ReadLineAsync().WaitAsync(ServerProcess.Patience));
        Signals.Send(signal, follower.Id);

        await follower.WaitForExitAsync().WaitAsync(ServerProcess.Patience);
        Assert.Equal((0, ""), (follower.ExitCode, await follower.StandardError.ReadToEndAsync()));
    }

    [UnixFact]
    public async Task A_follower_that_nobody_reads_any_more_leaves_although_nothing_happens()
    {
        await RecordAsync();
        using Process follower = Follow().Start();
        Assert.NotNull(await follower.StandardOutput.ReadLineAsync().WaitAsync(ServerProcess.Patience));
        follower.StandardOutput.Close();

        await follower.WaitForExitAsync().WaitAsync(ServerProcess.Patience);
        Assert.Equal("", await follower.StandardError.ReadToEndAsync());
    }

    [UnixFact]
    public async Task A_second_follower_with_the_same_cursor_is_refused()
    {
        await RecordAsync();
        using Process follower = Follow("--cursor", "shop").Start();
        Assert.NotNull(await follower.StandardOutput.ReadLineAsync().WaitAsync(ServerProcess.Patience));

        Finished second = await Follow("--cursor", "shop").PipeAsync();
        follower.Kill();
        Assert.Equal((1, ""), (second.ExitCode, second.Output));
        Assert.Contains("Another process follows the log with the cursor \"shop\" (memory-graph ", second.Errors, StringComparison.Ordinal);
    }

    [UnixFact]
    public async Task A_full_disk_under_the_output_is_told()
    {
        await RecordAsync();
        string[] shell = ["/bin/sh", "-c", "exec \"$@\" > /dev/full", "sh"];
        Finished printed = await _sandbox.Run([.. shell, .. programs.Any, .. Options, "log", "--json"]).PipeAsync();

        Assert.Equal((3, "Standard output could not be written; what was printed is not all.\n"), (printed.ExitCode, printed.Errors));
    }

    private string[] Options => ["--store", _sandbox.Store, "--project", Sandbox.Project];

    private Launch Follow(params string[] more) =>
        _sandbox.Run([.. programs.Any, .. Options, "log", "--follow", "--json", .. more]);

    private Process Consume() => _sandbox.Run(
        ["python3", Path.Combine(BuildPlaces.Samples, "follow-log.py"), Sink, .. programs.Any, .. Options]).Start();

    private async Task RecordAsync()
    {
        await using ServerProcess server = await ServerProcess.StartAsync(_sandbox.Serve(programs.Any));
        await server.DoAsync(ToolCall.Create("Ada"));
        await server.EndAsync();
    }

    // Reads what the consumer says of each event it has taken.
    private static async Task TakenAsync(Process consumer, int events = int.MaxValue, long untilEvent = long.MaxValue)
    {
        for (int taken = 0; taken < events; taken++)
        {
            string? line = await consumer.StandardOutput.ReadLineAsync().WaitAsync(ServerProcess.Patience);
            if (line is null)
            {
                Assert.Fail($"The consumer ended: {await consumer.StandardError.ReadToEndAsync()}");
            }

            if (long.Parse(line.Split(' ')[0], CultureInfo.InvariantCulture) >= untilEvent)
            {
                return;
            }
        }
    }

    private static async Task KillAsync(Process consumer, Victim victim)
    {
        switch (victim)
        {
            case Victim.Consumer:
                consumer.Kill();
                break;
            case Victim.Follower:
                string children = await File.ReadAllTextAsync($"/proc/{consumer.Id}/task/{consumer.Id}/children");
                Signals.Send("KILL", int.Parse(children.Trim(), CultureInfo.InvariantCulture));
                break;
            default:
                consumer.Kill(entireProcessTree: true);
                break;
        }

        await consumer.WaitForExitAsync().WaitAsync(ServerProcess.Patience);
    }

    private enum Victim
    {
        Consumer,
        Follower,
        Both,
    }
}
