using System.Buffers;

namespace MemoryGraph.Text;

/// <summary>
/// Cuts text into the folded words that search compares, and turns names into keys that similar names share.
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
