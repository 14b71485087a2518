using MemoryGraph.Domain;
using MemoryGraph.Events;

namespace MemoryGraph.Graph;

/// <summary>Every event that was folded, by id and by time.</summary>
/// <remarks>
/// A writer's clock may run backwards; as-of questions need a time that does not. The <b>effective time</b> of an event
/// is the latest timestamp up to it, with the shifts of <see cref="ClockCorrected"/> applied. Finding an event by time
/// is a binary search.
/// </remarks>
internal sealed class EventIndex
{
    private readonly PackedEvents _events = new();
    private readonly Column<long> _effectiveMs = new();
    private readonly Column<Undone> _undone = new();
    private readonly Column<int> _corrections = new();

    // Derived from _undone.
    private readonly Dictionary<EventId, EventId> _takenBackBy = [];

    /// <summary>The last event; <see cref="EventId.None"/> while there is none.</summary>
    public EventId Last => _events.Last;

    /// <summary>Names, types and days that were said, each once.</summary>
    public TextTable Names => _events.Names;

    /// <summary>Everybody who recorded something, in order of their first event.</summary>
    public IReadOnlyList<Author> Authors => _events.Authors;

    /// <summary>Which of them a session, an author or the log itself wrote.</summary>
    public EventRuns Runs { get; } = new();

    /// <summary>What has to be saved; see <see cref="IndexLoaded"/>.</summary>
    public IEnumerable<Column> Columns => [.. _events.Columns, _effectiveMs, _undone, _corrections, .. Runs.Columns];

    /// <summary>An event by its id, made anew: ask for a part of it below when a part is all that is needed.</summary>
    public RecordedEvent this[EventId id] => _events[id];

    public bool Contains(EventId id) => id > EventId.None && id <= Last;

    /// <inheritdoc cref="RecordedEvent.Author"/>
    public Author AuthorOf(EventId id) => _events.AuthorOf(id);

    /// <inheritdoc cref="PackedEvents.AuthorNumberOf"/>
    public int AuthorNumberOf(EventId id) => _events.AuthorNumberOf(id);

    /// <summary>The places in <see cref="Authors"/> of those that are meant: names are looked at once for each.</summary>
    public IReadOnlyList<int> AuthorsWhere(Func<Author, bool> areMeant) =>
        [.. Enumerable.Range(0, Authors.Count).Where(number => areMeant(Authors[number]))];

    /// <inheritdoc cref="RecordedEvent.Call"/>
    public EventId CallOf(EventId id) => _events.CallOf(id);

    /// <inheritdoc cref="RecordedEvent.Session"/>
    public EventId SessionOf(EventId id) => _events.SessionOf(id);

    /// <inheritdoc cref="PackedEvents.ShapeOf"/>
    public EventShape? ShapeOf(EventId id) => _events.ShapeOf(id);

    /// <inheritdoc cref="PackedEvents.IsOfLog"/>
    public bool IsOfLog(EventId id) => _events.IsOfLog(id);

    /// <inheritdoc cref="PackedEvents.HasUndoes"/>
    public bool HasUndoes(EventId id) => _events.HasUndoes(id);

    /// <inheritdoc cref="PackedEvents.HasOrigin"/>
    public bool HasOrigin(EventId id) => _events.HasOrigin(id);

    /// <inheritdoc cref="PackedEvents.IsRedacted"/>
    public bool IsRedacted(EventId id) => _events.IsRedacted(id);

    /// <inheritdoc cref="PackedEvents.ReadRefs"/>
    public void ReadRefs(EventId id, List<EventId> refs) => _events.ReadRefs(id, refs);

    /// <inheritdoc cref="PackedEvents.TextOf"/>
    public ReadOnlySpan<byte> TextOf(EventId id) => _events.TextOf(id);

    public void Add(RecordedEvent recorded)
    {
        _events.Add(recorded);
        Runs.Add(recorded.Id, _events.SessionOf(recorded.Id), _events.AuthorNumberOf(recorded.Id), recorded.Event is LogEvent);
        foreach (EventId call in recorded.Undoes)
        {
            _undone.Add(new Undone(call.Value, recorded.Call.Value));
            _takenBackBy[call] = recorded.Call;
        }

        if (recorded.Event is ClockCorrected)
        {
            _corrections.Add((int)recorded.Id.Value);
            CorrectTimes();
        }
        else
        {
            long ms = EffectiveTime(recorded.Id, Corrections());
            _effectiveMs.Add(_effectiveMs.Count == 0 ? ms : Math.Max(ms, _effectiveMs[_effectiveMs.Count - 1]));
        }
    }

    /// <summary>
    /// Says how long a call is that was folded event by event while it was being decided: all from its first event on.
    /// </summary>
    /// <remarks>Only for events that nobody was told of yet.</remarks>
    public IEnumerable<RecordedEvent> EndCall(EventId first)
    {
        int count = (int)(Last.Value - first.Value) + 1;
        List<RecordedEvent> call = new(count);
        for (EventId id = first; id <= Last; id = id.Next)
        {
            _events.SetCallLength(id, count);
            call.Add(this[id]);
        }

        return call;
    }

    /// <summary>Makes what is derived anew, after the columns were loaded.</summary>
    public void IndexLoaded()
    {
        _events.IndexLoaded();
        Runs.IndexLoaded();
        for (int i = 0; i < _undone.Count; i++)
        {
            _takenBackBy[new EventId(_undone[i].Call)] = new EventId(_undone[i].By);
        }
    }

    /// <inheritdoc cref="TextTable.CutIndexBack"/>
    public void CutIndexBack()
    {
        _events.CutIndexBack();
        Runs.CutIndexBack();
        RestoreUndone();
    }

