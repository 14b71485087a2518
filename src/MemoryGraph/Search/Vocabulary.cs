using System.Buffers;
using System.Collections.Frozen;
using System.IO.Hashing;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using MemoryGraph.Graph;
using MemoryGraph.Text;

namespace MemoryGraph.Search;

/// <summary>
/// The dictionary of the index: every folded word with a number, 0, 1, 2 … by first use; found exactly, by its stem, by
/// its prefix, or misspelt.
/// </summary>
/// <remarks>
/// Words are chained by their first three letters, pairs of Chinese, Japanese or Korean letters by each of the two.
/// Memory for a word: its text, 16 bytes for it and 12 for its lists and stem, 8 for its chain, 8 for its letters, and
/// about 20 of hash slots.
/// </remarks>
internal sealed class Vocabulary
{
    private const int PrefixLetters = 3;
    private const int None = -1;

    private readonly TextTable _words = new();

    // By word.
    private readonly Column<int> _textLists = new();
    private readonly Column<int> _nameLists = new();
    private readonly Column<int> _stemHashes = new();

    // By word of letters only: a bit for each letter it has.
    private readonly Column<int> _letterSets = new();
    private readonly Column<int> _lettersWords = new();

    // By prefix its newest link; by link its word and the next older link.
    private readonly TextTable _prefixes = new();
    private readonly Column<int> _newestLinks = new();
    private readonly Column<int> _linkWords = new();
    private readonly Column<int> _olderLinks = new();
    private RowsByHash _byStem = new();

    public IEnumerable<Column> Columns =>
    [
        .. _words.Columns, _textLists, _nameLists, _stemHashes, _letterSets, _lettersWords,
        .. _prefixes.Columns, _newestLinks, _linkWords, _olderLinks,
    ];

    public int Count => _words.Count;

    public string this[int word] => _words[word];

    /// <summary>The posting list of a word in a field; -1 while there is none.</summary>
    public int ListOf(int word, IndexField field) => (field == IndexField.Text ? _textLists : _nameLists)[word];

    public void SetList(int word, IndexField field, int list) =>
        (field == IndexField.Text ? _textLists : _nameLists).Change(word) = list;

    /// <summary>The number of a word, added if it is new.</summary>
    public int Add(ReadOnlySpan<char> text)
    {
        int word = _words.Add(text);
        if (word < _stemHashes.Count)
        {
            return word;
        }

        ReadOnlySpan<char> stem = EnglishStem.Of(text);
        uint stemHash = stem.IsEmpty ? 0 : HashOf(stem);
        _textLists.Add(None);
        _nameLists.Add(None);
        _stemHashes.Add((int)stemHash);
        IndexStem(stemHash, word);
        if (IsOfLetters(text))
        {
            _letterSets.Add((int)LetterSetOf(text));
            _lettersWords.Add(word);
        }

        if (IsPair(text))
        {
            Link(text[..1], word);
            Link(text[1..], word);
        }
        else if (text.Length >= PrefixLetters)
        {
            Link(text[..PrefixLetters], word);
        }

        return word;
    }

    /// <summary>The number of a word; -1 when nothing uses it.</summary>
    public int Find(string word) => _words.Find(word);

    /// <summary>Words with the stem of a word, itself included.</summary>
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
    /// Longer words with a prefix of three letters or more, newest first; for a single Chinese, Japanese or Korean letter
    /// the pairs that hold it.
    /// </summary>
    /// <remarks>Cost: the words with the same three first letters.</remarks>
    public IEnumerable<int> WithPrefix(string text)
    {
        bool letter = text.Length == 1 && IsUnseparated(text[0]);
        int prefix = letter ? _prefixes.Find(text)
            : text.Length >= PrefixLetters ? _prefixes.Find(text.AsSpan(0, PrefixLetters)) : None;
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        for (int link = prefix < 0 ? None : _newestLinks[prefix]; link >= 0; link = _olderLinks[link])
        {
            int word = _linkWords[link];
            ReadOnlySpan<byte> candidate = _words.Utf8(word);
            if (letter || (candidate.Length > utf8.Length && candidate.StartsWith(utf8)))
            {
                yield return word;
            }
        }
    }

    /// <summary>Words within an edit distance of a misspelt one, oldest first.</summary>
    /// <param name="text">Of letters only, or there are none: numbers and identifiers are not misspelt words.</param>
    /// <param name="maxDistance">See <see cref="EditDistance"/>.</param>
    /// <remarks>
    /// Cost: about a nanosecond for each such word, to compare the sets of letters, and a distance for one in hundreds.
    /// </remarks>
    public List<(int Word, int Distance)> Near(string text, int maxDistance)
    {
        List<(int Word, int Distance)> near = [];
        if (!IsOfLetters(text))
        {
            return near;
        }

        uint letters = LetterSetOf(text);
        int place = 0;
        for (int chunk = 0; chunk < _letterSets.Chunks; chunk++)
        {
            foreach (int set in _letterSets.Rows(chunk))
            {
                // An edit brings in one letter and takes away one, at most.
                if (BitOperations.PopCount((uint)set ^ letters) <= 2 * maxDistance
                    && _lettersWords[place] is var word
                    && EditDistance.Within(text, _words[word], maxDistance) is { } distance and > 0)
                {
                    near.Add((word, distance));
                }

                place++;
            }
        }

        return near;
    }

    /// <summary>Rebuilds what is not in the columns, after they were loaded.</summary>
    /// <remarks>Cost: about fifty nanoseconds a word.</remarks>
    public void IndexLoaded()
    {
        _words.IndexLoaded();
        _prefixes.IndexLoaded();
        _byStem = new RowsByHash();
        _byStem.Reserve(Count);
        for (int word = 0; word < Count; word++)
        {
            IndexStem((uint)_stemHashes[word], word);
        }
    }

