using System.Buffers;
using System.Buffers.Text;

namespace MemoryGraph.Domain;

/// <summary>base64url without padding, read strictly: one value has one spelling.</summary>
internal static class CanonicalBase64Url
{
    private const int LongestSpelling = 64;

    /// <summary>Decodes into a destination of exactly the decoded length.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> spelling, Span<byte> destination)
    {
        // Not TryDecodeFromUtf8, which throws for a foreign character.
        if (spelling.Length != Base64Url.GetEncodedLength(destination.Length)
            || spelling.ContainsAny(" \t\r\n="u8)
            || Base64Url.DecodeFromUtf8(spelling, destination, out _, out int written) != OperationStatus.Done
            || written != destination.Length)
        {
            return false;
        }

        Span<byte> again = stackalloc byte[LongestSpelling];
        return Base64Url.TryEncodeToUtf8(destination, again, out int length) && again[..length].SequenceEqual(spelling);
    }
}
