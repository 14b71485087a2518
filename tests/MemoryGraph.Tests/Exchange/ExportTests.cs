using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using CsCheck;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Exchange;
using MemoryGraph.Graph;
using MemoryGraph.Queries;
using static MemoryGraph.Tests.GraphSpec;

namespace MemoryGraph.Tests.Exchange;

public sealed partial class ExportTests
{
    private static readonly ExportQuery Everything = new(AsOf.Now);

    [Fact]
    public void Any_graph_reads_back_from_json_as_it_is() => Exported.AnyMemory.Sample(
        memory =>
        {
            JsonElement read = JsonElement.Parse(Exported.In(memory, "json"));
            Assert.Equal(Facts(memory), Facts(read.GetProperty("entities").EnumerateArray(), read.GetProperty("relations").EnumerateArray()));
        },
        iter: 300);

    [Fact]
    public void Any_graph_reads_back_from_the_reference_server_s_file_as_it_is() => Exported.AnyMemory.Sample(
        memory =>
        {
            string file = Exported.In(memory, "server-memory");
            JsonElement[] lines = [.. file.Split('\n').Select(line => JsonElement.Parse(line))];
            Assert.Equal(Facts(memory), Facts(lines.Where(line => Is(line, "entity")), lines.Where(line => Is(line, "relation"))));
            Assert.Equal(lines.OrderByDescending(line => Is(line, "entity")), lines);
        },
        iter: 300);

    [Fact]
    public void An_entity_has_its_place_in_the_reference_server_s_file_from_when_it_was_spoken_of()
    {
        var memory = new InMemoryGraph();
        memory.Do(new CreateMissingRelations([new CreateRelation("Eve", "knows", "Nobody")]));
        memory.Do(new CreateMissingEntities([Create("Ada"), Create("Eve")]));
        JsonElement[] lines = [.. Exported.In(memory, "server-memory").Split('\n').Select(line => JsonElement.Parse(line))];

        Assert.Equal(["Ada", "Eve"], lines.Where(line => Is(line, "entity")).Select(line => Text(line, "name")));
    }

    [Fact]
    public void Any_graph_reads_back_from_graphml_but_for_letters_that_xml_cannot_hold() => Exported.AnyMemory.Sample(
        memory =>
        {
            // A text may be nothing but spaces.
            XElement graph = XDocument.Parse(Exported.In(memory, "graphml"), LoadOptions.PreserveWhitespace)
                .Root!.Elements().Single(one => one.Name.LocalName == "graph");
            Dictionary<string, string> names = graph.Elements().Where(one => one.Name.LocalName == "node")
                .ToDictionary(node => node.Attribute("id")!.Value, node => Data(node, "node_name")!);
            string[] read =
            [
                .. from node in graph.Elements() where node.Name.LocalName == "node"
                   select $"{Data(node, "node_name")} [{Data(node, "node_type")}]: {Data(node, "node_observations")}",
                .. from edge in graph.Elements() where edge.Name.LocalName == "edge"
                   select $"{names[edge.Attribute("source")!.Value]} -{Data(edge, "edge_relationType")}-> {names[edge.Attribute("target")!.Value]}",
            ];
            GraphExport stored = memory.Ask(Everything);
            Assert.Equal(
                [
                    .. stored.Entities.Select(one =>
                        $"{one.Name} [{one.EntityType}]: {string.Join('\n', one.Observations.Select(said => said.Text))}"),
                    .. stored.Relations.Select(one => $"{one.From} -{one.RelationType}-> {one.To}"),
                ],
                read,
                (one, other) => Xml(one) == Xml(other));
        },
        iter: 300);

    [Fact]
    public void Any_graph_reads_back_from_mermaid_and_no_letter_but_plain_ones_stands_in_a_label() => Exported.AnyMemory.Sample(
        memory =>
        {
            string[] lines = Exported.In(memory, "mermaid").TrimEnd('\n').Split('\n');
            GraphExport stored = memory.Ask(Everything);
            Assert.Equal("flowchart LR", lines[0]);
            Assert.Equal(
                [
                    .. stored.Entities.Select(one => $"n{one.Cited.Id.Value}: {one.Name}\n({one.EntityType})"),
                    .. stored.Relations.Select(one => $"n{one.FromId.Value} {one.RelationType} n{one.ToId.Value}"),
                ],
                lines.Skip(1).Select(Diagram));
        },
        iter: 300);

