using System.Globalization;
using MemoryGraph.Domain;
using MemoryGraph.Events;

namespace MemoryGraph.Tests.Events;

/// <summary>The events as a later program may store them: two of them in other shapes than today's.</summary>
/// <remarks>
/// <code>
/// entity_created    1  {"name":"Auth","entityType":"service"}
///                   2  {"name":"Auth","kind":"service"}
///                   3  {"title":"Auth","kind":"service"}
/// relation_created  1  {"from":"…","relationType":"…","to":"…","validFrom":"2026-01-01"}
///                   2  {"from":"…","relationType":"…","to":"…","held":"2026-01-01/.."}
/// </code>
/// </remarks>
internal static class LaterCatalogue
{
    private const string Unsaid = "..";

    private static readonly EventShape EntityCreated = EventShape.Of<EntityCreated>(
        "entity_created",
        _ => [],
        (e, data) => data.Text("title"u8, e.Name).Text("kind"u8, e.EntityType),
        data => new EntityCreated(data.Name("title"u8), data.Text("kind"u8)),
        (old, next) => next.Text("name"u8, old.Text("name"u8)).Text("kind"u8, old.Text("entityType"u8)),
        (old, next) => next.Text("title"u8, old.Text("name"u8)).Text("kind"u8, old.Text("kind"u8)));

    private static readonly EventShape RelationCreated = EventShape.Of<RelationCreated>(
        "relation_created",
        e => [e.From, e.To],
        (e, data) => WriteHeld(data, e.FromName, e.RelationType, e.ToName, e.Validity),
        data => new RelationCreated(
            data.Ref(0), data.Ref(1), data.Text("from"u8), data.Text("relationType"u8), data.Text("to"u8), ReadHeld(data)),
        (old, next) => WriteHeld(
            next, old.Text("from"u8), old.Text("relationType"u8), old.Text("to"u8),
            new Validity(Day(old.TextOrNull("validFrom"u8)), Day(old.TextOrNull("validTo"u8)))));

    public static EventCatalogue Catalogue { get; } = new(
    [
        EntityCreated,
        RelationCreated,
        .. EventCatalogue.Current.Shapes.Where(shape => shape.Name is not ("entity_created" or "relation_created")),
    ]);

    private static void WriteHeld(DataWriter data, string from, string relationType, string to, Validity held) =>
        data.Text("from"u8, from).Text("relationType"u8, relationType).Text("to"u8, to)
            .Text("held"u8, $"{held.From ?? Unsaid}/{held.To ?? Unsaid}");

    private static Validity ReadHeld(DataReader data)
    {
        string[] ends = data.Text("held"u8).Split('/');
        return ends.Length == 2 ? new(Said(ends[0]), Said(ends[1])) : default;
    }

    private static string? Said(string end) => end == Unsaid ? null : end;

    // Strict: what is no date cannot become one.
    private static string? Day(string? text) => text is null ? null
        : DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