    private void IndexStem(uint hash, int word)
    {
        if (hash != 0)
        {
            _byStem.Add(hash, word);
        }
    }

    private void Link(ReadOnlySpan<char> text, int word)
    {
        int prefix = _prefixes.Add(text);
        if (prefix == _newestLinks.Count)
        {
            _newestLinks.Add(None);
        }

        ref int newest = ref _newestLinks.Change(prefix);
        _olderLinks.Add(newest);
        newest = _linkWords.Add(word);
    }

    private static bool IsPair(ReadOnlySpan<char> text) =>
        text.Length == 2 && IsUnseparated(text[0]) && IsUnseparated(text[1]);

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

    private static uint LetterSetOf(ReadOnlySpan<char> text)
    {
        uint letters = 0;
        foreach (char letter in text)
        {
            letters |= 1u << (letter % 32);
        }

        return letters;
    }

    // 0 stands for no stem.
    private static uint HashOf(ReadOnlySpan<char> stem) =>
        Math.Max(1, (uint)XxHash3.HashToUInt64(MemoryMarshal.AsBytes(stem)));
}

/// <summary>The stem of an English word: <c>decided</c>, <c>decides</c> and <c>decision</c> have <c>decid</c>.</summary>
/// <remarks>
/// A few rules after Porter (An algorithm for suffix stripping, 1980) and irregular verbs common at work. It rather
/// leaves words apart. Words of fewer than four letters are their own stem; so are nearly all Vietnamese words, as they
/// have none of the endings.
/// </remarks>
internal static class EnglishStem
{
    private const int LettersLeast = 3;

    // A stem as the rules give it for the regular forms, and the forms that they do not lead to it.
    private const string IrregularForms =
        "begin began begun, break broke broken, bring brought, build built, catch caught, "
        + "choos chose chosen choice, draw drew drawn, fal fell fallen, feel felt, find found, "
        + "freez froze frozen, giv gave given, grow grew grown, hold held, "
        + "hid hidden, keep kept, know knew known, leav left, "
        + "los lost loss, mak made, mean meant, run ran, rebuild rebuilt, "
        + "rewrit rewrote rewritten, ris rose risen, say said says, send sent, spend spent, "
        + "speak spoke spoken, steal stole stolen, stand stood, teach taught, think thought, "
        + "throw threw thrown, tel told, tak took taken, go went goes gone, "
        + "writ wrote written";

    private static readonly SearchValues<char> Vowels = SearchValues.Create("aeiouy");

    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Irregular =
        IrregularForms.Split(", ").Select(forms => forms.Split(' '))
        .SelectMany(forms => forms.Skip(1), (forms, form) => (Stem: forms[0], Form: form))
        .ToFrozenDictionary(one => one.Form, one => one.Stem, StringComparer.Ordinal)
        .GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The stem of a folded word; empty when it has other than ASCII letters.</summary>
    public static ReadOnlySpan<char> Of(ReadOnlySpan<char> word)
    {
        if (word.Length < 2 || word.ContainsAnyExceptInRange('a', 'z'))
        {
            return [];
        }

        if (Irregular.TryGetValue(word, out string? stem))
        {
            return stem;
        }

        return word.Length <= LettersLeast ? word : Ending(Inflection(Plural(word)));
    }

    private static ReadOnlySpan<char> Plural(ReadOnlySpan<char> word) => word switch
    {
        [.., 'i', 'e', 's'] => word[..^2],
        [.., 's', 's'] or [.., 'u', 's'] or [.., 'i', 's'] => word,
        [.., 's'] => word[..^1],
        _ => word,
    };

    // deployed, deploying; needs, and bring and speed, stay.
    private static ReadOnlySpan<char> Inflection(ReadOnlySpan<char> word) => word switch
    {
        [.., 'i', 'e', 'd'] => word[..^2],
        [.., 'e', 'e', 'd'] => word,
        [.., 'e', 'd'] => Without(word, 2),
        [.., 'i', 'n', 'g'] => Without(word, 3),
        [.., 'l', 'y'] => Without(word, 2),
        _ => word,
    };

    // One after the other: documentation, document, docu.
    private static ReadOnlySpan<char> Ending(ReadOnlySpan<char> word)
    {
        word = word switch
        {
            [.., 'a', 't', 'i', 'o', 'n'] => Without(word, 5),
            [.., 'i', 's', 'i', 'o', 'n'] => Decided(word),
            [.., 't', 'i', 'o', 'n'] or [.., 's', 'i', 'o', 'n'] => Without(word, 3),
            [.., 'm', 'e', 'n', 't'] => Without(word, 4),
            _ => word,
        };
        word = word is [.., 'e'] && word.Length > LettersLeast ? word[..^1] : word;
        word = word is [.., 'a', 't'] ? Without(word, 2) : word;
        return word switch
        {
            [.., 'y'] when word.Length > LettersLeast => string.Concat(word[..^1], "i"),
            [.., var last, var same] when last == same && word.Length > LettersLeast => word[..^1],
            _ => word,
        };
    }

    private static ReadOnlySpan<char> Decided(ReadOnlySpan<char> word) =>
        word.Length >= LettersLeast + 5 ? string.Concat(word[..^5], "id") : word;

    // Without its ending, if what is left is long enough and has a vowel.
    private static ReadOnlySpan<char> Without(ReadOnlySpan<char> word, int ending) =>
        word.Length - ending >= LettersLeast && word[..^ending].ContainsAny(Vowels) ? word[..^ending] : word;
}