    [Fact]
    public void A_past_point_is_exported_as_it_would_have_been_then() => AnyCommand.SequenceWithUndo.Sample(
        commands =>
        {
            IReadOnlyList<RecordedEvent> log = AnyCommand.Played(commands).Recorded;
            InMemoryGraph later = InMemoryGraph.Replay(log);
            for (int point = 0; point <= log.Count; point += 7)
            {
                InMemoryGraph then = InMemoryGraph.Replay(log.Take(point));
                Assert.Equal(Exported.All(then, Everything), Exported.All(later, new ExportQuery(AsOf.Of(new EventId(point)))));
            }
        },
        iter: 100, print: AnyCommand.Print);

    [Fact]
    public void Around_an_entity_stand_its_neighbours_bare_and_the_links_between() => AnyCommand.Sequence.Sample(
        commands =>
        {
            InMemoryGraph memory = AnyCommand.Played(commands);
            GraphExport whole = memory.Ask(Everything);
            foreach (EntityCard centre in whole.Entities)
            {
                GraphExport part = memory.Ask(new ExportQuery(AsOf.Now, centre.Name));
                Assert.Equal(
                    whole.Relations.Where(one => one.FromId == centre.Cited.Id || one.ToId == centre.Cited.Id), part.Relations);
                Assert.Equal(
                    part.Relations.SelectMany(one => new[] { one.FromId, one.ToId }).Append(centre.Cited.Id).Distinct().Order(),
                    part.Entities.Select(one => one.Cited.Id));
                Assert.Equal(centre.Observations, part.Entities.Single(one => !part.IsNeighbour(one)).Observations);
                Assert.All(part.Entities.Where(part.IsNeighbour), one => Assert.Empty(one.Observations));
            }
        },
        iter: 200, print: AnyCommand.Print);

    [Fact]
    public void Relations_stand_in_order_of_creation_not_of_where_they_start()
    {
        var memory = new InMemoryGraph();
        memory.Do(new Remember([Create("A"), Create("B")], [new CreateRelation("B", "first", "A"), new CreateRelation("A", "second", "B")]));

        Assert.Equal(["first", "second"], memory.Ask(Everything).Relations.Select(one => one.RelationType));
    }

    [Fact]
    public void An_entity_that_is_not_there_is_refused_with_the_nearest_name()
    {
        var memory = new InMemoryGraph();
        memory.Do(Create("Checkout"));

        Refusal? refused = memory.Ask(new ExportQuery(AsOf.Now, "Chekout")).Refused;
        Assert.Equal("entity_not_found", refused?.Code);
        Assert.Contains("\"Checkout\"", refused?.Message, StringComparison.Ordinal);
        Assert.NotNull(memory.Ask(new ExportQuery(AsOf.Of(new EventId(0)), "Checkout")).Refused);
    }

