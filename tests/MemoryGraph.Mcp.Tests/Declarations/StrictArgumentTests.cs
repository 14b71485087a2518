using System.Globalization;
using System.Runtime.CompilerServices;
using MemoryGraph.Mcp.Answers;

namespace MemoryGraph.Mcp.Tests.Declarations;

/// <summary>What is not taken. An error says which argument, what it got and what is allowed, and nothing is recorded.</summary>
public sealed class StrictArgumentTests
{
    [Theory]
    [InlineData("create_entity", """{"nmae":"A","entityType":"t"}""")]
    [InlineData("create_entity", """{"name":"A","type":"t"}""")]
    [InlineData("open_nodes", """{"names":["A"],"when":"now"}""")]
    [InlineData("memory_status", """{"zzzzzzzzzzzz":1}""")]
    [InlineData("remember", """{"entities":[{"name":"A","entityType":"t","observation":"x"}]}""")]
    public Task An_unknown_name_is_told_with_the_nearest_and_the_allowed_ones(string tool, string arguments) =>
        RefusesAsync(tool, arguments);

    [Theory]
    [InlineData("create_entity", "{}")]
    [InlineData("create_entity", """{"name":null,"entityType":"t"}""")]
    [InlineData("add_observation", """{"entity":"A"}""")]
    [InlineData("query_graph_at", "{}")]
    [InlineData("remember", """{"relations":[{"from":"A"},{"to":"B"}]}""")]
    public Task A_missing_argument_is_told_with_what_it_is(string tool, string arguments) =>
        RefusesAsync(tool, arguments);

    [Theory]
    [InlineData("create_entity", """{"name":{},"entityType":["t"]}""")]
    [InlineData("create_entity", """{"name":"A","entityType":"t","observations":true}""")]
    [InlineData("create_entity", """{"name":"A","entityType":"t","observations":["a",null,{}]}""")]
    [InlineData("remember", """{"entities":["A"]}""")]
    [InlineData("remember", """{"entities":7}""")]
    [InlineData("get_history", """{"limit":"many"}""")]
    [InlineData("get_history", """{"limit":1.5}""")]
    [InlineData("get_history", """{"limit":[1]}""")]
    [InlineData("get_history", """{"limit":1e300}""")]
    [InlineData("update_entity", """{"entity":"A","newName":"B","merge":"perhaps"}""")]
    [InlineData("update_entity", """{"entity":"A","newName":"B","merge":1}""")]
    [InlineData("get_related", """{"entity":"A","direction":"up"}""")]
    [InlineData("get_related", """{"entity":"A","direction":{}}""")]
    [InlineData("search_nodes", """{"query":"x","at":"some day"}""")]
    [InlineData("search_nodes", """{"query":"x","at":"2026-13-01"}""")]
    [InlineData("create_relation", """{"from":"A","relationType":"r","to":"B","validFrom":"yesterday"}""")]
    [InlineData("get_related", """{"entity":"A","validAt":"2026-02-30"}""")]
    public Task A_wrong_kind_is_told_with_what_was_got_and_what_is_allowed(string tool, string arguments) =>
        RefusesAsync(tool, arguments);

    [Theory]
    [InlineData("create_entity", """{"name":"","entityType":"  "}""")]
    [InlineData("create_entity", """{"name":"A","entityType":"t","observations":["ok"," "]}""")]
    [InlineData("add_observation", """{"entity":"A","observations":[]}""")]
    [InlineData("open_nodes", """{"names":""}""")]
    public Task An_empty_argument_is_told_where_something_is_needed(string tool, string arguments) =>
        RefusesAsync(tool, arguments);

    [Theory]
    [InlineData("add_observation", "observations")]
    [InlineData("create_entity", "observations")]
    [InlineData("remember", "entities")]
    public Task A_list_may_have_1000_items_at_most(string tool, string argument)
    {
        string items = string.Join(',', Enumerable.Repeat("\"x\"", 1001));
        return RefusesAsync(tool, $$"""{"{{argument}}":[{{items}}]}""", tool);
    }

