using MemoryGraph.Domain;
using MemoryGraph.Mcp.Answers;

namespace MemoryGraph.Mcp.Tests.Answers;

public sealed class CursorTests : IAsyncLifetime
{

    private readonly Memory _memory = new();

    public async Task InitializeAsync() =>
        await _memory.TellAsync("create_entity", """{"name":"Ada","entityType":"person","observations":["a","b","c","d"]}""");

    public async Task DisposeAsync() => await _memory.DisposeAsync();

    [Theory]
    [InlineData("1", 1)]
    [InlineData("9223372036854775807", int.MaxValue)]
    public void It_reads_back_as_it_was_written(string point, int row)
    {
        var cursor = new PageToken(new EventId(long.Parse(point, System.Globalization.CultureInfo.InvariantCulture)), row, uint.MaxValue);

        Assert.Equal(cursor, PageToken.Parse(cursor.ToString()));
        Assert.Matches("^[A-Za-z0-9_-]{1,64}$", cursor.ToString());
    }

    [Theory]
    [InlineData("page 2")]
    [InlineData("!")]
    [InlineData("MQ")]
    [InlineData("MS4y")]
    [InlineData("MS4yLjMuNA")]
    [InlineData("LTEuLTEuMA")]
    [InlineData("OTk5OTk5OTk5OTk5OTk5OTk5OTkuMS4x")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("wqDCoA")]
    [InlineData("2")]
    public async Task What_is_no_cursor_is_told(string cursor) =>
        Wording.Match(await _memory.FaultAsync("get_history", $$"""{"cursor":"{{cursor}}"}"""));

    [Fact]
    public async Task A_cursor_goes_on_where_the_page_ended_with_any_limit()
    {
        string cursor = await CursorAsync("get_history", """{"limit":2}""");

        string rest = await _memory.TellAsync("get_history", $$"""{"limit":"100","cursor":"{{cursor}}"}""");

        Assert.DoesNotContain("More follow", rest, StringComparison.Ordinal);
        Assert.Equal(["#3", "#2", "#1"], rest.Split('\n')[1..^1].Select(line => line.Split(' ')[0]));
    }

    [Theory]
    [InlineData("get_history", """{"user":"ada"}""")]
    [InlineData("get_history", """{"entity":"Ada"}""")]
    [InlineData("query_graph_at", """{"at":"now"}""")]
    [InlineData("search_nodes", """{"query":"a"}""")]
    [InlineData("memory_status", "{}")]
    public async Task A_cursor_of_another_tool_or_of_other_arguments_is_told(string tool, string arguments)
    {
        string cursor = await CursorAsync("get_history", """{"limit":2}""");

        string more = $"{arguments[..^1]}{(arguments.Length > 2 ? "," : "")}\"cursor\":\"{cursor}\"}}";
        Wording.Match(await _memory.FaultAsync(tool, more), tool);
    }

    [Theory]
    [InlineData("""{"user":"ada","agent":"tests","limit":1}""", """{"agent":"tests","user":"ada","cursor":"*"}""")]
    [InlineData("""{"entity":null,"limit":1}""", """{"Limit":5,"cursor":"*"}""")]
    [InlineData("""{"entity":"","limit":1}""", """{"Cursor":"*","entity":""}""")]
    public async Task The_order_of_arguments_and_those_that_say_nothing_do_not_matter(string first, string next)
    {
        string cursor = await CursorAsync("get_history", first);

        await _memory.TellAsync("get_history", next.Replace("*", cursor, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_cursor_of_another_memory_is_told()
    {
        string cursor = await CursorAsync("get_history", """{"limit":2}""");
        await using Memory other = _memory.OpenAgain(project: "another");
        await other.TellAsync("create_entity", """{"name":"Bob","entityType":"person","observations":["a","b","c","d"]}""");

        Wording.Match(await other.FaultAsync("get_history", $$"""{"cursor":"{{cursor}}"}"""));
    }

    private async Task<string> CursorAsync(string tool, string arguments) =>
        (await _memory.TellAsync(tool, arguments)).Split("cursor \"")[1].Split('"')[0];
}
