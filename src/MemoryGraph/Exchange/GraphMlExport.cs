using System.Globalization;
using System.Text;
using System.Xml;
using MemoryGraph.Domain;
using MemoryGraph.Queries;

namespace MemoryGraph.Exchange;

/// <summary>A graph as GraphML, for yEd, Gephi, Cytoscape, NetworkX and others.</summary>
/// <remarks>
/// <para>
/// Directed; a node for each entity and an edge for each relation, named after the events that created them (<c>n1</c>,
/// <c>e7</c>). Nodes have <c>name</c>, <c>type</c>, <c>observations</c> (one per line; only if there are any),
/// <c>created</c> and <c>author</c>; edges have <c>relationType</c>, <c>created</c>, <c>author</c> and, if known,
/// <c>validFrom</c> and <c>validTo</c>. Times are ISO 8601 in UTC. Name and relation type are repeated as <c>label</c>,
/// which is what viewers show.
/// </para>
/// <para>A character that XML cannot hold, such as U+FFFF, is replaced by U+FFFD.</para>
/// </remarks>
public static class GraphMlExport
{
    private const string Namespace = "http://graphml.graphdrawing.org/xmlns";
    private const string NodeKeys = "label name type observations created author";
    private const string EdgeKeys = "label relationType validFrom validTo created author";

    private static readonly XmlWriterSettings Settings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        Indent = true,
        NewLineChars = "\n",
        NewLineHandling = NewLineHandling.Entitize,
        CloseOutput = false,
    };

    /// <summary>Writes a graph.</summary>
    public static void Write(GraphExport graph, Stream output)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(output);
        using (var xml = XmlWriter.Create(output, Settings))
        {
            xml.WriteStartDocument();
            xml.WriteStartElement("graphml", Namespace);
            WriteKeys(xml, "node", NodeKeys);
            WriteKeys(xml, "edge", EdgeKeys);
            xml.WriteStartElement("graph", Namespace);
            xml.WriteAttributeString("edgedefault", "directed");
            foreach (EntityCard entity in graph.Entities)
            {
                Write(xml, entity);
            }

            foreach (RelationLine relation in graph.Relations)
            {
                Write(xml, relation);
            }

            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        output.Write("\n"u8);
    }

    private static void WriteKeys(XmlWriter xml, string of, string keys)
    {
        foreach (string key in keys.Split(' '))
        {
            xml.WriteStartElement("key", Namespace);
            xml.WriteAttributeString("id", $"{of}_{key}");
            xml.WriteAttributeString("for", of);
            xml.WriteAttributeString("attr.name", key);
            xml.WriteAttributeString("attr.type", "string");
            xml.WriteEndElement();
        }
    }

    private static void Write(XmlWriter xml, EntityCard entity)
    {
        xml.WriteStartElement("node", Namespace);
        xml.WriteAttributeString("id", Node(entity.Cited.Id));
        WriteData(xml, "node_label", entity.Name);
        WriteData(xml, "node_name", entity.Name);
        WriteData(xml, "node_type", entity.EntityType);
        string observations = string.Join('\n', entity.Observations.Select(one => one.Text));
        WriteData(xml, "node_observations", observations.Length > 0 ? observations : null);
        WriteCitation(xml, "node", entity.Cited);
        xml.WriteEndElement();
    }

    private static void Write(XmlWriter xml, RelationLine relation)
    {
        xml.WriteStartElement("edge", Namespace);
        xml.WriteAttributeString("id", string.Create(CultureInfo.InvariantCulture, $"e{relation.Cited.Id.Value}"));
        xml.WriteAttributeString("source", Node(relation.FromId));
        xml.WriteAttributeString("target", Node(relation.ToId));
        WriteData(xml, "edge_label", relation.RelationType);
        WriteData(xml, "edge_relationType", relation.RelationType);
        WriteData(xml, "edge_validFrom", relation.Validity.From);
        WriteData(xml, "edge_validTo", relation.Validity.To);
        WriteCitation(xml, "edge", relation.Cited);
        xml.WriteEndElement();
    }

    private static void WriteCitation(XmlWriter xml, string of, Citation cited)
    {
        string created = cited.When.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        WriteData(xml, $"{of}_created", created);
        WriteData(xml, $"{of}_author", cited.Author.ToString());
    }

    private static void WriteData(XmlWriter xml, string key, string? value)
    {
        if (value is not null)
        {
            xml.WriteStartElement("data", Namespace);
            xml.WriteAttributeString("key", key);
            WriteText(xml, Legal(value));
            xml.WriteEndElement();
        }
    }

    // Some parsers turn these into a newline unless they are character references.
    private static void WriteText(XmlWriter xml, string text)
    {
        while (text.AsSpan().IndexOfAny('\u0085', '\u2028') is >= 0 and var at)
        {
            xml.WriteString(text[..at]);
            xml.WriteCharEntity(text[at]);
            text = text[(at + 1)..];
        }

        xml.WriteString(text);
    }

    private static string Node(EventId id) => string.Create(CultureInfo.InvariantCulture, $"n{id.Value}");

    private static string Legal(string text)
    {
        try
        {
            return XmlConvert.VerifyXmlChars(text);
        }
        catch (XmlException)
        {
            return string.Create(text.Length, text, (legal, said) =>
            {
                for (int i = 0; i < said.Length; i++)
                {
                    bool pair = i + 1 < said.Length && XmlConvert.IsXmlSurrogatePair(said[i + 1], said[i]);
                    legal[i] = pair || XmlConvert.IsXmlChar(said[i]) ? said[i] : '\uFFFD';
                    if (pair)
                    {
                        i++;
                        legal[i] = said[i];
                    }
                }
            });
        }
    }
}
