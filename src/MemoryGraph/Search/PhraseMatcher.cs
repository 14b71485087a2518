using System.Numerics;
using System.Text;
using MemoryGraph.Text;

namespace MemoryGraph.Search;

/// <summary>
/// Reads a text once more for what an index of words does not know: a phrase, words side by side, diacritics.
/// </summary>
/// <remarks>
/// Positions are not stored: reading the hundred best texts again costs about 1.5 microseconds each, positions would
/// cost memory for every word of every text.
/// </remarks>
internal sealed class PhraseMatcher
{
    // What two words side by side add, and a word spelt with the diacritics asked for, as shares of their rarity.
    private const double NearnessShare = 0.3;
    private const double DiacriticsShare = 0.2;

    private readonly Dictionary<string, (ulong Phrase, ulong Main)> _places = [];
    private readonly Dictionary<string, ulong> _stems = [];
    private readonly double[] _rarities;
    private readonly List<(string Written, double Rarity)> _marked = [];
    private readonly ulong _starts;
    private readonly ulong _ends;

    /// <param name="rarityOf">Of a term.</param>
    public PhraseMatcher(SearchWords words, Func<string, double> rarityOf)
    {
        foreach ((int place, QueryWord word) in words.All.Index())
        {
            (ulong phrase, ulong main) = _places.GetValueOrDefault(word.Folded);
            _places[word.Folded] = (phrase | (1UL << place), main);
        }

        _rarities = [.. words.Main.Select(word => rarityOf(word.Folded))];
        foreach ((int place, QueryWord word) in words.Main.Index())
        {
            (ulong phrase, ulong main) = _places[word.Folded];
            _places[word.Folded] = (phrase, main | (1UL << place));
            string stem = EnglishStem.Of(word.Folded).ToString();
            _stems[stem] = _stems.GetValueOrDefault(stem) | (1UL << place);
            if (!Ascii.IsValid(word.Written))
            {
                _marked.Add((word.Written, _rarities[place]));
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

    /// <summary>Whether it could tell one text from another.</summary>
    public bool IsOfUse => _ends != 0 || _marked.Count > 0;

    /// <summary>Reads a text.</summary>
    /// <returns>Whether it has the phrases asked for word by word, and what it is worth besides its words.</returns>
    public (bool HasPhrase, double Worth) Read(string text)
    {
        string composed = LetterComposition.Compose(text);
        (ulong running, ulong ended) = (0, 0);
        (ulong last, ulong lastButOne, ulong near) = (0, 0, 0);
        Dictionary<string, (ulong Phrase, ulong Main)>.AlternateLookup<ReadOnlySpan<char>> places =
            _places.GetAlternateLookup<ReadOnlySpan<char>>();
        Dictionary<string, ulong>.AlternateLookup<ReadOnlySpan<char>> stems = _stems.GetAlternateLookup<ReadOnlySpan<char>>();
        Words.Visit(composed, (word, _, parts) =>
        {
            if (parts > 1)
            {
                return;
            }

            // Each bit of "running" is a phrase that was followed up to that word (the shift-and way of finding texts).
            places.TryGetValue(word, out (ulong Phrase, ulong Main) place);
            running = ((running << 1) | _starts) & place.Phrase;
            ended |= running & _ends;
            ulong main = place.Main != 0 ? place.Main : stems.TryGetValue(EnglishStem.Of(word), out ulong form) ? form : 0;
            near |= ((last | lastButOne) << 1) & main;
            (lastButOne, last) = (last, main);
        });

        double worth = 0;
        for (; near != 0; near &= near - 1)
        {
            int place = BitOperations.TrailingZeroCount(near);
            worth += NearnessShare * (_rarities[place - 1] + _rarities[place]) / 2;
        }

        foreach ((string written, double rarity) in _marked)
        {
            worth += composed.Contains(written, StringComparison.OrdinalIgnoreCase) ? DiacriticsShare * rarity : 0;
        }

        return (_ends != 0 && ended == _ends, worth);
    }
}
