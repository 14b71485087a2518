using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace MemoryGraph.Mcp.Tests.Stdio;

/// <summary>
/// What the plain SDK does wrong, one test for each of our workarounds. A test that fails here after an update of the SDK
/// is good news: its workaround can go.
/// </summary>
/// <remarks>How our server does it right is tested where the workaround is: in the other classes of this folder.</remarks>
public sealed class SdkWorkaroundTests
{
    private const string SaysNothing = "An error occurred";

    // StdioTransport: drains at the end of input.
    [Fact]
    public async Task The_SDK_forgets_pending_answers_when_the_input_ends()
    {
        await using PlainSession session = new();
        await session.SendAsync(Wire.Initialize, Wire.Initialized);
        await session.AnswerAsync();
        await session.SendAsync(Wire.Call(1, "hold"));
        await session.Held;

        session.EndInput();
        await session.InputEnded;
        session.LetGo();
        await session.Ended;

        Assert.Null(await session.AnswerAsync());
    }

    // RequestQueue: one request at a time.
    [Fact]
    public async Task The_SDK_runs_piped_requests_side_by_side()
    {
        await using PlainSession session = new();
        await session.SendAsync(Wire.Initialize, Wire.Initialized);
        await session.AnswerAsync();

        await session.SendAsync(Wire.Call(1, "hold"), Wire.Call(2, "echo"));

        Assert.Equal("2", Wire.Id(await session.AnswerAsync()));
        session.LetGo();
        Assert.Equal("1", Wire.Id(await session.AnswerAsync()));
    }

    // MalformedMessageReport.
    [Theory]
    [InlineData("this is no JSON")]
    [InlineData("""[{"jsonrpc":"2.0","id":7,"method":"ping"}]""")]
    public async Task The_SDK_says_nothing_to_a_line_that_it_cannot_read(string line)
    {
        await using PlainSession session = new();

        await session.SendAsync(line, Wire.Ping(8));

        Assert.Equal("8", Wire.Id(await session.AnswerAsync()));
    }

    // LoneSurrogates.
    [Fact]
    public async Task The_SDK_does_not_name_the_argument_that_holds_half_a_pair() =>
        Assert.Contains(SaysNothing, await AnswerToAsync(Wire.CallWith(1, "echo", """{"text":"a\ud800"}""")), StringComparison.Ordinal);

    // MessageParser.
    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/list","params":[]}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":7}}""")]
    public async Task The_SDK_does_not_say_what_is_wrong_with_params(string line) =>
        Assert.DoesNotContain("must be an object", await AnswerToAsync(line), StringComparison.Ordinal);

    // ToolCallFilter.
    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":"{\"text\":\"x\"}"}}""")]
    public async Task The_SDK_does_not_say_what_is_wrong_with_a_tool_call(string line) =>
        Assert.Contains(SaysNothing, await AnswerToAsync(line), StringComparison.Ordinal);

    // RequestErrorFilter.
    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"resources/read","params":{"uri":7}}""")]
    public async Task The_SDK_does_not_say_what_is_wrong_with_a_request(string line) =>
        Assert.Contains(SaysNothing, await AnswerToAsync(line), StringComparison.Ordinal);

    // McpServerSetup.AnswerAnywayAsync.
    [Fact]
    public async Task The_SDK_answers_an_unknown_tool_with_an_error_that_models_do_not_see() =>
        Assert.True(Wire.Parse(await AnswerToAsync(Wire.Call(1, "nothing"))).TryGetProperty("error", out _));

    // McpServerSetup.AnswerAnywayAsync.
    [Fact]
    public async Task The_SDK_does_not_say_that_a_tool_failed_by_a_fault_of_the_server() =>
        Assert.DoesNotContain("server", Wire.Text(await AnswerToAsync(Wire.Call(1, "fail"))), StringComparison.Ordinal);

    // McpServerSetup.OfferOnlyWhatIsThere.
    [Fact]
    public async Task The_SDK_offers_logging_and_changing_tool_lists_whatever_it_is_told()
    {
        await using PlainSession session = new();
        await session.SendAsync(Wire.Initialize);

        JsonElement offered = Wire.Result(await session.AnswerAsync()).GetProperty("capabilities");
        Assert.True(offered.TryGetProperty("logging", out _), offered.GetRawText());
        Assert.True(offered.GetProperty("tools").GetProperty("listChanged").GetBoolean(), offered.GetRawText());
    }

    private static async Task<string> AnswerToAsync(string line)
    {
        await using PlainSession session = new();
        await session.SendAsync(Wire.Initialize, Wire.Initialized);
        await session.AnswerAsync();
        await session.SendAsync(line);
        return (await session.AnswerAsync())!;
    }

    /// <summary>The SDK's own transport and no filter of ours.</summary>
    private sealed class PlainSession : IAsyncDisposable
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

        private readonly Pipe _input = new(new PipeOptions(pauseWriterThreshold: 0));
        private readonly Pipe _output = new(new PipeOptions(pauseWriterThreshold: 0));
        private readonly StreamReader _answers;
        private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _letGo = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly StreamServerTransport _transport;
        private readonly McpServer _server;

        public PlainSession()
        {
            _answers = new(_output.Reader.AsStream());
            _transport = new StreamServerTransport(_input.Reader.AsStream(), _output.Writer.AsStream(), "plain", null);
            _server = McpServer.Create(_transport, new McpServerOptions
            {
                ServerInfo = new() { Name = "plain", Version = "1" },
                Capabilities = new ServerCapabilities
                {
                    Tools = new ToolsCapability { ListChanged = false },
                    Resources = new ResourcesCapability(),
                },
                Handlers = new() { ReadResourceHandler = (_, _) => throw new NotSupportedException() },
                ToolCollection =
                [
                    TestTool.Echo([]),
                    new TestTool("hold", (_, _) => HoldAsync()),
                    new TestTool("fail", (_, _) => throw new InvalidOperationException("secret path")),
                ],
            });
            Ended = RunAsync();
        }

        public Task Held => _held.Task.WaitAsync(Patience);

        public Task InputEnded => _transport.MessageReader.Completion.WaitAsync(Patience);

        public Task Ended { get; }

        public async Task SendAsync(params string[] lines) =>
            await _input.Writer.WriteAsync(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))));

        public async Task<string?> AnswerAsync() => await _answers.ReadLineAsync().WaitAsync(Patience);

        public void LetGo() => _letGo.TrySetResult();

        public void EndInput() => _input.Writer.Complete();

        public async ValueTask DisposeAsync()
        {
            LetGo();
            EndInput();
            await Ended;
            await _server.DisposeAsync();
            await _transport.DisposeAsync();
            _answers.Dispose();
        }

        private async Task RunAsync()
        {
            await _server.RunAsync().WaitAsync(Patience);
            await _output.Writer.CompleteAsync();
        }

        private async Task<string> HoldAsync()
        {
            _held.TrySetResult();
            await _letGo.Task;
            return "held";
        }
    }
}
