using MemoryGraph.Domain;
using MemoryGraph.Events;

namespace MemoryGraph.Exchange;

/// <summary>What another memory recorded together, in our words: it is taken over as one call.</summary>
/// <param name="Events">At least one, in order.</param>
/// <param name="Reason">Why, as said there; null when not said.</param>
public sealed record SourceCall(IReadOnlyList<SourceEvent> Events, string? Reason = null);

/// <summary>One event of another memory.</summary>
/// <param name="Id">
/// Which fact it begins <em>there</em>, for the refs of later events of the same source. Ids ascend, not always by one.
/// </param>
/// <param name="Event">What happened; its refs are ids of the source.</param>
/// <param name="Origin">Where it came from, as our log will say.</param>
public sealed record SourceEvent(EventId Id, MemoryEvent Event, Origin Origin)
{
    /// <summary>As it stands in another log of ours; null for a foreign format.</summary>
    internal RecordedEvent? Recorded { get; init; }
}

/// <summary>Something in a source that was not taken, or not as it stands.</summary>
/// <param name="Line">Where, from 1.</param>
/// <param name="What">A phrase that completes "line 17: …", such as <c>is no JSON: it ends in the middle</c>.</param>
public sealed record SourceProblem(long Line, string What);

/// <summary>Something in a source that was not taken over, or not as it stands there.</summary>
/// <param name="Where"><c>line 17</c>, or <c>event #12</c> of a source that numbers its events.</param>
/// <param name="What">A phrase that completes "line 17 …".</param>
public sealed record ImportNote(string Where, string What);
