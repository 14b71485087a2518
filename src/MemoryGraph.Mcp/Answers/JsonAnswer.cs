using System.Text.Encodings.Web;
using System.Text.Json;
using MemoryGraph.Queries;

namespace MemoryGraph.Mcp.Answers;

/// <summary>Answers for scripts: one JSON object on one line, in the words of the stored events.</summary>
internal static class JsonAnswer
{
    // Letters stay letters: people look at this too.
    private static readonly JsonWriterOptions Legible = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes an object and a newline.</summary>
    public static void Write(Stream output, Action<Utf8JsonWriter> members)
    {
        using (var json = new Utf8JsonWriter(output, Legible))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        output.Write("\n"u8);
        output.Flush();
    }

    /// <summary>The point that an answer is about: <c>"at":{"event_id":42,"timestamp":1767225600123}</c>.</summary>
    /// <param name="name">What the point is to the answer.</param>
    public static void WriteMoment(Utf8JsonWriter json, Point moment, string name = "at")
    {
        json.WriteStartObject(name);
        json.WriteNumber("event_id", moment.Event.Value);
        if (moment.When is { } when)
        {
            json.WriteNumber("timestamp", when.ToUnixTimeMilliseconds());
        }

        json.WriteEndObject();
    }

    /// <summary>Entities with their facts, as an array called <c>entities</c>.</summary>
    public static void WriteEntities(Utf8JsonWriter json, IEnumerable<EntityCard> cards)
    {
        json.WriteStartArray("entities");
        foreach (EntityCard card in cards)
        {
            json.WriteStartObject();
            WriteCited(json, card.Cited);
            json.WriteString("name", card.Name);
            json.WriteString("entityType", card.EntityType);
            json.WriteStartArray("observations");
            foreach (ObservationLine observation in card.Observations)
            {
                json.WriteStartObject();
                WriteCited(json, observation.Cited);
                json.WriteString("text", observation.Text);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("relations");
            foreach (RelationLine relation in card.Relations)
            {
                WriteRelation(json, relation);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Texts, as an array.</summary>
    public static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    /// <summary>A link, as an object.</summary>
    public static void WriteRelation(Utf8JsonWriter json, RelationLine relation)
    {
        json.WriteStartObject();
        WriteCited(json, relation.Cited);
        json.WriteString("from", relation.From);
        json.WriteString("relationType", relation.RelationType);
        json.WriteString("to", relation.To);
        if (relation.Validity.From is { } from)
        {
            json.WriteString("validFrom", from);
        }

        if (relation.Validity.To is { } to)
        {
            json.WriteString("validTo", to);
        }

        json.WriteEndObject();
    }

    /// <summary>Where a fact comes from: <c>event_id</c>, <c>timestamp</c>, <c>user</c> and <c>agent</c>.</summary>
    public static void WriteCited(Utf8JsonWriter json, Citation cited)
    {
        json.WriteNumber("event_id", cited.Id.Value);
        json.WriteNumber("timestamp", cited.When.ToUnixTimeMilliseconds());
        json.WriteString("user", cited.Author.User);
        json.WriteString("agent", cited.Author.Agent);
    }
}
