using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Graph;

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
    private Func<EventId?>? _saved;

    /// <summary>The last event that was applied; <see cref="EventId.None"/> before the first.</summary>
    public EventId AppliedTo { get; private set; }

    /// <summary>What has to be saved; empty for one that is not kept in snapshots.</summary>
    internal virtual IEnumerable<Column> Columns => [];

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
        if (_saved is { } saved)
        {
            Load(saved);
        }

        while (AppliedTo < to)
        {
            Apply(events[AppliedTo.Next]);
        }
    }

    /// <summary>Bytes of memory that its columns take.</summary>
    internal long BytesTaken => Columns.Sum(column => column.BytesTaken);

    /// <summary>Goes on from where its columns were when they were saved, now that they were loaded.</summary>
    /// <param name="appliedTo">The last event that they know of.</param>
    internal void Resume(EventId appliedTo)
    {
        IndexLoaded();
        AppliedTo = appliedTo;
    }

    /// <summary>Says from where to take what was folded before, once somebody asks.</summary>
    /// <param name="saved">
    /// Fills <see cref="Columns"/> and tells up to which event they go; null when they cannot be filled: then they
    /// are as before, and all is folded.
    /// </param>
    internal void StartFrom(Func<EventId?> saved) => _saved = saved;

    /// <summary>Makes what is derived anew, after the columns were filled.</summary>
    private protected virtual void IndexLoaded()
    {
    }

    private void Load(Func<EventId?> saved)
    {
        _saved = null;
        if (saved() is { } appliedTo)
        {
            Resume(appliedTo);
        }
    }

    /// <summary>Takes in one event. Picks out what it needs; events of other types pass by.</summary>
    protected abstract void Fold(RecordedEvent recorded);
}
