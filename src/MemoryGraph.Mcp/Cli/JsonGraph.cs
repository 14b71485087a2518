using System.Text.Encodings.Web;
using System.Text.Json;
using MemoryGraph.Queries;

namespace MemoryGraph.Mcp.Cli;

/// <summary>A graph without its history, as other programs take it in; everything in order of creation.</summary>
/// <remarks>
/// <code>
/// {"entities":[{"name":"Ada","entityType":"person","observations":["likes tea"]}],
///  "relations":[{"from":"Ada","to":"Tea","relationType":"likes"}]}
/// </code>
/// </remarks>
internal static class JsonGraph
{
    private static readonly JsonWriterOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Indented = true,
    };

    /// <param name="cards">With the relations that start at each.</param>
    public static void Write(Stream output, IEnumerable<EntityCard> cards)
    {
        List<RelationLine> relations = [];
        using var json = new Utf8JsonWriter(output, Readable);
        json.WriteStartObject();
        json.WriteStartArray("entities");
        foreach (EntityCard card in cards)
        {
            json.WriteStartObject();
            json.WriteString("name", card.Name);
            json.WriteString("entityType", card.EntityType);
            json.WriteStartArray("observations");
            foreach (ObservationLine observation in card.Observations)
            {
                json.WriteStringValue(observation.Text);
            }

            json.WriteEndArray();
            json.WriteEndObject();
            relations.AddRange(card.Relations);
        }

        json.WriteEndArray();
        json.WriteStartArray("relations");
        foreach (RelationLine relation in relations.OrderBy(one => one.Cited.Id))
        {
            json.WriteStartObject();
            json.WriteString("from", relation.From);
            json.WriteString("to", relation.To);
            json.WriteString("relationType", relation.RelationType);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
