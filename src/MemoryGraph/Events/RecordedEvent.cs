using MemoryGraph.Domain;

namespace MemoryGraph.Events;

/// <summary>An event as it stands in the log: what happened, and when, by whom, why and with what else.</summary>
/// <param name="Id">Position in the log.</param>
/// <param name="Timestamp">Unix time in milliseconds, the writer's clock as seen; it may run backwards.</param>
/// <param name="Call">First event of the tool call; the events of a call are applied together or not at all.</param>
/// <param name="CallLength">Number of events of the call.</param>
/// <param name="Commit">First event of the fsynced write that carried it; several calls may share one.</param>
/// <param name="Session">First event that the server process wrote which wrote this one.</param>
/// <param name="Author">Who it was done for and by which client.</param>
/// <param name="Reason">Why, as said with the call; only on the call's first event, and often not said.</param>
/// <param name="Event">What happened.</param>
public sealed record RecordedEvent(
    EventId Id,
    long Timestamp,
    EventId Call,
    int CallLength,
    EventId Commit,
    EventId Session,
    Author Author,
    string? Reason,
    MemoryEvent Event)
{
    /// <summary>Last event of the call.</summary>
    public EventId CallEnd => Call + (CallLength - 1);

    /// <summary>The facts that the event touches, by the events that began them.</summary>
    public IReadOnlyList<EventId> Refs => EventCatalogue.RefsOf(Event);

    /// <summary>Calls, by their first event, that this event's call takes back; empty but for undo and redo.</summary>
    public IReadOnlyList<EventId> Undoes { get; init; } = [];

    /// <summary>Where the event came from, when it was imported from another log.</summary>
    public Origin? Origin { get; init; }

    /// <summary>The <see cref="EventRedacted"/> that had this event's text erased; null when it is whole.</summary>
    public EventId? RedactedBy { get; init; }
}

/// <summary>Where an imported event was first recorded.</summary>
/// <param name="Project">Id of the project, or a name for a foreign format.</param>
/// <param name="Id">The event's id there.</param>
/// <param name="Hash">The event's hash there; null for a foreign format.</param>
/// <param name="User">Who did it there; empty when that is not known.</param>
/// <param name="Timestamp">When it was recorded there, Unix milliseconds.</param>
public sealed record Origin(string Project, EventId Id, string? Hash, string User, long Timestamp)
{
    /// <summary>By which client it was done there; null when that is not known.</summary>
    public string? Agent { get; init; }
}
