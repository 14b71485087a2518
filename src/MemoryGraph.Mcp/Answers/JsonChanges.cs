using System.Text.Json;
using MemoryGraph.Queries;

namespace MemoryGraph.Mcp.Answers;

/// <summary>
/// What differs between two graphs, for scripts: <c>before</c> and <c>after</c> of everything, null where it is not.
/// </summary>
internal static class JsonChanges
{
    /// <summary>Writes the counts, and the entities as an array called <c>changes</c>.</summary>
    public static void WriteChanges(this Utf8JsonWriter json, GraphChanges changes)
    {
        json.WriteNumber("appeared", changes.Appeared);
        json.WriteNumber("changed", changes.Changed);
        json.WriteNumber("vanished", changes.Vanished);
        json.WriteObjects("changes", changes.Entities, change =>
        {
            json.WriteCited(change.Cited);
            json.WriteNoun("before", change.Before);
            json.WriteNoun("after", change.After);
            json.WriteIds("by", change.By);
            json.WriteObjects("observations", change.Observations, observation =>
            {
                json.WriteCited(observation.Cited);
                json.WriteString("text", observation.Text);
                json.WriteString("before", observation.Before);
                json.WriteString("after", observation.After);
                json.WriteIds("by", observation.By);
            });
            json.WriteObjects("relations", change.Relations, relation =>
            {
                json.WriteRelation("before", relation.Before);
                json.WriteRelation("after", relation.After);
                json.WriteIds("by", relation.By);
            });
        });
    }

    private static void WriteNoun(this Utf8JsonWriter json, string name, EntityNoun? noun)
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

    private static void WriteRelation(this Utf8JsonWriter json, string name, RelationLine? relation)
    {
        json.WritePropertyName(name);
        if (relation is null)
        {
            json.WriteNullValue();
        }
        else
        {
            json.WriteRelation(relation);
        }
    }
}
