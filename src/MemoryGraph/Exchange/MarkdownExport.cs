using System.Globalization;
using MemoryGraph.Domain;
using MemoryGraph.Queries;

namespace MemoryGraph.Exchange;

/// <summary>A graph as Markdown: a section for each entity.</summary>
/// <remarks>
/// <code>
/// ## Checkout
///
/// service *(2026-11-20 by duyan via cursor/1.7, #1)*
///
/// - Takes payments through Stripe. *(2026-11-20 by duyan via cursor/1.7, #2)*
/// - → **depends\_on** [Cart](#cart), since 2026-01-01 *(2026-11-21 by linh, #6)*
/// - ← **owns** [Linh](#linh) *(2026-11-21 by linh, #8)*
/// </code>
/// A table of contents comes before more than a few sections. Stored text is escaped, so that the only links, emphases
/// and headings are the ones written here.
/// </remarks>
public static class MarkdownExport
{
    private const int SectionsWithoutContents = 5;

    /// <summary>Writes a graph.</summary>
    public static void Write(GraphExport graph, Stream output)
    {
        ArgumentNullException.ThrowIfNull(graph);
        const string title = "What is known";
        const string contents = "Contents";
        using StreamWriter text = ExportFormat.TextTo(output);
        text.WriteLine($"# {title}");
        text.WriteLine();
        text.WriteLine(AsOf(graph.Moment));

        var headings = new MarkdownAnchors();
        headings.Next(title);
        bool hasContents = graph.Entities.Skip(SectionsWithoutContents).Any();
        if (hasContents)
        {
            headings.Next(contents);
        }

        Dictionary<EventId, string> anchors = [];
        foreach (EntityCard entity in graph.Entities)
        {
            anchors[entity.Cited.Id] = headings.Next(entity.Name);
        }

        if (hasContents)
        {
            text.WriteLine();
            text.WriteLine($"## {contents}");
            text.WriteLine();
            foreach (EntityCard entity in graph.Entities)
            {
                text.WriteLine($"- {Link(entity.Name, anchors[entity.Cited.Id])}, {MarkdownText.Line(entity.EntityType)}");
            }
        }

        foreach (EntityCard entity in graph.Entities)
        {
            WriteSection(text, graph, entity, anchors);
        }
    }

    private static void WriteSection(
        StreamWriter text, GraphExport graph, EntityCard entity, Dictionary<EventId, string> anchors)
    {
        text.WriteLine();
        text.WriteLine($"## {MarkdownText.Line(entity.Name)}");
        text.WriteLine();
        string implied = entity.Implied ? ", known only by its relations" : "";
        string neighbour = graph.IsNeighbour(entity) ? ", not written out here" : "";
        text.WriteLine($"{MarkdownText.Line(entity.EntityType)}{implied}{neighbour} {Cited(entity.Cited)}");
        string gap = "\n";
        foreach (ObservationLine observation in entity.Observations)
        {
            text.Write(gap);
            text.WriteLine($"- {MarkdownText.Lines(observation.Text, indent: "  ")} {Cited(observation.Cited)}");
            gap = "";
        }

        foreach (RelationLine relation in entity.Relations)
        {
            bool leads = relation.FromId == entity.Cited.Id;
            string other = leads ? Link(relation.To, anchors[relation.ToId])
                : Link(relation.From, anchors[relation.FromId]);
            string held = relation.Validity.IsUnsaid ? "" : $", {MarkdownText.Line(relation.Validity.ToString())}";
            text.Write(gap);
            text.WriteLine(
                $"- {(leads ? '→' : '←')} **{MarkdownText.Line(relation.RelationType)}** {other}{held} {Cited(relation.Cited)}");
            gap = "";
        }
    }

    private static string AsOf(Point moment) => moment.When is { } when
        ? string.Create(CultureInfo.InvariantCulture, $"As of {moment.Event}, {when.UtcDateTime:yyyy-MM-dd HH:mm}Z.")
        : "Before the first event.";

    private static string Cited(Citation cited) => string.Create(
        CultureInfo.InvariantCulture,
        $"*({cited.When.UtcDateTime:yyyy-MM-dd} by {MarkdownText.Line(cited.Author.ToString())}, {cited.Id})*");

    // A heading without letters cannot be linked to.
    private static string Link(string name, string anchor) =>
        anchor.Length == 0 ? MarkdownText.Line(name) : $"[{MarkdownText.Line(name)}](#{anchor})";
}
