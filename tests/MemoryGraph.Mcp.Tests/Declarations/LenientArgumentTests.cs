namespace MemoryGraph.Mcp.Tests.Declarations;

/// <summary>What models write in place of what a schema says, and what it is taken for.</summary>
public sealed class LenientArgumentTests : IAsyncLifetime
{
    private readonly Memory _memory = new();

    public async Task InitializeAsync() =>
        await _memory.TellAsync("create_entity", """{"name":"Ada","entityType":"person","observations":["likes tea"]}""");

    public async Task DisposeAsync() => await _memory.DisposeAsync();

    [Theory]
    [InlineData("""["one fact","two facts"]""")]
    [InlineData(""" "[\"one fact\",\"two facts\"]" """)]
    [InlineData(""" "  [ \"one fact\" , \"two facts\" ]" """)]
    public async Task A_list_may_come_as_JSON_in_a_text(string list) => Assert.StartsWith(
        "Recorded 2 events, #3 to #4.",
        await _memory.TellAsync("add_observation", $$"""{"entity":"Ada","observations":{{list}} }"""),
        StringComparison.Ordinal);

    [Theory]
    [InlineData(""" "just one fact" """, "just one fact")]
    [InlineData(""" "[not JSON, a fact" """, "[not JSON, a fact")]
    [InlineData("42", "42")]
    [InlineData("[1.50,true]", "1.50", "true")]
    public async Task A_text_or_number_is_a_list_of_one_and_is_kept_as_written(string list, params string[] facts)
    {
        string receipt = await _memory.TellAsync("add_observation", $$"""{"entity":"Ada","observations":{{list}} }""");

        Assert.All(facts, fact => Assert.Contains($"observation_added \"Ada\": \"{fact}\"", receipt, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""[{"name":"Bob","entityType":"person","observations":["a","b"]}]""")]
    [InlineData(""" "[{\"name\":\"Bob\",\"entityType\":\"person\",\"observations\":[\"a\",\"b\"]}]" """)]
    [InlineData("""["{\"name\":\"Bob\",\"entityType\":\"person\",\"observations\":[\"a\",\"b\"]}"]""")]
    [InlineData("""{"name":"Bob","entityType":"person","observations":["a","b"]}""")]
    [InlineData(""" "{\"name\":\"Bob\",\"entityType\":\"person\",\"observations\":[\"a\",\"b\"]}" """)]
    [InlineData("""[{"name":"Bob","entity_type":"person","observations":"[\"a\",\"b\"]"}]""")]
    public async Task A_list_of_objects_may_come_in_any_of_these_shapes(string entities) => Assert.Contains(
        "\n  #3 entity_created \"Bob\" [person]\n  #4 observation_added \"Bob\": \"a\"\n  #5 observation_added \"Bob\": \"b\"\n",
        await _memory.TellAsync("remember", $$"""{"entities":{{entities}} }"""),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("1")]
    [InlineData("1.0")]
    [InlineData(""" "1" """)]
    [InlineData(""" " 1 " """)]
    [InlineData(""" "1e0" """)]
    public async Task A_whole_number_may_come_as_a_text(string limit) => Assert.Contains(
        "More follow", await _memory.TellAsync("get_history", $$"""{"limit":{{limit}} }"""), StringComparison.Ordinal);

    [Theory]
    [InlineData("true")]
    [InlineData(""" "true" """)]
    [InlineData(""" " TRUE " """)]
    public async Task Yes_or_no_may_come_as_a_text(string merge)
    {
        await _memory.TellAsync("create_entity", """{"name":"Ada L.","entityType":"person"}""");

        Assert.Contains(
            "entity_merged \"Ada L.\" (#3) into \"Ada\" (#1)",
            await _memory.TellAsync("update_entity", $$"""{"entity":"Ada L.","newName":"Ada","merge":{{merge}} }"""),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("outgoing")]
    [InlineData("Outgoing")]
    [InlineData("OUTGOING")]
    [InlineData(" outgoing ")]
    public async Task A_choice_may_come_in_any_case(string direction)
    {
        await _memory.TellAsync(
            "remember", """{"entities":[{"name":"Tea","entityType":"drink"}],"relations":[{"from":"Tea","relationType":"calms","to":"Ada"}]}""");

        Assert.StartsWith(
            "Nothing is related to \"Ada\"",
            await _memory.TellAsync("get_related", $$"""{"entity":"Ada","direction":"{{direction}}"}"""),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("\"  \"")]
    public async Task Null_and_blank_count_as_not_given_where_an_argument_is_optional(string nothing)
    {
        string usual = await _memory.TellAsync("query_graph_at", """{"at":"now"}""");

        Assert.Equal(usual, await _memory.TellAsync(
            "query_graph_at",
            $$"""{"at":"now","query":{{nothing}},"names":{{nothing}},"entityType":{{nothing}},"validAt":{{nothing}},"limit":{{nothing}},"cursor":{{nothing}} }"""));
        Assert.StartsWith("Related to", await RelatedAsync(nothing), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_blank_date_clears_what_was_said_and_null_leaves_it()
    {
        const string link = "\"from\":\"Ada\",\"relationType\":\"knows\",\"to\":\"Ada\"";
        await _memory.TellAsync("create_relation", $$"""{{{link}},"validFrom":"2026-01-01","validTo":"2026-06-30"}""");

        Assert.StartsWith(
            "Nothing changed", await _memory.TellAsync("create_relation", $$"""{{{link}},"validFrom":null}"""), StringComparison.Ordinal);
        Assert.Contains(
            "valid since 2026-01-01", await _memory.TellAsync("create_relation", $$"""{{{link}},"validTo":""}"""), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"entityName":"Ada","contents":["plays chess"]}""")]
    [InlineData("""{"entity_name":"Ada","Contents":["plays chess"]}""")]
    [InlineData("""{"ENTITY":"Ada","observations":["plays chess"]}""")]
    [InlineData("""{"entity":"Ada","entityName":null,"contents":"plays chess","observations":null}""")]
    public async Task The_reference_servers_names_and_other_spellings_are_understood(string arguments) => Assert.Contains(
        "#3 observation_added \"Ada\": \"plays chess\"", await _memory.TellAsync("add_observation", arguments), StringComparison.Ordinal);

    [Theory]
    [InlineData("create_entity", """{"name":"Bob","entity_type":"person"}""")]
    [InlineData("create_relation", """{"from":"Ada","relation_type":"knows","to":"Ada","valid_from":"2026-01-01"}""")]
    [InlineData("update_entity", """{"entity":"Ada","new_name":"Bob"}""")]
    [InlineData("get_related", """{"entity":"Ada","relation-type":"knows","valid_at":"2026-01-01"}""")]
    [InlineData("delete_observation", """{"entityName":"Ada","observations":["likes tea"]}""")]
    public async Task Snake_case_names_are_understood(string tool, string arguments) => await _memory.TellAsync(tool, arguments);

    [Fact]
    public async Task Space_around_a_name_is_dropped_and_line_ends_in_a_fact_become_newlines()
    {
        await _memory.TellAsync("add_observation", """{"entity":"  Ada ","observations":["one\r\ntwo"]}""");

        Assert.StartsWith(
            "Nothing changed",
            await _memory.TellAsync("add_observation", """{"entity":"Ada","observations":["one\ntwo"]}"""),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#2")]
    [InlineData("2")]
    [InlineData(" #2 ")]
    [InlineData("now")]
    [InlineData("Latest")]
    [InlineData("2026-01-02")]
    [InlineData("2026-01-02T03:05")]
    [InlineData("2026-01-02 03:05")]
    [InlineData("2026-01-02T04:05:00+01:00")]
    [InlineData("0 days ago")]
    public async Task A_point_may_be_written_in_many_ways(string at)
    {
        string answer = await _memory.TellAsync("search_nodes", $$"""{"query":"tea","at":"{{at}}"}""");

        Assert.StartsWith("1 entity with all words", answer, StringComparison.Ordinal);
    }

    private async Task<string> RelatedAsync(string nothing)
    {
        await _memory.TellAsync("create_relation", """{"from":"Ada","relationType":"knows","to":"Ada"}""");
        return await _memory.TellAsync("get_related", $$"""{"entity":"Ada","direction":{{nothing}},"depth":{{nothing}},"at":{{nothing}} }""");
    }
}
