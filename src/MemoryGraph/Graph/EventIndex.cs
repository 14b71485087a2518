using MemoryGraph.Events;
using MemoryGraph.Values;

namespace MemoryGraph.Graph;

/// <summary>Every event that was folded, by id and by time.</summary>
/// <remarks>
/// A writer's clock may run backwards; as-of questions need a time that does not. The <b>effective time</b> of an event
/// is the latest timestamp up to it, with the shifts of <see cref="ClockCorrected"/> applied. Finding an event by time
/// is a binary search.
/// </remarks>
internal sealed class EventIndex
{
    private readonly List<RecordedEvent> _events = [];
    private readonly List<long> _effectiveMs = [];
    private readonly List<ClockCorrected> _corrections = [];
    private readonly Dictionary<EventId, EventId> _takenBackBy = [];

    /// <summary>The last event; <see cref="EventId.None"/> while there is none.</summary>
    public EventId Last => new(_events.Count);

    /// <summary>An event by its id.</summary>
    public RecordedEvent this[EventId id] => _events[(int)(id.Value - 1)];

    public bool Contains(EventId id) => id > EventId.None && id <= Last;

    public void Add(RecordedEvent recorded)
    {
        _events.Add(recorded);
        foreach (EventId call in recorded.Undoes)
        {
            _takenBackBy[call] = recorded.Call;
        }

        if (recorded.Event is ClockCorrected correction)
        {
            _corrections.Add(correction);
            _effectiveMs.Clear();
            _events.ForEach(AddTime);
        }
        else
        {
            AddTime(recorded);
        }
    }

    /// <summary>
    /// Says how long a call is that was folded event by event while it was being decided: all from its first event on.
    /// </summary>
    /// <remarks>Only for events that nobody was told of yet.</remarks>
    public IEnumerable<RecordedEvent> EndCall(EventId first)
    {
        int start = (int)first.Value - 1;
        int count = _events.Count - start;
        for (int i = start; i < _events.Count; i++)
        {
            _events[i] = _events[i] with { CallLength = count };
        }

        return _events.GetRange(start, count);
    }

    /// <summary>
    /// The call that has a call taken back at present: an undo, or for an undo a redo; null when none has.
    /// </summary>
    public EventId? TakenBackBy(EventId call) =>
        _takenBackBy.TryGetValue(call, out EventId by) && TakenBackBy(by) is null ? by : null;

    /// <summary>First events of all calls up to a point, newest first.</summary>
    public IEnumerable<RecordedEvent> Calls(EventId upTo)
    {
        for (EventId id = upTo; id > EventId.None; id = new EventId(id.Value - 1))
        {
            id = this[id].Call;
            yield return this[id];
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
    public EventId SessionAt(EventId point) => Contains(point) ? this[point].Session : EventId.None;

    /// <summary>Effective time of an event, Unix milliseconds; 0 before the first.</summary>
    public long TimeOf(EventId id) => Contains(id) ? _effectiveMs[(int)(id.Value - 1)] : 0;

    /// <summary>The last event at or before a time; <see cref="EventId.None"/> when all came later.</summary>
    public EventId LastUpTo(long unixMs)
    {
        // Many events may share a time, as those of a call do; the last of them is meant.
        int first = 0;
        int behind = _effectiveMs.Count;
        while (first < behind)
        {
            int middle = first + ((behind - first) / 2);
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
    /// <param name="current">The running session; <see cref="EventId.None"/> when it wrote nothing yet.</param>
    /// <param name="agent">Only sessions in which this agent wrote; empty for any.</param>
    /// <returns><see cref="EventId.None"/> when there was none.</returns>
    public EventId EndOfSessionBefore(EventId current, string agent)
    {
        for (EventId id = Last; id > EventId.None; id = new EventId(id.Value - 1))
        {
            RecordedEvent recorded = this[id];
            if (recorded.Session != current && (agent.Length == 0 || recorded.Author.Agent == agent))
            {
                return id;
            }
        }

        return EventId.None;
    }

    private void AddTime(RecordedEvent recorded)
    {
        long ms = recorded.Timestamp;
        foreach (ClockCorrected correction in _corrections)
        {
            ms += correction.First <= recorded.Id && recorded.Id <= correction.Last ? correction.ShiftMs : 0;
        }

        _effectiveMs.Add(_effectiveMs.Count == 0 ? ms : Math.Max(ms, _effectiveMs[^1]));
    }
}
