using MemoryGraph.Domain;

namespace MemoryGraph.Graph;

/// <summary>Which events a session or an author wrote: runs of events that have all of that in common.</summary>
/// <remarks>
/// <code>
/// session 17, linh via cursor/1.7       → #17 … #40, #44 … #51
/// session 41, duyan via claude-code/2.1 → #41 … #43
/// </code>
/// What the log says of itself is in runs of its own. Finding the last run before a point takes as many steps as the
/// logarithm of their number. Memory: about 28 bytes a run; two sessions that write in turn make one a call, else
/// there are few.
/// </remarks>
internal sealed class EventRuns
{
    // A run ends where the next one begins.
    private readonly Column<RunRow> _rows = new();

    // By author, by their numbers; by session, in order of their first event; and the log's own.
    private readonly IdLists _byAuthor = new();
    private readonly IdLists _bySession = new();
    private readonly IdLists _ofLog = new();

    // Derived from _rows.
    private readonly Dictionary<int, int> _sessions = [];

    public EventRuns() => _ofLog.Add();

    /// <summary>What has to be saved; see <see cref="IndexLoaded"/>.</summary>
    public IEnumerable<Column> Columns => [_rows, .. _byAuthor.Columns, .. _bySession.Columns, .. _ofLog.Columns];

    /// <summary>Takes in the next event.</summary>
    /// <param name="author">The author's number; new ones come in order.</param>
    /// <param name="isOfLog">Whether the log says it of itself.</param>
    public void Add(EventId id, EventId session, int author, bool isOfLog)
    {
        var row = new RunRow((int)id.Value, (int)session.Value, author, isOfLog ? 1 : 0);
        if (_rows.Count > 0 && _rows[_rows.Count - 1].IsGoneOnWith(row))
        {
            return;
        }

        int run = _rows.Add(row);
        if (author == _byAuthor.Count)
        {
            _byAuthor.Add();
        }

        if (!_sessions.TryGetValue(row.Session, out int list))
        {
            list = _bySession.Add();
            _sessions.Add(row.Session, list);
        }

        _byAuthor.Append(author, run);
        _bySession.Append(list, run);
        if (isOfLog)
        {
            _ofLog.Append(0, run);
        }
    }

    /// <summary>Makes what is derived anew, after the columns were loaded.</summary>
    public void IndexLoaded()
    {
        for (int run = 0; run < _rows.Count; run++)
        {
            _sessions.TryAdd(_rows[run].Session, _sessions.Count);
        }
    }

    /// <inheritdoc cref="TextTable.CutIndexBack"/>
    public void CutIndexBack()
    {
        for (int run = (int)_rows.Count - 1; run >= _rows.MarkedCount; run--)
        {
            if (_sessions.TryGetValue(_rows[run].Session, out int list) && list >= _bySession.MarkedCount)
            {
                _sessions.Remove(_rows[run].Session);
            }
        }
    }

    /// <summary>All runs up to an event, newest first; the newest ends with it.</summary>
    public IEnumerable<EventRun> Down(EventId upTo)
    {
        for (int run = RunOf(upTo); run >= 0; run--)
        {
            yield return Run(run, upTo);
        }
    }

    /// <summary>Runs of a session up to an event, newest first.</summary>
    public IEnumerable<EventRun> OfSession(EventId session, EventId upTo) =>
        _sessions.TryGetValue((int)session.Value, out int list) ? _bySession.Down(list, RunOf(upTo)).Select(run => Run(run, upTo)) : [];

    /// <summary>Runs of any of these authors, by their numbers, up to an event, newest first.</summary>
    public IEnumerable<EventRun> OfAuthors(IReadOnlyList<int> authors, EventId upTo) =>
        _byAuthor.Down(authors, RunOf(upTo)).Select(run => Run(run, upTo));

    /// <summary>Runs that the log says of itself, up to an event, newest first.</summary>
    public IEnumerable<EventRun> OfLog(EventId upTo) => _ofLog.Down(0, RunOf(upTo)).Select(run => Run(run, upTo));

    private EventRun Run(int run, EventId upTo)
    {
        RunRow row = _rows[run];
        var last = run + 1 < _rows.Count ? new EventId(_rows[run + 1].First - 1) : upTo;
        return new EventRun(new EventId(row.First), EventId.Earlier(last, upTo), new EventId(row.Session), row.Author, row.OfLog != 0);
    }

    // -1 before the first.
    private int RunOf(EventId id)
    {
        int first = 0;
        int behind = (int)_rows.Count;
        while (first < behind)
        {
            int middle = first + ((behind - first) / 2);
            if (_rows[middle].First <= id.Value)
            {
                first = middle + 1;
            }
            else
            {
                behind = middle;
            }
        }

        return first - 1;
    }

    private readonly record struct RunRow(int First, int Session, int Author, int OfLog)
    {
        public bool IsGoneOnWith(RunRow next) => next with { First = First } == this;
    }
}

/// <summary>Events that follow one another, of one session and one author.</summary>
/// <param name="Author">The author's number.</param>
/// <param name="IsOfLog">Whether the log says them of itself; else none of them is.</param>
internal readonly record struct EventRun(EventId First, EventId Last, EventId Session, int Author, bool IsOfLog)
{
    /// <summary>How many events there are.</summary>
    public int Count => (int)(Last.Value - First.Value) + 1;

    /// <summary>Its events that do not stand before one, newest first.</summary>
    public IEnumerable<EventId> Down(EventId first)
    {
        for (EventId id = Last; id >= First && id >= first; id = new EventId(id.Value - 1))
        {
            yield return id;
        }
    }
}
