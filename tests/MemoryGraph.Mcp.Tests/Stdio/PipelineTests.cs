using System.Globalization;
using System.Text;

namespace MemoryGraph.Mcp.Tests.Stdio;

public sealed class PipelineTests
{
    [Fact]
    public async Task A_thousand_piped_calls_run_and_are_answered_in_order()
    {
        await using Session session = new();
        await session.SendAsync([Wire.Initialize, Wire.Initialized, .. Calls(1000, Wire.Call)]);

        Assert.Equal(Wire.Ids(0, 1001), Wire.Ids(await session.EndAsync()));
        Assert.Equal(Wire.Ids(1, 1000), session.Heard);
    }

    [Fact]
    public async Task A_thousand_piped_calls_of_the_2026_protocol_run_and_are_answered_in_order()
    {
        await using Session session = new();
        await session.SendAsync([Wire.Discover, .. Calls(1000, Wire.Call2026)]);

        IReadOnlyList<string> answers = await session.EndAsync();
        Assert.Equal(Wire.Ids(0, 1001), Wire.Ids(answers));
        Assert.Equal(Wire.Ids(1, 1000), session.Heard);
        Assert.Contains("2026-07-28", answers[0], StringComparison.Ordinal);
        Assert.Contains("\"resultType\":\"complete\"", answers[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_needs_no_handshake() =>
        Assert.Equal("hi", Wire.Text(Assert.Single(await Session.PipeAsync(Wire.Call(1, "echo", "hi")))));

    [Fact]
    public async Task Everything_is_answered_though_the_input_ended_with_500_unanswered()
    {
        await using Session session = new();
        await session.SendAsync([Wire.Call(1, "hold"), .. Calls(500, Wire.Call).Skip(1)]);
        session.EndInput();
        await session.Held;
        session.LetGo();

        Assert.Equal(Wire.Ids(1, 500), Wire.Ids(await session.RestAsync()));
    }

    [Fact]
    public async Task A_failing_request_is_answered_before_the_next_one()
    {
        string unknown = """{"jsonrpc":"2.0","id":1,"method":"no/such"}""";

        IReadOnlyList<string> answers = await Session.PipeAsync(unknown, Wire.Call(2, "echo"), Wire.Call(3, "no_tool"));

        Assert.Equal(["1", "2", "3"], Wire.Ids(answers));
        Assert.Equal(-32601, Wire.ErrorCode(answers[0]));
    }

    [Fact]
    public async Task A_ping_does_not_wait_for_the_call_that_runs()
    {
        await using Session session = new();
        await session.SendAsync(Wire.Call(1, "hold"), Wire.Call(2, "echo"), Wire.Ping(3));
        Assert.Equal("3", Wire.Id(await session.AnswerAsync()));

        session.LetGo();
        Assert.Equal(["1", "2"], Wire.Ids(await session.EndAsync()));
    }

    [Fact]
    public async Task A_second_request_with_an_open_id_is_refused_and_the_first_is_answered()
    {
        await using Session session = new();
        await session.SendAsync(Wire.Call(1, "hold"), Wire.Call(1, "echo"));
        string? refusal = await session.AnswerAsync();
        Assert.Equal(("1", -32600), (Wire.Id(refusal), Wire.ErrorCode(refusal)));
        Wording.Match(Wire.ErrorText(refusal));

        session.LetGo();
        Assert.Equal("held", Wire.Text(await session.AnswerAsync()));
        await session.SendAsync(Wire.Call(1, "echo", "again"));
        Assert.Equal("again", Wire.Text(Assert.Single(await session.EndAsync())));
    }

    [Fact]
    public async Task A_message_of_8_MB_goes_there_and_back()
    {
        string text = new('x', 8 << 20);

        Assert.Equal(text, Wire.Text(Assert.Single(await Session.PipeAsync(Wire.Call(1, "echo", text)))));
    }

    [Fact]
    public async Task A_byte_order_mark_carriage_returns_and_blank_lines_are_passed_over()
    {
        string[] calls = [.. Calls(3, Wire.Call)];
        string input = $"\uFEFF{calls[0]}\r\n\r\n \t\n\uFEFF{calls[1]}\n\n{calls[2]}";

        Assert.Equal(["1", "2", "3"], Wire.Ids(await Session.PipeAsync(Encoding.UTF8.GetBytes(input))));
    }

    [Fact]
    public async Task Letters_are_answered_as_letters()
    {
        string line = Assert.Single(await Session.PipeAsync(Wire.Call(1, "echo", "Žluťoučký 東京 😀 <a href='x'>&+")));

        Assert.Contains("\"text\":\"Žluťoučký 東京 😀 <a href='x'>&+\"", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_in_nothing_out() => Assert.Empty(await Session.PipeAsync(Array.Empty<byte>()));

    private static IEnumerable<string> Calls(int count, Func<int, string, string, string> call) =>
        Enumerable.Range(1, count).Select(id => call(id, "echo", id.ToString(CultureInfo.InvariantCulture)));
}
