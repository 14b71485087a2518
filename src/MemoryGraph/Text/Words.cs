using System.Buffers;
using System.Globalization;
using System.Text;

namespace MemoryGraph.Text;

/// <summary>
/// The tokenizer: splits text into the folded words that search compares, and makes keys that similar names share.
/// </summary>
/// <remarks>
/// A word is a run of letters, digits and their marks; everything else separates: white space, punctuation, slashes,
/// underscores, hyphens, dots, symbols, control characters and unpaired surrogates.
/// <list type="bullet">
/// <item>Identifiers are cut where their case says so, and come once more in one piece after their parts:
/// <c>parseJSONFile2</c> gives <c>parse json file2</c> and the compound <c>parsejsonfile2</c>. A capital starts a part
/// after a small letter, and after other capitals if two small letters follow it (so <c>URLs</c> and <c>IPv6</c> stay
/// whole). Only case makes compounds: <c>parse_json</c> and <c>parse-json</c> give two words.</item>
/// <item>Digits belong to the letters before them, or else to those after: <c>sha256Hash</c> gives <c>sha256</c> and
/// <c>hash</c>, <c>2FA</c> gives <c>2fa</c>. A capital after digits starts a part if letters stood before the digits
/// and a letter follows it.</item>
/// <item>Han, kana and Hangul give overlapping pairs, as nothing tells where their words end: <c>東京都</c> gives
/// <c>東京</c> and <c>京都</c>. A character alone gives itself, so it is not found inside a longer run.</item>
/// <item>A text without a word gives its symbols, one word for each run between white space, so that a note of
/// <c>🚀</c> can be found.</item>
/// </list>
/// Nothing is stemmed or left out for being frequent or long: a blob of 4,000 letters is one word.
/// </remarks>
public static class Words
{
    private const int StackCharsMax = 768;

    /// <summary>The words of a text in order; a compound follows its parts.</summary>
    /// <returns>A new list; empty for a text of white space and control characters.</returns>
    /// <remarks>One string per word. To index much text, use <see cref="Visit"/>.</remarks>
    public static IReadOnlyList<Word> Split(string text)
    {
        List<Word> words = [];
        Visit(text, (word, position, parts) => words.Add(new Word(word.ToString(), position, parts)));
        return words;
    }

    /// <summary>Hands the words of a text to a visitor, in the order of <see cref="Split"/>.</summary>
    /// <remarks>
    /// Allocates nothing for texts of up to 256 chars that are composed already; longer ones borrow a pooled buffer.
    /// About 20 ns per word of ASCII, 25 to 150 ns for most others.
    /// </remarks>
    public static void Visit(string text, WordVisitor visitor)
    {
        string composed = LetterComposition.Compose(text);
        int capacity = composed.Length * LetterFolding.GrowthMax;
        char[]? rented = capacity <= StackCharsMax ? null : ArrayPool<char>.Shared.Rent(capacity);
        Span<char> buffer = rented ?? stackalloc char[StackCharsMax];
        new WordSplitter(composed, buffer, visitor).Run();
        if (rented is not null)
        {
            ArrayPool<char>.Shared.Return(rented);
        }
    }

    /// <summary>
    /// What names share that differ only in case, diacritics, hyphens, underscores, slashes and white space.
    /// </summary>
    /// <returns>
    /// <c>authservice</c> for AuthService, auth-service and auth service. Empty for a name of separators only, which
    /// says nothing about similarity.
    /// </returns>
    public static string NameKey(string name)
    {
        string folded = LetterFolding.Fold(name);
        int kept = 0;
        foreach (char letter in folded)
        {
            kept += IsIgnoredInNames(letter) ? 0 : 1;
        }

        return kept == folded.Length
            ? folded
            : string.Create(kept, folded, static (key, folded) =>
            {
                int length = 0;
                foreach (char letter in folded)
                {
                    if (!IsIgnoredInNames(letter))
                    {
                        key[length++] = letter;
                    }
                }
            });
    }

    private static bool IsIgnoredInNames(char letter) => letter is '-' or '_' or '/' || char.IsWhiteSpace(letter);
}

