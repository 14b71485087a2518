using MemoryGraph.Domain;

namespace MemoryGraph.Events;

/// <summary>The types of event that a program knows, each once: its stored name, its refs and its data.</summary>
/// <remarks>
/// A reader and a writer are given theirs, so that a program can be tried against the log of one that knows more.
/// </remarks>
internal sealed class EventCatalogue(IReadOnlyList<EventShape> shapes)
{
    private readonly Dictionary<Type, EventShape> _byType = shapes.ToDictionary(shape => shape.EventType);

    /// <summary>This program's own.</summary>
    /// <remarks>
    /// A released entry is only ever added to. Ordered by how often each occurs, because reading looks from the top.
    /// </remarks>
    public static EventCatalogue Current { get; } = new(
    [
        EventShape.Of<ObservationAdded>(
            "observation_added",
            e => [e.Entity],
            (e, data) => data.Name("entity"u8, e.EntityName).Text("text"u8, e.Text),
            data => new ObservationAdded(data.Ref(0), data.Text("entity"u8), data.Text("text"u8))),
        EventShape.Of<RelationCreated>(
            "relation_created",
            e => [e.From, e.To],
            (e, data) => WriteValidity(WriteRelation(data, e.FromName, e.RelationType, e.ToName), e.Validity),
            data => new RelationCreated(
                data.Ref(0), data.Ref(1), data.Text("from"u8), data.Text("relationType"u8), data.Text("to"u8), ReadValidity(data))),
        EventShape.Of<EntityCreated>(
            "entity_created",
            _ => [],
            (e, data) => data.Name("name"u8, e.Name).Name("entityType"u8, e.EntityType).Flag("implied"u8, e.Implied ? true : null),
            data => new EntityCreated(data.Name("name"u8), data.Text("entityType"u8))
            {
                Implied = data.FlagOrNull("implied"u8) ?? false,
            }),
        EventShape.Of<ObservationRemoved>(
            "observation_removed",
            e => [e.Observation],
            (e, data) => data.Name("entity"u8, e.EntityName).Text("text"u8, e.Text),
            data => new ObservationRemoved(data.Ref(0), data.Text("entity"u8), data.Text("text"u8))),
        EventShape.Of<EntityUpdated>(
            "entity_updated",
            e => [e.Entity],
            (e, data) => data.Name("name"u8, e.Name).Name("entityType"u8, e.EntityType).Flag("implied"u8, e.Implied),
            data => new EntityUpdated(data.Ref(0), data.NameOrNull("name"u8), data.TextOrNull("entityType"u8))
            {
                Implied = data.FlagOrNull("implied"u8),
            }),
        EventShape.Of<EntityMerged>(
            "entity_merged",
            e => [e.From, e.Into],
            (e, data) => data.Name("from"u8, e.FromName).Name("into"u8, e.IntoName),
            data => new EntityMerged(data.Ref(0), data.Ref(1), data.Text("from"u8), data.Text("into"u8))),
        EventShape.Of<EntityDeleted>(
            "entity_deleted",
            e => [e.Entity],
            (e, data) => data.Name("name"u8, e.Name),
            data => new EntityDeleted(data.Ref(0), data.Text("name"u8))),
        EventShape.Of<RelationUpdated>(
            "relation_updated",
            e => [e.Relation],
            (e, data) => WriteValidity(data, e.Validity),
            data => new RelationUpdated(data.Ref(0), ReadValidity(data))),
        EventShape.Of<RelationDeleted>(
            "relation_deleted",
            e => [e.Relation],
            (e, data) => WriteRelation(data, e.FromName, e.RelationType, e.ToName),
            data => new RelationDeleted(data.Ref(0), data.Text("from"u8), data.Text("relationType"u8), data.Text("to"u8))),
        EventShape.Of<EntityRestored>(
            "entity_restored",
            e => [e.Entity],
            (e, data) => data.Name("name"u8, e.Name),
            data => new EntityRestored(data.Ref(0), data.Text("name"u8))),
        EventShape.Of<ObservationRestored>(
            "observation_restored",
            e => [e.Observation],
            (e, data) => data.Name("entity"u8, e.EntityName).Text("text"u8, e.Text),
            data => new ObservationRestored(data.Ref(0), data.Text("entity"u8), data.Text("text"u8))),
        EventShape.Of<RelationRestored>(
            "relation_restored",
            e => [e.Relation],
            (e, data) => WriteRelation(data, e.FromName, e.RelationType, e.ToName),
            data => new RelationRestored(data.Ref(0), data.Text("from"u8), data.Text("relationType"u8), data.Text("to"u8))),
        EventShape.Of<LogRepaired>(
            "log_repaired",
            e => e.Lost,
            (e, data) => data.Name("segment"u8, e.Segment).Number("offset"u8, e.Offset).Number("length"u8, e.Length)
                .Text("sha256"u8, e.Sha256).Text("quarantine"u8, e.Quarantine),
            data => new LogRepaired(
                data.Refs, data.Text("segment"u8), data.Number("offset"u8), data.Number("length"u8), data.Text("sha256"u8),
                data.Text("quarantine"u8))),
        EventShape.Of<EventLost>(
            "event_lost",
            _ => [],
            (e, data) => data.Text("cause"u8, e.Cause),
            data => new EventLost(data.Text("cause"u8))),
        EventShape.Of<EventRedacted>(
            "event_redacted",
            e => e.Targets,
            (_, _) => { },
            data => new EventRedacted(data.Refs)),
        EventShape.Of<ClockCorrected>(
            "clock_corrected",
            e => [e.First, e.Last],
            (e, data) => data.Number("shiftMs"u8, e.ShiftMs),
            data => new ClockCorrected(data.Ref(0), data.Ref(1), data.Number("shiftMs"u8))),
    ]);

    public IReadOnlyList<EventShape> Shapes => shapes;

    /// <summary>The stored name of an event's type, as people see it in history: <c>observation_added</c>.</summary>
    public static string NameOf(MemoryEvent happened) =>
        happened is UnknownEvent unknown ? unknown.EventType : Current.ShapeOf(happened).Name;

    /// <summary>The facts that an event touches.</summary>
    public static IReadOnlyList<EventId> RefsOf(MemoryEvent happened) =>
        happened is UnknownEvent unknown ? unknown.Refs : Current.ShapeOf(happened).Refs(happened);

    /// <summary>
    /// Whether a redaction may take an event's text: what the log says of itself stays, but for why it erased.
    /// </summary>
    public static bool MayErase(MemoryEvent happened) => happened is not LogEvent or EventRedacted or UnknownEvent;

    /// <summary>How an event of this type is stored.</summary>
    public EventShape ShapeOf(MemoryEvent happened) => _byType[happened.GetType()];

    /// <summary>The shape with a stored name; null when the catalogue has none.</summary>
    public EventShape? Find(ReadOnlySpan<byte> name)
    {
        foreach (EventShape shape in shapes)
        {
            if (name.SequenceEqual(shape.NameBytes))
            {
                return shape;
            }
        }

        return null;
    }

    private static DataWriter WriteRelation(DataWriter data, string from, string relationType, string to) =>
        data.Name("from"u8, from).Name("relationType"u8, relationType).Name("to"u8, to);

    private static void WriteValidity(DataWriter data, Validity validity) =>
        data.Name("validFrom"u8, validity.From).Name("validTo"u8, validity.To);

    private static Validity ReadValidity(DataReader data) =>
        new(data.TextOrNull("validFrom"u8), data.TextOrNull("validTo"u8));
}
