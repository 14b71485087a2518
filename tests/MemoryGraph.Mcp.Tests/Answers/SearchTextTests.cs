using System.Text.Json.Nodes;

namespace MemoryGraph.Mcp.Tests.Answers;

/// <summary>The headline of a search says how well the results match, and what was done to find them.</summary>
public sealed class SearchTextTests
{
    [Theory]
    [InlineData("token", "2 entities with all words of \"token\".")]
    [InlineData("refresh token", "1 entity with the phrase \"refresh token\"; 2 more with some of its words.")]
    [InlineData("brass \"refresh token\"", "1 entity with the phrase quoted in \"brass \"refresh token\"\"; 2 more with some of its words.")]
    [InlineData("token refresh", "1 entity with all words of \"token refresh\"; 2 more with some of them.")]
    [InlineData("who dropped the refresh token", "1 entity with all main words of \"who dropped the refresh token\"; 2 more with some of them.")]
    [InlineData("token zebra", "No fact has all words of \"token zebra\"; 2 entities with some of them, best first.")]
    [InlineData("refesh", "Nothing says \"refesh\"; it was taken for \"refresh\". 2 entities with all words of \"refesh\".")]
    [InlineData("zebra", "Nothing found for \"zebra\".")]
    public async Task The_headline_says_how_well_the_results_match(string asked, string headline)
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

        Assert.StartsWith(headline, answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_type_that_nothing_has_is_said_to_be_the_reason()
    {
        await using var memory = new Memory();
        await memory.TellAsync("create_entity", """{"name":"Auth","entityType":"module","observations":["Minh dropped the token"]}""");

        string answer = await memory.TellAsync("search_nodes", """{"query":"token","entityType":"modle"}""");

        Assert.StartsWith("No entity is of type modle. By type: 1 module.", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_count_of_phrases_that_is_not_whole_is_said_to_be_the_least()
    {
        await using var memory = new Memory();
        string entities = string.Join(',', Enumerable.Range(0, 150).Select(i =>
            $$"""{"name":"Unit {{i}}","entityType":"note","observations":["run the deploy script"]}"""));
        await memory.TellAsync("remember", $$"""{"entities":[{{entities}}]}""");

        string answer = await memory.TellAsync("search_nodes", """{"query":"deploy script"}""");

        Assert.StartsWith("At least 100 entities with the phrase \"deploy script\"; 50 more with some of its words.", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_question_of_more_words_than_can_be_looked_for_is_answered_with_a_word_about_it()
    {
        await using var memory = new Memory();

        string answer = await memory.TellAsync(
            "search_nodes", new JsonObject { ["query"] = string.Concat(Enumerable.Repeat("token ", 70)) }.ToJsonString());

        Assert.StartsWith("Only the first 64 words were looked for. Nothing found for ", answer, StringComparison.Ordinal);
    }
}
