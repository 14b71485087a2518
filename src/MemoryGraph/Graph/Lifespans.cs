using MemoryGraph.Values;

namespace MemoryGraph.Graph;

/// <summary>When a fact was there: half-open ranges of event ids, in order, at most the last one open.</summary>
/// <remarks>
/// Begun at 3, ended at 7, restored at 12: <c>[3, 7) [12, …)</c>. Most facts have one range, which is kept in place;
/// the earlier ones of the few that were restored lie in an array.
/// </remarks>
internal struct Lifespans
{
    private (EventId From, EventId To)[]? _earlier;
    private EventId _from;
    private EventId _to;

    public static Lifespans Since(EventId from) => new() { _from = from, _to = EventId.Never };

    /// <summary>Whether the fact is there at the end of what was folded.</summary>
    public readonly bool IsOpen => _from > EventId.None && _to == EventId.Never;

    /// <summary>The event that ended the last range; <see cref="EventId.Never"/> while it is open.</summary>
    public readonly EventId End => _to;

    /// <summary>Whether the fact was there when an event had just happened.</summary>
    public readonly bool Contains(EventId point)
    {
        if (_from <= point && _from > EventId.None)
        {
            return point < _to;
        }

        foreach ((EventId from, EventId to) in _earlier ?? [])
        {
            if (from <= point && point < to)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// The last event up to a point that ended a range; <see cref="EventId.None"/> when none had ended.
    /// </summary>
    public readonly EventId LastEndUpTo(EventId point)
    {
        EventId last = _to <= point ? _to : EventId.None;
        foreach ((_, EventId to) in _earlier ?? [])
        {
            last = last < to && to <= point ? to : last;
        }

        return last;
    }

    /// <summary>
    /// The last event up to a point that began or ended a range; <see cref="EventId.None"/> when none had.
    /// </summary>
    public readonly EventId LastTurnUpTo(EventId point)
    {
        EventId last = _to <= point ? _to : _from <= point ? _from : EventId.None;
        foreach ((EventId from, EventId to) in _earlier ?? [])
        {
            EventId turn = to <= point ? to : from <= point ? from : EventId.None;
            last = last < turn ? turn : last;
        }

        return last;
    }

    /// <summary>Events behind one point and up to another that began or ended a range, in order.</summary>
    public readonly IEnumerable<EventId> TurnsIn(EventId behind, EventId upTo)
    {
        IEnumerable<(EventId From, EventId To)> ranges = [.. _earlier ?? [], (_from, _to)];
        return ranges.SelectMany(range => new[] { range.From, range.To }).Where(turn => behind < turn && turn <= upTo);
    }

    public void Close(EventId at) => _to = at;

    public void Reopen(EventId at)
    {
        if (_from > EventId.None)
        {
            _earlier = [.. _earlier ?? [], (_from, _to)];
        }

        (_from, _to) = (at, EventId.Never);
    }
}
