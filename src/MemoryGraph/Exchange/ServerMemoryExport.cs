using MemoryGraph.Queries;

namespace MemoryGraph.Exchange;

/// <summary>A graph as <c>@modelcontextprotocol/server-memory</c> keeps it in its file, to the byte.</summary>
/// <remarks>
/// Entities, then relations, one JSON object each as <c>JSON.stringify</c> writes it; a newline between two, none at
/// the end:
/// <code>
/// {"type":"entity","name":"Ada","entityType":"person","observations":["likes tea"]}
/// {"type":"relation","from":"Ada","to":"Tea","relationType":"likes"}
/// </code>
/// An entity that only relations tell of was never created there, so it has no line; its relations have theirs. One that
/// was spoken of later has its place from then on.
/// </remarks>
public static class ServerMemoryExport
{
    /// <summary>Writes a graph.</summary>
    public static void Write(GraphExport graph, Stream output)
    {
        ArgumentNullException.ThrowIfNull(graph);
        using StreamWriter text = ExportFormat.TextTo(output);
        bool first = true;
        foreach (EntityCard entity in graph.Entities.Where(one => !one.Implied).OrderBy(one => one.SpokenOfSince))
        {
            Begin("entity");
            Member("name", entity.Name);
            Member("entityType", entity.EntityType);
            text.Write(",\"observations\":[");
            string separator = "";
            foreach (ObservationLine observation in entity.Observations)
            {
                text.Write(separator);
                JavaScriptText.WriteQuoted(text, observation.Text);
                separator = ",";
            }

            text.Write("]}");
        }

        foreach (RelationLine relation in graph.Relations)
        {
            Begin("relation");
            Member("from", relation.From);
            Member("to", relation.To);
            Member("relationType", relation.RelationType);
            text.Write('}');
        }

        void Begin(string type)
        {
            text.Write(first ? "{\"type\":\"" : "\n{\"type\":\"");
            text.Write(type);
            text.Write('"');
            first = false;
        }

        void Member(string name, string value)
        {
            text.Write(",\"");
            text.Write(name);
            text.Write("\":");
            JavaScriptText.WriteQuoted(text, value);
        }
    }
}
