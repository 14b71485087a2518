using MemoryGraph.Events;
using MemoryGraph.Graph;
using MemoryGraph.Values;

namespace MemoryGraph.Projections;

/// <summary>A fold of events made for questions. It applies each event once, in order, and knows how far it is.</summary>
/// <remarks>Rebuilt from the log alone: dropping a projection loses nothing. Not for several threads.</remarks>
public abstract class Projection
{
    /// <summary>The last event that was applied; <see cref="EventId.None"/> before the first.</summary>
    public EventId AppliedTo { get; private set; }

    /// <summary>Applies the next event of the log.</summary>
    /// <exception cref="ArgumentException">The event does not follow <see cref="AppliedTo"/>.</exception>
    public void Apply(RecordedEvent recorded)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        if (recorded.Id != AppliedTo.Next)
        {
            throw new ArgumentException($"event {recorded.Id} does not follow {AppliedTo}", nameof(recorded));
        }

        Fold(recorded);
        AppliedTo = recorded.Id;
    }

    /// <summary>Applies what it has not seen yet, up to an event.</summary>
    internal void CatchUp(EventIndex events, EventId to)
    {
        while (AppliedTo < to)
        {
            Apply(events[AppliedTo.Next]);
        }
    }

    /// <summary>Takes in one event. Picks out what it needs; events of other types pass by.</summary>
    protected abstract void Fold(RecordedEvent recorded);
}