/// <summary>A token of a text.</summary>
/// <param name="Text">Folded by <see cref="LetterFolding"/>; never empty.</param>
/// <param name="Position">Position in the text, from 0. Neighbours in a phrase differ by one.</param>
/// <param name="Parts">
/// 1, or the number of words in a compound such as <c>parsejsonfile2</c>: they stand at <paramref name="Position"/> and
/// the positions that follow, and the word after the compound at Position + Parts.
/// </param>
public readonly record struct Word(string Text, int Position, int Parts)
{
    /// <summary>
    /// Whether this is a whole identifier whose parts are words too. Counts of words leave these out.
    /// </summary>
    public bool IsCompound => Parts > 1;
}

/// <summary>Receives the words of a text one by one; the shape of <see cref="Word"/> without its string.</summary>
/// <param name="text">Lies in a buffer that the next word overwrites: copy it to keep it.</param>
/// <param name="position">See <see cref="Word"/>.</param>
/// <param name="parts">See <see cref="Word"/>.</param>
public delegate void WordVisitor(ReadOnlySpan<char> text, int position, int parts);

/// <summary>One pass over one text by the rules of <see cref="Words"/>.</summary>
/// <param name="text">Composed, or a letter and its mark would fold apart.</param>
/// <param name="buffer">At least <see cref="LetterFolding.GrowthMax"/> times as long as the text.</param>
/// <param name="visitor">Receives the words.</param>
internal ref struct WordSplitter(ReadOnlySpan<char> text, Span<char> buffer, WordVisitor visitor)
{
    private readonly ReadOnlySpan<char> _text = text;
    private readonly Span<char> _buffer = buffer;
    private int _position;

    private enum Kind : byte
    {
        Separator,
        Mark,
        Small,
        Capital,
        Digit,

        // A letter of a script without case.
        Letter,

        // Han, kana, Hangul: scripts that do not separate words.
        Unseparated,
    }

    public void Run()
    {
        int at = 0;
        while (at < _text.Length)
        {
            Kind kind = KindAt(at, out int chars);
            at = kind switch
            {
                Kind.Separator or Kind.Mark => at + chars,
                Kind.Unseparated => VisitPairs(at),
                _ => VisitIdentifier(at),
            };
        }

        if (_position == 0)
        {
            VisitSymbols();
        }
    }

    /// <returns>Where the run ends.</returns>
    private int VisitIdentifier(int start)
    {
        int first = _position;
        int folded = 0;
        int partStart = start;
        int at = start;
        bool letterInPart = false;
        Kind previous = Kind.Separator;
        while (at < _text.Length)
        {
            Kind kind = KindAt(at, out int chars);
            if (kind is Kind.Separator or Kind.Unseparated)
            {
                break;
            }

            if (StartsPart(previous, kind, letterInPart, at + chars))
            {
                folded += VisitPart(partStart, at, folded);
                partStart = at;
                letterInPart = false;
            }

            letterInPart |= kind is not (Kind.Digit or Kind.Mark);
            previous = kind == Kind.Mark ? previous : kind;
            at += chars;
        }

        folded += VisitPart(partStart, at, folded);
        if (_position - first > 1)
        {
            visitor(_buffer[..folded], first, _position - first);
        }

        return at;
    }

    private readonly bool StartsPart(Kind previous, Kind kind, bool letterInPart, int next) => previous switch
    {
        _ when kind != Kind.Capital => false,
        Kind.Small => true,
        Kind.Digit => letterInPart && KindAfterMarks(ref next) is Kind.Small or Kind.Capital or Kind.Letter,
        Kind.Capital => KindAfterMarks(ref next) == Kind.Small && KindAfterMarks(ref next) == Kind.Small,
        _ => false,
    };

    // Parts lie one after another in the buffer, so that together they are the compound.
    private int VisitPart(int start, int end, int folded)
    {
        Span<char> rest = _buffer[folded..];
        int length = LetterFolding.FoldComposed(_text[start..end], rest);
        visitor(rest[..length], _position++, 1);
        return length;
    }

    /// <returns>Where the run ends.</returns>
    private int VisitPairs(int start)
    {
        int end = start;
        while (end < _text.Length && KindAt(end, out int chars) is Kind.Unseparated or Kind.Mark)
        {
            end += chars;
        }

        ReadOnlySpan<char> run = _buffer[..LetterFolding.FoldComposed(_text[start..end], _buffer)];
        int first = 0;
        int second = CharacterEnd(run, first);
        if (second == run.Length)
        {
            visitor(run, _position++, 1);
        }

        while (second < run.Length)
        {
            int pairEnd = CharacterEnd(run, second);
            visitor(run[first..pairEnd], _position++, 1);
            first = second;
            second = pairEnd;
        }

        return end;
    }

    private void VisitSymbols()
    {
        int at = 0;
        while (at < _text.Length)
        {
            int start = at;
            while (at < _text.Length && IsSymbol(at, out int chars))
            {
                at += chars;
            }

            int length = LetterFolding.FoldComposed(_text[start..at], _buffer);
            if (length > 0)
            {
                visitor(_buffer[..length], _position++, 1);
            }

            at++;
        }
    }

    private readonly bool IsSymbol(int at, out int chars)
    {
        bool whole = Rune.DecodeFromUtf16(_text[at..], out Rune rune, out chars) == OperationStatus.Done;
        return whole && !Rune.IsWhiteSpace(rune) && !Rune.IsControl(rune);
    }

    private readonly Kind KindAfterMarks(ref int at)
    {
        while (at < _text.Length)
        {
            Kind kind = KindAt(at, out int chars);
            at += chars;
            if (kind != Kind.Mark)
            {
                return kind;
            }
        }

        return Kind.Separator;
    }

    private static int CharacterEnd(ReadOnlySpan<char> run, int start)
    {
        int end = start;
        do
        {
            Rune.DecodeFromUtf16(run[end..], out _, out int chars);
            end += chars;
        }
        while (end < run.Length && KindAt(run, end, out _) == Kind.Mark);
        return end;
    }

    private readonly Kind KindAt(int at, out int chars) => KindAt(_text, at, out chars);

    private static Kind KindAt(ReadOnlySpan<char> text, int at, out int chars)
    {
        char letter = text[at];
        chars = 1;
        if (char.IsAscii(letter))
        {
            return char.IsAsciiLetterLower(letter) ? Kind.Small
                : char.IsAsciiLetterUpper(letter) ? Kind.Capital
                : char.IsAsciiDigit(letter) ? Kind.Digit
                : Kind.Separator;
        }

        int character = letter;
        if (char.IsSurrogate(letter))
        {
            if (Rune.DecodeFromUtf16(text[at..], out Rune rune, out _) != OperationStatus.Done)
            {
                return Kind.Separator;
            }

            character = rune.Value;
            chars = 2;
        }

        return IsUnseparated(character) ? Kind.Unseparated : KindOf(character);
    }

    private static Kind KindOf(int character) => CharUnicodeInfo.GetUnicodeCategory(character) switch
    {
        UnicodeCategory.LowercaseLetter => Kind.Small,
        UnicodeCategory.UppercaseLetter or UnicodeCategory.TitlecaseLetter => Kind.Capital,
        UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter => Kind.Letter,
        UnicodeCategory.DecimalDigitNumber => Kind.Digit,
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark =>
            Kind.Mark,

        // Soft hyphen, joiners: inside a word they only steer its looks.
        _ => character is 0x00AD or 0x200C or 0x200D or 0x2060 ? Kind.Mark : Kind.Separator,
    };

    private static bool IsUnseparated(int character) => character
        is (>= 0x1100 and <= 0x11FF)
        or (>= 0x3005 and <= 0x3007)
        or (>= 0x3041 and <= 0x3096) or (>= 0x309D and <= 0x309F)
        or (>= 0x30A1 and <= 0x30FA) or (>= 0x30FC and <= 0x30FF)
        or (>= 0x3131 and <= 0x318E) or (>= 0x31F0 and <= 0x31FF)
        or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF)
        or (>= 0xA960 and <= 0xA97C)
        or (>= 0xAC00 and <= 0xD7FB)
        or (>= 0xF900 and <= 0xFAFF)
        or (>= 0xFF66 and <= 0xFFDC)
        or (>= 0x1AFF0 and <= 0x1B16F)
        or (>= 0x20000 and <= 0x3FFFD);
}
