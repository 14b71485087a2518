using System.Globalization;
using MemoryGraph.Mcp.Answers;

namespace MemoryGraph.Mcp.Tests.Declarations;

/// <summary>What is not taken. An error says which argument, what it got and what is allowed, and nothing is recorded.</summary>
public sealed class StrictArgumentTests
{
    [Theory]
    [InlineData("create_entity", """{"nmae":"A","entityType":"t"}""", "Unknown argument `nmae`. Did you mean `name`? Allowed: name, entityType, observations, reason.")]
    [InlineData("create_entity", """{"name":"A","type":"t"}""", "Unknown argument `type`.", "Missing argument `entityType`: Kind of thing")]
    [InlineData("open_nodes", """{"names":["A"],"when":"now"}""", "Unknown argument `when`. ", "Allowed: names, at, limit, cursor.")]
    [InlineData("memory_status", """{"zzzzzzzzzzzz":1}""", "Unknown argument `zzzzzzzzzzzz`. Allowed: limit, cursor.")]
    [InlineData("remember", """{"entities":[{"name":"A","entityType":"t","observation":"x"}]}""", "Unknown argument `entities[0].observation`. Did you mean `observations`? Allowed: name, entityType, observations.")]
    public Task An_unknown_name_is_told_with_the_nearest_and_the_allowed_ones(string tool, string arguments, params string[] told) =>
        RefusesAsync(tool, arguments, told);

    [Theory]
    [InlineData("create_entity", "{}", "Missing argument `name`: Unique name", "Missing argument `entityType`: Kind of thing")]
    [InlineData("create_entity", """{"name":null,"entityType":"t"}""", "Missing argument `name`")]
    [InlineData("add_observation", """{"entity":"A"}""", "Missing argument `observations`: Facts")]
    [InlineData("query_graph_at", "{}", "Missing argument `at`: The point")]
    [InlineData("remember", """{"relations":[{"from":"A"},{"to":"B"}]}""",
        "Missing argument `relations[0].relationType`", "Missing argument `relations[0].to`", "Missing argument `relations[1].from`")]
    public Task A_missing_argument_is_told_with_what_it_is(string tool, string arguments, params string[] told) =>
        RefusesAsync(tool, arguments, told);

    [Theory]
    [InlineData("create_entity", """{"name":{},"entityType":["t"]}""", "`name` must be a text, got an object.", "`entityType` must be a text, got a list.")]
    [InlineData("create_entity", """{"name":"A","entityType":"t","observations":true}""", "`observations` must be a list of texts, got true.")]
    [InlineData("create_entity", """{"name":"A","entityType":"t","observations":["a",null,{}]}""",
        "`observations[1]` must be a text, got nothing.", "`observations[2]` must be a text, got an object.")]
    [InlineData("remember", """{"entities":["A"]}""", "`entities[0]` must be an object with name, entityType, observations; got a text.")]
    [InlineData("remember", """{"entities":7}""", "`entities[0]` must be an object with name, entityType, observations; got the number 7.")]
    [InlineData("get_history", """{"limit":"many"}""", "`limit` must be a whole number from 1 to 200, got \"many\".")]
    [InlineData("get_history", """{"limit":1.5}""", "`limit` must be a whole number from 1 to 200, got the number 1.5.")]
    [InlineData("get_history", """{"limit":[1]}""", "`limit` must be a whole number from 1 to 200, got a list.")]
    [InlineData("get_history", """{"limit":1e300}""", "`limit` must be a whole number from 1 to 200, got the number 1e300.")]
    [InlineData("update_entity", """{"entity":"A","newName":"B","merge":"perhaps"}""", "`merge` must be true or false, got \"perhaps\".")]
    [InlineData("update_entity", """{"entity":"A","newName":"B","merge":1}""", "`merge` must be true or false, got the number 1.")]
    [InlineData("get_related", """{"entity":"A","direction":"up"}""", "`direction` must be one of both, outgoing, incoming; got \"up\".")]
    [InlineData("get_related", """{"entity":"A","direction":{}}""", "`direction` must be one of both, outgoing, incoming; got an object.")]
    [InlineData("search_nodes", """{"query":"x","at":"some day"}""", "`at` must be an event (#42), a date or time", "got \"some day\".")]
    [InlineData("search_nodes", """{"query":"x","at":"2026-13-01"}""", "`at` must be an event (#42)", "got \"2026-13-01\".")]
    [InlineData("create_relation", """{"from":"A","relationType":"r","to":"B","validFrom":"yesterday"}""",
        "`validFrom` must be a date like 2026-11-23, or \"\" to clear it; got \"yesterday\".")]
    [InlineData("get_related", """{"entity":"A","validAt":"2026-02-30"}""", "`validAt` must be a date like 2026-11-23; got \"2026-02-30\".")]
    public Task A_wrong_kind_is_told_with_what_was_got_and_what_is_allowed(string tool, string arguments, params string[] told) =>
        RefusesAsync(tool, arguments, told);

