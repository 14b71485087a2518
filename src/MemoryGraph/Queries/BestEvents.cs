namespace MemoryGraph.Queries;

/// <summary>Finds the events that are worth most, without looking at those that cannot be among them.</summary>
/// <remarks>
/// MaxScore (Turtle, Flood: Query evaluation, strategies and optimizations, 1995). Events are met from the newest to
/// the oldest. Once enough are found, terms that together cannot lift an event above the least of those are only
/// looked up for events that other terms lead to; so a frequent word beside a rare one costs little.
/// </remarks>
internal sealed class BestEvents
{
    // Sums of the same numbers in another order differ in their last digits; that must leave nothing out.
    private const double Slack = 1 - 1e-9;

    private readonly Bm25 _bm25;
    private readonly (TermCursor Cursor, double Rarity, int Term)[] _terms;

    // Of the terms before each: what they can be worth together.
    private readonly double[] _worthBefore;

    // By term, in the order of the question, so that equal events come to equal sums.
    private readonly double[] _worths;
    private readonly PriorityQueue<int, (double Worth, int Id)> _best = new();

    private BestEvents(Bm25 bm25, IReadOnlyList<TermCursor> terms, IReadOnlyList<double> rarities)
    {
        _bm25 = bm25;
        _terms =
        [
            .. terms.Select((cursor, term) => (cursor, rarities[term], term)).Where(one => one.cursor.Id > 0)
                .OrderBy(one => bm25.WorthMost(one.cursor, one.Item2)),
        ];
        _worths = new double[terms.Count];
        _worthBefore = new double[_terms.Length + 1];
        for (int term = 0; term < _terms.Length; term++)
        {
            _worthBefore[term + 1] = _worthBefore[term] + bm25.WorthMost(_terms[term].Cursor, _terms[term].Rarity);
        }
    }

    /// <summary>The events that count, best first; equals newest first.</summary>
    /// <param name="terms">Cursors at their newest events.</param>
    /// <param name="rarities">By term.</param>
    /// <param name="counts">Whether an event is wanted; asked only of those that would be among the best.</param>
    public static IReadOnlyList<int> Find(
        Bm25 bm25, IReadOnlyList<TermCursor> terms, IReadOnlyList<double> rarities, Func<int, bool> counts, int most)
    {
        var best = new BestEvents(bm25, terms, rarities);
        best.Run(counts, most);
        return [.. best._best.UnorderedItems.OrderByDescending(one => one.Priority).Select(one => one.Element)];
    }

    private void Run(Func<int, bool> counts, int most)
    {
        int leading = 0;
        double needed = -1;
        for (int id = Newest(leading); id > 0; id = Newest(leading))
        {
            if (Evaluate(id, leading, needed * Slack) && _worths.Sum() is var worth && worth > needed && counts(id))
            {
                if (_best.Count < most)
                {
                    _best.Enqueue(id, (worth, id));
                }
                else
                {
                    _best.EnqueueDequeue(id, (worth, id));
                }

                if (_best.Count == most)
                {
                    _best.TryPeek(out _, out (double Worth, int) least);
                    needed = least.Worth;
                    while (leading < _terms.Length && _worthBefore[leading + 1] < needed * Slack)
                    {
                        leading++;
                    }
                }
            }

            for (int term = leading; term < _terms.Length; term++)
            {
                _terms[term].Cursor.MoveTo(id - 1);
            }
        }
    }

    private int Newest(int leading)
    {
        int newest = 0;
        for (int term = leading; term < _terms.Length; term++)
        {
            newest = Math.Max(newest, _terms[term].Cursor.Id);
        }

        return newest;
    }

    // False as soon as what is left to look up cannot be enough.
    private bool Evaluate(int id, int leading, double needed)
    {
        Array.Clear(_worths);
        double worth = 0;
        for (int place = _terms.Length - 1; place >= 0; place--)
        {
            (TermCursor cursor, double rarity, int term) = _terms[place];
            if (place < leading)
            {
                if (worth + _worthBefore[place + 1] < needed)
                {
                    return false;
                }

                cursor.MoveTo(id);
            }

            if (cursor.Id == id)
            {
                worth += _worths[term] = _bm25.Worth(cursor, rarity);
            }
        }

        return true;
    }
}
