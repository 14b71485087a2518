using System.Diagnostics.CodeAnalysis;
using MemoryGraph.Text;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace MemoryGraph.Mcp.Protocol;

/// <summary>One session over a pair of streams: a message a line, answers in the order of the requests.</summary>
/// <remarks>
/// The stock transport forgets every pending answer when the input ends, runs piped requests side by side and says
/// nothing to a line it cannot read. Here:
/// <code>
/// input ─► LineReader ─► MessageParser ─┬─ request ───────────────► RequestQueue ─► session
///                            │          └─ answer, notification ──────────────────► session
///                            └─ malformed ─► answered at once
/// output ◄─ MessageWriter ◄──────────────── answer, which gives the next request its turn ◄─ session
/// </code>
/// The end comes in two steps. When the input ends, or <see cref="Stop"/> was called, nothing new is taken and what was
/// taken is answered, for at most <c>drainLimit</c>. Then, or when the output breaks, the session is disconnected and
/// <c>McpServer.RunAsync</c> returns. The streams stay their owner's.
/// </remarks>
[SuppressMessage("Usage", "CA2213", Justification = "Late calls still ask its token sources, which free nothing.")]
internal sealed class StdioTransport : TransportBase
{
    /// <summary>The longest line taken. A call may carry 8 MB of text.</summary>
    public const int LineBytesMax = 16 << 20;

    private const McpErrorCode SessionOver = (McpErrorCode)(-32000);

    public static readonly TimeSpan DrainLimitByDefault = TimeSpan.FromSeconds(10);

    // How long what was left unfinished may take to be told. A client that stopped reading is not waited for.
    private static readonly TimeSpan PartingLimit = TimeSpan.FromSeconds(1);

    private readonly LineReader _input;
    private readonly MessageWriter _output;
    private readonly RequestQueue _requests;
    private readonly PendingServerRequests _questions = new();
    private readonly TimeSpan _drainLimit;
    private readonly TimeProvider _time;

    // The end of the session in two moments: first whatever runs is told, then nobody is waited for.
    private readonly CancellationTokenSource _hurry = new();
    private readonly CancellationTokenSource _over = new();
    private int _inputEnded;
    private int _ended;

    /// <summary>Starts to read.</summary>
    /// <param name="drainLimit">How long requests may still run after the end of input; 10 s if null.</param>
    public StdioTransport(Stream input, Stream output, TimeSpan? drainLimit = null, TimeProvider? time = null)
        : base("stdio", loggerFactory: null)
    {
        _input = new(input, LineBytesMax);
        _output = new(output);
        _requests = new(GiveToSession);
        _drainLimit = drainLimit ?? DrainLimitByDefault;
        _time = time ?? TimeProvider.System;
        SetConnected();

        // A read of standard input blocks and cannot be cancelled: a pool thread would be lost to it, and the process
        // would wait for a foreground thread at its end.
        new Thread(ReadToEnd) { IsBackground = true, Name = "stdio input" }.Start();
    }

    /// <summary>A filter that tells this transport of requests that end without an answer.</summary>
    public McpMessageHandler WatchRequests(McpMessageHandler next) => (context, cancellationToken) =>
        context.JsonRpcMessage is JsonRpcRequest request
            ? WatchAsync(request, token => next(context, token), cancellationToken)
            : next(context, cancellationToken);

    /// <summary>Takes nothing more, refuses what waits for its turn, and lets what runs come to its answer.</summary>
    public void Stop()
    {
        EndInput();
        foreach (RequestId id in _requests.TakeWaiting())
        {
            _ = SendMessageAsync(Error(id, "The server is stopping; this request was not run."));
        }
    }

