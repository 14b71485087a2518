using System.Text;
using System.Text.Json;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Mcp.Tests.Snapshots;

namespace MemoryGraph.Mcp.Tests.Tools;

/// <summary>Erasing for good: shown first, done only when confirmed, and then not said again.</summary>
public sealed class RedactToolTests
{
    private static readonly (string Tool, string Arguments)[] Conversed =
    [
        ("remember", """{"entities":[{"name":"Trần Linh","entityType":"person","observations":["phone 555-1234","likes tea"]},{"name":"Auth","entityType":"module","observations":["reviewed by TRAN LINH\non Monday"]}],"relations":[{"from":"Trần Linh","relationType":"owns","to":"Auth"}],"reason":"triage"}"""),
        ("add_observation", """{"entity":"Auth","observations":["fast"],"reason":"measured by tran linh"}"""),
        ("redact", """{"containing":"555-1234"}"""),
        ("redact", """{"containing":"555-1234","confirm":true,"reason":"it is 555-1234"}"""),
        ("redact", """{"containing":"555-1234","confirm":true,"reason":"a private number"}"""),
        ("redact", """{"containing":"555-1234","confirm":true}"""),
        ("redact", """{"events":"#2"}"""),
        ("redact", """{"entity":"tran linh"}"""),
        ("redact", """{"entity":"Trần Linh"}"""),
        ("redact", """{"entity":"Trần Linh","confirm":true}"""),
        ("open_nodes", """{"names":["Auth"]}"""),
        ("open_nodes", """{"names":["[#1 redacted by #9]"],"at":"#7"}"""),
        ("search_nodes", """{"query":"linh"}"""),
        ("redact", """{"user":"ada"}"""),
        ("redact", """{"events":"8-99"}"""),
        ("redact", """{"events":"the last one"}"""),
        ("redact", """{"events":"1","user":"ada"}"""),
        ("redact", "{}"),
        ("get_history", "{}"),
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Its_answers_read_as_they_were_approved(bool is2026)
    {
        await using var memory = new Memory(ToolSet.All);

        IReadOnlyList<JsonElement> results = await Conversation.HoldAsync(memory, is2026, Conversed);

        var told = new StringBuilder();
        foreach (((string tool, string arguments), JsonElement result) in Conversed.Zip(results))
        {
            told.Append(tool).Append(' ').Append(arguments)
                .Append(Conversation.IsError(result) ? "\nERROR\n" : "\n").Append(Conversation.Text(result)).Append("\n\n");
        }

        Approved.Match(told.ToString(), "redact");
    }

    [Fact]
    public async Task Without_confirm_nothing_is_erased_and_the_answer_says_how()
    {
        await using var memory = new Memory(ToolSet.All);
        await memory.TellAsync("create_entity", """{"name":"Ada","entityType":"person"}""");

        string preview = await memory.TellAsync("redact", """{"entity":"Ada"}""");

        Assert.Contains("confirm: true", preview, StringComparison.Ordinal);
        Assert.Equal(1, memory.Events);
        Assert.Contains("\"Ada\"", await memory.TellAsync("open_nodes", """{"names":["Ada"]}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_preview_of_much_text_keeps_to_the_size_of_an_answer()
    {
        await using var memory = new Memory(ToolSet.All);
        string texts = string.Join(",", Enumerable.Range(0, 300).Select(i => $"\"secret {i} {new string('x', 300)}\""));
        string names = string.Join(",", Enumerable.Range(0, 300).Select(i => $$"""{"name":"secret {{i}}","entityType":"note"}"""));
        await memory.TellAsync("create_entity", $$"""{"name":"Ada","entityType":"person","observations":[{{texts}}]}""");
        await memory.TellAsync("remember", $$"""{"entities":[{{names}}]}""");

        string preview = await memory.TellAsync("redact", """{"containing":"SECRET"}""");
        string done = await memory.TellAsync("redact", """{"containing":"SECRET","confirm":true}""");

        Assert.InRange(preview.Length, 1, Page.CharactersMax);
        Assert.Contains("600 events would lose", preview, StringComparison.Ordinal);
        Assert.Contains("600 events from #2 to #601", done, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", done, StringComparison.OrdinalIgnoreCase);
    }
}
