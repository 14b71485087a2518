using System.Buffers;
using System.Text.Json;
using MemoryGraph.Queries;
using MemoryGraph.Text;

namespace MemoryGraph.Exchange;

/// <summary>A graph as <c>@modelcontextprotocol/server-memory</c> keeps it in its file, to the byte.</summary>
/// <remarks>
/// Entities, then relations, one JSON object each as <c>JSON.stringify</c> writes it; a newline between two, none at
/// the end:
/// <code>
/// {"type":"entity","name":"Ada","entityType":"person","observations":["likes tea"]}
/// {"type":"relation","from":"Ada","to":"Tea","relationType":"likes"}
/// </code>
/// An entity known only by its relations was never created there, so it has no line; its relations do. An entity that
/// was created explicitly later is in the place of that moment.
/// </remarks>
public static class ServerMemoryExport
{
    // Above this the bytes are handed on.
    private const int BytesHeld = 64 * 1024;

    private static readonly JsonWriterOptions Format = new() { Encoder = JsonStringEncoder.JavaScript };

    /// <summary>Writes a graph.</summary>
    public static void Write(GraphExport graph, Stream output)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(output);
        var bytes = new ArrayBufferWriter<byte>(BytesHeld);
        using var json = new Utf8JsonWriter(bytes, Format);
        bool first = true;
        foreach (EntityCard entity in graph.Entities.Where(one => !one.Implied).OrderBy(one => one.SpokenOfSince))
        {
            Begin("entity");
            json.WriteString("name", entity.Name);
            json.WriteString("entityType", entity.EntityType);
            json.WriteStartArray("observations");
            foreach (ObservationLine observation in entity.Observations)
            {
                json.WriteStringValue(observation.Text);
            }

            json.WriteEndArray();
            End();
        }

        foreach (RelationLine relation in graph.Relations)
        {
            Begin("relation");
            json.WriteString("from", relation.From);
            json.WriteString("to", relation.To);
            json.WriteString("relationType", relation.RelationType);
            End();
        }

        output.Write(bytes.WrittenSpan);

        void Begin(string type)
        {
            if (!first)
            {
                bytes.Write("\n"u8);
            }

            first = false;
            json.Reset();
            json.WriteStartObject();
            json.WriteString("type", type);
        }

        void End()
        {
            json.WriteEndObject();
            json.Flush();
            if (bytes.WrittenCount > BytesHeld)
            {
                output.Write(bytes.WrittenSpan);
                bytes.ResetWrittenCount();
            }
        }
    }
}
