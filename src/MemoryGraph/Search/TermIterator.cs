namespace MemoryGraph.Search;

/// <summary>Walks the events that said any of a term's words, from the newest to the oldest.</summary>
internal sealed class TermIterator
{
    private readonly Bm25 _bm25;
    private readonly (PostingIterator Said, double Weight)[] _words;
    private readonly double[] _frequencies;
    private readonly double _frequencyMost;

    // By length, what it is worth to say the only word once, as nearly all texts do; 0 while it is not worked out.
    private readonly double[] _worthOnce = new double[byte.MaxValue + 1];

    public TermIterator(SearchIndex index, Bm25 bm25, SearchTerm term, IndexField place, int point)
    {
        _bm25 = bm25;
        _frequencies = place == IndexField.Text ? Bm25.InTexts : Bm25.InNames;
        var words = new List<(PostingIterator Said, double Weight)>();
        foreach ((int word, double weight) in term.Words)
        {
            if (index.Words.ListOf(word, place) is >= 0 and var list && index.Lists.Open(list, point) is { Id: > 0 } said)
            {
                words.Add((said, weight));
                _frequencyMost += weight * _frequencies[index.Lists.MostNoteOf(list)];
                Count += said.Count;
                Id = Math.Max(Id, said.Id);
            }
        }

        _words = [.. words];
    }

    /// <summary>The event it stands at; 0 behind the oldest.</summary>
    public int Id { get; private set; }

    /// <summary>How many postings there are up to the point at which it was opened.</summary>
    public int Count { get; }

    /// <summary>How much the term tells; to be set before asking for a worth.</summary>
    public double Rarity { get; set; }

    /// <summary>No event is worth more.</summary>
    public double WorthMost => _bm25.Worth(Rarity, _frequencyMost, length: 1);

    /// <summary>What the event that it stands at is worth for the term.</summary>
    public double Worth
    {
        get
        {
            byte length = _bm25.LengthOf(Id);
            if (_words.Length > 1 || _words[0].Said.Note != 1)
            {
                return _bm25.Worth(Rarity, Frequency(), length);
            }

            ref double once = ref _worthOnce[length];
            return once > 0 ? once : once = _bm25.Worth(Rarity, Frequency(), length);
        }
    }

    /// <summary>Moves to the event before.</summary>
    public void MoveOn()
    {
        if (_words.Length == 1)
        {
            _words[0].Said.MoveOn();
            Id = _words[0].Said.Id;
        }
        else
        {
            MoveTo(Id - 1);
        }
    }

    /// <summary>Moves to the newest event that is not newer than one given; never back.</summary>
    public void MoveTo(int id)
    {
        if (Id <= id)
        {
            return;
        }

        int newest = 0;
        foreach ((PostingIterator said, _) in _words)
        {
            said.MoveTo(id);
            newest = Math.Max(newest, said.Id);
        }

        Id = newest;
    }

    // Of words that stand for the term less well, a part.
    private double Frequency()
    {
        double frequency = 0;
        foreach ((PostingIterator said, double weight) in _words)
        {
            frequency += said.Id == Id ? weight * _frequencies[said.Note] : 0;
        }

        return frequency;
    }
}
