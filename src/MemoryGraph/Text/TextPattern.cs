using System.Globalization;
using System.Text;

namespace MemoryGraph.Text;

/// <summary>A text to be found in others however it is spelled: case and diacritics do not matter.</summary>
internal sealed class TextPattern
{
    private const char ScriptsWithoutSpaces = '\u2E80';

    private readonly string _folded;
    private readonly string? _words;
    private readonly string? _wordsByCase;

    // A text without these letters need not be cut into words.
    private readonly string _hint = "";

    private TextPattern(string text, bool wholeWords)
    {
        Text = text;
        _folded = LetterFolding.Fold(text);
        if (wholeWords && WordsOf(text, cutAtCase: false) is { Length: > 1 } words)
        {
            _words = words;
            _wordsByCase = WordsOf(text, cutAtCase: true);
            string longest = _wordsByCase.Split(' ').MaxBy(word => word.Length)!;
            _hint = Ascii.IsValid(longest) ? longest : "";
        }
    }

    /// <summary>As it was asked for.</summary>
    public string Text { get; }

    /// <summary>Whether there are no letters to look for, only marks and layout.</summary>
    public bool IsEmpty => _folded.AsSpan().Trim().IsEmpty;

    /// <summary>A text that may be part of a word.</summary>
    public static TextPattern Anywhere(string text) => new(text.Trim(), wholeWords: false);

    /// <summary>
    /// A text whose words must stand whole and in order: <c>Ada King</c> is in <c>ada_king's</c> and <c>askAdaKing</c>,
    /// not in <c>Ada Kingsley</c>. One without a letter or digit may stand anywhere.
    /// </summary>
    public static TextPattern WholeWords(string text) => new(text, wholeWords: true);

    public bool Matches(string text)
    {
        string folded = LetterFolding.Fold(text);
        if (_words is null || !folded.Contains(_hint, StringComparison.Ordinal))
        {
            return _words is null && folded.Contains(_folded, StringComparison.Ordinal);
        }

        string byCase = WordsOf(text, cutAtCase: true);
        return WordsOf(text, cutAtCase: false).Contains(_words, StringComparison.Ordinal)
            || byCase.Contains(_words, StringComparison.Ordinal)
            || byCase.Contains(_wordsByCase!, StringComparison.Ordinal);
    }

    /// <summary>How a text that holds it spells it, each spelling once.</summary>
    public IEnumerable<string> SpellingsIn(string text)
    {
        (string folded, List<int> origins) = FoldByLetter(text, wordsApart: _words is not null);
        string sought = _words?.Trim() ?? _folded;
        var spellings = new HashSet<string>();
        for (int at = 0; (at = folded.IndexOf(sought, at, StringComparison.Ordinal)) >= 0; at++)
        {
            spellings.Add(text[origins[at]..origins[at + sought.Length]]);
        }

        return spellings.Count > 0 ? spellings : [Text];
    }

    // The folded words, each between two spaces: " ask ada king ".
    private static string WordsOf(string text, bool cutAtCase)
    {
        var words = new StringBuilder(" ");
        char before = ' ';
        foreach (char c in LetterComposition.Compose(text))
        {
            bool inWord = IsInWord(c);
            bool cut = !inWord || IsWordOfItsOwn(c) || IsWordOfItsOwn(before)
                || (cutAtCase && char.IsUpper(c) && !char.IsUpper(before));
            if (cut && words[^1] != ' ')
            {
                words.Append(' ');
            }

            if (inWord)
            {
                words.Append(c);
            }

            before = c;
        }

        return LetterFolding.Fold(words[^1] == ' ' ? words.ToString() : words.Append(' ').ToString());
    }

    private static bool IsInWord(char c) => char.IsLetterOrDigit(c) || char.IsSurrogate(c) || IsMark(c);

    private static bool IsWordOfItsOwn(char c) => c >= ScriptsWithoutSpaces && !char.IsSurrogate(c);

    private static bool IsMark(char c) => char.GetUnicodeCategory(c)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.Format;

    // Where in the text each folded letter comes from; a letter and its marks stay together.
    private static (string Folded, List<int> Origins) FoldByLetter(string text, bool wordsApart)
    {
        var folded = new StringBuilder(text.Length);
        var origins = new List<int>(text.Length + 1);
        for (int at = 0; at < text.Length;)
        {
            int end = at + (char.IsHighSurrogate(text[at]) && at + 1 < text.Length ? 2 : 1);
            while (end < text.Length && IsMark(text[end]))
            {
                end++;
            }

            bool apart = wordsApart && !IsInWord(text[at]);
            string letter = apart ? " " : LetterFolding.Fold(text.AsSpan(at, end - at));
            folded.Append(letter);
            origins.AddRange(Enumerable.Repeat(at, letter.Length));
            at = end;
        }

        origins.Add(text.Length);
        return (folded.ToString(), origins);
    }
}
