using System.Diagnostics;
using System.Threading.Channels;

namespace MemoryGraph.EndToEnd.Tests.Driving;

/// <summary>A running server and the client's ends of its pipes.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    /// <summary>Longer than anything takes; what lasts longer hangs, and the test says where.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Channel<string> _errors = Channel.CreateUnbounded<string>();
    private readonly Task _errorsRead;
    private int _errorLines;
    private long _lastId;

    private ServerProcess(Process process)
    {
        _process = process;
        _errorsRead = Task.Run(ReadErrorsAsync);
    }

    /// <summary>The process that was started: the wrapper, if there is one.</summary>
    public int Id => _process.Id;

    /// <summary>Starts a server and shakes hands with it.</summary>
    public static async Task<ServerProcess> StartAsync(Launch launch)
    {
        ServerProcess server = Of(launch);
        await server.SendAsync(Request.Initialize(0));
        Answer hello = await server.AnswerAsync(0);
        Assert.False(hello.IsError, hello.Line);
        await server.SendAsync(Request.Initialized);
        return server;
    }

    /// <summary>Starts a server and says nothing yet.</summary>
    public static ServerProcess Of(Launch launch) => new(launch.Start());

    /// <summary>Sends a call and waits for its answer.</summary>
    public async Task<Answer> CallAsync(ToolCall call) => await AnswerAsync(await SendAsync(call));

    /// <summary>Sends a call and waits for its answer, which must not be an error.</summary>
    public async Task<Answer> DoAsync(ToolCall call)
    {
        Answer answer = await CallAsync(call);
        Assert.False(answer.IsError, answer.Text);
        return answer;
    }

    /// <summary>Sends a call without waiting.</summary>
    /// <returns>The request's id.</returns>
    public async Task<long> SendAsync(ToolCall call)
    {
        long id = ++_lastId;
        await SendAsync(Request.Of(id, call));
        return id;
    }

    public async Task SendAsync(string line)
    {
        await _process.StandardInput.WriteAsync(line + "\n");
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>The next line, which must be the answer to a request: answers come in the order of requests.</summary>
    public async Task<Answer> AnswerAsync(long id)
    {
        Answer? answer = await NextAnswerAsync();
        Assert.True(answer is not null, $"The server ended before it answered request {id}.");
        Assert.Equal(id, answer.Id);
        return answer;
    }

    /// <summary>The next line; null when there will be none.</summary>
    public async Task<Answer?> NextAnswerAsync() =>
        await LineAsync() is { } line ? Answer.Parse(line) : null;

    /// <summary>The next line, whatever it is; null when there will be none.</summary>
    public async Task<string?> LineAsync() => await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience);

    /// <summary>How many lines came on standard error so far.</summary>
    public int ErrorLines => Volatile.Read(ref _errorLines);

    /// <summary>Waits until a line with a text appears on standard error.</summary>
    public async Task<string> ErrorLineAsync(string text)
    {
        using var hangs = new CancellationTokenSource(Patience);
        while (true)
        {
            string line = await _errors.Reader.ReadAsync(hangs.Token);
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return line;
            }
        }
    }

    public void CloseInput() => _process.StandardInput.Close();

    /// <summary>Stops to read, as a client that went away.</summary>
    public void CloseOutput() => _process.StandardOutput.Close();

    public void Kill() => _process.Kill(entireProcessTree: true);

    /// <summary>Waits for the end and gives the exit code.</summary>
    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    /// <summary>Ends the input and waits for a clean end.</summary>
    public async Task EndAsync()
    {
        CloseInput();
        Assert.Equal(0, await ExitAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            Kill();
            await _process.WaitForExitAsync().WaitAsync(Patience);
        }

        await _errorsRead.WaitAsync(Patience);
        _process.Dispose();
    }

    private async Task ReadErrorsAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            Interlocked.Increment(ref _errorLines);
            _errors.Writer.TryWrite(line);
        }

        _errors.Writer.Complete();
    }
}
