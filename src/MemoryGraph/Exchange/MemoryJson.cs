using System.Buffers;
using System.Text.Json;

namespace MemoryGraph.Exchange;

/// <summary>
/// The items of a memory that is one JSON object, <c>{"entities":[…],"relations":[…]}</c>, on one line or over many.
/// </summary>
/// <remarks>
/// Takes a line at a time and holds one line and one item: no word or text of JSON reaches over the end of a line.
/// </remarks>
/// <param name="firstLine">Its number.</param>
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

    /// <summary>Whether one of its lists has begun, so that it cannot be anything else.</summary>
    public bool IsCertain { get; private set; }

    /// <summary>Whether it was read to its end.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>What is wrong with the line that was given last; null when nothing is.</summary>
    public string? Fault { get; private set; }

    /// <summary>The line on which the last item began.</summary>
    public long ItemLine { get; private set; }

    /// <summary>Whether a first line may begin such an object, and cannot be an item on a line of its own.</summary>
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

    /// <summary>Gives the next line, after all items of the one before were taken.</summary>
    public void Feed(ReadOnlySpan<byte> line, long number)
    {
        // A number is known to end only by what follows it, and a comma waits for what it leads to.
        _rest = (byte[])[.. _rest.Span, .. line, (byte)'\n'];
        (_number, _lineBytes) = (number, line.Length);
    }

    /// <summary>The next item of the line; null when there is no more, or at a fault.</summary>
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
                    return TakeItem(reader.CurrentState);
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

    private JsonDocument TakeItem(JsonReaderState state)
    {
        (_state, _inItem) = (state, false);
        JsonDocument item = JsonDocument.Parse(_item.WrittenSpan.ToArray());
        _item.Clear();
        return item;
    }
}
