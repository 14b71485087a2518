using System.Text.Encodings.Web;
using System.Text.Json;
using MemoryGraph.Domain;
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

    public static void WriteArray<T>(this Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (T item in items)
        {
            write(item);
        }

        json.WriteEndArray();
    }

    /// <summary>Writes an array of objects.</summary>
    /// <param name="members">Writes the members of one.</param>
    public static void WriteObjects<T>(
        this Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> members) =>
        json.WriteArray(name, items, item =>
        {
            json.WriteStartObject();
            members(item);
            json.WriteEndObject();
        });

    public static void WriteTexts(this Utf8JsonWriter json, string name, IEnumerable<string> texts) =>
        json.WriteArray(name, texts, json.WriteStringValue);

    public static void WriteIds(this Utf8JsonWriter json, string name, IEnumerable<EventId> ids) =>
        json.WriteArray(name, ids, id => json.WriteNumberValue(id.Value));

    /// <summary>Writes numbers by what they count.</summary>
    public static void WriteCounts(this Utf8JsonWriter json, string name, IEnumerable<(string What, int Count)> counts)
    {
        json.WriteStartObject(name);
        foreach ((string what, int count) in counts)
        {
            json.WriteNumber(what, count);
        }

        json.WriteEndObject();
    }

    /// <summary>The point that an answer is about: <c>"at":{"event_id":42,"timestamp":1767225600123}</c>.</summary>
    /// <param name="name">What the point is to the answer.</param>
    public static void WriteMoment(this Utf8JsonWriter json, Point moment, string name = "at")
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
    public static void WriteEntities(this Utf8JsonWriter json, IEnumerable<EntityCard> cards) =>
        json.WriteObjects("entities", cards, card =>
        {
            json.WriteCited(card.Cited);
            json.WriteString("name", card.Name);
            json.WriteString("entityType", card.EntityType);
            json.WriteObjects("observations", card.Observations, observation =>
            {
                json.WriteCited(observation.Cited);
                json.WriteString("text", observation.Text);
            });
            json.WriteArray("relations", card.Relations, json.WriteRelation);
        });

    /// <summary>A link, as an object.</summary>
    public static void WriteRelation(this Utf8JsonWriter json, RelationLine relation)
    {
        json.WriteStartObject();
        json.WriteCited(relation.Cited);
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
    public static void WriteCited(this Utf8JsonWriter json, Citation cited)
    {
        json.WriteNumber("event_id", cited.Id.Value);
        json.WriteNumber("timestamp", cited.When.ToUnixTimeMilliseconds());
        json.WriteString("user", cited.Author.User);
        json.WriteString("agent", cited.Author.Agent);
    }
}
