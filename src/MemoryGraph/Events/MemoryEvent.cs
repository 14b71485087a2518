using MemoryGraph.Domain;

namespace MemoryGraph.Events;

/// <summary>One change that happened to a project's graph, or to the log itself.</summary>
/// <remarks>
/// This list is the stored format (names and shapes in <see cref="EventCatalogue"/>). A released name keeps its
/// meaning; a shape that must change gets a higher version there and an upcaster for the old one. An event names the
/// facts it touches by the events that began them; the names it repeats are for people who read the file, and folding
/// never looks at them.
/// </remarks>
public abstract record MemoryEvent
{
    private protected MemoryEvent()
    {
    }
}

/// <summary>A named thing is known from here on. Its identity is this event's id.</summary>
/// <param name="Name">Unique among the entities that live at this point.</param>
/// <param name="EntityType">What kind of thing it is, in the user's own words.</param>
public sealed record EntityCreated(string Name, string EntityType) : MemoryEvent
{
    /// <summary>The type of an entity of which nothing was said but that a relation leads to it.</summary>
    public const string TypeUnsaid = "unknown";

    /// <summary>Nobody spoke of the thing itself: a relation was recorded that needs it as an end.</summary>
    public bool Implied { get; init; }
}

/// <summary>An entity has another name, another type, or both.</summary>
/// <param name="Entity">The event that created it.</param>
/// <param name="Name">The new name; null when it stays.</param>
/// <param name="EntityType">The new type; null when it stays.</param>
public sealed record EntityUpdated(EventId Entity, string? Name, string? EntityType) : MemoryEvent
{
    /// <summary>
    /// False when something is now said of an entity that was only implied, true when that was taken back; null when
    /// it stays.
    /// </summary>
    public bool? Implied { get; init; }
}

/// <summary>
/// An entity turned out to be another one: it ends, and its observations and relations are the other's.
/// </summary>
/// <remarks>What both had is removed first, by events of its own in the same call.</remarks>
/// <param name="From">The entity that ends.</param>
/// <param name="Into">The entity that has its facts from here on.</param>
/// <param name="FromName">For people.</param>
/// <param name="IntoName">For people.</param>
public sealed record EntityMerged(EventId From, EventId Into, string FromName, string IntoName) : MemoryEvent;

/// <summary>
/// An entity ends, and its observations with it. Each of its relations was deleted before, in the same call.
/// </summary>
/// <param name="Entity">The event that created it.</param>
/// <param name="Name">For people.</param>
public sealed record EntityDeleted(EventId Entity, string Name) : MemoryEvent;

/// <summary>A statement about an entity holds from here on. Its identity is this event's id.</summary>
/// <param name="Entity">The event that created the entity.</param>
/// <param name="EntityName">For people.</param>
/// <param name="Text">The statement, as said.</param>
public sealed record ObservationAdded(EventId Entity, string EntityName, string Text) : MemoryEvent;

/// <summary>A statement no longer holds.</summary>
/// <param name="Observation">The event that added it.</param>
/// <param name="EntityName">For people.</param>
/// <param name="Text">For people.</param>
public sealed record ObservationRemoved(EventId Observation, string EntityName, string Text) : MemoryEvent;

/// <summary>A directed link holds from here on. Its identity is this event's id.</summary>
/// <param name="From">The event that created the entity it starts at.</param>
/// <param name="To">The event that created the entity it leads to.</param>
/// <param name="FromName">For people.</param>
/// <param name="RelationType">What the link says, in the user's own words.</param>
/// <param name="ToName">For people.</param>
/// <param name="Validity">When it held in the world, as far as that was said.</param>
public sealed record RelationCreated(
    EventId From, EventId To, string FromName, string RelationType, string ToName, Validity Validity) : MemoryEvent;

