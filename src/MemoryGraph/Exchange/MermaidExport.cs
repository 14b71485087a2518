using System.Globalization;
using System.Text;
using MemoryGraph.Queries;

namespace MemoryGraph.Exchange;

/// <summary>A graph as a Mermaid flowchart: a node per entity with its name and type, a link per relation.</summary>
/// <remarks>
/// <code>
/// flowchart LR
///   n1["Ada&lt;br/&gt;#40;person#41;"]
///   n4["Tea&lt;br/&gt;#40;thing#41;"]
///   n1 --&gt;|"likes"| n4
/// </code>
/// A node is named after the event that created its entity, so it keeps its name as the memory grows. Characters that
/// mean something to Mermaid, to the Markdown in its labels or to HTML are written as codes (<c>#40;</c>). Observations
/// are left out.
/// </remarks>
public static class MermaidExport
{
    /// <summary>Writes a graph.</summary>
    public static void Write(GraphExport graph, Stream output)
    {
        ArgumentNullException.ThrowIfNull(graph);
        using StreamWriter text = ExportFormat.TextTo(output);
        text.WriteLine("flowchart LR");
        foreach (EntityCard entity in graph.Entities)
        {
            text.Write(string.Create(CultureInfo.InvariantCulture, $"  n{entity.Cited.Id.Value}[\""));
            WriteLabel(text, entity.Name);
            text.Write("<br/>");
            WriteLabel(text, $"({entity.EntityType})");
            text.WriteLine("\"]");
        }

        foreach (RelationLine relation in graph.Relations)
        {
            text.Write(string.Create(CultureInfo.InvariantCulture, $"  n{relation.FromId.Value} -->|\""));
            WriteLabel(text, relation.RelationType);
            text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\"| n{relation.ToId.Value}"));
        }
    }

    private static void WriteLabel(StreamWriter text, string label)
    {
        Rune before = new(' ');
        bool blank = true;
        foreach (Rune rune in label.EnumerateRunes())
        {
            if (IsPlain(rune, before))
            {
                text.Write(rune.ToString());
            }
            else
            {
                text.Write(string.Create(CultureInfo.InvariantCulture, $"#{rune.Value};"));
            }

            blank &= rune.Value == ' ';
            before = rune;
        }

        if (blank)
        {
            // Mermaid rejects an empty label.
            text.Write("#160;");
        }
    }

    // A dash or underscore inside a word, as in types, has no meaning.
    private static bool IsPlain(Rune rune, Rune before) => rune.Value switch
    {
        ' ' or ',' => true,
        '_' or '-' => Rune.IsLetterOrDigit(before),
        < 128 => Rune.IsLetterOrDigit(rune),

        // Mermaid uses these in place of # and ; while it parses; the others end a line.
        'ﬂ' or '°' or '¶' or 'ß' or 0x85 or 0x2028 or 0x2029 => false,
        _ => true,
    };
}
