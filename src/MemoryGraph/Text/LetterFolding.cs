using System.Buffers;
using System.Text;

namespace MemoryGraph.Text;

/// <summary>
/// Folds text for comparing and searching: lower case, without diacritics. <c>Đăng Nhập</c> and <c>DANG NHAP</c> both
/// become <c>dang nhap</c>.
/// </summary>
/// <remarks>
/// What counts as a diacritic is what people leave out when they type in a hurry; a mark that makes another letter
/// stays:
/// <list type="bullet">
/// <item>Latin and Greek marks go, and so do Arabic and Hebrew vowel signs and the hamza. Letters with a built-in
/// stroke or tail become their plain neighbour (<c>ł ø đ ð ħ ı</c> → <c>l o d d h i</c>), joined letters are spelled
/// out (<c>ß æ œ þ</c> → <c>ss ae oe th</c>), and <c>ς</c> is <c>σ</c>.</item>
/// <item>Cyrillic <c>ё</c> is <c>е</c>, as in most Russian print, and stress marks go; <c>й ў ї ѓ ќ</c> are letters
/// that are never written without their mark, and stay.</item>
/// <item>Kana keep their voicing (<c>か</c> is not <c>が</c>), as do Indic and Thai letters their vowels and tones.
/// </item>
/// <item>Full-width ASCII becomes ASCII, half-width katakana become katakana, and characters that only steer
/// layout (soft hyphen, joiners, variation selectors) go.</item>
/// </list>
/// Composed and decomposed input fold alike. Not done: other compatibility spellings (superscripts, circled and
/// mathematical letters), hiragana as katakana, traditional as simplified Han, transliteration between scripts.
/// </remarks>
public static class LetterFolding
{
    /// <summary>No char folds into more than this many.</summary>
    internal const int GrowthMax = 3;

    private const int StackCharsMax = 512;

    // U+FF66 and on, in the order of their half-width forms; their two voicing marks follow.
    private const string HalfWidthKatakana =
        "ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン\u3099\u309A";

    /// <summary>Returns the folded text; the same instance when it is folded already.</summary>
    /// <remarks>Idempotent. ASCII costs a scan, other text 5 to 50 ns per character.</remarks>
    public static string Fold(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text.AsSpan().IndexOfAnyInRange('A', 'Z') < 0
                ? text
                : string.Create(text.Length, text, static (folded, text) => Ascii.ToLower(text, folded, out _));
        }

        string composed = LetterComposition.Compose(text);
        int capacity = composed.Length * GrowthMax;
        char[]? rented = capacity <= StackCharsMax ? null : ArrayPool<char>.Shared.Rent(capacity);
        Span<char> buffer = rented ?? stackalloc char[StackCharsMax];
        ReadOnlySpan<char> folded = buffer[..FoldComposed(composed, buffer)];

        // A mark that went may have stood between two that compose, so composing again keeps Fold idempotent.
        string result = folded.SequenceEqual(text) ? text : LetterComposition.Compose(folded.ToString());
        if (rented is not null)
        {
            ArrayPool<char>.Shared.Return(rented);
        }

