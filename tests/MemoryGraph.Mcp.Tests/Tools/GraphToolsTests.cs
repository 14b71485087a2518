using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Mcp.Tests.Snapshots;

namespace MemoryGraph.Mcp.Tests.Tools;

/// <summary>The tools that look at the graph as a whole, for those who ask for all tools.</summary>
public sealed partial class GraphToolsTests
{
    private static readonly (string Tool, string Arguments)[] Past =
    [
        ("remember", """{"entities":[{"name":"Login \"bug\"","entityType":"bug"},{"name":"Auth","entityType":"module","observations":["Owned by team red\nsince spring"]},{"name":"Ada","entityType":"person"},{"name":"Eve","entityType":"person"},{"name":"Crypto","entityType":"module"},{"name":"Alone","entityType":"note"}],"relations":[{"from":"Login \"bug\"","relationType":"affects","to":"Auth"},{"from":"Ada","relationType":"works on","to":"Auth"},{"from":"Auth","relationType":"depends_on","to":"Crypto"},{"from":"Ada","relationType":"knows","to":"Eve"}],"reason":"triage"}"""),
        ("create_relation", """{"from":"Eve","relationType":"works on","to":"Auth","validFrom":"2025-11-01"}"""),
    ];

    private static readonly (string Tool, string Arguments)[] Questions =
    [
        ("traverse", """{"entity":"Login \"bug\"","steps":["->affects","<-works on"]}"""),
        ("traverse", """{"entity":"Crypto","steps":"any"}"""),
        ("traverse", """{"entity":"Login \"bug\"","steps":["->affects","<-works on"],"at":"#11"}"""),
        ("traverse", """{"entity":"Login \"bug\"","steps":["->affects","->affects"]}"""),
        ("traverse", """{"entity":"Alone","steps":["->affects"]}"""),
        ("traverse", """{"entity":"Login \"bug\"","steps":["->afects"]}"""),
        ("traverse", """{"entity":"Login bug","steps":["any"]}"""),
        ("traverse", """{"entity":"Ada","steps":["any","->"]}"""),
        ("traverse", """{"entity":"Ada","steps":["any","any","any","any","any","any","any","any","any"]}"""),
        ("find_path", """{"from":"Login \"bug\"","to":"Eve"}"""),
        ("find_path", """{"from":"Login \"bug\"","to":"Eve","validAt":"2025-10-31"}"""),
        ("find_path", """{"from":"Login \"bug\"","to":"Eve","maxDepth":1}"""),
        ("find_path", """{"from":"Ada","to":"Alone"}"""),
        ("find_path", """{"from":"Ada","to":"Ada"}"""),
        ("find_path", """{"from":"Ada","to":"Crypto","relationTypes":["knws"]}"""),
        ("find_path", """{"from":"Ada","to":"Cripto"}"""),
        ("summarize", """{"limit":8}"""),
        ("summarize", """{"entity":"Auth"}"""),
        ("summarize", """{"entity":"Auth","since":"#12","at":"#12"}"""),
        ("summarize", """{"entity":"Autt"}"""),
        ("list_projects", "{}"),
        ("what_if", """{"events":"#1,7-8"}"""),
        ("what_if", """{"users":["ADA"],"limit":3}"""),
        ("what_if", """{"agents":["nobody"],"eventTypes":["entity_created"],"after":"#11"}"""),
        ("what_if", """{"eventTypes":"entity"}"""),
        ("get_user_activity", "{}"),
        ("get_user_activity", """{"user":"somebody else"}"""),
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Their_answers_read_as_they_were_approved(bool is2026)
    {
        await using var memory = new Memory(ToolSet.All);
        var told = new StringBuilder($"summarize {{}}\n{await memory.TellAsync("summarize", "{}")}\n\n");
        foreach ((string tool, string arguments) in Past)
        {
            await memory.TellAsync(tool, arguments);
        }

        IReadOnlyList<JsonElement> results = await Conversation.HoldAsync(memory, is2026, Questions);
        foreach (((string tool, string arguments), JsonElement result) in Questions.Zip(results))
        {
            told.Append(tool).Append(' ').Append(arguments)
                .Append(Conversation.IsError(result) ? "\nERROR\n" : "\n").Append(Conversation.Text(result)).Append("\n\n");
        }

        string text = told.ToString().Replace(Path.GetDirectoryName(memory.Projects.Store)!, "(temporary)", StringComparison.Ordinal)
            .Replace(memory.Projects.Current!.Id!, "(id)", StringComparison.Ordinal);
        Approved.Match(Varying().Replace(text, "(…)"), "graph_tools");
    }

    [Theory]
    [InlineData("traverse", """{"entity":"hub","steps":["any"]""", 120)]
    [InlineData("find_path", """{"from":"spoke 0","to":"hub"}""", 1)]
    [InlineData("summarize", "{", 1 + 1 + 5 + 1 + 241)]
    public async Task Pages_show_everything_once(string tool, string question, int lines)
    {
        await using var memory = new Memory(ToolSet.All);
        await FillAsync(memory);
        string arguments = question.TrimEnd('}');
        string first = arguments.Length == 1 ? "{\"limit\":7" : arguments + ",\"limit\":7";

        var shown = new List<string>();
        string? cursor = null;
        do
        {
            string text = await memory.TellAsync(tool, first + (cursor is null ? "}" : $",\"cursor\":\"{cursor}\"}}"));
            string[] page = text.Split('\n')[1..^1];
            Assert.InRange(page.Count(line => !line.StartsWith("    because", StringComparison.Ordinal)), 1, 7);
            shown.AddRange(page);
            cursor = Cursor().Match(text) is { Success: true } found ? found.Value : null;

            // Pages show the memory as the first one was read.
            await memory.TellAsync("create_entity", $$"""{"name":"later {{shown.Count}}","entityType":"note"}""");
        }
        while (cursor is not null);

        Assert.Equal(lines, shown.Count);
        Assert.Distinct(shown);
        Assert.DoesNotContain(shown, line => line.Contains("later", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_default_answer_about_much_is_short()
    {
        const int charactersMax = 8_000;
        await using var memory = new Memory(ToolSet.All);
        await FillAsync(memory);

        Assert.InRange((await memory.TellAsync("traverse", """{"entity":"hub","steps":["any"]}""")).Length, 1, charactersMax);
        Assert.InRange((await memory.TellAsync("summarize", "{}")).Length, 1, charactersMax);
        Assert.InRange((await memory.TellAsync("find_path", """{"from":"spoke 0","to":"spoke 1"}""")).Length, 1, charactersMax);
    }

    [Fact]
    public async Task A_project_beside_the_open_one_is_listed_though_it_is_broken()
    {
        await using var memory = new Memory(ToolSet.All);
        await memory.TellAsync("create_entity", """{"name":"Ada","entityType":"person"}""");
        string broken = Directory.CreateDirectory(Path.Combine(memory.Projects.Store, "broken")).FullName;
        await File.WriteAllTextAsync(Path.Combine(broken, "events-000000000001.jsonl"), "no log\n");

        string text = await memory.TellAsync("list_projects", "{}");

        Wording.Match(Regex.Replace(
            text.Replace(Path.GetDirectoryName(memory.Projects.Store)!, "(temporary)", StringComparison.Ordinal)
                .Replace(memory.Projects.Current!.Id!, "(id)", StringComparison.Ordinal),
            "[0-9,]+ bytes",
            "(n) bytes"));
    }

    // A hub with 120 spokes of long names: 121 entities, 120 relations, 241 events.
    private static async Task FillAsync(Memory memory)
    {
        string[] spokes = [.. Enumerable.Range(0, 120).Select(i => FormattableString.Invariant($"spoke {i}"))];
        string entities = string.Join(',', spokes.Prepend("hub").Select(name => $$"""{"name":"{{name}}","entityType":"part"}"""));
        string relations = string.Join(',', spokes.Select(name => $$"""{"from":"{{name}}","relationType":"of","to":"hub"}"""));
        await memory.TellAsync("remember", $$"""{"entities":[{{entities}}],"relations":[{{relations}}]}""");
    }

    [GeneratedRegex("(?<=tested)-[0-9a-f]{8}|[0-9]+(?= bytes)|(?<=cursor \")[A-Za-z0-9_-]+")]
    private static partial Regex Varying();

    [GeneratedRegex("(?<=cursor \")[A-Za-z0-9_-]+")]
    private static partial Regex Cursor();
}
