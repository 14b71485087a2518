using System.Buffers;
using System.Text;
using System.Text.Json;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Queries;
using MemoryGraph.Text;
using ModelContextProtocol.Protocol;

namespace MemoryGraph.Mcp.ServerMemory;

/// <summary>Results with the reference server's members.</summary>
internal static class ReferenceResults
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JsonStringEncoder.JavaScript };

    // As JSON.stringify(value, null, 2) does.
    private static readonly JsonWriterOptions Indented =
        Compact with { Indented = true, IndentSize = 2, NewLine = "\n" };

    public static CallToolResult Graph(PlainGraph graph) => Whole(GraphJson(graph));

    /// <summary>A graph as text.</summary>
    public static string GraphText(PlainGraph graph) => Text(GraphJson(graph));

    /// <summary>A result whose text is one of its members.</summary>
    public static CallToolResult Member(Parameter member, Action<Utf8JsonWriter> write)
    {
        JsonElement structured = Object(write);
        return Of(structured, Text(structured.GetProperty(member.Name)));
    }

    /// <summary>A result that only says that something was done.</summary>
    public static CallToolResult Done(string message) => Of(
        Object(json =>
        {
            json.WriteBoolean(ReferenceSchema.Success.Name, true);
            json.WriteString(ReferenceSchema.Message.Name, message);
        }),
        message);

    public static void WriteEntities(Utf8JsonWriter json, IEnumerable<PlainEntity> entities)
    {
        json.WriteStartArray(ReferenceSchema.Entities.Name);
        foreach (PlainEntity entity in entities)
        {
            json.WriteStartObject();
            json.WriteString(ReferenceSchema.Name.Name, entity.Name);
            json.WriteString(ReferenceSchema.EntityType.Name, entity.EntityType);
            WriteTexts(json, ReferenceSchema.Observations, entity.Observations);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void WriteRelations(Utf8JsonWriter json, IEnumerable<PlainRelation> relations)
    {
        json.WriteStartArray(ReferenceSchema.Relations.Name);
        foreach (PlainRelation relation in relations)
        {
            json.WriteStartObject();
            json.WriteString(ReferenceSchema.From.Name, relation.From);
            json.WriteString(ReferenceSchema.To.Name, relation.To);
            json.WriteString(ReferenceSchema.RelationType.Name, relation.RelationType);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <param name="added">For each entity that observations were added to, in the order of the call.</param>
    public static void WriteAdded(Utf8JsonWriter json, IEnumerable<(string Entity, IReadOnlyList<string> Texts)> added)
    {
        json.WriteStartArray(ReferenceSchema.Added.Name);
        foreach ((string entity, IReadOnlyList<string> texts) in added)
        {
            json.WriteStartObject();
            json.WriteString(ReferenceSchema.EntityExtended.Name, entity);
            WriteTexts(json, ReferenceSchema.AddedObservations, texts);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTexts(Utf8JsonWriter json, TextListParameter member, IEnumerable<string> texts)
    {
        json.WriteStartArray(member.Name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static JsonElement GraphJson(PlainGraph graph) => Object(json =>
    {
        WriteEntities(json, graph.Entities);
        WriteRelations(json, graph.Relations);
    });

    private static JsonElement Object(Action<Utf8JsonWriter> writeMembers)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Compact))
        {
            json.WriteStartObject();
            writeMembers(json);
            json.WriteEndObject();
        }

        return JsonElement.Parse(bytes.WrittenSpan);
    }

    private static CallToolResult Whole(JsonElement structured) => Of(structured, Text(structured));

    private static CallToolResult Of(JsonElement structured, string text) =>
        new() { Content = [new TextContentBlock { Text = text }], StructuredContent = structured };

    private static string Text(JsonElement value)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Indented))
        {
            value.WriteTo(json);
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }
}