        return result;
    }

    /// <summary>Folds a piece of text. Unlike <see cref="Fold(string)"/>, it always allocates.</summary>
    public static string Fold(ReadOnlySpan<char> text) => Fold(text.ToString());

    /// <summary>Folds text that <see cref="LetterComposition.Compose"/> has passed, without allocating.</summary>
    /// <param name="composed">Composed text, or a part of it.</param>
    /// <param name="folded">At least <see cref="GrowthMax"/> times as long.</param>
    /// <returns>How many chars were written.</returns>
    internal static int FoldComposed(ReadOnlySpan<char> composed, Span<char> folded)
    {
        int length = 0;
        for (int i = 0; i < composed.Length; i++)
        {
            char letter = composed[i];
            if (char.IsAscii(letter))
            {
                folded[length++] = char.IsAsciiLetterUpper(letter) ? (char)(letter | 0x20) : letter;
            }
            else if (!char.IsSurrogate(letter))
            {
                length = FoldLetter(letter, folded, length);
            }
            else if (Rune.DecodeFromUtf16(composed[i..], out Rune rune, out int consumed) == OperationStatus.Done)
            {
                length += IsVariationSelector(rune) ? 0 : Rune.ToLowerInvariant(rune).EncodeToUtf16(folded[length..]);
                i += consumed - 1;
            }
            else
            {
                folded[length++] = letter;
            }
        }

        return length;
    }

    private static int FoldLetter(char letter, Span<char> folded, int length)
    {
        if (IsLeftOut(letter))
        {
            return length;
        }

        char lower = char.ToLowerInvariant(Unmark(Widen(letter)));
        if (Spell(lower) is { } spelled)
        {
            spelled.CopyTo(folded[length..]);
            return length + spelled.Length;
        }

        // Half-width katakana carry their voicing as a letter of its own, which composing saw no mark in.
        if (lower is '\u3099' or '\u309A' && length > 0
            && LetterComposition.TryCompose(folded[length - 1], lower, out char voiced))
        {
            folded[length - 1] = voiced;
            return length;
        }

        folded[length] = lower;
        return length + 1;
    }

    private static char Unmark(char letter)
    {
        while (!IsOwnLetter(letter)
            && LetterComposition.TryDecompose(letter, out char first, out char second)
            && (second == '\0' || IsLeftOut(second)))
        {
            letter = first;
        }

        return letter;
    }

    private static bool IsOwnLetter(char letter) => letter
        is 'й' or 'Й' or 'ў' or 'Ў' or 'ї' or 'Ї' or 'ѓ' or 'Ѓ' or 'ќ' or 'Ќ';

    private static char Widen(char letter) => letter switch
    {
        '\u3000' => ' ',
        >= '\uFF01' and <= '\uFF5E' => (char)(letter - '\uFF01' + '!'),
        >= '\uFF66' and <= '\uFF9F' => HalfWidthKatakana[letter - '\uFF66'],
        _ => letter,
    };

    private static bool IsLeftOut(char letter) => letter
        is (>= '\u0300' and <= '\u036F')
        or (>= '\u0483' and <= '\u0489')
        or (>= '\u0591' and <= '\u05BD') or '\u05BF' or '\u05C1' or '\u05C2' or '\u05C4' or '\u05C5' or '\u05C7'
        or (>= '\u0610' and <= '\u061A') or (>= '\u064B' and <= '\u065F') or '\u0670'
        or (>= '\u06D6' and <= '\u06DC') or (>= '\u06DF' and <= '\u06E4') or '\u06E7' or '\u06E8'
        or (>= '\u06EA' and <= '\u06ED')
        or (>= '\u1AB0' and <= '\u1AFF') or (>= '\u1DC0' and <= '\u1DFF')
        or (>= '\u20D0' and <= '\u20FF') or (>= '\uFE20' and <= '\uFE2F')
        or '\u00AD' or '\u200C' or '\u200D' or '\u2060' or (>= '\uFE00' and <= '\uFE0F');

    private static bool IsVariationSelector(Rune rune) => rune.Value is >= 0xE0100 and <= 0xE01EF;

    private static string? Spell(char lower) => lower switch
    {
        'ª' => "a",
        'æ' => "ae",
        'ƀ' => "b",
        'đ' or 'ð' or 'ɖ' => "d",
        'ǆ' or 'ǳ' => "dz",
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        'ħ' => "h",
        'ı' or 'ɨ' => "i",
        'ĳ' => "ij",
        'ȷ' => "j",
        'ĸ' => "k",
        'ł' or 'ŀ' or 'ƚ' => "l",
        'ǉ' => "lj",
        'ŋ' or 'ŉ' => "n",
        'ǌ' => "nj",
        'º' or 'ø' => "o",
        'œ' => "oe",
        'ſ' => "s",
        'ß' or 'ẞ' => "ss",
        'ﬅ' or 'ﬆ' => "st",
        'ŧ' => "t",
        'þ' => "th",
        'ʉ' => "u",
        'ς' => "σ",
        'ϐ' => "β",
        'ϵ' => "ε",
        'ϑ' => "θ",
        'ϰ' => "κ",
        'ϖ' => "π",
        'ϱ' => "ρ",
        'ϕ' => "φ",
        _ => null,
    };
}
