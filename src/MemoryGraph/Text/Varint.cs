namespace MemoryGraph.Text;

/// <summary>Whole numbers in as few bytes as they need: seven bits a byte, the lowest first (LEB128).</summary>
internal static class Varint
{
    /// <summary>Bytes of the longest.</summary>
    public const int BytesMax = 10;

    /// <summary>Writes a number.</summary>
    /// <returns>How many bytes it took.</returns>
    public static int Write(Span<byte> bytes, ulong value)
    {
        int length = 0;
        for (; value >= 0x80; value >>= 7)
        {
            bytes[length++] = (byte)(value | 0x80);
        }

        bytes[length++] = (byte)value;
        return length;
    }

    /// <summary>Reads the number at the beginning and moves behind it.</summary>
    public static ulong Read(ref ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        int shift = 0;
        int read = 0;
        for (; bytes[read] >= 0x80; shift += 7)
        {
            value |= (ulong)(bytes[read++] & 0x7F) << shift;
        }

        value |= (ulong)bytes[read++] << shift;
        bytes = bytes[read..];
        return value;
    }

    /// <summary>A number that may be negative, so that small ones of either sign stay short.</summary>
    public static ulong Zigzag(long value) => (ulong)(value << 1) ^ (ulong)(value >> 63);

    /// <summary>The number that <see cref="Zigzag"/> was given.</summary>
    public static long Unzigzag(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);
}
