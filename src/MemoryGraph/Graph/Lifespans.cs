using MemoryGraph.Domain;

namespace MemoryGraph.Graph;

/// <summary>When facts were there: half-open ranges of event ids, in order, at most the last one open.</summary>
/// <remarks>
/// Begun at 3, ended at 7, restored at 12: <c>[3, 7) [12, …)</c>. Most facts have one range, which stands in their own
/// row; the earlier ones of the few that were restored lie here, each knowing the one before it.
/// </remarks>
internal sealed class Lifespans
{
    // Row 0 is none.
    private readonly Column<Life> _earlier = new();

    public Lifespans() => _earlier.Add(default);

    public Column Column => _earlier;

    /// <summary>Whether a fact was there when an event had just happened.</summary>
    public bool Contains(in Life life, EventId point)
    {
        if (life.From <= point.Value)
        {
            return point.Value < life.To;
        }

        for (int row = life.Earlier; row > 0; row = _earlier[row].Earlier)
        {
            if (_earlier[row].From <= point.Value)
            {
                return point.Value < _earlier[row].To;
            }
        }

        return false;
    }

    /// <summary>
    /// The last event up to a point that ended a range; <see cref="EventId.None"/> when none had ended.
    /// </summary>
    public EventId LastEndUpTo(in Life life, EventId point)
    {
        Life range = life;
        while (range.To > point.Value && range.Earlier > 0)
        {
            range = _earlier[range.Earlier];
        }

        return range.To <= point.Value ? new EventId(range.To) : EventId.None;
    }

    /// <summary>
    /// The last event up to a point that began or ended a range; <see cref="EventId.None"/> when none had.
    /// </summary>
    public EventId LastTurnUpTo(in Life life, EventId point)
    {
        Life range = life;
        while (range.From > point.Value && range.Earlier > 0)
        {
            range = _earlier[range.Earlier];
        }

        return range.To <= point.Value ? new EventId(range.To)
            : range.From <= point.Value ? new EventId(range.From) : EventId.None;
    }

    /// <summary>Events behind one point and up to another that began or ended a range, in order.</summary>
    public IEnumerable<EventId> TurnsIn(Life life, EventId behind, EventId upTo)
    {
        List<EventId> turns = [];
        for (Life range = life; ; range = _earlier[range.Earlier])
        {
            turns.Add(range.End);
            turns.Add(new EventId(range.From));
            if (range.Earlier == 0)
            {
                break;
            }
        }

        turns.Reverse();
        return turns.Where(turn => behind < turn && turn <= upTo);
    }

    /// <summary>A life that goes on after it had ended.</summary>
    public Life Reopened(in Life life, EventId at) => new((int)at.Value, Life.Open, _earlier.Add(life));
}

/// <summary>The last range in which a fact was there, as it stands in the fact's row.</summary>
/// <param name="From">The event that began it.</param>
/// <param name="To">The event that ended it, or <see cref="Open"/>.</param>
/// <param name="Earlier">Where the range before it is kept; 0 when there was none.</param>
internal readonly record struct Life(int From, int To, int Earlier)
{
    public const int Open = int.MaxValue;

    /// <summary>Whether the fact is there at the end of what was folded.</summary>
    public bool IsOpen => To == Open;

    /// <summary>The event that ended it; <see cref="EventId.Never"/> while it is open.</summary>
    public EventId End => IsOpen ? EventId.Never : new EventId(To);

    public static Life Since(EventId from) => new((int)from.Value, Open, 0);

    public Life Closed(EventId at) => this with { To = (int)at.Value };
}
