using MemoryGraph.Values;

namespace MemoryGraph.Graph;

/// <summary>A value that changes: each one holds from an event on until the next takes over.</summary>
/// <remarks>
/// Most never change, so the first is kept in place. Finding the one that held is a search from the newest.
/// </remarks>
internal struct Versions<T>(EventId since, T first)
{
    private readonly EventId _since = since;
    private readonly T _first = first;
    private List<(EventId Since, T Value)>? _later;

    public readonly T Current => _later is { Count: > 0 } ? _later[^1].Value : _first;

    public readonly T At(EventId point) => HeldAt(point).Value;

    /// <summary>The event since which the value that held at a point has held.</summary>
    public readonly EventId SinceAt(EventId point) => HeldAt(point).Since;

    /// <summary>
    /// The last event up to a point that brought a value of some kind; <see cref="EventId.None"/> when none did.
    /// </summary>
    public readonly EventId LastSince(Func<T, bool> isMeant, EventId point)
    {
        for (int i = (_later?.Count ?? 0) - 1; i >= 0; i--)
        {
            if (_later![i].Since <= point && isMeant(_later[i].Value))
            {
                return _later[i].Since;
            }
        }

        return _since <= point && isMeant(_first) ? _since : EventId.None;
    }

    /// <summary>
    /// The event that ended the last value of some kind up to a point; <see cref="EventId.None"/> when none ended.
    /// </summary>
    public readonly EventId AfterLast(Func<T, bool> isMeant, EventId point)
    {
        EventId after = EventId.None;
        for (int i = (_later?.Count ?? 0) - 1; i >= 0; i--)
        {
            (EventId since, T value) = _later![i];
            if (since <= point && isMeant(value))
            {
                return after;
            }

            after = since <= point ? since : after;
        }

        return isMeant(_first) ? after : EventId.None;
    }

    /// <summary>Events behind one point and up to another that brought a value, in order.</summary>
    public readonly IEnumerable<EventId> TurnsIn(EventId behind, EventId upTo) =>
        (_later ?? []).Select(version => version.Since).Prepend(_since).Where(turn => behind < turn && turn <= upTo);

    public void Add(EventId since, T value) => (_later ??= []).Add((since, value));

    private readonly (EventId Since, T Value) HeldAt(EventId point)
    {
        for (int i = (_later?.Count ?? 0) - 1; i >= 0; i--)
        {
            if (_later![i].Since <= point)
            {
                return _later[i];
            }
        }

        return (_since, _first);
    }
}
