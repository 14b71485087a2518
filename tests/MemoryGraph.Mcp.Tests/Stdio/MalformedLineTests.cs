using System.Text;

namespace MemoryGraph.Mcp.Tests.Stdio;

public sealed class MalformedLineTests
{
    private const string Batch = "Batches are not supported; send one message per line.";
    private const string WrongId = "\"id\" must be a string or an integer; leave it out in a notification.";
    private const string NotAnObject = "A message must be a JSON object.";
    private const string NoVersion = "A message must have \"jsonrpc\":\"2.0\".";
    private const string WrongParams = "\"params\" must be an object.";
    private const string Whole = "Send each message whole, on one line.";

    [Theory]
    [InlineData("hello", -32700, "null", "Not valid JSON near byte 1. " + Whole)]
    [InlineData("{", -32700, "null", "Not valid JSON near byte 2. " + Whole)]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"ping" """, -32700, "7", Whole)]
    [InlineData("""{"jsonrpc":"2.0","id":"a","method":ping}""", -32700, "\"a\"", "near byte 36.")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"ping"} {}""", -32700, "7", "near byte 42.")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"ping"}{"jsonrpc":"2.0","id":8}""", -32700, "7", Whole)]
    [InlineData("[]", -32600, "null", Batch)]
    [InlineData("""[{"jsonrpc":"2.0","id":7,"method":"ping"}]""", -32600, "null", Batch)]
    [InlineData("""[{"jsonrpc":"2.0",""", -32600, "null", Batch)]
    [InlineData("null", -32600, "null", NotAnObject)]
    [InlineData("5", -32600, "null", NotAnObject)]
    [InlineData("\"ping\"", -32600, "null", NotAnObject)]
    [InlineData("true", -32600, "null", NotAnObject)]
    [InlineData("{}", -32600, "null", NoVersion)]
    [InlineData("""{"id":7,"method":"ping"}""", -32600, "7", NoVersion)]
    [InlineData("""{"jsonrpc":"1.0","id":7,"method":"ping"}""", -32600, "7", NoVersion)]
    [InlineData("""{"jsonrpc":2.0,"id":7,"method":"ping"}""", -32600, "7", NoVersion)]
    [InlineData("""{"jsonrpc":"2.0"}""", -32600, "null", "A message must have a \"method\".")]
    [InlineData("""{"jsonrpc":"2.0","id":7}""", -32600, "7", "A message must have a \"method\".")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":5}""", -32600, "7", "\"method\" must be a string.")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":null}""", -32600, "7", "\"method\" must be a string.")]
    [InlineData("""{"jsonrpc":"2.0","id":null,"method":"ping"}""", -32600, "null", WrongId)]
    [InlineData("""{"jsonrpc":"2.0","id":true,"method":"ping"}""", -32600, "null", WrongId)]
    [InlineData("""{"jsonrpc":"2.0","id":1.5,"method":"ping"}""", -32600, "null", WrongId)]
    [InlineData("""{"jsonrpc":"2.0","id":9223372036854775808,"method":"ping"}""", -32600, "null", WrongId)]
    [InlineData("""{"jsonrpc":"2.0","id":{"id":7},"method":"ping"}""", -32600, "null", WrongId)]
    [InlineData("""{"jsonrpc":"2.0","id":"\ud800","method":"ping"}""", -32600, "null", WrongId)]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"\ud800"}""", -32600, "7", "Not a JSON-RPC 2.0 message.")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"ping","\ud800":1}""", -32600, "7", "Not a JSON-RPC 2.0 message.")]
    [InlineData("""{"jsonrpc":"\ud8002.0","id":7,"method":"ping"}""", -32600, "7", NoVersion)]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"ping","\ud800aaaaaa":1""", -32700, "7", Whole)]
    [InlineData("""{"\udc00":1,"jsonrpc":"2.0","id":7,"method":"ping"}""", -32600, "7", "Not a JSON-RPC 2.0 message.")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"error":"no"}""", -32600, "null", "Not a JSON-RPC 2.0 message.")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"tools/list","params":[1]}""", -32602, "7", WrongParams)]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"tools/list","params":"x"}""", -32602, "7", WrongParams)]
    public async Task A_line_that_is_no_message_is_answered(string line, int code, string id, string text)
    {
        IReadOnlyList<string> answers = await Session.PipeAsync(Wire.Ping(1), line, Wire.Ping(2));

        string refusal = Assert.Single(answers, answer => answer.Contains("\"error\"", StringComparison.Ordinal));
        Assert.Equal((code, id), (Wire.ErrorCode(refusal), Wire.Id(refusal)));
        Assert.StartsWith("Line 2: ", Wire.ErrorText(refusal), StringComparison.Ordinal);
        Assert.Contains(text, Wire.ErrorText(refusal), StringComparison.Ordinal);
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
        Assert.Equal("Line 1: Nested too deeply: at most 64 levels.", Wire.ErrorText(refusal));
    }

    [Fact]
    public async Task A_line_that_is_not_UTF8_is_refused_under_its_id_and_not_run()
    {
        byte[] line = Encoding.Latin1.GetBytes(Wire.Call(7, "echo", "caf\u00E9"));
        await using Session session = new();
        await session.SendAsync([.. line, (byte)'\n']);

        string refusal = Assert.Single(await session.EndAsync());
        Assert.Equal(("7", -32700), (Wire.Id(refusal), Wire.ErrorCode(refusal)));
        Assert.Equal("Line 1: Not valid UTF-8.", Wire.ErrorText(refusal));
        Assert.Empty(session.Heard);
    }

    [Fact]
    public async Task A_line_over_16_MiB_is_refused_and_the_next_one_is_read()
    {
        string tooLong = new('x', (16 << 20) + 1);

        IReadOnlyList<string> answers = await Session.PipeAsync(tooLong, Wire.Ping(1));
        Assert.Equal(["null", "1"], Wire.Ids(answers));
        Assert.Equal(-32600, Wire.ErrorCode(answers[0]));
        Assert.Equal("Line 1: Longer than 16777216 bytes.", Wire.ErrorText(answers[0]));
    }

    [Fact]
    public async Task Unknown_notifications_and_answers_to_nothing_stay_unanswered() =>
        Assert.Equal(["1"], Wire.Ids(await Session.PipeAsync(
            """{"jsonrpc":"2.0","method":"notifications/whatever"}""",
            """{"jsonrpc":"2.0","id":99,"result":{}}""",
            """{"jsonrpc":"2.0","id":98,"error":{"code":-1,"message":"no"}}""",
            Wire.Ping(1))));
}
