using MemoryGraph.Domain;

namespace MemoryGraph.Graph;

/// <summary>Values that change: each one holds from an event on until the next takes over.</summary>
/// <remarks>
/// The versions of a thing form a chain, which the thing knows by the newest; each knows the one before it. Most things
/// have one. Finding the one that held is a walk from the newest.
/// </remarks>
internal sealed class ValueHistory<T>
    where T : unmanaged, IEquatable<T>
{
    // Row 0 is none: the chain of what never had a value.
    private readonly Column<Version> _rows = new();

    public ValueHistory() => _rows.Add(default);

    public Column Column => _rows;

    /// <summary>Takes in a value that holds from an event on.</summary>
    /// <param name="newest">The chain; 0 begins one.</param>
    /// <returns>The chain from here on.</returns>
    public int Add(int newest, EventId since, T value) => _rows.Add(new Version((int)since.Value, newest, value));

    /// <summary>
    /// The value that held at a point, and since when; before the first it is the first. Default for an empty chain.
    /// </summary>
    public (EventId Since, T Value) At(int newest, EventId point)
    {
        int row = newest;
        while (_rows[row].Since > point.Value && _rows[row].Earlier > 0)
        {
            row = _rows[row].Earlier;
        }

        return (new EventId(_rows[row].Since), _rows[row].Value);
    }

    /// <summary>
    /// The value that held at a point and no sooner; default when none held by then.
    /// </summary>
    public T Held(int newest, EventId point) =>
        At(newest, point) is var (since, value) && since <= point ? value : default;

    /// <summary>
    /// The last event up to a point that brought a value of some kind; <see cref="EventId.None"/> when none did.
    /// </summary>
    public EventId LastSince(int newest, Func<T, bool> isMeant, EventId point)
    {
        for (int row = newest; row > 0; row = _rows[row].Earlier)
        {
            if (_rows[row].Since <= point.Value && isMeant(_rows[row].Value))
            {
                return new EventId(_rows[row].Since);
            }
        }

        return EventId.None;
    }

    /// <summary>
    /// The event that ended the last value of some kind up to a point; <see cref="EventId.None"/> when none ended.
    /// </summary>
    public EventId AfterLast(int newest, Func<T, bool> isMeant, EventId point)
    {
        EventId after = EventId.None;
        for (int row = newest; row > 0; row = _rows[row].Earlier)
        {
            bool isFirst = _rows[row].Earlier == 0;
            if ((isFirst || _rows[row].Since <= point.Value) && isMeant(_rows[row].Value))
            {
                return after;
            }

            after = _rows[row].Since <= point.Value ? new EventId(_rows[row].Since) : after;
        }

        return EventId.None;
    }

    /// <summary>Events behind one point and up to another that brought a value, in order.</summary>
    public IEnumerable<EventId> TurnsIn(int newest, EventId behind, EventId upTo)
    {
        List<EventId> turns = [];
        for (int row = newest; row > 0; row = _rows[row].Earlier)
        {
            turns.Add(new EventId(_rows[row].Since));
        }

        turns.Reverse();
        return turns.Where(turn => behind < turn && turn <= upTo);
    }

    private readonly record struct Version(int Since, int Earlier, T Value);
}
