namespace MemoryGraph.Search;

/// <summary>Finds the events with the highest scores, without looking at those that cannot be among them.</summary>
/// <remarks>
/// MaxScore (Turtle, Flood: Query evaluation, strategies and optimizations, 1995). Events are met from the newest to
/// the oldest. Once enough are found, terms that together cannot lift an event above the lowest of those are only
/// looked up for events that other terms lead to; so a frequent word beside a rare one costs little.
/// </remarks>
internal sealed class TopEvents
{
    // Sums of the same numbers in another order differ in their last digits; that must leave nothing out.
    private const double Slack = 1 - 1e-9;

    private readonly Func<int, bool> _isWanted;
    private readonly int _most;

    // The lowest maximum first, each with its place in the query.
    private readonly (TermIterator Postings, int Place)[] _terms;

    // The highest score of the terms before each, together.
    private readonly double[] _maxScoreBefore;

    // In the order of the query, so that equal events come to equal sums.
    private readonly double[] _scores;
    private readonly PriorityQueue<int, (double Score, int Id)> _best = new();

    // Terms from here on lead to events.
    private int _leading;
    private double _needed = -1;

    private TopEvents(TermIterator[] terms, Func<int, bool> isWanted, int most)
    {
        (_isWanted, _most) = (isWanted, most);
        _terms =
        [
            .. terms.Select((postings, place) => (postings, place)).Where(one => one.postings.Id > 0)
                .OrderBy(one => one.postings.MaxScore),
        ];
        _scores = new double[terms.Length];
        _maxScoreBefore = new double[_terms.Length + 1];
        for (int term = 0; term < _terms.Length; term++)
        {
            _maxScoreBefore[term + 1] = _maxScoreBefore[term] + _terms[term].Postings.MaxScore;
        }
    }

    /// <summary>The wanted events with the highest scores, best first; equal scores newest first.</summary>
    /// <param name="terms">At their newest events.</param>
    /// <param name="isWanted">Asked only of events that would be among the best.</param>
    public static IReadOnlyList<int> Find(TermIterator[] terms, Func<int, bool> isWanted, int most)
    {
        var top = new TopEvents(terms, isWanted, most);
        top.Run();
        return [.. top._best.UnorderedItems.OrderByDescending(one => one.Priority).Select(one => one.Element)];
    }

    /// <summary>The newest wanted events with all the terms, however low their scores.</summary>
    /// <param name="terms">At their newest events.</param>
    /// <remarks>Cost: the shortest list, less what the others let it skip.</remarks>
    public static IReadOnlyList<int> FindWithAll(TermIterator[] terms, Func<int, bool> isWanted, int most)
    {
        TermIterator[] rarestFirst = [.. terms.OrderBy(postings => postings.Count)];
        List<int> found = [];
        int id = rarestFirst[0].Id;
        while (id > 0 && found.Count < most)
        {
            int meeting = id;
            for (int term = 0; term < rarestFirst.Length && meeting == id; term++)
            {
                rarestFirst[term].SkipTo(id);
                meeting = rarestFirst[term].Id;
            }

            if (meeting == id && isWanted(id))
            {
                found.Add(id);
            }

            id = Math.Min(meeting, id - 1);
        }

        return found;
    }

    private void Run()
    {
        for (int id = Newest(); id > 0; id = Newest())
        {
            if (Evaluate(id) && ScoreInOrder() is var score && score > _needed && _isWanted(id))
            {
                Keep(id, score);
            }

            for (int term = _leading; term < _terms.Length; term++)
            {
                if (_terms[term].Postings.Id == id)
                {
                    _terms[term].Postings.Next();
                }
            }
        }
    }

    private void Keep(int id, double score)
    {
        if (_best.Count < _most)
        {
            _best.Enqueue(id, (score, id));
        }
        else
        {
            _best.EnqueueDequeue(id, (score, id));
        }

        if (_best.Count == _most && _best.TryPeek(out _, out (double Score, int Id) lowest))
        {
            _needed = lowest.Score;
            while (_leading < _terms.Length && _maxScoreBefore[_leading + 1] < _needed * Slack)
            {
                _leading++;
            }
        }
    }

    private int Newest()
    {
        if (_leading == _terms.Length - 1)
        {
            return NewestOfOne(_terms[_leading].Postings);
        }

        int newest = 0;
        for (int term = _leading; term < _terms.Length; term++)
        {
            newest = Math.Max(newest, _terms[term].Postings.Id);
        }

        return newest;
    }

    // Where one term leads, most events are skipped here.
    private int NewestOfOne(TermIterator leading)
    {
        double before = _maxScoreBefore[_leading];
        double needed = before > 0 ? _needed * Slack : _needed;
        while (leading.Id > 0 && leading.Score + before <= needed)
        {
            leading.Next();
        }

        return leading.Id;
    }

    // False as soon as what is left to look up cannot be enough.
    private bool Evaluate(int id)
    {
        Array.Clear(_scores);
        double score = 0;
        for (int term = _terms.Length - 1; term >= 0; term--)
        {
            (TermIterator postings, int place) = _terms[term];
            if (term < _leading)
            {
                if (score + _maxScoreBefore[term + 1] < _needed * Slack)
                {
                    return false;
                }

                postings.SkipTo(id);
            }

            if (postings.Id == id)
            {
                score += _scores[place] = postings.Score;
            }
        }

        return true;
    }