    /// <summary>
    /// The call that has a call taken back at present: an undo, or for an undo a redo; null when none has.
    /// </summary>
    public EventId? TakenBackBy(EventId call) =>
        _takenBackBy.TryGetValue(call, out EventId by) && TakenBackBy(by) is null ? by : null;

    /// <summary>First events of the calls in runs, in the order of the runs, newest first in each.</summary>
    /// <param name="first">Calls that begin before this event are left out, and with them all behind the first of those.</param>
    public IEnumerable<EventId> Calls(IEnumerable<EventRun> runs, EventId first)
    {
        foreach (EventRun run in runs)
        {
            for (EventId last = run.Last; last >= run.First; last = new EventId(last.Value - 1))
            {
                last = CallOf(last);
                if (last < first)
                {
                    yield break;
                }

                yield return last;
            }
        }
    }

    /// <summary>The event that a point means, for whom asks; it may lie behind the last one.</summary>
    /// <param name="last">What counts as now.</param>
    /// <param name="session">The running session; <see cref="EventId.None"/> when it wrote nothing yet.</param>
    /// <param name="agent">Who asks; tells which sessions are its own.</param>
    public EventId PointOf(AsOf at, EventId last, EventId session, string agent) => at switch
    {
        AsOf.Latest => last,
        AsOf.Event { Id: var id } => id,
        AsOf.Instant { At: var instant } => LastUpTo(instant.ToUnixTimeMilliseconds()),
        AsOf.EndOfLastSession => EndOfSessionBefore(session, agent),
        _ => throw new System.Diagnostics.UnreachableException($"{at.GetType().Name} has no arm"),
    };

    /// <summary>The first event of a period that begins at a point. An event given by number belongs to it.</summary>
    public EventId FirstSince(AsOf since, EventId last, EventId session, string agent) => since switch
    {
        AsOf.Event { Id: var id } => id,
        AsOf.Instant { At: var at } => LastUpTo(at.ToUnixTimeMilliseconds() - 1).Next,
        _ => PointOf(since, last, session, agent).Next,
    };

    /// <summary>
    /// The session, by its first event, that a point lies in; <see cref="EventId.None"/> when it lies in none.
    /// </summary>
    public EventId SessionAt(EventId point) => Contains(point) ? SessionOf(point) : EventId.None;

    /// <summary>Effective time of an event, Unix milliseconds; 0 before the first.</summary>
    public long TimeOf(EventId id) => Contains(id) ? _effectiveMs[id.Value - 1] : 0;

    /// <summary>The last event at or before a time; <see cref="EventId.None"/> when all came later.</summary>
    public EventId LastUpTo(long unixMs)
    {
        // Many events may share a time, as those of a call do; the last of them is meant.
        long first = 0;
        long behind = _effectiveMs.Count;
        while (first < behind)
        {
            long middle = first + ((behind - first) / 2);
            if (_effectiveMs[middle] <= unixMs)
            {
                first = middle + 1;
            }
            else
            {
                behind = middle;
            }
        }

        return new EventId(first);
    }

    /// <summary>The last event of the session before the given one.</summary>
    /// <remarks>Cost: the runs of the given session; one, unless others wrote in between.</remarks>
    /// <param name="current">The running session; <see cref="EventId.None"/> when it wrote nothing yet.</param>
    /// <param name="agent">Only sessions in which this agent wrote; empty for any.</param>
    /// <returns><see cref="EventId.None"/> when there was none.</returns>
    public EventId EndOfSessionBefore(EventId current, string agent)
    {
        IEnumerable<EventRun> runs = agent.Length == 0 ? Runs.Down(Last)
            : Runs.OfAuthors(AuthorsWhere(author => author.Agent == agent), Last);
        return runs.FirstOrDefault(run => run.Session != current).Last;
    }

    // A call that was undone, redone and undone again has several rows, of which the last counts.
    private void RestoreUndone()
    {
        var cut = new HashSet<long>();
        for (long row = _undone.MarkedCount; row < _undone.Count; row++)
        {
            cut.Add(_undone[row].Call);
            _takenBackBy.Remove(new EventId(_undone[row].Call));
        }

        for (long row = _undone.MarkedCount - 1; row >= 0 && cut.Count > 0; row--)
        {
            if (cut.Remove(_undone[row].Call))
            {
                _takenBackBy.Add(new EventId(_undone[row].Call), new EventId(_undone[row].By));
            }
        }
    }

    private ClockCorrected[] Corrections()
    {
        var corrections = new ClockCorrected[_corrections.Count];
        for (int i = 0; i < corrections.Length; i++)
        {
            corrections[i] = (ClockCorrected)this[new EventId(_corrections[i])].Event;
        }

        return corrections;
    }

    // A correction is about what was folded before it, so all times are made anew.
    private void CorrectTimes()
    {
        ClockCorrected[] corrections = Corrections();
        long latest = long.MinValue;
        for (EventId id = new(1); id <= Last; id = id.Next)
        {
            latest = Math.Max(latest, EffectiveTime(id, corrections));
            if (id.Value > _effectiveMs.Count)
            {
                _effectiveMs.Add(latest);
            }
            else if (_effectiveMs[id.Value - 1] != latest)
            {
                _effectiveMs.Change(id.Value - 1) = latest;
            }
        }
    }

    private long EffectiveTime(EventId id, ClockCorrected[] corrections)
    {
        long ms = _events.TimestampOf(id);
        foreach (ClockCorrected correction in corrections)
        {
            ms += correction.First <= id && id <= correction.Last ? correction.ShiftMs : 0;
        }

        return ms;
    }

    private readonly record struct Undone(long Call, long By);
}
