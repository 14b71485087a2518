using System.Numerics;
using System.Text;
using MemoryGraph.Text;

namespace MemoryGraph.Search;

/// <summary>Scores a text for what the index does not store: phrases, words side by side, diacritics.</summary>
/// <remarks>
/// Word positions are not indexed: reading the hundred best texts again takes about 1.5 microseconds each, positions
/// would take memory for every word of every text.
/// </remarks>
internal sealed class PhraseMatcher
{
    // What two words side by side add, and a word spelt with the diacritics asked for, as shares of their idf.
    private const double ProximityShare = 0.3;
    private const double DiacriticsShare = 0.2;

    private readonly Dictionary<string, (ulong Phrase, ulong Main)> _places = [];
    private readonly Dictionary<string, ulong> _stems = [];
    private readonly double[] _idfs;
    private readonly List<(string Written, double Idf)> _marked = [];
    private readonly ulong _starts;
    private readonly ulong _ends;

    public PhraseMatcher(QueryWords words, Func<string, double> idfOf)
    {
        foreach ((int place, QueryWord word) in words.All.Index())
        {
            (ulong phrase, ulong main) = _places.GetValueOrDefault(word.Folded);
            _places[word.Folded] = (phrase | (1UL << place), main);
        }

        _idfs = [.. words.Main.Select(word => idfOf(word.Folded))];
        foreach ((int place, QueryWord word) in words.Main.Index())
        {
            (ulong phrase, ulong main) = _places[word.Folded];
            _places[word.Folded] = (phrase, main | (1UL << place));
            string stem = EnglishStem.Of(word.Folded).ToString();
            _stems[stem] = _stems.GetValueOrDefault(stem) | (1UL << place);
            if (!Ascii.IsValid(word.Written))
            {
                _marked.Add((word.Written, _idfs[place]));
            }
        }

        _stems.Remove("");
        IEnumerable<(int First, int Last)> phrases = words.Quoted.Count > 0 ? words.Quoted
            : words.All.Count > 1 ? [(0, words.All.Count - 1)] : [];
        foreach ((int first, int last) in phrases)
        {
            _starts |= 1UL << first;
            _ends |= 1UL << last;
        }
    }

    /// <summary>Whether reading could tell one text from another.</summary>
    public bool IsUseful => _ends != 0 || _marked.Count > 0;

    /// <summary>Reads a text.</summary>
    /// <returns>Whether it has the phrases, and what to add to its score.</returns>
    public (bool HasPhrase, double Score) Read(string text)
    {
        string composed = LetterComposition.Compose(text);
        (ulong running, ulong ended) = (0, 0);
        (ulong last, ulong lastButOne, ulong near) = (0, 0, 0);
        Dictionary<string, (ulong Phrase, ulong Main)>.AlternateLookup<ReadOnlySpan<char>> places =
            _places.GetAlternateLookup<ReadOnlySpan<char>>();
        Dictionary<string, ulong>.AlternateLookup<ReadOnlySpan<char>> stems =
            _stems.GetAlternateLookup<ReadOnlySpan<char>>();
        Words.Visit(composed, (word, _, parts) =>
        {
            if (parts > 1)
            {
                return;
            }

            // Each bit of "running" is a phrase matched up to that word (the shift-and algorithm).
            places.TryGetValue(word, out (ulong Phrase, ulong Main) place);
            running = ((running << 1) | _starts) & place.Phrase;
            ended |= running & _ends;
            ulong main = place.Main != 0 ? place.Main : stems.TryGetValue(EnglishStem.Of(word), out ulong form) ? form : 0;
            near |= ((last | lastButOne) << 1) & main;
            (lastButOne, last) = (last, main);
        });

        double score = 0;
        for (; near != 0; near &= near - 1)
        {
            int place = BitOperations.TrailingZeroCount(near);
            score += ProximityShare * (_idfs[place - 1] + _idfs[place]) / 2;
        }

        foreach ((string written, double idf) in _marked)
        {
            score += composed.Contains(written, StringComparison.OrdinalIgnoreCase) ? DiacriticsShare * idf : 0;
        }

        return (_ends != 0 && ended == _ends, score);
    }
}
