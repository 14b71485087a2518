using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MemoryGraph.Text;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace MemoryGraph.Mcp.Protocol;

/// <summary>Writes messages, each as one line in one write and flush, one after the other.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore without wait handle holds nothing to give back.")]
internal sealed class MessageWriter(Stream output)
{
    private const int BufferBytesKept = 1 << 20;

    private static readonly JsonTypeInfo<JsonRpcMessage> MessageType =
        (JsonTypeInfo<JsonRpcMessage>)McpJsonUtilities.ProtocolOptions.GetTypeInfo(typeof(JsonRpcMessage));

    private static readonly JsonWriterOptions Format =
        new() { Encoder = JsonStringEncoder.OneLine, SkipValidation = true };

    private readonly SemaphoreSlim _turn = new(1, 1);

    // Only under _turn.
    private ArrayBufferWriter<byte> _line = new();

    /// <exception cref="IOException">Nobody reads the output any more.</exception>
    /// <exception cref="OperationCanceledException">Before the first byte; a message is never cut.</exception>
    public Task WriteAsync(JsonRpcMessage message, CancellationToken cancellationToken) =>
        WriteLineAsync(json => JsonSerializer.Serialize(json, message, MessageType), cancellationToken);

    /// <inheritdoc cref="WriteAsync(JsonRpcMessage, CancellationToken)"/>
    public Task WriteAsync(MalformedMessage answer, CancellationToken cancellationToken) =>
        WriteLineAsync(json => Write(json, answer), cancellationToken);

    private async Task WriteLineAsync(Action<Utf8JsonWriter> write, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            _line.ResetWrittenCount();
            await using (Utf8JsonWriter json = new(_line, Format))
            {
                write(json);
            }

            _line.Write("\n"u8);
            await output.WriteAsync(_line.WrittenMemory, CancellationToken.None);
            await output.FlushAsync(CancellationToken.None);
        }
        catch (UnauthorizedAccessException closed)
        {
            // What .NET makes of a descriptor that cannot be written to.
            throw new IOException(closed.Message, closed);
        }
        finally
        {
            if (_line.Capacity > BufferBytesKept)
            {
                _line = new();
            }

            _turn.Release();
        }
    }

    // By hand, because the protocol's own type has no "id":null.
    private static void Write(Utf8JsonWriter json, MalformedMessage answer)
    {
        json.WriteStartObject();
        json.WriteString("jsonrpc"u8, "2.0"u8);
        switch (answer.Id?.Id)
        {
            case long number:
                json.WriteNumber("id"u8, number);
                break;
            case string text:
                json.WriteString("id"u8, text);
                break;
            default:
                json.WriteNull("id"u8);
                break;
        }

        json.WriteStartObject("error"u8);
        json.WriteNumber("code"u8, (int)answer.Code);
        json.WriteString("message"u8, answer.Text);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
