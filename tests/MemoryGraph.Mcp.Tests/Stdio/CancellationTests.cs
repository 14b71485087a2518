namespace MemoryGraph.Mcp.Tests.Stdio;

public sealed class CancellationTests
{
    [Fact]
    public async Task A_cancelled_call_that_waits_for_its_turn_is_neither_run_nor_answered()
    {
        await using Session session = new();
        await session.SendAsync(
            Wire.Call(1, "hold"),
            Wire.Call(2, "echo", "two"),
            Wire.Call(3, "echo", "three"),
            Wire.Cancel(2),
            Wire.Ping(4));
        Assert.Equal("4", Wire.Id(await session.AnswerAsync()));

        session.LetGo();
        Assert.Equal(["1", "3"], Wire.Ids(await session.EndAsync()));
        Assert.Equal(["three"], session.Heard);
    }

    [Fact]
    public async Task A_cancelled_call_that_runs_is_not_answered_and_lets_the_next_one_run()
    {
        await using Session session = new();
        await session.SendAsync(Wire.Call(1, "stall"), Wire.Call(2, "echo"));
        await session.Held;
        await session.SendAsync(Wire.Cancel(1));

        Assert.Equal("2", Wire.Id(await session.AnswerAsync()));
        Assert.Empty(await session.EndAsync());
    }

    [Fact]
    public async Task A_cancelled_call_that_finishes_all_the_same_keeps_its_turn_until_then()
    {
        await using Session session = new();
        await session.SendAsync(Wire.Call(1, "hold"), Wire.Call(2, "echo"), Wire.Cancel(1), Wire.Ping(3));
        Assert.Equal("3", Wire.Id(await session.AnswerAsync()));
        Assert.Empty(session.Heard);

        session.LetGo();
        Assert.Contains("2", Wire.Ids(await session.EndAsync()));
    }

    [Fact]
    public async Task Fifty_cancellations_in_a_row_leave_the_queue_in_order()
    {
        await using Session session = new();
        for (int id = 1; id <= 50; id++)
        {
            await session.SendAsync(Wire.Call(1000 + id, "echo"), Wire.Call(id, "echo"), Wire.Cancel(id));
        }

        await session.SendAsync(Wire.Call(2000, "echo", "last"));

        IReadOnlyList<string> answers = await session.EndAsync();
        Assert.Equal("2000", Wire.Id(answers[^1]));
        Assert.Equal(Wire.Ids(1001, 50), Wire.Ids(answers).Where(id => id.Length == 4 && id != "2000"));
    }

    [Fact]
    public async Task The_handshake_cannot_be_cancelled()
    {
        await using Session session = new();
        await session.SendAsync(Wire.Call(1, "hold"), Wire.Initialize, Wire.Cancel(0));
        await session.Held;
        session.LetGo();

        Assert.Equal(["1", "0"], Wire.Ids(await session.EndAsync()));
    }

    [Theory]
    [InlineData("""{"requestId":77}""")]
    [InlineData("""{"requestId":"1"}""")]
    [InlineData("""{"requestId":null}""")]
    [InlineData("""{"requestId":[1]}""")]
    [InlineData("""{"requestId":"\ud800"}""")]
    [InlineData("""{"requestId":1,"requestId":1}""")]
    [InlineData("""[1]""")]
    public async Task A_cancellation_of_nothing_we_know_is_ignored(string parameters)
    {
        string cancel = $$"""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{{parameters}}}""";

        Assert.Equal(["3", "4"], Wire.Ids(await Session.PipeAsync(cancel, Wire.Call(3, "echo"), Wire.Call(4, "echo"))));
    }
}
