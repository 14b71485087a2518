using System.Buffers;

namespace MemoryGraph.Text;

/// <summary>Canonical composition (NFC) of text: one spelling for letters that Unicode can spell in two ways.</summary>
/// <remarks>
/// The executable runs without ICU, where <see cref="string.Normalize()"/> returns its input and says nothing.
/// This covers every character of the basic multilingual plane: Latin with Vietnamese, Greek, Cyrillic, kana, Hangul,
/// Arabic, Indic and the rest. Characters beyond it (emoji, rare ideographs, musical signs) are left as they are, and
/// so are unpaired surrogates. The table is that of <see cref="LetterTable"/>; compositions never change between
/// versions of Unicode, but a mark that was assigned later stays where it was written.
/// </remarks>
public static class LetterComposition
{
    // No character of the BMP decomposes into more than this many chars.
    private const int DecompositionCharsMax = 4;

    private const char HangulFirst = '\uAC00';
    private const char HangulLast = '\uD7A3';
    private const char LeadFirst = '\u1100';
    private const char VowelFirst = '\u1161';
    private const char TailBeforeFirst = '\u11A7';
    private const int Leads = 19;
    private const int Vowels = 21;
    private const int Tails = 28;

    /// <summary>Returns the text with every letter and its marks composed and put in canonical order.</summary>
    /// <returns>
    /// The same instance when nothing changes, which for text typed on a keyboard is nearly always.
    /// </returns>
    /// <remarks>
    /// Idempotent. Composed text of Latin, modern Greek and Cyrillic, kana, Han and Hangul costs one scan, 2 ns per
    /// character at most; any other text about 30 ns per character.
    /// </remarks>
    public static string Compose(string text)
    {
        if (IsPlain(text))
        {
            return text;
        }

        char[] buffer = ArrayPool<char>.Shared.Rent(text.Length * DecompositionCharsMax);
        try
        {
            Span<char> letters = buffer.AsSpan(0, Decompose(text, buffer));
            Order(letters);
            ReadOnlySpan<char> composed = letters[..ComposeOrdered(letters)];
            return composed.SequenceEqual(text) ? text : composed.ToString();
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
        }
    }

    /// <summary>Takes one mark off a letter, or replaces a letter that only spells another one.</summary>
    /// <param name="letter">Any char; Hangul syllables are not taken apart.</param>
    /// <param name="first">What remains; may itself come apart.</param>
    /// <param name="second">The mark, or NUL where the letter was only another spelling of the first.</param>
    internal static bool TryDecompose(char letter, out char first, out char second)
    {
        // The long gap is Han, Hangul and the surrogates: letters for which a search would be in vain.
        int index = letter is < '\u00C0' or (>= '\u3100' and < '\uF900')
            ? -1
            : LetterTable.Letters.BinarySearch((ushort)letter);
        first = index < 0 ? letter : (char)LetterTable.Firsts[index];
        second = index < 0 ? '\0' : (char)LetterTable.Seconds[index];
        return index >= 0;
    }

    /// <summary>The one letter that stands for two, if there is one.</summary>
    internal static bool TryCompose(char first, char second, out char letter)
    {
        if (TryComposeHangul(first, second, out letter))
        {
            return true;
        }

        ReadOnlySpan<ushort> composing = LetterTable.Composing;
        int low = 0;
        int high = composing.Length - 1;
        uint wanted = ((uint)first << 16) | second;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            int index = composing[middle];
            uint pair = ((uint)LetterTable.Firsts[index] << 16) | LetterTable.Seconds[index];
            if (pair == wanted)
            {
                letter = (char)LetterTable.Letters[index];
                return true;
            }

            (low, high) = pair < wanted ? (middle + 1, high) : (low, middle - 1);
        }