    private double ScoreInOrder()
    {
        double sum = 0;
        foreach (double score in _scores)
        {
            sum += score;
        }

        return sum;
    }
}

/// <summary>Walks the events that use any of a term's words, from the newest to the oldest, and scores them.</summary>
internal sealed class TermIterator
{
    private readonly Bm25 _bm25;
    private readonly (PostingIterator Postings, double Weight)[] _words;
    private readonly double[] _frequencies;
    private readonly double _maxFrequency;

    // By length, the score of a single use of the only word, as in nearly all texts; 0 until computed.
    private readonly double[] _scoreOfOneUse = new double[byte.MaxValue + 1];

    public TermIterator(SearchIndex index, Bm25 bm25, QueryTerm term, IndexField field, int upTo)
    {
        _bm25 = bm25;
        _frequencies = field == IndexField.Text ? Bm25.TextFrequencies : Bm25.NameFrequencies;
        var words = new List<(PostingIterator Postings, double Weight)>();
        foreach ((int word, double weight) in term.Words)
        {
            if (index.Words.ListOf(word, field) is >= 0 and var list
                && index.Lists.Open(list, upTo) is { Id: > 0 } postings)
            {
                words.Add((postings, weight));
                _maxFrequency += weight * _frequencies[index.Lists.MaxFrequencyOf(list)];
                Count += postings.Count;
                Id = Math.Max(Id, postings.Id);
            }
        }

        _words = [.. words];
    }

    /// <summary>The current event; 0 after the oldest.</summary>
    public int Id { get; private set; }

    /// <summary>The number of postings up to the event at which it was opened.</summary>
    public int Count { get; }

    /// <summary>The term's inverse document frequency; set it before asking for a score.</summary>
    public double Idf { get; set; }

    /// <summary>No event scores higher.</summary>
    public double MaxScore => _bm25.Score(Idf, _maxFrequency, length: 1);

    /// <summary>The current event's score for the term.</summary>
    public double Score
    {
        get
        {
            byte length = _bm25.LengthOf(Id);
            if (_words.Length > 1 || _words[0].Postings.Frequency != 1)
            {
                return _bm25.Score(Idf, Frequency(), length);
            }

            ref double once = ref _scoreOfOneUse[length];
            return once > 0 ? once : once = _bm25.Score(Idf, Frequency(), length);
        }
    }

    /// <summary>Moves to the next older event.</summary>
    public void Next()
    {
        if (_words.Length == 1)
        {
            _words[0].Postings.Next();
            Id = _words[0].Postings.Id;
        }
        else
        {
            SkipTo(Id - 1);
        }
    }

    /// <summary>Moves to the newest event up to one given; never back to newer ones.</summary>
    public void SkipTo(int id)
    {
        if (Id <= id)
        {
            return;
        }

        int newest = 0;
        foreach ((PostingIterator postings, _) in _words)
        {
            postings.SkipTo(id);
            newest = Math.Max(newest, postings.Id);
        }

        Id = newest;
    }

    private double Frequency()
    {
        double frequency = 0;
        foreach ((PostingIterator postings, double weight) in _words)
        {
            frequency += postings.Id == Id ? weight * _frequencies[postings.Frequency] : 0;
        }

        return frequency;
    }
}

/// <summary>The score of a term in a text: higher for a rarer term, more uses and a shorter text.</summary>
/// <remarks>
/// Okapi BM25 with weighted fields (Robertson, Zaragoza, Taylor: Simple BM25 extension to multiple weighted fields,
/// 2004). Statistics are as of the point and include ended facts: what was recorded later makes no difference, and
/// nothing has to be counted again when a fact ends.
/// </remarks>
internal sealed class Bm25
{
    // Statements are short, so using a word again adds little and length means less than in a library.
    private const double K1 = 1.2;
    private const double B = 0.5;

    // A word of a name says more of what an entity is about than a word of an observation, a word of its type less.
    private const double NameWeight = 3;
    private const double TypeWeight = 0.7;

    private readonly SearchIndex _index;
    private readonly int _texts;
    private readonly double[] _lengthNorms = new double[byte.MaxValue + 1];

    public Bm25(SearchIndex index, int upTo)
    {
        _index = index;
        (_texts, long words) = index.Lengths.UpTo(upTo);
        double average = Math.Max(1, (double)words / Math.Max(1, _texts));
        for (int length = 0; length < _lengthNorms.Length; length++)
        {
            _lengthNorms[length] = K1 * (1 - B + (B * length / average));
        }
    }

    /// <summary>Term frequency by a posting's frequency in a list of texts.</summary>
    public static double[] TextFrequencies { get; } =
        [.. Enumerable.Range(0, byte.MaxValue + 1).Select(frequency => (double)frequency)];

    /// <summary>Term frequency by a posting's frequency in a list of names.</summary>
    public static double[] NameFrequencies { get; } = [0, TypeWeight, NameWeight, NameWeight + TypeWeight];

    /// <summary>Inverse document frequency of a term that this many texts and names use.</summary>
    public double Idf(int count) => Math.Log(1 + ((Math.Max(_texts, count) - count + 0.5) / (count + 0.5)));

    public byte LengthOf(int id) => _index.Lengths[id];

    public double Score(double idf, double frequency, byte length) =>
        idf * (K1 + 1) * frequency / (frequency + _lengthNorms[length]);
}
