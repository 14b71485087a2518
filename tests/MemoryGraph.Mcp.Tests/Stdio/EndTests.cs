namespace MemoryGraph.Mcp.Tests.Stdio;

public sealed class EndTests
{
    [Fact]
    public async Task The_answer_of_the_client_reaches_the_call_that_waits_for_it()
    {
        await using Session session = new();
        await session.SendAsync(Wire.Initialize, Wire.Initialized, Wire.Call(1, "ask"), Wire.Call(2, "echo"));
        Assert.Equal("0", Wire.Id(await session.AnswerAsync()));
        string question = Wire.Id(await session.AnswerAsync());
        await session.SendAsync($$$"""{"jsonrpc":"2.0","id":{{{question}}},"result":{"action":"decline"}}""");

        Assert.Equal("decline", Wire.Text(await session.AnswerAsync()));
        Assert.Equal("2", Wire.Id(Assert.Single(await session.EndAsync())));
    }

    [Fact]
    public async Task Calls_that_wait_for_the_client_are_answered_when_the_input_ends()
    {
        await using Session session = new();
        await session.SendAsync(Wire.Initialize, Wire.Initialized, Wire.Call(1, "ask"), Wire.Call(2, "ask"));
        Assert.Equal("0", Wire.Id(await session.AnswerAsync()));
        Assert.Contains("elicitation/create", await session.AnswerAsync(), StringComparison.Ordinal);

        Assert.Equal(["1", "2"], Wire.Ids(await session.EndAsync()));
    }

    [Fact]
    public async Task A_call_that_outlives_the_drain_limit_is_answered_with_an_error_and_the_session_ends()
    {
        StoppedClock clock = new();
        await using Session session = new(clock);
        await session.SendAsync(Wire.Call(1, "deaf"), Wire.Call(2, "echo"));
        await session.Held;
        session.EndInput();
        await clock.ElapseAsync();

        IReadOnlyList<string> answers = await session.RestAsync();
        Assert.Equal(["1", "2"], Wire.Ids(answers));
        Assert.All(answers, answer => Assert.Equal(-32000, Wire.ErrorCode(answer)));
        Wording.Match(Wire.ErrorText(answers[0]));
        Assert.Empty(session.Heard);
    }

    [Fact]
    public async Task A_call_that_outlives_the_drain_limit_is_cancelled()
    {
        StoppedClock clock = new();
        await using Session session = new(clock);
        await session.SendAsync(Wire.Call(1, "stall"));
        await session.Held;
        session.EndInput();
        await clock.ElapseAsync();

        await session.StallCancelled;
        Assert.Equal("1", Wire.Id(Assert.Single(await session.RestAsync())));
    }

    [Fact]
    public async Task Stopping_lets_the_running_call_finish_and_refuses_what_waits()
    {
        await using Session session = new();
        await session.SendAsync(Wire.Call(1, "hold"), Wire.Call(2, "echo"), Wire.Ping(3));
        Assert.Equal("3", Wire.Id(await session.AnswerAsync()));
        await session.Held;
        session.Transport.Stop();
        string? refusal = await session.AnswerAsync();
        Assert.Equal(("2", -32000), (Wire.Id(refusal), Wire.ErrorCode(refusal)));
        session.LetGo();

        Assert.Equal("held", Wire.Text(Assert.Single(await session.RestAsync())));
        Assert.Empty(session.Heard);
    }

    [Fact]
    public async Task Stopping_an_idle_session_ends_it_though_the_input_stays_open()
    {
        await using Session session = new();
        session.Transport.Stop();

        Assert.Empty(await session.RestAsync());
    }

    [Fact]
    public async Task A_stop_while_the_rest_is_answered_shortens_the_rest()
    {
        StoppedClock clock = new();
        await using Session session = new(clock);
        await session.SendAsync(Wire.Call(1, "hold"), Wire.Call(2, "echo"));
        await session.Held;
        session.EndInput();
        await clock.TimerSetAsync();
        session.Transport.Stop();
        session.LetGo();

        Assert.Equal(["2", "1"], Wire.Ids(await session.RestAsync()));
        Assert.Empty(session.Heard);
    }

    [Fact]
    public async Task A_broken_output_cancels_what_runs_and_ends_the_session()
    {
        await using BrokenOutput output = new();
        await using Session session = new(output: output);
        await session.SendAsync(Wire.Call(1, "stall"), Wire.Call(2, "echo"));
        await session.Held;
        await session.SendAsync(Wire.Ping(3));

        await session.StallCancelled;
        await session.Ended;
        Assert.Empty(session.Heard);
    }

    [Fact]
    public async Task A_broken_output_found_while_refusing_a_line_ends_the_session()
    {
        await using BrokenOutput output = new();
        await using Session session = new(output: output);
        await session.SendAsync("nonsense");

        await session.Ended;
    }

    [Fact]
    public async Task An_output_that_was_never_open_ends_the_session()
    {
        await using ClosedOutput output = new();
        await using Session session = new(output: output);
        await session.SendAsync(Wire.Ping(1));

        await session.Ended;
    }

    [Fact]
    public async Task An_input_that_breaks_is_an_input_that_ends()
    {
        await using BrokenInput input = new();
        using MemoryStream output = new();
        await using Protocol.StdioTransport transport = new(input, output);

        Assert.False(await transport.MessageReader.WaitToReadAsync());
    }

    [Fact]
    public async Task Disposing_does_not_wait_for_a_read_that_cannot_be_cancelled()
    {
        await using Session session = new();
        await session.SendAsync(Wire.Ping(1));
        Assert.Equal("1", Wire.Id(await session.AnswerAsync()));
        await session.Transport.DisposeAsync();

        await session.Ended;
    }

    [Fact]
    public async Task An_open_subscription_does_not_keep_the_session_and_holds_nothing_back()
    {
        await using Session session = new();
        await session.SendAsync(Wire.Discover, Wire.Listen(1), Wire.Call2026(2, "echo"));

        Assert.Contains("2", Wire.Ids(await session.EndAsync()));
    }
}