/// <summary>A link held at another time than was said before.</summary>
/// <param name="Relation">The event that created it.</param>
/// <param name="Validity">The whole new range; what is not said in it is unsaid from here on.</param>
public sealed record RelationUpdated(EventId Relation, Validity Validity) : MemoryEvent;

/// <summary>A link no longer holds.</summary>
/// <param name="Relation">The event that created it.</param>
/// <param name="FromName">For people.</param>
/// <param name="RelationType">For people.</param>
/// <param name="ToName">For people.</param>
public sealed record RelationDeleted(EventId Relation, string FromName, string RelationType, string ToName) : MemoryEvent;

/// <summary>
/// An entity that was deleted or merged away is there again: same identity, author, place, last name and type.
/// </summary>
/// <param name="Entity">The event that created it.</param>
/// <param name="Name">For people.</param>
public sealed record EntityRestored(EventId Entity, string Name) : MemoryEvent;

/// <summary>A statement that was removed holds again: same identity, author and place.</summary>
/// <param name="Observation">The event that added it.</param>
/// <param name="EntityName">For people.</param>
/// <param name="Text">For people.</param>
public sealed record ObservationRestored(EventId Observation, string EntityName, string Text) : MemoryEvent;

/// <summary>A link that was deleted holds again: same identity, author, place and last validity.</summary>
/// <param name="Relation">The event that created it.</param>
/// <param name="FromName">For people.</param>
/// <param name="RelationType">For people.</param>
/// <param name="ToName">For people.</param>
public sealed record RelationRestored(EventId Relation, string FromName, string RelationType, string ToName) : MemoryEvent;

/// <summary>What only concerns the log itself; the graph stays as it is.</summary>
/// <remarks>
/// Never undone, and never redacted but for the who and why of a redaction: what it names stands in its head.
/// </remarks>
public abstract record LogEvent : MemoryEvent
{
    private protected LogEvent()
    {
    }
}

/// <summary>
/// Bytes that did not belong to a whole, durable write were taken out of the log and kept in quarantine.
/// </summary>
/// <param name="Lost">
/// Events that became <see cref="EventLost"/> placeholders; empty when only a torn end was cut.
/// </param>
/// <param name="Segment">File name of the segment.</param>
/// <param name="Offset">Where in it the bytes stood.</param>
/// <param name="Length">How many they were.</param>
/// <param name="Sha256">Hash of the bytes, base64url.</param>
/// <param name="Quarantine">File name of the copy in the quarantine folder.</param>
public sealed record LogRepaired(
    IReadOnlyList<EventId> Lost, string Segment, long Offset, long Length, string Sha256, string Quarantine) : LogEvent;

/// <summary>Stands where an event stood that can no longer be read, so that later ids keep their meaning.</summary>
/// <param name="Cause">What was found in its place.</param>
public sealed record EventLost(string Cause) : LogEvent;

/// <summary>The text of earlier events is to be forgotten.</summary>
/// <param name="Targets">The events whose text is blanked.</param>
public sealed record EventRedacted(IReadOnlyList<EventId> Targets) : LogEvent;

/// <summary>The clock was wrong for a while: as-of questions read these events' times shifted.</summary>
/// <param name="First">First event of the range.</param>
/// <param name="Last">Last event of the range.</param>
/// <param name="ShiftMs">Milliseconds to add to each timestamp in it.</param>
public sealed record ClockCorrected(EventId First, EventId Last, long ShiftMs) : LogEvent;

/// <summary>An event of a type, or of a version of a type, that this program does not know.</summary>
/// <remarks>An ignorable one is kept in place and changes nothing; any other makes the log read-only here.</remarks>
/// <param name="EventType">The stored name.</param>
/// <param name="Version">The stored version.</param>
/// <param name="Refs">The facts it touches.</param>
/// <param name="Ignorable">Whether its writer said that older programs may pass over it.</param>
public sealed record UnknownEvent(string EventType, int Version, IReadOnlyList<EventId> Refs, bool Ignorable) : LogEvent;
