using MemoryGraph.EndToEnd.Tests.Driving;

namespace MemoryGraph.EndToEnd.Tests.Sessions;

/// <summary>Requests sent without waiting, and the end of the input.</summary>
[Collection(Programs.Collection)]
public sealed class PipelineTests(Programs programs) : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public async Task A_thousand_writes_that_need_the_one_before_all_succeed_in_order()
    {
        const int rounds = 334;
        IEnumerable<ToolCall> calls = Enumerable.Range(0, rounds).SelectMany(round => new[]
        {
            ToolCall.Create($"Entity {round}"),
            ToolCall.Add($"Entity {round}", $"Statement {round}"),
            ToolCall.Relate($"Entity {round}", "follows", $"Entity {Math.Max(round - 1, 0)}"),
        });
        Finished finished = (await _sandbox.Serve(programs.Any).PipeAsync(Request.Session(calls))).WithoutComplaint();
        Assert.Equal(Enumerable.Range(0, (rounds * 3) + 1), finished.Answers.Select(answer => (int)answer.Id));
        Assert.All(finished.Answers, answer => Assert.False(answer.IsError, answer.Text));
        Assert.Equal(rounds * 3, LoggedEvent.ReadAll(_sandbox.Log).Count);
    }

    [Fact]
    public async Task All_that_was_sent_before_the_input_ended_is_answered()
    {
        const int requests = 500;
        await using ServerProcess server = await ServerProcess.StartAsync(_sandbox.Serve(programs.Any));
        string all = string.Concat(Enumerable.Range(1, requests).Select(id => Request.Of(id, ToolCall.Create($"Entity {id}")) + "\n"));
        Task sent = Task.Run(async () =>
        {
            await server.SendAsync(all.TrimEnd('\n'));
            server.CloseInput();
        });

        for (int id = 1; id <= requests; id++)
        {
            Assert.False((await server.AnswerAsync(id)).IsError);
        }

        await sent;
        Assert.Null(await server.NextAnswerAsync());
        Assert.Equal(0, await server.ExitAsync());
    }

    [Fact]
    public async Task The_end_of_the_input_ends_an_idle_server()
    {
        await using ServerProcess fresh = ServerProcess.Of(_sandbox.Serve(programs.Any));
        await fresh.EndAsync();
        await using ServerProcess used = await ServerProcess.StartAsync(_sandbox.Serve(programs.Any));
        await used.DoAsync(ToolCall.Create("Entity"));
        await used.EndAsync();
    }

    [UnixFact]
    public async Task A_client_that_stops_to_read_ends_the_server()
    {
        await using ServerProcess server = await ServerProcess.StartAsync(_sandbox.Serve(programs.Any));
        await server.AnswerAsync(await server.SendAsync(ToolCall.Create("Entity")));
        server.CloseOutput();

        // The input stays open: it is the broken output that ends the server, at the latest with its next answer.
        Task exited = server.ExitAsync();
        await Assert.ThrowsAsync<IOException>(async () =>
        {
            while (true)
            {
                await server.SendAsync(ToolCall.Create("Another"));
            }
        });
        await exited;
        Assert.Equal("Entity", LoggedEvent.ReadAll(_sandbox.Log)[0].Name);
    }
}
