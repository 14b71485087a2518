using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace MemoryGraph.Text;

/// <summary>Escapes strings in JSON, as little as possible: letters stay letters, emoji too.</summary>
/// <remarks>
/// The framework's most permissive encoder still writes an emoji as twelve characters, which a model pays for and grep
/// does not find. Control characters without a short escape are written in lower-case hexadecimal.
/// </remarks>
internal sealed unsafe class JsonStringEncoder : JavaScriptEncoder
{
    /// <summary>Most characters that one escape takes.</summary>
    public const int EscapeCharactersMax = 6;

    /// <summary>What JSON itself demands to be escaped.</summary>
    public static readonly SearchValues<char> Demanded =
        SearchValues.Create([.. Enumerable.Range(0, ' ').Select(code => (char)code), '"', '\\']);

    private const string ShortEscapes = "\"\"\\\\\nn\rr\tt\bb\ff";

    private readonly string _shortEscapes;
    private readonly bool _keepsOneLine;
    private readonly bool _escapesLoneSurrogates;
    private readonly SearchValues<char> _suspects;
    private readonly SearchValues<byte> _suspectBytes;

    private JsonStringEncoder(string shortEscapes, bool keepsOneLine, bool escapesLoneSurrogates)
    {
        _shortEscapes = shortEscapes;
        _keepsOneLine = keepsOneLine;
        _escapesLoneSurrogates = escapesLoneSurrogates;

        // What is escaped or may begin what is: a surrogate may be unpaired; C2 80 to C2 9F are control characters, E2
        // 80 A8 and E2 80 A9 line and paragraph separators.
        _suspects = SearchValues.Create(
            [.. Enumerable.Range(0, 0x2030).Where(IsEscaped).Select(code => (char)code),
                .. Enumerable.Range(0xD800, 0x800).Select(code => (char)code)]);
        byte[] asciiBytes = [.. Enumerable.Range(0, 0x80).Where(IsEscaped).Select(code => (byte)code)];
        _suspectBytes = SearchValues.Create(keepsOneLine ? [.. asciiBytes, 0xC2, 0xE2] : asciiBytes);
    }

    /// <summary>As the log stores strings: backspace and form feed have no short escape there.</summary>
    public static JsonStringEncoder Log { get; } =
        new(ShortEscapes[..10], keepsOneLine: false, escapesLoneSurrogates: false);

    /// <summary>As JavaScript's <c>JSON.stringify</c> writes strings, to the letter.</summary>
    public static JsonStringEncoder JavaScript { get; } =
        new(ShortEscapes, keepsOneLine: false, escapesLoneSurrogates: true);

    /// <summary>
    /// Also escapes everything that some reader takes for the end of a line; half a pair becomes U+FFFD.
    /// </summary>
    public static JsonStringEncoder OneLine { get; } =
        new(ShortEscapes, keepsOneLine: true, escapesLoneSurrogates: false);

    public override int MaxOutputCharactersPerInputCharacter => EscapeCharactersMax;

    public override bool WillEncode(int unicodeScalar) => IsEscaped(unicodeScalar);

    /// <summary>Writes the escape of a character that has to be escaped.</summary>
    /// <returns>How many characters it took.</returns>
    public int Escape(char c, Span<char> destination)
    {
        for (int i = 0; i < _shortEscapes.Length; i += 2)
        {
            if (_shortEscapes[i] == c)
            {
                (destination[0], destination[1]) = ('\\', _shortEscapes[i + 1]);
                return 2;
            }
        }

        destination.TryWrite(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}", out int written);
        return written;
    }

    public override int FindFirstCharacterToEncode(char* text, int textLength)
    {
        ReadOnlySpan<char> letters = new(text, textLength);
        int at = 0;
        while (letters[at..].IndexOfAny(_suspects) is >= 0 and int distance)
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
        while (utf8Text[at..].IndexOfAny(_suspectBytes) is >= 0 and int distance)
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
        int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        Span<char> destination = new(buffer, bufferLength);
        if (!IsEscaped(unicodeScalar))
        {
            return new Rune(unicodeScalar).TryEncodeToUtf16(destination, out numberOfCharactersWritten);
        }

        Span<char> escape = stackalloc char[EscapeCharactersMax];
        numberOfCharactersWritten = Escape((char)unicodeScalar, escape);
        if (escape[..numberOfCharactersWritten].TryCopyTo(destination))
        {
            return true;
        }

        numberOfCharactersWritten = 0;
        return false;
    }

    // The base class would replace half a pair before asking how to escape it.
    public override OperationStatus Encode(
        ReadOnlySpan<char> source,
        Span<char> destination,
        out int charsConsumed,
        out int charsWritten,
        bool isFinalBlock = true)
    {
        (charsConsumed, charsWritten) = (0, 0);
        while (true)
        {
            ReadOnlySpan<char> rest = source[charsConsumed..];
            int lone = _escapesLoneSurrogates ? IndexOfLoneSurrogate(rest, isFinalBlock) : -1;
            OperationStatus status = base.Encode(
                lone < 0 ? rest : rest[..lone], destination[charsWritten..], out int consumed, out int written,
                    isFinalBlock);
            charsConsumed += consumed;
            charsWritten += written;
            if (status != OperationStatus.Done || lone < 0)
            {
                return status;
            }

            if (destination.Length - charsWritten < EscapeCharactersMax)
            {
                return OperationStatus.DestinationTooSmall;
            }

            charsWritten += Escape(source[charsConsumed++], destination[charsWritten..]);
        }
    }

    private static int IndexOfLoneSurrogate(ReadOnlySpan<char> text, bool isFinalBlock)
    {
        for (int at = 0; text[at..].IndexOfAnyInRange('\uD800', '\uDFFF') is >= 0 and int distance; at += 2)
        {
            at += distance;
            bool mayGoOn = at + 1 == text.Length && char.IsHighSurrogate(text[at]) && !isFinalBlock;
            if (mayGoOn)
            {
                break;
            }

            if (at + 1 == text.Length || !char.IsSurrogatePair(text[at], text[at + 1]))
            {
                return at;
            }
        }

        return -1;
    }

    private bool IsEscaped(int scalar) =>
        scalar is < ' ' or '"' or '\\' || (_keepsOneLine && scalar is (>= 0x7F and <= 0x9F) or 0x2028 or 0x2029);
}
