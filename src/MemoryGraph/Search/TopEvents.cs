namespace MemoryGraph.Search;

/// <summary>Finds the events that are worth most, without looking at those that cannot be among them.</summary>
/// <remarks>
/// MaxScore (Turtle, Flood: Query evaluation, strategies and optimizations, 1995). Events are met from the newest to
/// the oldest. Once enough are found, terms that together cannot lift an event above the least of those are only
/// looked up for events that other terms lead to; so a frequent word beside a rare one costs little.
/// </remarks>
internal sealed class TopEvents
{
    // Sums of the same numbers in another order differ in their last digits; that must leave nothing out.
    private const double Slack = 1 - 1e-9;

    private readonly Func<int, bool> _counts;
    private readonly int _most;

    // The least telling first, each with its place in the question.
    private readonly (TermIterator Cursor, int Place)[] _terms;

    // What the terms before each can be worth together.
    private readonly double[] _worthBefore;

    // In the order of the question, so that equal events come to equal sums.
    private readonly double[] _worths;
    private readonly PriorityQueue<int, (double Worth, int Id)> _best = new();

    // Terms from here on lead to events.
    private int _leading;
    private double _needed = -1;

    private TopEvents(TermIterator[] terms, Func<int, bool> counts, int most)
    {
        (_counts, _most) = (counts, most);
        _terms = [.. terms.Select((cursor, place) => (cursor, place)).Where(one => one.cursor.Id > 0).OrderBy(one => one.cursor.WorthMost)];
        _worths = new double[terms.Length];
        _worthBefore = new double[_terms.Length + 1];
        for (int term = 0; term < _terms.Length; term++)
        {
            _worthBefore[term + 1] = _worthBefore[term] + _terms[term].Cursor.WorthMost;
        }
    }

    /// <summary>The events that count, best first; equals newest first.</summary>
    /// <param name="terms">Cursors at their newest events.</param>
    /// <param name="counts">Whether an event is wanted; asked only of those that would be among the best.</param>
    public static IReadOnlyList<int> Find(TermIterator[] terms, Func<int, bool> counts, int most)
    {
        var best = new TopEvents(terms, counts, most);
        best.Run();
        return [.. best._best.UnorderedItems.OrderByDescending(one => one.Priority).Select(one => one.Element)];
    }

    /// <summary>The newest events that count and have all the terms, however little those are worth in them.</summary>
    /// <param name="terms">Cursors at their newest events.</param>
    /// <remarks>Cost: the shortest list, less what the others let it pass over.</remarks>
    public static IReadOnlyList<int> FindWithAll(TermIterator[] terms, Func<int, bool> counts, int most)
    {
        TermIterator[] rarestFirst = [.. terms.OrderBy(cursor => cursor.Count)];
        List<int> found = [];
        int id = rarestFirst[0].Id;
        while (id > 0 && found.Count < most)
        {
            int meeting = id;
            for (int term = 0; term < rarestFirst.Length && meeting == id; term++)
            {
                rarestFirst[term].MoveTo(id);
                meeting = rarestFirst[term].Id;
            }

            if (meeting == id && counts(id))
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
            if (Evaluate(id) && WorthInOrder() is var worth && worth > _needed && _counts(id))
            {
                Keep(id, worth);
            }

            for (int term = _leading; term < _terms.Length; term++)
            {
                if (_terms[term].Cursor.Id == id)
                {
                    _terms[term].Cursor.MoveOn();
                }
            }
        }
    }

    private void Keep(int id, double worth)
    {
        if (_best.Count < _most)
        {
            _best.Enqueue(id, (worth, id));
        }
        else
        {
            _best.EnqueueDequeue(id, (worth, id));
        }

        if (_best.Count == _most && _best.TryPeek(out _, out (double Worth, int Id) least))
        {
            _needed = least.Worth;
            while (_leading < _terms.Length && _worthBefore[_leading + 1] < _needed * Slack)
            {
                _leading++;
            }
        }
    }

    private int Newest()
    {
        if (_leading == _terms.Length - 1)
        {
            return NewestOfOne(_terms[_leading].Cursor);
        }

        int newest = 0;
        for (int term = _leading; term < _terms.Length; term++)
        {
            newest = Math.Max(newest, _terms[term].Cursor.Id);
        }

        return newest;
    }

    // Where one term leads, most events are passed over here.
    private int NewestOfOne(TermIterator leading)
    {
        double before = _worthBefore[_leading];
        double needed = before > 0 ? _needed * Slack : _needed;
        while (leading.Id > 0 && leading.Worth + before <= needed)
        {
            leading.MoveOn();
        }

        return leading.Id;
    }

    // False as soon as what is left to look up cannot be enough.
    private bool Evaluate(int id)
    {
        Array.Clear(_worths);
        double worth = 0;
        for (int term = _terms.Length - 1; term >= 0; term--)
        {
            (TermIterator cursor, int place) = _terms[term];
            if (term < _leading)
            {
                if (worth + _worthBefore[term + 1] < _needed * Slack)
                {
                    return false;
                }

                cursor.MoveTo(id);
            }

            if (cursor.Id == id)
            {
                worth += _worths[place] = cursor.Worth;
            }
        }

        return true;
    }

    private double WorthInOrder()
    {
        double sum = 0;
        foreach (double worth in _worths)
        {
            sum += worth;
        }

        return sum;
    }
}
