using MemoryGraph.Events;
using MemoryGraph.Graph;
using MemoryGraph.Values;

namespace MemoryGraph.Projections;

/// <summary>
/// A fold of events made for questions. It applies each event once, in order, and knows how far it is.
/// </summary>
/// <remarks>
/// Derive from it to answer questions of your own, and have it fed with <c>MemoryProject.Feed</c>:
/// <code>
/// sealed class Decisions : Projection
/// {
///     public List&lt;string&gt; Texts { get; } = [];
///
///     protected override void Fold(RecordedEvent recorded)
///     {
///         if (recorded.Event is ObservationAdded { Text: var text } &amp;&amp; text.StartsWith("Decided"))
///         {
///             Texts.Add(text);
///         }
///     }
/// }
/// </code>
/// A larger one is in <c>samples/own-projection</c>. Rebuilt from the log alone: dropping a projection loses nothing.
/// Not for several threads.
/// </remarks>
public abstract class Projection
{
    private EventIndex? _source;

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
    /// <exception cref="InvalidOperationException">It was fed from another reading of the log.</exception>
    internal void CatchUp(EventIndex events, EventId to)
    {
        if (_source is not null && _source != events)
        {
            throw new InvalidOperationException(
                "The history was read anew, as after a redaction, and this projection holds what was before. Begin with a new one.");
        }

        _source = events;
        while (AppliedTo < to)
        {
            Apply(events[AppliedTo.Next]);
        }
    }

    /// <summary>Takes up behind an event: what it was fed with up to there was loaded.</summary>
    private protected void GoOnBehind(EventId last) => AppliedTo = last;

    /// <summary>Takes in one event. Picks out what it needs; events of other types pass by.</summary>
    protected abstract void Fold(RecordedEvent recorded);
}
