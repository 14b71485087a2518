using System.IO.Pipelines;
using System.Text;
using MemoryGraph.Mcp.Protocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace MemoryGraph.Mcp.Tests.Stdio;

/// <summary>The real server on the transport, with raw lines at both ends.</summary>
/// <remarks>
/// Tools: <c>echo</c>; <c>hold</c>, which tells <see cref="Held"/> and answers when the test says
/// <see cref="LetGo"/>; <c>stall</c>, which waits for its cancellation; <c>deaf</c>, which never ends;
/// <c>ask</c>, which asks the user.
/// </remarks>
internal sealed class Session : IAsyncDisposable
{
    // Only so that a fault shows as a failure and not as a run without end.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Pipe _input = new(new PipeOptions(pauseWriterThreshold: 0));
    private readonly Pipe _output = new(new PipeOptions(pauseWriterThreshold: 0));
    private readonly StreamReader _answers;
    private readonly TaskCompletionSource _letGo = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _stallCancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly McpServer _server;

    /// <param name="options">What to serve in place of the tools above.</param>
    public Session(TimeProvider? time = null, Stream? output = null, McpServerOptions? options = null)
    {
        _answers = new(_output.Reader.AsStream());
        Transport = new(_input.Reader.AsStream(), output ?? _output.Writer.AsStream(), time: time);
        options ??= new()
        {
            ServerInfo = new() { Name = "test", Version = "1" },
            ScopeRequests = false,
            ToolCollection =
            [
                TestTool.Echo(Heard),
                new TestTool("hold", (_, _) => HoldAsync()),
                new TestTool("stall", StallAsync),
                new TestTool("deaf", (_, _) => DeafAsync()),
                new TestTool("ask", AskAsync),
            ],
        };
        McpServerSetup.Attach(Transport, options);
        _server = McpServer.Create(Transport, options);
        Ended = RunAsync();
    }

    public StdioTransport Transport { get; }

    public List<string> Heard { get; } = [];

    public Task Held => _held.Task.WaitAsync(Patience);

    public Task StallCancelled => _stallCancelled.Task.WaitAsync(Patience);

    public Task Ended { get; }

    /// <summary>Sends everything, ends the input and returns every line of the answer.</summary>
    public static async Task<IReadOnlyList<string>> PipeAsync(byte[] input)
    {
        await using Session session = new();
        await session.SendAsync(input);
        return await session.EndAsync();
    }

    public static Task<IReadOnlyList<string>> PipeAsync(params string[] lines) =>
        PipeAsync(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))));

    public async Task SendAsync(params string[] lines) =>
        await SendAsync(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))));

    public async Task SendAsync(byte[] bytes) => await _input.Writer.WriteAsync(bytes);

    public async Task<string?> AnswerAsync() => await _answers.ReadLineAsync().WaitAsync(Patience);

    public void LetGo() => _letGo.SetResult();

    public void EndInput() => _input.Writer.Complete();

    public async Task<IReadOnlyList<string>> EndAsync()
    {
        EndInput();
        return await RestAsync();
    }

    /// <summary>What is still answered until the session has ended.</summary>
    public async Task<IReadOnlyList<string>> RestAsync()
    {
        await Ended;
        List<string> rest = [];
        while (await AnswerAsync() is { } line)
        {
            rest.Add(line);
        }

        return rest;
    }

    public async ValueTask DisposeAsync()
    {
        await Transport.DisposeAsync();
        await Ended;
        await _server.DisposeAsync();
        await _input.Writer.CompleteAsync();
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

    private async Task<string> StallAsync(
        RequestContext<CallToolRequestParams> call, CancellationToken cancellationToken)
    {
        _held.TrySetResult();
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }
        finally
        {
            _stallCancelled.SetResult();
        }

        return "never";
    }

    private async Task<string> DeafAsync()
    {
        _held.TrySetResult();
        await new TaskCompletionSource().Task;
        return "never";
    }

    private static async Task<string> AskAsync(
        RequestContext<CallToolRequestParams> call, CancellationToken cancellationToken)
    {
        ElicitRequestParams question = new() { Message = "Sure?", RequestedSchema = new() };
        ElicitResult result = await call.Server.ElicitAsync(question, cancellationToken);
        return result.Action;
    }
}
