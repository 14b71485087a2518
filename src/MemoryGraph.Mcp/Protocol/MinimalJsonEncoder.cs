using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;

namespace MemoryGraph.Mcp.Protocol;

/// <summary>Escapes what JSON demands and what some reader takes for the end of a line; letters stay letters.</summary>
/// <remarks>
/// The framework's most permissive encoder still writes an emoji as twelve characters, which a model pays for.
/// Expects well-formed text: .NET strings with paired surrogates, or UTF-8 that was checked on the way in.
/// </remarks>
internal sealed unsafe class MinimalJsonEncoder : JavaScriptEncoder
{
    // What is escaped, or may begin what is: a surrogate may be unpaired, C2 80 to C2 9F are control characters,
    // E2 80 A8 and E2 80 A9 separate lines and paragraphs.
    private static readonly SearchValues<char> Suspects = SearchValues.Create(
        [.. Codes(0, 0xA0).Where(IsEscaped).Select(code => (char)code),
            .. Codes(0xD800, 0x800).Select(code => (char)code), '\u2028', '\u2029']);

    private static readonly SearchValues<byte> SuspectBytes = SearchValues.Create(
        [.. Codes(0, 0x80).Where(IsEscaped).Select(code => (byte)code), 0xC2, 0xE2]);

    private MinimalJsonEncoder()
    {
    }

    public static MinimalJsonEncoder Instance { get; } = new();

    public override int MaxOutputCharactersPerInputCharacter => "\\u2028".Length;

    public override bool WillEncode(int unicodeScalar) => IsEscaped(unicodeScalar);

    public override int FindFirstCharacterToEncode(char* text, int textLength)
    {
        ReadOnlySpan<char> letters = new(text, textLength);
        int at = 0;
        while (letters[at..].IndexOfAny(Suspects) is >= 0 and int distance)
        {
            at += distance;
            if (at + 1 == letters.Length || !char.IsSurrogatePair(letters[at], letters[at + 1]))
            {
                return at;
            }

            at += 2;
        }

        return -1;
    }

    public override int FindFirstCharacterToEncodeUtf8(ReadOnlySpan<byte> utf8Text)
    {
        int at = 0;
        while (utf8Text[at..].IndexOfAny(SuspectBytes) is >= 0 and int distance)
        {
            at += distance;
            if (Rune.DecodeFromUtf8(utf8Text[at..], out Rune rune, out int bytes) is not OperationStatus.Done
                || IsEscaped(rune.Value))
            {
                return at;
            }

            at += bytes;
        }

        return -1;
    }

    public override bool TryEncodeUnicodeScalar(
        int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten) =>
        UnsafeRelaxedJsonEscaping.TryEncodeUnicodeScalar(
            unicodeScalar, buffer, bufferLength, out numberOfCharactersWritten);

    private static IEnumerable<int> Codes(int first, int count) => Enumerable.Range(first, count);

    private static bool IsEscaped(int scalar) =>
        scalar is < ' ' or '"' or '\\' or (>= 0x7F and <= 0x9F) or 0x2028 or 0x2029;
}
