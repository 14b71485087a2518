using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Graph;

namespace MemoryGraph.Projections;

/// <summary>
/// A read model: a fold of events made for queries. It applies each event once, in order, and knows how far it is.
/// </summary>
/// <remarks>
/// Derive from it to answer your own queries, and have it fed by <c>MemoryProject.Feed</c>:
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
/// Not thread-safe.
/// </remarks>
public abstract class Projection
{
    private EventIndex? _source;
    private Func<EventId?>? _saved;

    /// <summary>The last event that was applied; <see cref="EventId.None"/> before the first.</summary>
    public EventId AppliedTo { get; private set; }

    /// <summary>What snapshots save; empty for a projection that they do not hold.</summary>
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

    /// <summary>Applies the events after <see cref="AppliedTo"/>, up to one.</summary>
    /// <exception cref="InvalidOperationException">It was fed from an earlier reading of the log.</exception>
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
            FoldNext(events, AppliedTo.Next);
            AppliedTo = AppliedTo.Next;
        }
    }

    /// <summary>Bytes of memory that its columns take.</summary>
    internal long BytesTaken => Columns.Sum(column => column.BytesTaken);

    /// <summary>Continues from loaded columns.</summary>
    /// <param name="appliedTo">The last event in them.</param>
    internal void Resume(EventId appliedTo)
    {
        IndexLoaded();
        AppliedTo = appliedTo;
    }

    /// <summary>Sets how to load saved columns when the projection is first used.</summary>
    /// <param name="saved">
    /// Fills <see cref="Columns"/> and returns the last event in them; null, with the columns unchanged, when it cannot:
    /// then the whole log is folded.
    /// </param>
    internal void StartFrom(Func<EventId?> saved) => _saved = saved;

    /// <summary>Rebuilds what is derived from the columns, after they were loaded.</summary>
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

    /// <summary>Folds one event. Ignores types that it does not need.</summary>
    protected abstract void Fold(RecordedEvent recorded);

    // Unpacking an event takes a third of a microsecond; who finds all it needs in the graph need not do it.
    private protected virtual void FoldNext(EventIndex events, EventId id) => Fold(events[id]);
}

/// <summary>The projections of one graph, each brought up to date only when a query uses it.</summary>
/// <param name="events">The events of the graph.</param>
/// <param name="latest">The last event that may be folded.</param>
/// <param name="all">At most one of each type.</param>
internal readonly struct ProjectionSet(EventIndex events, EventId latest, IReadOnlyList<Projection> all)
{
    /// <summary>Bytes of memory that they take, as far as they were folded.</summary>
    public long BytesTaken => all.Sum(one => one.BytesTaken);

    /// <summary>A projection, up to date.</summary>
    public T Get<T>()
        where T : Projection
    {
        T projection = all.OfType<T>().Single();
        projection.CatchUp(events, latest);
        return projection;
    }
}
