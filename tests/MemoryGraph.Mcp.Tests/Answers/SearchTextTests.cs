using System.Text.Json.Nodes;

namespace MemoryGraph.Mcp.Tests.Answers;

/// <summary>The headline of a search says how well the results match, and what was done to find them.</summary>
public sealed class SearchTextTests
{
    [Theory]
    [InlineData("token")]
    [InlineData("refresh token")]
    [InlineData("brass \"refresh token\"")]
    [InlineData("token refresh")]
    [InlineData("who dropped the refresh token")]
    [InlineData("token zebra")]
    [InlineData("refesh")]
    [InlineData("zebra")]
    public async Task The_headline_says_how_well_the_results_match(string asked)
    {
        await using var memory = new Memory();
        await memory.TellAsync(
            "remember",
            """
            {"entities":[{"name":"Auth","entityType":"module","observations":["Minh dropped the refresh token"]},
              {"name":"Cache","entityType":"module","observations":["refresh every hour"]},
              {"name":"Key","entityType":"module","observations":["token of brass"]}]}
            """);

        string answer = await memory.TellAsync("search_nodes", new JsonObject { ["query"] = asked }.ToJsonString());

        Wording.Match(Headline(answer), asked);
    }

    [Fact]
    public async Task A_type_that_nothing_has_is_said_to_be_the_reason()
    {
        await using var memory = new Memory();
        await memory.TellAsync("create_entity", """{"name":"Auth","entityType":"module","observations":["Minh dropped the token"]}""");

        string answer = await memory.TellAsync("search_nodes", """{"query":"token","entityType":"modle"}""");

        Wording.Match(Headline(answer));
    }

    [Fact]
    public async Task A_count_of_phrases_that_is_not_whole_is_said_to_be_the_least()
    {
        await using var memory = new Memory();
        string entities = string.Join(',', Enumerable.Range(0, 150).Select(i =>
            $$"""{"name":"Unit {{i}}","entityType":"note","observations":["run the deploy script"]}"""));
        await memory.TellAsync("remember", $$"""{"entities":[{{entities}}]}""");

        string answer = await memory.TellAsync("search_nodes", """{"query":"deploy script"}""");

        Wording.Match(Headline(answer));
    }

    [Fact]
    public async Task A_question_of_more_words_than_can_be_looked_for_is_answered_with_a_word_about_it()
    {
        await using var memory = new Memory();

        string answer = await memory.TellAsync(
            "search_nodes", new JsonObject { ["query"] = string.Concat(Enumerable.Repeat("token ", 70)) }.ToJsonString());

        Wording.Match(Headline(answer));
    }

    // Without the rest, which names a cursor.
    private static string Headline(string answer) => answer.Split('\n')[0].Split(" cursor ")[0];
}
