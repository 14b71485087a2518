using System.Text.Json;
using System.Text.Json.Nodes;
using MemoryGraph.EndToEnd.Tests.Driving;

namespace MemoryGraph.EndToEnd.Tests.Clients;

/// <summary>What is exported, as programs of others read it: each finds the graph that was recorded, and nothing else.</summary>
[Collection(Programs.Collection)]
[Trait("size", "torture")]
public sealed class ExportedFormatTests(Programs programs) : IDisposable
{
    // Whatever means something in one of the formats. As names, types, texts and the types of relations.
    private static readonly string[] Pieces =
    [
        "Ada", "Đăng nhập", "đăng nhập", "end", "graph TD", "subgraph x", "style n1 fill:#f00;", "classDef a fill:#f9f;", "click n1 call alert()",
        "a\"b", "a'b", "[x](http://evil.example)", "![i](x)", "<script>alert(1)</script>", "<b>bold</b>", "a & b &amp; &#35;", "#35;", "#quot;",
        "`code`", "**bold** _it_", "1. list", "1) list", "- dash", "+ plus", "* star", "> quote", "# heading", "## Contents", "What is known",
        "Contents", "a|b", "|", ";", "%% comment", "%%{init: {}}%%", "a-->b", "n1", "{curly}", "(round)", "((x))", "[[x]]", "\\", "a\\", "$x^2$",
        "$$", ":smile:", "@user", "https://example.org/?a=1&b=2", "www.example.org", "a@b.example", "🚀", "👩‍💻 dev", "---", "===", "~~~", "```",
        "~~gone~~", "[^1]", "[ ] task", "snake_case_name", "_lead", "trail_", "ﬂ°°35¶ß", "ﬂ°amp¶ß", "日本語 名前", "עברית", "]]>", "<![CDATA[",
        "<!-- c -->", "&nbsp;", "fa:fa-user", "a\u2028b", "→ **x** [Ada](#ada)", "*(2026-01-01 by eve, #1)*", "| a |\n| - |", "  indented", "x\n\n    y\n\tz",
        "fence\n```\ncode", "x\n===\ny", "x\n- y\n1. z", "a  b", "tail\n\n\nend\n",
    ];

    private static readonly Thing[] Things = [.. Pieces.Where(one => !one.Contains('\n')).Select(one => one.Trim()).Select((name, at) => new Thing(
        name, Pieces[(at * 7) % 60], [.. new[] { name, Pieces[^(1 + (at % 11))], $"{name} and {Pieces[(at * 3) % 60]}\n{name}" }.Distinct()]))];

    private static readonly Link[] Links =
        [.. Things.Select((thing, at) => new Link(thing.Name, Pieces[(at * 11) % 60], Things[(at * 5) % Things.Length].Name)).Distinct()];

    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [FormatsFact]
    public async Task The_reference_server_reads_its_file_and_would_have_written_the_same_bytes()
    {
        JsonElement read = await ReadBackAsync("server-memory");

        Assert.Equal(Things.Select(thing => thing.ToString()), read.GetProperty("entities").EnumerateArray().Select(one => new Thing(
            Text(one, "name"), Text(one, "entityType"),
            [.. one.GetProperty("observations").EnumerateArray().Select(said => said.GetString()!)]).ToString()));
        Assert.Equal(Links, LinksIn(read));
        Assert.True(read.GetProperty("same").GetBoolean(), "the file that the reference server writes of this graph differs from ours");
    }

    [FormatsFact]
    public async Task Graphology_reads_the_graph_and_its_attributes_from_graphml()
    {
        JsonElement read = await ReadBackAsync("graphml");

        Assert.True(read.GetProperty("directed").GetBoolean());
        Assert.Equal(
            Things.Select(thing => $"{thing.Name} [{thing.Type}] {thing.Name} {string.Join('\n', thing.Observations)} tester via end-to-end/1.0"),
            read.GetProperty("entities").EnumerateArray().Select(one =>
                $"{Text(one, "name")} [{Text(one, "type")}] {Text(one, "label")} {Text(one, "observations")} {Text(one, "author")}"));
        Assert.Equal(Links, LinksIn(read));
        Assert.Equal("2026-01-01", Text(read.GetProperty("relations")[0], "validFrom"));
    }

    [FormatsFact]
    public async Task Mermaid_s_own_parser_reads_the_nodes_the_links_and_their_labels()
    {
        JsonElement read = await ReadBackAsync("mermaid");

        Assert.Equal(
            Things.Select(thing => $"{thing.Name} ({thing.Type})"),
            read.GetProperty("entities").EnumerateArray().Select(one => $"{Text(one, "name")} {Text(one, "type")}"));
        Assert.All(read.GetProperty("entities").EnumerateArray(), one => Assert.Equal(0, one.GetProperty("more").GetArrayLength()));
        Assert.Equal(Links, LinksIn(read));
    }