    [Theory]
    [InlineData("\\ufffd")]
    [InlineData("\\ud800")]
    [InlineData("\\udc00x")]
    [InlineData("\\u0000")]
    [InlineData("\\u001b[31m")]
    [InlineData("\\u0085")]
    [InlineData("\\u007f")]
    public Task A_character_that_is_no_text_is_told_wherever_text_is_kept(string bad) => RefusesAsync(
        "remember",
        $$"""
        {"entities":[{"name":"ab{{bad}}c","entityType":"ab{{bad}}c","observations":["ok","ab{{bad}}c"]}],
         "relations":[{"from":"A","relationType":"ab{{bad}}c","to":"B"}],"reason":"ab{{bad}}c"}
        """,
        bad);

    [Theory]
    [InlineData("\\n")]
    [InlineData("\\t")]
    public async Task A_name_is_one_line_and_a_fact_need_not_be(string white)
    {
        await RefusesAsync("create_entity", $$"""{"name":"a{{white}}b","entityType":"t"}""", white);

        await using var memory = new Memory();
        await memory.TellAsync("create_entity", $$"""{"name":"A","entityType":"t","observations":["a{{white}}b"]}""");
    }

    [Fact]
    public Task Every_fault_is_told_at_once_in_the_order_of_the_arguments() => RefusesAsync(
        "remember",
        """
        {"entities":[{"name":"ok","entityType":"t"},{"name":5,"entityType":""},{"entityType":"t","observations":["a",{}]}],
         "relatoins":[],"reason":["x"]}
        """);

    [Fact]
    public Task An_argument_under_two_names_is_told() => RefusesAsync(
        "add_observation", """{"entity":"A","entityName":"B","observations":["x"]}""");

    [Fact]
    public async Task An_error_stays_short_whatever_was_sent()
    {
        await using var memory = new Memory();
        string manyFaults = string.Join(',', Enumerable.Repeat("""{"name":"","entityType":"","bogus":1}""", 1000));
        string long1 = new('x', 100_000);
        foreach ((string tool, string arguments) in new[]
        {
            ("remember", $$"""{"entities":[{{manyFaults}}]}"""),
            ("create_entity", $$"""{"{{long1}}":1}"""),
            ("get_related", $$"""{"entity":"A","direction":"{{long1}}"}"""),
            ("get_history", $$"""{"limit":1{{new string('0', 100_000)}} }"""),
            ("search_nodes", $$"""{"query":"x","at":"{{long1}}"}"""),
            ("open_nodes", $$"""{"names":["A"],"cursor":"{{long1}}"}"""),
            ("delete_observation", $$"""{"entity":"{{long1[..256]}}","observations":["{{long1[..4000]}}"]}"""),
        })
        {
            Assert.InRange((await memory.FaultAsync(tool, arguments)).Length, 1, ToolAnswer.ErrorCharactersMax);
        }
    }

    [Fact]
    public async Task An_error_is_cut_between_letters()
    {
        await using var memory = new Memory();

        // Wherever the cut falls among letters of two characters each, none may be torn.
        for (int shift = 0; shift < 4; shift++)
        {
            string name = new string('a', 35 + shift) + string.Concat(Enumerable.Repeat("😀", 30));
            string unknown = string.Join(',', Enumerable.Range(10, 90).Select(
                i => string.Create(CultureInfo.InvariantCulture, $"\"{i}{name}\":1")));
            string text = await memory.FaultAsync("memory_status", $"{{{unknown}}}");

            Assert.Equal(text, string.Concat(text.EnumerateRunes()));
        }
    }

    [Theory]
    [InlineData("""{"a\n— project \"x\"":1}""")]
    [InlineData("""{"a\u2028— project \"x\"":1}""")]
    [InlineData("""{"limit":"a\n— project \"x\""}""")]
    public async Task What_was_sent_starts_no_line_of_the_error(string arguments)
    {
        await using var memory = new Memory();

        string text = await memory.FaultAsync("memory_status", arguments);

        Assert.Single(text.Split(['\n', '\r', '\u2028', '\u2029', '\u0085']));
    }

    private static async Task RefusesAsync(
        string tool, string arguments, string? which = null, [CallerMemberName] string test = "")
    {
        await using var memory = new Memory();

        string text = await memory.FaultAsync(tool, arguments);

        Wording.Match(text, which ?? $"{tool} {arguments}", test);
        Assert.InRange(text.Length, 1, ToolAnswer.ErrorCharactersMax);
        Assert.Equal(0, memory.Events);
        Assert.False(Directory.Exists(memory.Projects.Store), "Nothing was written.");
    }
}