    /// <remarks>Whether the input ended does not matter: whoever asked may still read.</remarks>
    public override async Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default)
    {
        RequestQueue.PendingRequest? answered = null;
        if (message is JsonRpcResponse or JsonRpcError
            && (answered = _requests.BeginAnswer(((JsonRpcMessageWithId)message).Id)) is null)
        {
            return;
        }

        if (message is JsonRpcRequest question)
        {
            _requests.LiftBound();
            if (!_questions.TryAsk(question.Id))
            {
                AnswerForTheClient(question.Id);
                return;
            }
        }

        try
        {
            await _output.WriteAsync(message, cancellationToken);
        }
        catch (Exception broken) when (broken is IOException or ObjectDisposedException)
        {
            End();
            return;
        }

        if (answered is not null)
        {
            _requests.Answered(answered);
        }
    }

    /// <summary>Ends the session at once. Does not wait for a read that blocks.</summary>
    public override ValueTask DisposeAsync()
    {
        End();
        return ValueTask.CompletedTask;
    }

    private async Task WatchAsync(
        JsonRpcRequest request, Func<CancellationToken, Task> handle, CancellationToken cancellationToken)
    {
        using var eitherEnd = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _hurry.Token);
        try
        {
            // A tool that does not listen to its cancellation must not keep the process once the session is over.
            await handle(eitherEnd.Token).WaitAsync(_over.Token);
        }
        finally
        {
            // Only then: after a failure the session has an answer to send, which the next one must not overtake.
            if (cancellationToken.IsCancellationRequested)
            {
                _requests.Cancelled(request);
            }
        }
    }

    private void ReadToEnd()
    {
        try
        {
            while (_input.Next(out ReadOnlyMemory<byte> read) && Volatile.Read(ref _inputEnded) == 0)
            {
                ReadOnlySpan<byte> line = MessageParser.Trim(read.Span);
                if (_input.IsCut)
                {
                    Refuse(new(null, McpErrorCode.InvalidRequest, $"Longer than {LineBytesMax} bytes."));
                }
                else if (line.IsEmpty)
                {
                    continue;
                }
                else if (MessageParser.TryParse(line, out JsonRpcMessage? message, out MalformedMessage? malformed))
                {
                    Take(message, line.Length);
                }
                else
                {
                    Refuse(malformed);
                }

                _requests.WaitForRoom();
            }
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException)
        {
            // A client that went away without closing its end.
        }

        EndInput();
    }

    private void Take(JsonRpcMessage message, int lineBytes)
    {
        switch (message)
        {
            case JsonRpcRequest request:
                if (!_requests.TryAdd(request, lineBytes))
                {
                    Refuse(new(request.Id, McpErrorCode.InvalidRequest, "A request with this id is still open."));
                }

                return;
            case JsonRpcNotification { Method: NotificationMethods.CancelledNotification } cancellation
                when CancellationNotice.RequestIn(cancellation) is { } id && _requests.TryWithdraw(id):
                return;
            case JsonRpcResponse or JsonRpcError:
                _questions.Answered(((JsonRpcMessageWithId)message).Id);
                break;
        }

        GiveToSession(message);
    }

    // Blocks the reading thread on purpose: a client that does not read is not read either.
    private void Refuse(MalformedMessage malformed)
    {
        try
        {
            MalformedMessage located = malformed with { Text = $"Line {_input.Number}: {malformed.Text}" };
            _output.WriteAsync(located, _over.Token).WaitAsync(_over.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            // The session is over, and with it the answers.
        }
        catch (Exception broken) when (broken is IOException or ObjectDisposedException)
        {
            End();
        }
    }

    private void EndInput()
    {
        if (Interlocked.Exchange(ref _inputEnded, 1) != 0)
        {
            return;
        }

        foreach (RequestId question in _questions.Close())
        {
            AnswerForTheClient(question);
        }

        _ = DrainAsync();
    }

    private async Task DrainAsync()
    {
        try
        {
            await _requests.WhenAllAnsweredAsync().WaitAsync(_drainLimit, _time, _over.Token);
            SetDisconnected();
        }
        catch (TimeoutException)
        {
            await PartAsync(_requests.TakeAll());
            End();
        }
        catch (OperationCanceledException)
        {
            // It ended meanwhile.
        }
    }

    private async Task PartAsync(IReadOnlyList<RequestId> unfinished)
    {
        string text =
            $"Not finished {_drainLimit.TotalSeconds:0.#} s after the end of input; it may have taken effect.";
        try
        {
            foreach (RequestId id in unfinished)
            {
                await _output.WriteAsync(Error(id, text), _over.Token).WaitAsync(PartingLimit, _time, _over.Token);
            }
        }
        catch (Exception gone) when (
            gone is TimeoutException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            // Nobody reads any more.
        }
    }

    private void End()
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0)
        {
            return;
        }

        Volatile.Write(ref _inputEnded, 1);
        _requests.TakeAll();
        foreach (RequestId question in _questions.Close())
        {
            AnswerForTheClient(question);
        }

        SetDisconnected();
        _hurry.Cancel();
        _over.Cancel();
    }

    private void AnswerForTheClient(RequestId question) =>
        GiveToSession(Error(question, "The client closed its side before it answered."));

    // The session's inbox has no bound, so this is done when it returns.
    private void GiveToSession(JsonRpcMessage message) => _ = WriteMessageAsync(message, CancellationToken.None);

    private static JsonRpcError Error(RequestId id, string text) =>
        new() { Id = id, Error = new() { Code = (int)SessionOver, Message = text } };
}
