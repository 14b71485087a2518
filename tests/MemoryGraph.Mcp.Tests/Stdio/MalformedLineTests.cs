using System.Text;

namespace MemoryGraph.Mcp.Tests.Stdio;

public sealed class MalformedLineTests
{
    [Theory]
    [InlineData("hello", -32700, "null")]
    [InlineData("{", -32700, "null")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"ping" """, -32700, "7")]
    [InlineData("""{"jsonrpc":"2.0","id":"a","method":ping}""", -32700, "\"a\"")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"ping"} {}""", -32700, "7")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"ping"}{"jsonrpc":"2.0","id":8}""", -32700, "7")]
    [InlineData("[]", -32600, "null")]
    [InlineData("""[{"jsonrpc":"2.0","id":7,"method":"ping"}]""", -32600, "null")]
    [InlineData("""[{"jsonrpc":"2.0",""", -32600, "null")]
    [InlineData("null", -32600, "null")]
    [InlineData("5", -32600, "null")]
    [InlineData("\"ping\"", -32600, "null")]
    [InlineData("true", -32600, "null")]
    [InlineData("{}", -32600, "null")]
    [InlineData("""{"id":7,"method":"ping"}""", -32600, "7")]
    [InlineData("""{"jsonrpc":"1.0","id":7,"method":"ping"}""", -32600, "7")]
    [InlineData("""{"jsonrpc":2.0,"id":7,"method":"ping"}""", -32600, "7")]
    [InlineData("""{"jsonrpc":"2.0"}""", -32600, "null")]
    [InlineData("""{"jsonrpc":"2.0","id":7}""", -32600, "7")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":5}""", -32600, "7")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":null}""", -32600, "7")]
    [InlineData("""{"jsonrpc":"2.0","id":null,"method":"ping"}""", -32600, "null")]
    [InlineData("""{"jsonrpc":"2.0","id":true,"method":"ping"}""", -32600, "null")]
    [InlineData("""{"jsonrpc":"2.0","id":1.5,"method":"ping"}""", -32600, "null")]
    [InlineData("""{"jsonrpc":"2.0","id":9223372036854775808,"method":"ping"}""", -32600, "null")]
    [InlineData("""{"jsonrpc":"2.0","id":{"id":7},"method":"ping"}""", -32600, "null")]
    [InlineData("""{"jsonrpc":"2.0","id":"\ud800","method":"ping"}""", -32600, "null")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"\ud800"}""", -32600, "7")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"ping","\ud800":1}""", -32600, "7")]
    [InlineData("""{"jsonrpc":"\ud8002.0","id":7,"method":"ping"}""", -32600, "7")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"ping","\ud800aaaaaa":1""", -32700, "7")]
    [InlineData("""{"\udc00":1,"jsonrpc":"2.0","id":7,"method":"ping"}""", -32600, "7")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"error":"no"}""", -32600, "null")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"tools/list","params":[1]}""", -32602, "7")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"tools/list","params":"x"}""", -32602, "7")]
    public async Task A_line_that_is_no_message_is_answered(string line, int code, string id)
    {
        IReadOnlyList<string> answers = await Session.PipeAsync(Wire.Ping(1), line, Wire.Ping(2));

        string refusal = Assert.Single(answers, answer => answer.Contains("\"error\"", StringComparison.Ordinal));
        Assert.Equal((code, id), (Wire.ErrorCode(refusal), Wire.Id(refusal)));
        Wording.Match(Wire.ErrorText(refusal), line);
        Assert.Equal(3, answers.Count);
    }

    [Theory]
    [InlineData(64)]
    [InlineData(1000)]
    [InlineData(1_000_000)]
    public async Task A_message_that_nests_too_deeply_is_refused_under_its_id(int depth)
    {
        string nested = new string('[', depth) + new string(']', depth);
        string line = $$$"""{"jsonrpc":"2.0","method":"tools/call","params":{"x":{{{nested}}}},"id":7}""";

        string refusal = Assert.Single(await Session.PipeAsync(line));
        Assert.Equal(("7", -32600), (Wire.Id(refusal), Wire.ErrorCode(refusal)));
        Wording.Match(Wire.ErrorText(refusal));
    }

    [Fact]
    public async Task A_line_that_is_not_UTF8_is_refused_under_its_id_and_not_run()
    {
        byte[] line = Encoding.Latin1.GetBytes(Wire.Call(7, "echo", "caf\u00E9"));
        await using Session session = new();
        await session.SendAsync([.. line, (byte)'\n']);

        string refusal = Assert.Single(await session.EndAsync());
        Assert.Equal(("7", -32700), (Wire.Id(refusal), Wire.ErrorCode(refusal)));
        Wording.Match(Wire.ErrorText(refusal));
        Assert.Empty(session.Heard);
    }

    [Fact]
    public async Task A_line_over_16_MiB_is_refused_and_the_next_one_is_read()
    {
        string tooLong = new('x', (16 << 20) + 1);

        IReadOnlyList<string> answers = await Session.PipeAsync(tooLong, Wire.Ping(1));
        Assert.Equal(["null", "1"], Wire.Ids(answers));
        Assert.Equal(-32600, Wire.ErrorCode(answers[0]));
        Wording.Match(Wire.ErrorText(answers[0]));
    }

    [Fact]
    public async Task Unknown_notifications_and_answers_to_nothing_stay_unanswered() =>
        Assert.Equal(["1"], Wire.Ids(await Session.PipeAsync(
            """{"jsonrpc":"2.0","method":"notifications/whatever"}""",
            """{"jsonrpc":"2.0","id":99,"result":{}}""",
            """{"jsonrpc":"2.0","id":98,"error":{"code":-1,"message":"no"}}""",
            Wire.Ping(1))));
}
