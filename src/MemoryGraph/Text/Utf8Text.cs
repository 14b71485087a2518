using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace MemoryGraph.Text;

/// <summary>Text as bytes and back without loss.</summary>
/// <remarks>
/// UTF-8, but that half a letter beyond the BMP, which a foreign log may hold, is kept in three bytes of its own (as
/// "WTF-8" does) instead of being replaced.
/// </remarks>
internal static class Utf8Text
{
    /// <summary>Most bytes that a char can take.</summary>
    public const int BytesPerCharMax = 3;

    private const char Replacement = '\uFFFD';

    /// <summary>Writes a text.</summary>
    /// <param name="bytes">Room for <see cref="BytesPerCharMax"/> bytes a char.</param>
    /// <returns>How many bytes it took.</returns>
    public static int Write(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        int written = 0;
        while (true)
        {
            OperationStatus status =
                Utf8.FromUtf16(text, bytes[written..], out int read, out int took, replaceInvalidSequences: false);
            written += took;
            if (status == OperationStatus.Done)
            {
                return written;
            }

            char half = text[read];
            bytes[written++] = (byte)(0xE0 | (half >> 12));
            bytes[written++] = (byte)(0x80 | ((half >> 6) & 0x3F));
            bytes[written++] = (byte)(0x80 | (half & 0x3F));
            text = text[(read + 1)..];
        }
    }

    /// <summary>Reads a text.</summary>
    public static string Read(ReadOnlySpan<byte> bytes)
    {
        string text = Encoding.UTF8.GetString(bytes);
        return text.Contains(Replacement, StringComparison.Ordinal) ? ReadWithHalves(bytes) : text;
    }

    private static string ReadWithHalves(ReadOnlySpan<byte> bytes)
    {
        char[] text = new char[bytes.Length];
        int length = 0;
        while (true)
        {
            OperationStatus status =
                Utf8.ToUtf16(bytes, text.AsSpan(length), out int read, out int written, replaceInvalidSequences: false);
            length += written;
            if (status == OperationStatus.Done)
            {
                return new string(text, 0, length);
            }

            ReadOnlySpan<byte> half = bytes[read..];
            text[length++] = (char)(((half[0] & 0xF) << 12) | ((half[1] & 0x3F) << 6) | (half[2] & 0x3F));
            bytes = half[BytesPerCharMax..];
        }
    }
}
