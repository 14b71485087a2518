using MemoryGraph.Domain;
using MemoryGraph.Events;

namespace MemoryGraph.Exchange;

/// <summary>Events that another memory recorded together; they are imported as one call.</summary>
/// <param name="Events">At least one, in order.</param>
/// <param name="Reason">The reason given there; null when none was.</param>
public sealed record SourceCall(IReadOnlyList<SourceEvent> Events, string? Reason = null);

/// <summary>One event of another memory.</summary>
/// <param name="Id">
/// The fact it begins <em>there</em>, to which later events of the source refer. Ids rise, not always by one.
/// </param>
/// <param name="Event">Refers to facts by ids of the source.</param>
/// <param name="Origin">As our log will have it.</param>
public sealed record SourceEvent(EventId Id, MemoryEvent Event, Origin Origin)
{
    /// <summary>The whole event of another log of ours; null for a foreign format.</summary>
    internal RecordedEvent? Recorded { get; init; }
}

/// <summary>Something in a source that was not read, or not as it is.</summary>
/// <param name="Line">Where, from 1.</param>
/// <param name="What">A phrase that completes "line 17: …", such as <c>is no JSON: it ends in the middle</c>.</param>
public sealed record SourceProblem(long Line, string What);

/// <summary>Something in a source that was not imported, or not as it is there.</summary>
/// <param name="Where"><c>line 17</c>, or <c>event #12</c> of a source that numbers its events.</param>
/// <param name="What">A phrase that completes "line 17 …".</param>
public sealed record ImportNote(string Where, string What);
