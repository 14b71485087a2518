using System.Buffers.Text;

namespace MemoryGraph.Mcp.Protocol;

/// <summary>Finds escapes that are half a letter, such as <c>\ud800</c> with no <c>\udc00</c> after it.</summary>
/// <remarks>
/// They are legal JSON and no text. The session would fail on one before it comes to the tool, and answer "An error
/// occurred.", which tells a model nothing. Written as <c>\ufffd</c> they reach the tool, which names the argument.
/// </remarks>
internal static class LoneSurrogates
{
    private const int EscapeBytes = 6;

    /// <summary>The line with <c>\ufffd</c> for each half; null when there is none.</summary>
    /// <param name="line">Valid JSON.</param>
    public static byte[]? Mend(ReadOnlySpan<byte> line)
    {
        byte[]? mended = null;
        int at = 0;
        while (at < line.Length && line[at..].IndexOf((byte)'\\') is >= 0 and int distance)
        {
            at += distance;
            bool isHigh = char.IsHighSurrogate(Escaped(line[at..]));
            if (isHigh && char.IsLowSurrogate(Escaped(line[(at + EscapeBytes)..])))
            {
                at += 2 * EscapeBytes;
            }
            else if (isHigh || char.IsLowSurrogate(Escaped(line[at..])))
            {
                mended ??= line.ToArray();
                "\\ufffd"u8.CopyTo(mended.AsSpan(at));
                at += EscapeBytes;
            }
            else
            {
                at += 2;
            }
        }

        return mended;
    }

    // What an escape by number stands for; 0 for anything else.
    private static char Escaped(ReadOnlySpan<byte> text) =>
        text.Length >= EscapeBytes && text.StartsWith("\\u"u8)
        && Utf8Parser.TryParse(text[2..EscapeBytes], out ushort letter, out int read, 'x') && read == EscapeBytes - 2
            ? (char)letter : '\0';
}
