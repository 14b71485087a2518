using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using MemoryGraph.Mcp.Tests.Snapshots;

namespace MemoryGraph.Mcp.Tests.Tools;

/// <summary>A day's work with every tool, over the wire.</summary>
public sealed partial class EveryToolTests
{
    private static readonly (string Tool, string Arguments)[] Day =
    [
        ("memory_status", "{}"),
        ("create_entity", """{"name":"Login bug","entityType":"bug","observations":["Fails for names with an apostrophe"],"reason":"from the stack trace"}"""),
        ("create_entity", """{"name":"Login bug","entityType":"issue","observations":["Fails for names with an apostrophe"]}"""),
        ("create_entity", """{"name":"login-bug","entityType":"bug"}"""),
        ("add_observation", """{"entity":"Login bug","observations":["Fails for all of O'Brien, D'Arcy","Seen since 2025-12-01"],"supersedes":"#2"}"""),
        ("remember", """{"entities":[{"name":"Auth","entityType":"module","observations":["Owned by \"team red\"\nsince spring"]},{"name":"Ada","entityType":"person"}],"relations":[{"from":"Login bug","relationType":"affects","to":"Auth"},{"from":"Ada","relationType":"works on","to":"Auth"}],"reason":"triage"}"""),
        ("create_relation", """{"from":"Ada","relationType":"works on","to":"Auth","validFrom":"2025-11-01"}"""),
        ("update_entity", """{"entity":"login-bug","newName":"Login bug","merge":true,"reason":"the same thing"}"""),
        ("search_nodes", """{"query":"apostrophe"}"""),
        ("search_nodes", """{"query":"brien"}"""),
        ("open_nodes", """{"names":["Auth","Login bag"]}"""),
        ("get_related", """{"entity":"Auth","depth":2}"""),
        ("query_graph_at", """{"at":"#2"}"""),
        ("query_graph_at", """{"at":"now","query":"spring"}"""),
        ("query_graph_at", """{"at":"2025","query":"spring"}"""),
        ("query_graph_at", """{"at":"#8","names":["Login bug"]}"""),
        ("delete_observation", """{"entity":"Login bug","observations":["Seen since 2025-12-01"]}"""),
        ("delete_relation", """{"from":"Ada","relationType":"works on","to":"Auth"}"""),
        ("delete_entity", """{"entity":"Ada","reason":"left"}"""),
        ("delete_entity", """{"entity":"Ada"}"""),
        ("get_history", """{"entity":"Ada"}"""),
        ("get_history", """{"limit":2}"""),
        ("open_nodes", """{"names":["Ada"]}"""),
        ("undo", """{"preview":true}"""),
        ("undo", """{"reason":"she is back"}"""),
        ("undo", """{"events":"#6-7"}"""),
        ("undo", """{"events":"#6-7","force":true,"preview":true}"""),
        ("redo", "{}"),
        ("undo", """{"events":"#16,17"}"""),
        ("undo", """{"events":[16]}"""),
        ("get_history", """{"limit":5}"""),
        ("diff_graph", """{"from":"#15"}"""),
        ("diff_graph", """{"from":"#15","to":"#8","entity":"Ada"}"""),
        ("add_observation", """{"entity":"Logn bug","observations":["x"]}"""),
        ("no_such_tool", "{}"),
        ("memory_status", "{}"),
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_day_reads_as_it_was_approved(bool is2026)
    {
        await using var memory = new Memory();

        IReadOnlyList<JsonElement> results = await Conversation.HoldAsync(memory, is2026, Day);

        var told = new StringBuilder();
        foreach (((string tool, string arguments), JsonElement result) in Day.Zip(results))
        {
            told.Append(tool).Append(' ').Append(arguments)
                .Append(Conversation.IsError(result) ? "\nERROR\n" : "\n").Append(Conversation.Text(result)).Append("\n\n");
        }

        Approved.Match(Scrubbed(told.ToString(), memory), "a_day");
    }

    [Fact]
    public async Task The_day_uses_every_tool()
    {
        await using var memory = new Memory();

        Assert.Subset(Day.Select(call => call.Tool).ToHashSet(), memory.Tools.Select(tool => tool.Declaration.Name).ToHashSet());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_answer_is_one_text_that_ends_with_the_project_and_its_last_event(bool is2026)
    {
        await using var memory = new Memory();

        IReadOnlyList<JsonElement> results = await Conversation.HoldAsync(memory, is2026, Day);

        Assert.All(Day.Zip(results).Where(one => one.First.Tool != "no_such_tool"), one =>
        {
            JsonElement block = Assert.Single(one.Second.GetProperty("content").EnumerateArray());
            Assert.Equal("text", block.GetProperty("type").GetString());
            Assert.False(one.Second.TryGetProperty("structuredContent", out _));
            Assert.Matches(@"\n— project ""tested"" · (last event #\d+|nothing recorded yet)$", block.GetProperty("text").GetString());
        });
    }

    private static string Scrubbed(string text, Memory memory)
    {
        string paths = text.Replace(Path.GetDirectoryName(memory.Projects.Store)!, "(temporary)", StringComparison.Ordinal)
            .Replace(memory.Projects.Current!.Id!, "(id)", StringComparison.Ordinal);
        return Versions().Replace(Cursor().Replace(Bytes().Replace(ShortHash().Replace(paths, "-(hash)"), "(n) bytes"), "(cursor)"), "(versions)");
    }

    [GeneratedRegex(@"(?<=tested)-[0-9a-f]{8}")]
    private static partial Regex ShortHash();

    [GeneratedRegex(@"[0-9]+ bytes")]
    private static partial Regex Bytes();

    [GeneratedRegex("(?<=cursor \")[A-Za-z0-9_-]+")]
    private static partial Regex Cursor();

    [GeneratedRegex(@"(?<=Version: memory-graph ).*")]
    private static partial Regex Versions();
}
