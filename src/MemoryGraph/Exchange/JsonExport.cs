using System.Text.Encodings.Web;
using System.Text.Json;
using MemoryGraph.Queries;

namespace MemoryGraph.Exchange;

/// <summary>A graph without its history, as JSON for other programs.</summary>
/// <remarks>
/// <code>
/// {"entities":[{"name":"Ada","entityType":"person","observations":["likes tea"]}],
///  "relations":[{"from":"Ada","to":"Tea","relationType":"likes"}]}
/// </code>
/// Indented, with a newline at the end.
/// </remarks>
public static class JsonExport
{
    // Above this the writer is flushed.
    private const int BytesHeld = 64 * 1024;

    private static readonly JsonWriterOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Indented = true,
        NewLine = "\n",
    };

    /// <summary>Writes a graph.</summary>
    public static void Write(GraphExport graph, Stream output)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(output);
        using (var json = new Utf8JsonWriter(output, Readable))
        {
            json.WriteStartObject();
            json.WriteStartArray("entities");
            foreach (EntityCard entity in graph.Entities)
            {
                Write(json, entity);
            }

            json.WriteEndArray();
            json.WriteStartArray("relations");
            foreach (RelationLine relation in graph.Relations)
            {
                Write(json, relation);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }

    private static void Write(Utf8JsonWriter json, EntityCard entity)
    {
        json.WriteStartObject();
        json.WriteString("name", entity.Name);
        json.WriteString("entityType", entity.EntityType);
        json.WriteStartArray("observations");
        foreach (ObservationLine observation in entity.Observations)
        {
            json.WriteStringValue(observation.Text);
        }

        json.WriteEndArray();
        End(json);
    }

    private static void Write(Utf8JsonWriter json, RelationLine relation)
    {
        json.WriteStartObject();
        json.WriteString("from", relation.From);
        json.WriteString("to", relation.To);
        json.WriteString("relationType", relation.RelationType);
        End(json);
    }

    private static void End(Utf8JsonWriter json)
    {
        json.WriteEndObject();
        if (json.BytesPending > BytesHeld)
        {
            json.Flush();
        }
    }
}