    [FormatsFact]
    public async Task A_Markdown_parser_finds_what_was_said_as_text_and_no_structure_but_ours()
    {
        JsonElement read = await ReadBackAsync("markdown");

        Assert.Empty(read.GetProperty("strays").EnumerateArray().Select(one => one.GetString()));
        Assert.Empty(read.GetProperty("astray").EnumerateArray().Select(one => one.ToString()));
        JsonElement[] sections = [.. read.GetProperty("entities").EnumerateArray()];
        Assert.Equal(
            Things.Select(thing => $"{Shown(thing.Name)} {Shown(thing.Type)}"),
            sections.Select(one => $"{Text(one, "name")} {Text(one, "type")}"));
        foreach ((Thing thing, JsonElement section) in Things.Zip(sections))
        {
            JsonElement[] items = [.. section.GetProperty("items").EnumerateArray()];
            Assert.Equal(
                thing.Observations.Select(Lines),
                items.Where(item => item.TryGetProperty("observation", out _)).Select(item => Text(item, "observation")));
            Assert.Equal(
                Links.Where(link => link.From == thing.Name).Select(link => $"{Shown(link.RelationType)} {Shown(link.To)}"),
                items.Where(item => item.TryGetProperty("leads", out JsonElement leads) && leads.GetBoolean())
                    .Select(item => $"{Text(item, "relationType")} {Text(item, "other")}"));
        }
    }

    // On one line, as a heading and a link have it.
    private static string Shown(string name) => name.ReplaceLineEndings(" ").Trim();

    // A reader sees lines and their indentation, and blank lines between paragraphs.
    private static string Lines(string text)
    {
        List<string> lines = [];
        foreach (string line in text.ReplaceLineEndings("\n").TrimEnd().Split('\n'))
        {
            string words = line.TrimStart(' ', '\t');
            string indent = new('\u00A0', line[..^words.Length].Sum(c => c == '\t' ? 4 : 1));
            if (words.Length > 0 || lines is [.., { Length: > 0 }])
            {
                lines.Add(indent + words.TrimEnd());
            }
        }

        return string.Join('\n', lines);
    }

    private static IEnumerable<Link> LinksIn(JsonElement read) => read.GetProperty("relations").EnumerateArray()
        .Select(one => new Link(Text(one, "from"), Text(one, "relationType"), Text(one, "to")));

    private static string Text(JsonElement of, string member) => of.GetProperty(member).GetString()!;

    private async Task<JsonElement> ReadBackAsync(string format)
    {
        Finished recorded = (await _sandbox.Serve(programs.Any).PipeAsync(Request.Session(Calls()))).WithoutComplaint();
        Assert.All(recorded.Answers, answer => Assert.False(answer.IsError, answer.Text));
        string file = _sandbox.Join("export");
        (await Command("export", format, "--output", file).PipeAsync()).WithoutComplaint();
        string script = Path.Combine(BuildPlaces.Formats, "read-export.mjs");
        Finished read = (await _sandbox.Run(["node", script, format, file]).PipeAsync()).WithoutComplaint();
        return JsonElement.Parse(read.Output);
    }

    private Launch Command(params string[] arguments) =>
        _sandbox.Run([.. programs.Any, .. arguments, "--store", _sandbox.Store, "--project", Sandbox.Project]);

    private static IEnumerable<ToolCall> Calls()
    {
        yield return new ToolCall("remember", new JsonObject
        {
            ["entities"] = new JsonArray([.. Things.Select(thing => new JsonObject
            {
                ["name"] = thing.Name,
                ["entityType"] = thing.Type,
                ["observations"] = new JsonArray([.. thing.Observations.Select(one => JsonValue.Create(one))]),
            })]),
            ["relations"] = new JsonArray([.. Links.Select(link => new JsonObject
            {
                ["from"] = link.From,
                ["relationType"] = link.RelationType,
                ["to"] = link.To,
            })]),
        });
        yield return new ToolCall("create_relation", new JsonObject
        {
            ["from"] = Links[0].From,
            ["relationType"] = Links[0].RelationType,
            ["to"] = Links[0].To,
            ["validFrom"] = "2026-01-01",
        });
    }

    private sealed record Thing(string Name, string Type, string[] Observations)
    {
        public override string ToString() => $"{Name} [{Type}] {string.Join(" / ", Observations)}";
    }

    private sealed record Link(string From, string RelationType, string To);
}
