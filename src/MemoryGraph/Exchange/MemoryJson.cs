using System.Buffers;
using System.Text.Json;

namespace MemoryGraph.Exchange;

/// <summary>
/// Reads the items of a memory that is one JSON object, <c>{"entities":[…],"relations":[…]}</c>, line by line.
/// </summary>
/// <remarks>Holds one line and one item: no token of JSON reaches over the end of a line.</remarks>
/// <param name="firstLine">The number of its first line.</param>
internal sealed class MemoryJson(long firstLine)
{
    private const int DepthOfItems = 2;

    private readonly ArrayBufferWriter<byte> _item = new();
    private ReadOnlyMemory<byte> _rest;
    private long _number;
    private int _lineBytes;
    private JsonReaderState _state;
    private bool _inItem;

    public long FirstLine => firstLine;

    /// <summary>Whether one of its lists has begun, so that it is surely such an object.</summary>
    public bool IsCertain { get; private set; }

    /// <summary>Whether its end was read.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>What is wrong with the line given last; null when nothing is.</summary>
    public string? Fault { get; private set; }

    /// <summary>The line on which the last item began.</summary>
    public long ItemLine { get; private set; }

    /// <summary>Whether a first line may begin such an object and cannot be an item by itself.</summary>
    public static bool MayBegin(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> text = line.Trim(" \t\r"u8);
        if (!text.StartsWith("{"u8))
        {
            return false;
        }

        text = text[1..].TrimStart(" \t"u8);
        return text.IsEmpty || text.StartsWith("\"entities\""u8) || text.StartsWith("\"relations\""u8);
    }

    /// <summary>Adds the next line, after all items of the one before were read.</summary>
    public void AddLine(ReadOnlySpan<byte> line, long number)
    {
        // Only what follows a number ends it, and the reader keeps a comma until it sees the next token.
        _rest = (byte[])[.. _rest.Span, .. line, (byte)'\n'];
        (_number, _lineBytes) = (number, line.Length);
    }

    /// <summary>The next item of the line; null at its end or at a fault.</summary>
    public JsonDocument? Next()
    {
        try
        {
            return Read();
        }
        catch (JsonException broken)
        {
            Fault = SourceObjects.Fault(broken.BytePositionInLine ?? 0, _lineBytes);
            return null;
        }
    }

    private JsonDocument? Read()
    {
        var reader = new Utf8JsonReader(_rest.Span, isFinalBlock: false, _state);
        int start = 0;
        while (reader.Read())
        {
            switch ((reader.CurrentDepth, reader.TokenType))
            {
                case (DepthOfItems - 1, JsonTokenType.StartArray):
                    IsCertain = true;
                    break;
                case (DepthOfItems, JsonTokenType.StartObject):
                    (_inItem, ItemLine, start) = (true, _number, (int)reader.TokenStartIndex);
                    break;
                case (DepthOfItems, JsonTokenType.EndObject):
                    int end = (int)reader.BytesConsumed;
                    _item.Write(_rest.Span[start..end]);
                    _rest = _rest[end..];
                    return EndItem(reader.CurrentState);
                case (0, JsonTokenType.EndObject):
                    IsWhole = true;
                    break;
            }
        }

        int read = (int)reader.BytesConsumed;
        if (_inItem)
        {
            _item.Write(_rest.Span[start..read]);
        }

        _rest = _rest[read..];
        _state = reader.CurrentState;
        return null;
    }

    private JsonDocument EndItem(JsonReaderState state)
    {
        (_state, _inItem) = (state, false);
        JsonDocument item = JsonDocument.Parse(_item.WrittenSpan.ToArray());
        _item.Clear();
        return item;
    }
}
