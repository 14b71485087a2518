using System.IO.Hashing;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using MemoryGraph.Graph;
using MemoryGraph.Text;

namespace MemoryGraph.Search;

/// <summary>
/// Every word that was ever said, folded, with a number: 0, 1, 2 … in the order in which they first came; found again
/// as it is, by its stem, by its first letters, or misspelt.
/// </summary>
/// <remarks>
/// Words are chained by their first three letters, pairs of Chinese, Japanese or Korean letters by each of the two.
/// Memory for a word: its text, 16 bytes for it and 12 for its row, 8 for its chain, 8 for its letters, and about 20 of
/// hash slots.
/// </remarks>
internal sealed class Vocabulary
{
    private const int BeginningLetters = 3;
    private const int None = -1;

    private readonly TextTable _words = new();
    private readonly Column<WordRow> _rows = new();
    private readonly Column<LettersRow> _letters = new();
    private readonly TextTable _beginnings = new();
    private readonly Column<int> _newestLinks = new();
    private readonly Column<Link> _links = new();
    private RowsByHash _byStem = new();

    /// <summary>What has to be saved; see <see cref="IndexLoaded"/>.</summary>
    public IEnumerable<Column> Columns =>
        [.. _words.Columns, _rows, _letters, .. _beginnings.Columns, _newestLinks, _links];

    /// <summary>How many words there are.</summary>
    public int Count => _words.Count;

    /// <summary>A word.</summary>
    public string this[int word] => _words[word];

    /// <summary>The list of the events that said a word; -1 while there is none.</summary>
    public int ListOf(int word, IndexField place) => place == IndexField.Text ? _rows[word].Texts : _rows[word].Names;

    public void SetList(int word, IndexField place, int list)
    {
        ref WordRow row = ref _rows.Change(word);
        (row.Texts, row.Names) = place == IndexField.Text ? (list, row.Names) : (row.Texts, list);
    }

    /// <summary>The number of a word, given to it now if it has none.</summary>
    public int Add(ReadOnlySpan<char> text)
    {
        int word = _words.Add(text);
        if (word == _rows.Count)
        {
            ReadOnlySpan<char> stem = EnglishStem.Of(text);
            uint stemHash = stem.IsEmpty ? 0 : HashOf(stem);
            _rows.Add(new WordRow(None, None, stemHash));
            if (IsOfLetters(text))
            {
                _letters.Add(new LettersRow(LettersOf(text), word));
            }

            EnterStem(stemHash, word);
            if (IsPair(text))
            {
                Chain(text[..1], word);
                Chain(text[1..], word);
            }
            else if (text.Length >= BeginningLetters)
            {
                Chain(text[..BeginningLetters], word);
            }
        }

        return word;
    }

    /// <summary>The number of a word; -1 when it was never said.</summary>
    public int Find(string word) => _words.Find(word);

    /// <summary>Words that share their stem with one, which may be among them.</summary>
    public IEnumerable<int> WithStemOf(string word)
    {
        string stem = EnglishStem.Of(word).ToString();
        List<int> found = [];
        if (stem.Length > 0)
        {
            foreach (int candidate in _byStem.With(HashOf(stem)))
            {
                if (EnglishStem.Of(_words[candidate]).SequenceEqual(stem))
                {
                    found.Add(candidate);
                }
            }
        }

        return found;
    }

    /// <summary>
    /// Longer words, newest first: those that begin with a text of three letters or more; for a single Chinese, Japanese
    /// or Korean letter the pairs that hold it.
    /// </summary>
    /// <remarks>Cost: words that begin with the same three letters.</remarks>
    public IEnumerable<int> LongerThan(string text)
    {
        bool letter = text.Length == 1 && IsUnseparated(text[0]);
        int beginning = letter ? _beginnings.Find(text)
            : text.Length >= BeginningLetters ? _beginnings.Find(text.AsSpan(0, BeginningLetters)) : None;
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        for (int link = beginning < 0 ? None : _newestLinks[beginning]; link >= 0; link = _links[link].Older)
        {
            int word = _links[link].Word;
            ReadOnlySpan<byte> candidate = _words.Utf8(word);
            if (letter || (candidate.Length > utf8.Length && candidate.StartsWith(utf8)))
            {
                yield return word;
            }
        }
    }

    /// <summary>Words that somebody who wrote this one may have meant: few letters apart, oldest first.</summary>
    /// <param name="text">Of letters only, or there are none: numbers and identifiers are not misspelt words.</param>
    /// <param name="most">Insertions, deletions, replacements and swaps of neighbours, at most.</param>
    /// <remarks>Cost: the letters of every such word as bits, about a nanosecond each, and a comparison with one in hundreds.</remarks>
    public List<(int Word, int Distance)> Near(string text, int most)
    {
        List<(int Word, int Distance)> near = [];
        if (!IsOfLetters(text))
        {
            return near;
        }

        uint letters = LettersOf(text);
        for (int chunk = 0; chunk < _letters.Chunks; chunk++)
        {
            foreach (ref readonly LettersRow row in _letters.Rows(chunk))
            {
                // An edit brings in one letter and takes away one, at most.
                if (BitOperations.PopCount(row.Letters ^ letters) <= 2 * most
                    && EditDistance.Within(text, _words[row.Word], most) is { } distance and > 0)
                {
                    near.Add((row.Word, distance));
                }
            }
        }

        return near;
    }

    /// <summary>Makes anew what is not in the columns, after they were loaded.</summary>
    /// <remarks>Cost: about fifty nanoseconds a word.</remarks>
    public void IndexLoaded()
    {
        _words.IndexLoaded();
        _beginnings.IndexLoaded();
        _byStem = new RowsByHash();
        _byStem.Reserve(Count);
        for (int word = 0; word < Count; word++)
        {
            EnterStem(_rows[word].StemHash, word);
        }
    }

    private void EnterStem(uint hash, int word)
    {
        if (hash != 0)
        {
            _byStem.Add(hash, word);
        }
    }

    private void Chain(ReadOnlySpan<char> beginning, int word)
    {
        int number = _beginnings.Add(beginning);
        if (number == _newestLinks.Count)
        {
            _newestLinks.Add(None);
        }

        ref int newest = ref _newestLinks.Change(number);
        newest = _links.Add(new Link(word, newest));
    }

    private static bool IsPair(ReadOnlySpan<char> text) => text.Length == 2 && IsUnseparated(text[0]) && IsUnseparated(text[1]);

    private static bool IsUnseparated(char letter) => letter >= '\u2E80' && !char.IsSurrogate(letter);

    private static bool IsOfLetters(ReadOnlySpan<char> text)
    {
        foreach (char letter in text)
        {
            if (!char.IsLetter(letter) || IsUnseparated(letter))
            {
                return false;
            }
        }

        return true;
    }

    private static uint LettersOf(ReadOnlySpan<char> text)
    {
        uint letters = 0;
        foreach (char letter in text)
        {
            letters |= 1u << (letter % 32);
        }

        return letters;
    }

    // 0 says that a word has no stem.
    private static uint HashOf(ReadOnlySpan<char> stem) =>
        Math.Max(1, (uint)XxHash3.HashToUInt64(MemoryMarshal.AsBytes(stem)));

    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    private record struct WordRow(int Texts, int Names, uint StemHash);

    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    private readonly record struct LettersRow(uint Letters, int Word);

    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    private readonly record struct Link(int Word, int Older);
}

/// <summary>Where a word was said.</summary>
internal enum IndexField
{
    /// <summary>In an observation.</summary>
    Text,

    /// <summary>In the name or the type of an entity.</summary>
    Name,
}
