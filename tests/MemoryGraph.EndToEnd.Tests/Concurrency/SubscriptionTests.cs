using System.Diagnostics;
using System.Text.Json;
using MemoryGraph.EndToEnd.Tests.Driving;
using MemoryGraph.EndToEnd.Tests.Faults;
using Xunit.Abstractions;

namespace MemoryGraph.EndToEnd.Tests.Concurrency;

/// <summary>A server that is told by nobody but the log that another one wrote.</summary>
[Collection(Programs.Collection)]
public sealed class SubscriptionTests(Programs programs, ITestOutputHelper output) : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public async Task A_write_by_another_process_is_told_without_a_request()
    {
        Launch launch = _sandbox.Serve(programs.Any);
        await using ServerProcess writer = await ServerProcess.StartAsync(launch);
        await writer.DoAsync(ToolCall.Create("Ada"));
        await using ServerProcess subscriber = await ServerProcess.StartAsync(launch);
        await SubscribeAsync(subscriber, "memory://entity/Ada");

        for (int fact = 0; fact < 5; fact++)
        {
            await writer.DoAsync(ToolCall.Create($"Someone else {fact}"));
            await writer.DoAsync(ToolCall.Add("Ada", $"fact {fact}"));
            long answered = Stopwatch.GetTimestamp();
            Assert.Equal("memory://entity/Ada", Updated(await subscriber.LineAsync()));
            output.WriteLine($"Told {Stopwatch.GetElapsedTime(answered).TotalMilliseconds:0} ms after the write was answered.");
        }

        await subscriber.EndAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_open_subscription_keeps_no_server(bool is2026)
    {
        await using ServerProcess server = ServerProcess.Of(_sandbox.Serve(programs.Any));
        if (is2026)
        {
            await server.SendAsync(Request.Listen(1, "memory://graph"));
            Assert.Contains("notifications/subscriptions/acknowledged", await server.LineAsync(), StringComparison.Ordinal);
        }
        else
        {
            await SubscribeAsync(server, "memory://graph");
        }

        long ended = Stopwatch.GetTimestamp();
        await server.EndAsync();
        output.WriteLine($"Gone {Stopwatch.GetElapsedTime(ended).TotalMilliseconds:0} ms after the end of input.");
    }

    [StraceFact]
    public async Task Only_a_server_with_a_subscriber_looks_at_the_log_again_and_again()
    {
        await using (ServerProcess first = await ServerProcess.StartAsync(_sandbox.Serve(programs.Native)))
        {
            await first.DoAsync(ToolCall.Create("Ada"));
            await first.EndAsync();
        }

        // Both tell on standard error what they do with files and pipes. The subscriber's looks measure the time in which
        // the other one does nothing; more of them than opening the log takes, before it counts and while it does.
        const int looks = 5;
        await using ServerProcess server = await ServerProcess.StartAsync(_sandbox.Serve(programs.Native).Reported("%file,%desc"));
        await server.DoAsync(ToolCall.Open("Ada"));
        await using ServerProcess subscriber = await ServerProcess.StartAsync(_sandbox.Serve(programs.Native).Reported("%file"));
        await SubscribeAsync(subscriber, "memory://graph");
        await LookedAsync(subscriber, looks);
        int before = server.ErrorLines;
        await LookedAsync(subscriber, looks);

        Assert.Equal(before, server.ErrorLines);
        await server.EndAsync();
        await subscriber.EndAsync();
    }

    private static async Task SubscribeAsync(ServerProcess server, string uri)
    {
        const int id = 1_000;
        await server.SendAsync(Request.Subscribe(id, uri));
        Answer answer = await server.AnswerAsync(id);
        Assert.False(answer.IsError, answer.Text);
    }

    private static async Task LookedAsync(ServerProcess server, int looks)
    {
        for (int look = 0; look < looks; look++)
        {
            await server.ErrorLineAsync("events-");
        }
    }

    private static string? Updated(string? line)
    {
        using JsonDocument message = JsonDocument.Parse(line!);
        Assert.Equal("notifications/resources/updated", message.RootElement.GetProperty("method").GetString());
        return message.RootElement.GetProperty("params").GetProperty("uri").GetString();
    }
}
