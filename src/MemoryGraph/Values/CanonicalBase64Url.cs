using System.Buffers.Text;

namespace MemoryGraph.Values;

/// <summary>base64url without padding, read strictly: one value has one spelling.</summary>
internal static class CanonicalBase64Url
{
    private const int LongestSpelling = 64;

    /// <summary>Decodes into a destination of exactly the decoded length.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> spelling, Span<byte> destination)
    {
        if (spelling.Length != Base64Url.GetEncodedLength(destination.Length)
            || spelling.ContainsAny(" \t\r\n="u8)
            || !Base64Url.TryDecodeFromUtf8(spelling, destination, out int written)
            || written != destination.Length)
        {
            return false;
        }

        Span<byte> again = stackalloc byte[LongestSpelling];
        return Base64Url.TryEncodeToUtf8(destination, again, out int length) && again[..length].SequenceEqual(spelling);
    }
}
