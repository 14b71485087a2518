using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using MemoryGraph.Domain;
using MemoryGraph.Mcp.Declarations;

namespace MemoryGraph.Mcp.Tests.Answers;

/// <summary>The longest texts that are allowed, all quotes, which show as two characters each: answers stay short.</summary>
public sealed class SizeTests : IAsyncLifetime
{
    private const int AnswerCharactersMax = 8_000;

    private readonly Memory _memory = new(ToolSet.All, project: new string('"', 200));

    public async Task InitializeAsync()
    {
        Receipt = await _memory.TellAsync("remember", Everything("other"));
        foreach (int i in Enumerable.Range(0, 12))
        {
            await _memory.TellAsync("create_entity", $$"""{"name":{{Name(100 + i)}},"entityType":{{Type(i)}} }""");
        }
    }

    public async Task DisposeAsync() => await _memory.DisposeAsync();

    private string Receipt { get; set; } = "";

    [Fact]
    public void A_receipt_of_many_long_things_is_short_and_counts_them_all()
    {
        Assert.InRange(Receipt.Length, 1, AnswerCharactersMax);
        Assert.StartsWith("Recorded 119 events, #1 to #119.", Receipt, StringComparison.Ordinal);
        Assert.Matches(@"\n  … and \d+ more\n", Receipt);
    }

    [Fact]
    public async Task A_receipt_of_what_is_known_already_is_short_whatever_there_is_to_note()
    {
        string text = await _memory.TellAsync("remember", Everything("yet another"));

        Assert.InRange(text.Length, 1, AnswerCharactersMax);
        Assert.Contains("\nNote: ", text, StringComparison.Ordinal);
        Assert.StartsWith("— project ", text.Split('\n')[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Receipts_of_a_hub_that_is_merged_and_deleted_are_short()
    {
        string[] names = [.. Enumerable.Range(0, 999).Select(i => string.Create(CultureInfo.InvariantCulture, $"\"spoke {i}\""))];
        string entities = string.Join(',', names.Append("\"hub\"").Select(name => $$"""{"name":{{name}},"entityType":"t"}"""));
        string links = string.Join(',', names.Select(name => $$"""{"from":"hub","relationType":"touches","to":{{name}} }"""));
        await _memory.TellAsync("remember", $$"""{"entities":[{{entities}}],"relations":[{{links}}]}""");

        string merged = await _memory.TellAsync("update_entity", """{"entity":"hub","newName":"spoke 0","merge":true}""");
        string deleted = await _memory.TellAsync("delete_entity", """{"entity":"spoke 0"}""");

        Assert.InRange(merged.Length, 1, AnswerCharactersMax);
        Assert.InRange(deleted.Length, 1, AnswerCharactersMax);
        Assert.StartsWith("Recorded 999 events", deleted, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("get_history", "{}")]
    [InlineData("query_graph_at", """{"at":"now"}""")]
    [InlineData("query_graph_at", """{"at":"#100","validAt":"2026-01-01"}""")]
    [InlineData("query_graph_at", """{"at":"now","query":"fact"}""")]
    [InlineData("search_nodes", """{"query":"fact"}""")]
    [InlineData("memory_status", "{}")]
    [InlineData("diff_graph", """{"from":"#1"}""")]
    [InlineData("diff_graph", """{"from":"now","to":"#1"}""")]
    [InlineData("what_if", """{"events":"#1-40"}""")]
    [InlineData("what_if", """{"eventTypes":["entity_created"]}""")]
    [InlineData("get_user_activity", "{}")]
    [InlineData("undo", """{"count":100,"preview":true}""")]
    [InlineData("undo", """{"count":100}""")]
    public async Task Every_page_is_short(string tool, string arguments)
    {
        string call = arguments;
        while (true)
        {
            string text = await _memory.TellAsync(tool, call);
            Assert.InRange(text.Length, 1, AnswerCharactersMax);
            if (text.Split('\n')[0].Split("cursor \"") is not [_, var rest])
            {
                return;
            }

            call = $"{arguments[..^1]}{(arguments.Length > 2 ? "," : "")}\"cursor\":\"{rest.Split('"')[0]}\"}}";
        }
    }

    [Fact]
    public async Task What_stands_in_the_way_is_told_in_short_with_the_way_out_and_the_last_line()
    {
        foreach (int i in Enumerable.Range(0, 12))
        {
            await _memory.TellAsync("create_relation", $$"""{"from":{{Name(i + 20)}},"relationType":{{Type(i)}},"to":{{Name(i)}} }""");
        }

        string text = await _memory.FaultAsync("undo", """{"events":"#1"}""");

        Assert.InRange(text.Length, 1, AnswerCharactersMax);
        Assert.Contains("force", text, StringComparison.Ordinal);
        Assert.StartsWith("— project ", text.Split('\n')[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entity_with_the_longest_name_opens_on_short_pages()
    {
        string names = string.Join(',', Enumerable.Range(0, 20).Select(Name));
        Assert.InRange((await _memory.TellAsync("open_nodes", $$"""{"names":[{{names}}]}""")).Length, 1, AnswerCharactersMax);
        Assert.InRange(
            (await _memory.TellAsync("get_related", $$"""{"entity":{{Name(0)}},"depth":4}""")).Length, 1, AnswerCharactersMax);
        string missing = string.Join(',', Enumerable.Range(50, 50).Select(Name));
        Assert.InRange((await _memory.TellAsync("open_nodes", $$"""{"names":[{{missing}}]}""")).Length, 1, AnswerCharactersMax);
    }

    // 40 entities with a fact each, and the 39 relations of a chain.
    private static string Everything(string type)
    {
        var text = new StringBuilder("{\"entities\":[");
        text.AppendJoin(',', Enumerable.Range(0, 40).Select(i =>
            $$"""{"name":{{Name(i)}},"entityType":{{(type == "other" ? Type(i) : JsonValue.Create(type).ToJsonString())}},"observations":[{{Fact(i)}}]}"""));
        text.Append("],\"relations\":[");
        text.AppendJoin(',', Enumerable.Range(1, 39).Select(i =>
            $$"""{"from":{{Name(i)}},"relationType":{{Type(i)}},"to":{{Name(i - 1)}} }"""));
        return text.Append("],\"reason\":").Append(Quotes("reason", Limits.ReasonCharacters)).Append('}').ToString();
    }

    private static string Name(int i) => Quotes(string.Create(CultureInfo.InvariantCulture, $"name {i} "), Limits.NameCharacters);

    private static string Type(int i) => Quotes(string.Create(CultureInfo.InvariantCulture, $"type {i} "), Limits.TypeCharacters);

    private static string Fact(int i) => Quotes(string.Create(CultureInfo.InvariantCulture, $"fact {i} "), Limits.ObservationCharacters);

    private static string Quotes(string start, int characters) => JsonValue.Create(start.PadRight(characters, '"')).ToJsonString();
}