    [Theory]
    [InlineData("create_entity", """{"name":"","entityType":"  "}""", "`name` must not be empty.", "`entityType` must not be empty.")]
    [InlineData("create_entity", """{"name":"A","entityType":"t","observations":["ok"," "]}""", "`observations[1]` must not be empty.")]
    [InlineData("add_observation", """{"entity":"A","observations":[]}""", "`observations` must have 1 to 1000 items, got 0")]
    [InlineData("open_nodes", """{"names":""}""", "`names")]
    public Task An_empty_argument_is_told_where_something_is_needed(string tool, string arguments, params string[] told) =>
        RefusesAsync(tool, arguments, told);

    [Theory]
    [InlineData("add_observation", "observations", "must have 1 to 1000 items, got 1001; split the call")]
    [InlineData("create_entity", "observations", "must have 0 to 1000 items, got 1001; split the call")]
    [InlineData("remember", "entities", "may have 1000 items at most, got 1001; split the call")]
    public Task A_list_may_have_1000_items_at_most(string tool, string argument, string told)
    {
        string items = string.Join(',', Enumerable.Repeat("\"x\"", 1001));
        return RefusesAsync(tool, $$"""{"{{argument}}":[{{items}}]}""", $"`{argument}` {told}");
    }

    [Theory]
    [InlineData("\\ufffd", "U+FFFD (a character that was lost in decoding) at character 3")]
    [InlineData("\\ud800", "an unpaired surrogate at character 3")]
    [InlineData("\\udc00x", "an unpaired surrogate at character 3")]
    [InlineData("\\u0000", "the control character U+0000 at character 3")]
    [InlineData("\\u001b[31m", "the control character U+001B at character 3")]
    [InlineData("\\u0085", "the control character U+0085 at character 3")]
    [InlineData("\\u007f", "the control character U+007F at character 3")]
    public Task A_character_that_is_no_text_is_told_wherever_text_is_kept(string bad, string told) => RefusesAsync(
        "remember",
        $$"""
        {"entities":[{"name":"ab{{bad}}c","entityType":"ab{{bad}}c","observations":["ok","ab{{bad}}c"]}],
         "relations":[{"from":"A","relationType":"ab{{bad}}c","to":"B"}],"reason":"ab{{bad}}c"}
        """,
        $"`entities[0].name` contains {told}",
        $"`entities[0].entityType` contains {told}",
        $"`entities[0].observations[1]` contains {told}",
        $"`relations[0].relationType` contains {told}",
        $"`reason` contains {told}");

    [Theory]
    [InlineData("\\n", "U+000A")]
    [InlineData("\\t", "U+0009")]
    public async Task A_name_is_one_line_and_a_fact_need_not_be(string white, string told)
    {
        await RefusesAsync(
            "create_entity", $$"""{"name":"a{{white}}b","entityType":"t"}""", $"`name` contains the control character {told} at character 2");

        await using var memory = new Memory();
        await memory.TellAsync("create_entity", $$"""{"name":"A","entityType":"t","observations":["a{{white}}b"]}""");
    }

    [Fact]
    public Task Every_fault_is_told_at_once_in_the_order_of_the_arguments() => RefusesAsync(
        "remember",
        """
        {"entities":[{"name":"ok","entityType":"t"},{"name":5,"entityType":""},{"entityType":"t","observations":["a",{}]}],
         "relatoins":[],"reason":["x"]}
        """,
        "remember was not run. `entities[1].entityType` must not be empty.\n"
        + "`entities[2].observations[1]` must be a text, got an object.\n"
        + "Missing argument `entities[2].name`: Unique name.\n"
        + "Unknown argument `relatoins`. Did you mean `relations`? Allowed: entities, relations, reason.\n"
        + "`reason` must be a text, got a list.");

    [Fact]
    public Task An_argument_under_two_names_is_told() => RefusesAsync(
        "add_observation", """{"entity":"A","entityName":"B","observations":["x"]}""", "`entity` was given twice, or under two names.");

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

    private static async Task RefusesAsync(string tool, string arguments, params string[] told)
    {
        await using var memory = new Memory();

        string text = await memory.FaultAsync(tool, arguments);

        Assert.StartsWith($"{tool} was not run. ", text, StringComparison.Ordinal);
        Assert.All(told, part => Assert.Contains(part, text, StringComparison.Ordinal));
        Assert.InRange(text.Length, 1, ToolAnswer.ErrorCharactersMax);
        Assert.Equal(0, memory.Events);
        Assert.False(Directory.Exists(memory.Projects.Store), "Nothing was written.");
    }
}