    [Fact]
    public void What_only_relations_tell_of_was_never_created_in_the_reference_server()
    {
        InMemoryGraph memory = new InMemoryGraph().Record(
            new EntityCreated("Ada", "person"),
            new EntityCreated("Tea", EntityCreated.TypeUnsaid) { Implied = true },
            new RelationCreated(Id(1), Id(2), "Ada", "likes", "Tea", Validity.Unsaid));

        Assert.Equal(
            """
            {"type":"entity","name":"Ada","entityType":"person","observations":[]}
            {"type":"relation","from":"Ada","to":"Tea","relationType":"likes"}
            """,
            Exported.In(memory, "server-memory"));
        Assert.Contains("\"Tea\"", Exported.In(memory, "json"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\b\f\r\n\t\u0001\u001f", """\b\f\r\n\t\u0001\u001f""")]
    [InlineData("\"\\/", "\\\"\\\\/")]
    [InlineData("\u007f\u0085\u2028\ufeffđ🚀<&>'", "\u007f\u0085\u2028\ufeffđ🚀<&>'")]
    public void The_reference_server_s_file_is_escaped_as_JSON_stringify_does(string text, string expected)
    {
        InMemoryGraph memory = new InMemoryGraph().Record(new EntityCreated("Ada", text));

        Assert.Equal(
            $$"""{"type":"entity","name":"Ada","entityType":"{{expected}}","observations":[]}""", Exported.In(memory, "server-memory"));
    }

    [Fact]
    public void Half_a_letter_from_a_foreign_log_is_written_as_JSON_stringify_does()
    {
        InMemoryGraph memory = new InMemoryGraph().Record(new EntityCreated("\ud800x", "x\udc00"));

        Assert.Equal("""{"type":"entity","name":"\ud800x","entityType":"x\udc00","observations":[]}""", Exported.In(memory, "server-memory"));
    }

    [Fact]
    public void An_empty_memory_is_an_empty_graph_in_every_format()
    {
        var memory = new InMemoryGraph();

        Assert.Equal("", Exported.In(memory, "server-memory"));
        Assert.Equal("flowchart LR\n", Exported.In(memory, "mermaid"));
        Assert.Equal("# What is known\n\nBefore the first event.\n", Exported.In(memory, "markdown"));
        Assert.Equal("{\n  \"entities\": [],\n  \"relations\": []\n}\n", Exported.In(memory, "json"));
        Assert.DoesNotContain(XDocument.Parse(Exported.In(memory, "graphml")).Descendants(), one => one.Name.LocalName == "node");
    }

    [Fact]
    public void What_other_programs_get_has_no_byte_order_mark_and_no_carriage_return()
    {
        var memory = new InMemoryGraph();
        memory.Do(Create("Ada", "person", "one\ntwo"));

        Assert.All(Exported.All(memory, Everything), one =>
        {
            Assert.NotEqual(0xEF, one.Bytes[0]);
            Assert.DoesNotContain((byte)'\r', one.Bytes);
        });
    }

    private static string Facts(InMemoryGraph memory)
    {
        GraphExport graph = memory.Ask(Everything);
        return string.Join('\n', graph.Entities.Select(one =>
                $"{one.Name} [{one.EntityType}] {string.Join(" | ", one.Observations.Select(said => said.Text))}"))
            + "\n" + string.Join('\n', graph.Relations.Select(one => $"{one.From} -{one.RelationType}-> {one.To}"));
    }

    private static string Facts(IEnumerable<JsonElement> entities, IEnumerable<JsonElement> relations) =>
        string.Join('\n', entities.Select(one =>
            $"{Text(one, "name")} [{Text(one, "entityType")}] "
            + string.Join(" | ", one.GetProperty("observations").EnumerateArray().Select(said => said.GetString()))))
        + "\n" + string.Join('\n', relations.Select(one => $"{Text(one, "from")} -{Text(one, "relationType")}-> {Text(one, "to")}"));

    private static bool Is(JsonElement line, string type) => Text(line, "type") == type;

    private static string? Text(JsonElement line, string member) => line.GetProperty(member).GetString();

    private static string? Data(XElement element, string key) =>
        element.Elements().SingleOrDefault(one => one.Attribute("key")!.Value == key)?.Value;

    private static string Xml(string text)
    {
        var legal = new StringBuilder();
        foreach (Rune rune in text.EnumerateRunes())
        {
            legal.Append(rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value) ? Rune.ReplacementChar : rune);
        }

        return legal.ToString();
    }

    // What a line of a diagram says, its label decoded.
    private static string Diagram(string line)
    {
        Match node = Node().Match(line);
        Match link = Link().Match(line);
        Assert.True(node.Success || link.Success, line);
        return node.Success ? $"{node.Groups[1].Value}: {Label(node.Groups[2].Value)}\n{Label(node.Groups[3].Value)}"
            : $"{link.Groups[1].Value} {Label(link.Groups[2].Value)} {link.Groups[3].Value}";
    }

    private static string Label(string label)
    {
        Assert.DoesNotMatch("""["`\[\](){}<>|;\\*:$&%~@!?/'.+=^ﬂ°¶ß\u2028]""", Code().Replace(label, ""));
        return Code().Replace(label, code => new Rune(int.Parse(code.Groups[1].Value, CultureInfo.InvariantCulture)).ToString());
    }

    [GeneratedRegex("""^  (n\d+)\["([^"\n]*)<br/>([^"\n]*)"\]$""")]
    private static partial Regex Node();

    [GeneratedRegex("""^  (n\d+) -->\|"([^"\n]+)"\| (n\d+)$""")]
    private static partial Regex Link();

    [GeneratedRegex(@"#(\d+);")]
    private static partial Regex Code();
}
