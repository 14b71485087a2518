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

        // It tells on standard error what it does with files, so the subscriber's looking can be waited for.
        await using ServerProcess server = await ServerProcess.StartAsync(_sandbox.Serve(programs.Native).Reported("%file"));
        await server.DoAsync(ToolCall.Open("Ada"));
        await server.ErrorLineAsync("events-");
        await using ServerProcess subscriber = await ServerProcess.StartAsync(_sandbox.Serve(programs.Native).Reported("%file"));
        await SubscribeAsync(subscriber, "memory://graph");
        int before = server.ErrorLines;
        for (int look = 0; look < 3; look++)
        {
            await subscriber.ErrorLineAsync("events-");
        }

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

    private static string? Updated(string? line)
    {
        using JsonDocument message = JsonDocument.Parse(line!);
        Assert.Equal("notifications/resources/updated", message.RootElement.GetProperty("method").GetString());
        return message.RootElement.GetProperty("params").GetProperty("uri").GetString();
    }
}
