using System.Buffers.Text;
using System.Text;
using MemoryGraph.Text;

namespace MemoryGraph.Events;

/// <summary>A growing run of UTF-8 bytes with the few kinds of JSON that a log line is made of.</summary>
/// <remarks>
/// Strings are escaped as little as JSON allows: quote, backslash and the control characters below U+0020. Letters stay
/// letters, so that grep, jq and git diff show what was said, and no string can hold the newline that ends an event.
/// </remarks>
internal sealed class Utf8Buffer(int capacity = 4096)
{
    private const int LongestNumber = 20;
    private const int MostBytesPerCharacter = 3;

    private byte[] _bytes = new byte[capacity];

    /// <summary>How many bytes were written.</summary>
    public int Length { get; private set; }

    /// <summary>What was written; valid until the next write.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>The written bytes from a place on, to fill in what was left open there.</summary>
    public Span<byte> WritableFrom(int start) => _bytes.AsSpan(start, Length - start);

    public void Clear() => Length = 0;

    /// <summary>Takes back what was written behind a length.</summary>
    public void CutTo(int length) => Length = length;

    public Utf8Buffer Raw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Grow(bytes.Length));
        Length += bytes.Length;
        return this;
    }

    public Utf8Buffer Number(long value)
    {
        Utf8Formatter.TryFormat(value, Grow(LongestNumber), out int written);
        Length += written;
        return this;
    }

    /// <summary>Room for bytes that the caller writes itself.</summary>
    public Span<byte> Take(int bytes)
    {
        Span<byte> room = Grow(bytes)[..bytes];
        Length += bytes;
        return room;
    }

    public Utf8Buffer Quoted(ReadOnlySpan<char> text)
    {
        Raw("\""u8);
        while (text.IndexOfAny(JsonStringEncoder.Demanded) is >= 0 and var plain)
        {
            Letters(text[..plain]);
            Escape(text[plain]);
            text = text[(plain + 1)..];
        }

        Letters(text);
        return Raw("\""u8);
    }

    private void Letters(ReadOnlySpan<char> text) =>
        Length += Encoding.UTF8.GetBytes(text, Grow(text.Length * MostBytesPerCharacter));

    private void Escape(char c)
    {
        Span<char> escape = stackalloc char[JsonStringEncoder.EscapeCharactersMax];
        Letters(escape[..JsonStringEncoder.Log.Escape(c, escape)]);
    }

    private Span<byte> Grow(int bytes)
    {
        if (_bytes.Length - Length < bytes)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + bytes));
        }

        return _bytes.AsSpan(Length);
    }
}
