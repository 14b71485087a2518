using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using MemoryGraph.Queries;

namespace MemoryGraph.Mcp.ServerMemory;

/// <summary>Results with the reference server's members.</summary>
internal static class ReferenceResults
{
    // What is written is read back at once and never sent as it is.
    private static readonly JsonWriterOptions Fast = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonElement Graph(PlainGraph graph) => Of(json =>
    {
        WriteEntities(json, graph.Entities);
        WriteRelations(json, graph.Relations);
    });

    /// <summary>An object with what is written as its members.</summary>
    public static JsonElement Of(Action<Utf8JsonWriter> members)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Fast))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return JsonElement.Parse(bytes.WrittenSpan);
    }

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

    /// <param name="added">For each entity that statements were added to, in the order of the call.</param>
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

    private static void WriteTexts(Utf8JsonWriter json, TextListMember member, IEnumerable<string> texts)
    {
        json.WriteStartArray(member.Name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
