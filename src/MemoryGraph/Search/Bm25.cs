namespace MemoryGraph.Search;

/// <summary>What it is worth that a text says a word: the rarer the word and the shorter the text, the more.</summary>
/// <remarks>
/// Okapi BM25 with weighted fields (Robertson, Zaragoza, Taylor: Simple BM25 extension to multiple weighted fields,
/// 2004). Everything is counted as of the point, ended facts among it: what was said later makes no difference, and
/// nothing has to be counted anew when a fact ends.
/// </remarks>
internal sealed class Bm25
{
    // Statements are short, so saying a word again adds little and length means less than in a library.
    private const double Saturation = 1.2;
    private const double LengthShare = 0.5;

    // A word of a name tells more of what an entity is about than one said of it, a word of its type less.
    private const double NameWeight = 3;
    private const double TypeWeight = 0.7;

    private readonly SearchIndex _index;
    private readonly int _texts;
    private readonly double[] _dampings = new double[byte.MaxValue + 1];

    public Bm25(SearchIndex index, int point)
    {
        _index = index;
        (_texts, long words) = index.Lengths.UpTo(point);
        double average = Math.Max(1, (double)words / Math.Max(1, _texts));
        for (int length = 0; length < _dampings.Length; length++)
        {
            _dampings[length] = Saturation * (1 - LengthShare + (LengthShare * length / average));
        }
    }

    /// <summary>The frequency that a note means in a text's list.</summary>
    public static double[] InTexts { get; } = [.. Enumerable.Range(0, byte.MaxValue + 1).Select(note => (double)note)];

    /// <summary>The frequency that a note means in a name's list.</summary>
    public static double[] InNames { get; } = [0, TypeWeight, NameWeight, NameWeight + TypeWeight];

    /// <summary>How much a term tells that this many texts and names have.</summary>
    public double RarityOf(int count) => Math.Log(1 + ((Math.Max(_texts, count) - count + 0.5) / (count + 0.5)));

    /// <summary>How long the text of an event is, as <see cref="Worth"/> wants it.</summary>
    public byte LengthOf(int id) => _index.Lengths[id];

    /// <summary>What a text of a length is worth for a term that it says so often.</summary>
    public double Worth(double rarity, double frequency, byte length) =>
        rarity * (Saturation + 1) * frequency / (frequency + _dampings[length]);
}
