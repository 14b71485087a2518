using System.Text;
using MemoryGraph.Text;

namespace MemoryGraph.Search;

/// <summary>The words of a search as they were asked for.</summary>
/// <remarks>
/// Stop words only help to recognise a phrase, unless there are no other words or they stand in quotation marks. A
/// joined word (parseJson) is asked for by its parts.
/// </remarks>
internal sealed class SearchWords
{
    // Words are bits of a number; what a question has more of is left out.
    private const int WordsMax = 64;

    private readonly List<QueryWord> _all = [];
    private readonly List<(int First, int Last)> _quoted = [];

    public SearchWords(string text)
    {
        // Every other piece between quotation marks is a quotation, but not what follows an unpaired one.
        string[] pieces = LetterComposition.Compose(text).Split('"', '“', '”');
        for (int piece = 0; piece < pieces.Length; piece++)
        {
            Add(pieces[piece], isQuoted: piece % 2 == 1 && piece < pieces.Length - 1);
        }

        if (_all.Count == 0)
        {
            // Symbols count where there is nothing else.
            _all.AddRange(Words.Split(text).Take(WordsMax).Select(word => new QueryWord(word.Text, word.Text, IsQuoted: false)));
        }

        bool[] stops = StopWords.In([.. _all.Select(word => word.Written)]);
        QueryWord[] main = [.. _all.Where((word, place) => word.IsQuoted || !stops[place])];
        Main = main.Length > 0 ? main : [.. _all];
        Terms = [.. Main.Select(word => word.Folded).Distinct()];
    }

    /// <summary>Whether there are more words than can be looked for; the last are left out.</summary>
    public bool IsCut { get; private set; }

    /// <summary>All words in order.</summary>
    public IReadOnlyList<QueryWord> All => _all;

    /// <summary>Those that say what is asked about, in order.</summary>
    public IReadOnlyList<QueryWord> Main { get; }

    /// <summary>The main words, folded, each once.</summary>
    public IReadOnlyList<string> Terms { get; }

    /// <summary>Quotations by their first and last word.</summary>
    public IReadOnlyList<(int First, int Last)> Quoted => _quoted;

    private void Add(string text, bool isQuoted)
    {
        int first = _all.Count;
        foreach (string piece in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (piece.EnumerateRunes().Any(Rune.IsLetterOrDigit))
            {
                string[] words = [.. Words.Split(piece).Where(word => !word.IsCompound).Select(word => word.Text)];
                string? written = words.Length == 1 ? WrittenIn(piece) : null;
                IsCut |= words.Length > WordsMax - _all.Count;
                _all.AddRange(words.Take(WordsMax - _all.Count).Select(word => new QueryWord(word, written ?? word, isQuoted)));
            }
        }

        if (isQuoted && _all.Count > first)
        {
            _quoted.Add((first, _all.Count - 1));
        }
    }

    private static string WrittenIn(string piece)
    {
        int first = 0;
        int behind = piece.Length;
        while (first < behind && char.IsAscii(piece[first]) && !char.IsAsciiLetterOrDigit(piece[first]))
        {
            first++;
        }

        while (behind > first && char.IsAscii(piece[behind - 1]) && !char.IsAsciiLetterOrDigit(piece[behind - 1]))
        {
            behind--;
        }

        return piece[first..behind].ToLowerInvariant();
    }
}

/// <summary>A word of a question.</summary>
/// <param name="Folded">As the index knows it.</param>
/// <param name="Written">In small letters, with its diacritics.</param>
internal sealed record QueryWord(string Folded, string Written, bool IsQuoted);
