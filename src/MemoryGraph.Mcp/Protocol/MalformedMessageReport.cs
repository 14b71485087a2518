using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace MemoryGraph.Mcp.Protocol;

/// <summary>What can still be told about a line that is not a message: only read when something is wrong.</summary>
/// <remarks>Reads as far as the line is JSON, to any depth, so that the id can be answered wherever it stood.</remarks>
internal sealed class MalformedMessageReport
{
    private const int DepthMax = 64;

    private JsonTokenType _root;
    private long? _brokenAtByte;
    private int _depth;
    private bool _versionIsRight;
    private bool _idIsWrong;
    private bool _methodIsWrong;
    private bool _hasMethod;
    private bool _isReply;
    private RequestId? _id;

    private MalformedMessageReport()
    {
    }

    /// <summary>The id to answer with. A reply of the client has none: an error under its id would look like an answer
    /// to the client's own request of that id.</summary>
    public RequestId? Id => _isReply && !_hasMethod ? null : _id;

    public MalformedMessage Complaint => this switch
    {
        { _root: JsonTokenType.StartArray } => Invalid("Batches are not supported; send one message per line."),
        { _brokenAtByte: { } at } => new(
            Id, McpErrorCode.ParseError, $"Not valid JSON near byte {at + 1}. Send each message whole, on one line."),
        { _root: not JsonTokenType.StartObject } => Invalid("A message must be a JSON object."),
        { _versionIsRight: false } => Invalid("A message must have \"jsonrpc\":\"2.0\"."),
        { _idIsWrong: true } => Invalid("\"id\" must be a string or an integer; leave it out in a notification."),
        { _methodIsWrong: true } => Invalid("\"method\" must be a string."),
        { _hasMethod: false, _isReply: false } => Invalid("A message must have a \"method\"."),
        { _depth: > DepthMax } => Invalid($"Nested too deeply: at most {DepthMax} levels."),
        _ => Invalid("Not a JSON-RPC 2.0 message."),
    };

    public static MalformedMessageReport Of(ReadOnlySpan<byte> line)
    {
        MalformedMessageReport outline = new();
        Utf8JsonReader reader = new(line, new JsonReaderOptions { MaxDepth = int.MaxValue });
        try
        {
            while (reader.Read())
            {
                outline.Take(ref reader);
            }
        }
        catch (JsonException broken)
        {
            outline._brokenAtByte = broken.BytePositionInLine ?? reader.BytesConsumed;
        }

        return outline;
    }

    private void Take(ref Utf8JsonReader reader)
    {
        if (_root is JsonTokenType.None)
        {
            _root = reader.TokenType;
        }

        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            _depth = Math.Max(_depth, reader.CurrentDepth + 1);
        }

        if (_root is not JsonTokenType.StartObject
            || reader.TokenType is not JsonTokenType.PropertyName
            || reader.CurrentDepth != 1)
        {
            return;
        }

        switch (TryReadText(ref reader))
        {
            case "jsonrpc":
                _versionIsRight = reader.Read() && IsText(ref reader) && TryReadText(ref reader) == "2.0";
                break;
            case "method":
                _methodIsWrong = !(_hasMethod = reader.Read() && IsText(ref reader));
                break;
            case "id":
                _idIsWrong = !(reader.Read() && TryReadId(ref reader));
                break;
            case "result" or "error":
                _isReply = true;
                break;
        }
    }

    private bool TryReadId(ref Utf8JsonReader reader)
    {
        if (IsText(ref reader) && TryReadText(ref reader) is { } text)
        {
            _id = new RequestId(text);
        }
        else if (reader.TokenType is JsonTokenType.Number && reader.TryGetInt64(out long number))
        {
            _id = new RequestId(number);
        }
        else
        {
            return false;
        }

        return true;
    }

    private static bool IsText(ref Utf8JsonReader reader) => reader.TokenType is JsonTokenType.String;

    private static string? TryReadText(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, or bytes that are not UTF-8.
            return null;
        }
    }

    private MalformedMessage Invalid(string text) => new(Id, McpErrorCode.InvalidRequest, text);
}