        return false;
    }

    /// <summary>
    /// Whether the text holds only characters that never compose, decompose or change places, so that it is composed
    /// as it stands. A false answer says nothing.
    /// </summary>
    private static bool IsPlain(ReadOnlySpan<char> text)
    {
        int start = text.IndexOfAnyExceptInRange('\0', '\u02FF');
        if (start < 0)
        {
            return true;
        }

        foreach (char letter in text[start..])
        {
            if (!IsPlain(letter))
            {
                return false;
            }
        }

        return true;
    }

    // Wide ranges without a mark, a singleton or the second half of a pair; the rest of the plane is left out because
    // a shorter list is quicker. Hangul syllables are here, as only the jamo after them could change them.
    internal static bool IsPlain(char letter) => letter
        is < '\u0300'
        or (>= '\u0388' and <= '\u0482')
        or (>= '\u1E00' and <= '\u1F70')
        or (>= '\u2002' and <= '\u20CF')
        or (>= '\u212C' and <= '\u2328')
        or (>= '\u3030' and <= '\u3098')
        or (>= '\u309B' and <= '\uA66E')
        or (>= '\uABEE' and <= '\uF8FF')
        or (>= '\uFB4F' and <= '\uFE1F')
        or >= '\uFE30';

    private static int Decompose(string text, Span<char> destination)
    {
        int length = 0;
        foreach (char letter in text)
        {
            length += Decompose(letter, destination[length..]);
        }

        return length;
    }

    private static int Decompose(char letter, Span<char> destination)
    {
        if (letter is >= HangulFirst and <= HangulLast)
        {
            return DecomposeHangul(letter - HangulFirst, destination);
        }

        if (!TryDecompose(letter, out char first, out char second))
        {
            destination[0] = letter;
            return 1;
        }

        int length = Decompose(first, destination);
        return second == '\0' ? length : length + Decompose(second, destination[length..]);
    }

    private static int DecomposeHangul(int syllable, Span<char> destination)
    {
        int tail = syllable % Tails;
        destination[0] = (char)(LeadFirst + (syllable / (Vowels * Tails)));
        destination[1] = (char)(VowelFirst + (syllable % (Vowels * Tails) / Tails));
        if (tail == 0)
        {
            return 2;
        }

        destination[2] = (char)(TailBeforeFirst + tail);
        return 3;
    }

    private static bool TryComposeHangul(char first, char second, out char syllable)
    {
        syllable = '\0';
        if ((uint)(first - LeadFirst) < Leads && (uint)(second - VowelFirst) < Vowels)
        {
            syllable = (char)(HangulFirst + ((((first - LeadFirst) * Vowels) + (second - VowelFirst)) * Tails));
        }
        else if (first is >= HangulFirst and <= HangulLast && (first - HangulFirst) % Tails == 0
            && second > TailBeforeFirst && second < TailBeforeFirst + Tails)
        {
            syllable = (char)(first + (second - TailBeforeFirst));
        }

        return syllable != '\0';
    }

    // Marks of different classes sit in different places (above, below, …), so their order carries no meaning and is
    // made the same; marks of one class keep theirs.
    private static void Order(Span<char> letters)
    {
        int start = 0;
        while (start < letters.Length)
        {
            int end = start;
            bool ordered = true;
            byte last = 0;
            for (; end < letters.Length && CombiningClass(letters[end]) is > 0 and var place; end++)
            {
                ordered &= last <= place;
                last = place;
            }

            if (!ordered)
            {
                OrderMarks(letters[start..end]);
            }

            start = end + 1;
        }
    }

    // Class, position, mark: one sort, stable, and never quadratic however many marks a text piles up.
    private static void OrderMarks(Span<char> marks)
    {
        Span<ulong> keys = marks.Length <= 32 ? stackalloc ulong[marks.Length] : new ulong[marks.Length];
        for (int i = 0; i < marks.Length; i++)
        {
            keys[i] = ((ulong)CombiningClass(marks[i]) << 56) | ((ulong)i << 16) | marks[i];
        }

        keys.Sort();
        for (int i = 0; i < marks.Length; i++)
        {
            marks[i] = (char)keys[i];
        }
    }

    // In place: composing only shortens. A mark meets its letter unless one of its own class stands between.
    private static int ComposeOrdered(Span<char> letters)
    {
        int length = 0;
        int starter = -1;
        byte last = 0;
        foreach (char letter in letters)
        {
            byte place = CombiningClass(letter);
            if (starter >= 0 && (last == 0 || last < place)
                && TryCompose(letters[starter], letter, out char composed))
            {
                letters[starter] = composed;
                continue;
            }

            if (place == 0)
            {
                starter = length;
            }

            last = place;
            letters[length++] = letter;
        }

        return length;
    }

    private static byte CombiningClass(char letter)
    {
        if (letter < LetterTable.ClassStarts[0])
        {
            return 0;
        }

        int index = LetterTable.ClassStarts.BinarySearch((ushort)letter);
        return LetterTable.Classes[index < 0 ? ~index - 1 : index];
    }
}
