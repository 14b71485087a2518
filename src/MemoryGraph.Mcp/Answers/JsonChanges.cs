using System.Text.Json;
using MemoryGraph.Domain;
using MemoryGraph.Queries;

namespace MemoryGraph.Mcp.Answers;

/// <summary>
/// What differs between two graphs, for scripts: <c>before</c> and <c>after</c> of everything, null where it is not.
/// </summary>
internal static class JsonChanges
{
    /// <summary>Writes the counts, and the entities as an array called <c>changes</c>.</summary>
    public static void Write(Utf8JsonWriter json, GraphChanges changes)
    {
        json.WriteNumber("appeared", changes.Appeared);
        json.WriteNumber("changed", changes.Changed);
        json.WriteNumber("vanished", changes.Vanished);
        json.WriteStartArray("changes");
        foreach (EntityChange change in changes.Entities)
        {
            json.WriteStartObject();
            JsonAnswer.WriteCited(json, change.Cited);
            WriteNoun(json, "before", change.Before);
            WriteNoun(json, "after", change.After);
            WriteIds(json, "by", change.By);
            json.WriteStartArray("observations");
            foreach (ObservationChange said in change.Observations)
            {
                json.WriteStartObject();
                JsonAnswer.WriteCited(json, said.Cited);
                json.WriteString("text", said.Text);
                json.WriteString("before", said.Before);
                json.WriteString("after", said.After);
                WriteIds(json, "by", said.By);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("relations");
            foreach (RelationChange link in change.Relations)
            {
                json.WriteStartObject();
                WriteRelation(json, "before", link.Before);
                WriteRelation(json, "after", link.After);
                WriteIds(json, "by", link.By);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Numbers of events, as an array.</summary>
    public static void WriteIds(Utf8JsonWriter json, string name, IEnumerable<EventId> ids)
    {
        json.WriteStartArray(name);
        foreach (EventId id in ids)
        {
            json.WriteNumberValue(id.Value);
        }

        json.WriteEndArray();
    }

    private static void WriteNoun(Utf8JsonWriter json, string name, EntityNoun? noun)
    {
        if (noun is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.WriteString("name", noun.Name);
        json.WriteString("entityType", noun.EntityType);
        json.WriteEndObject();
    }

    private static void WriteRelation(Utf8JsonWriter json, string name, RelationLine? relation)
    {
        json.WritePropertyName(name);
        if (relation is null)
        {
            json.WriteNullValue();
        }
        else
        {
            JsonAnswer.WriteRelation(json, relation);
        }
    }
}
