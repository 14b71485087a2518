using MemoryGraph.Mcp.Tests.Stdio;

namespace MemoryGraph.Mcp.Tests.Tools;

/// <summary>Which client a change is put down to.</summary>
public sealed class CallingAgentTests
{
    private const string Change = """{"name":"A","entityType":"t"}""";

    [Fact]
    public Task It_is_the_one_of_the_handshake() =>
        IsAsync("cursor/1.7", Wire.InitializeAs("""{"name":"cursor","version":"1.7"}"""), Wire.Initialized, Wire.CallWith(1, "create_entity", Change));

    [Fact]
    public Task It_is_the_one_that_a_request_names() =>
        IsAsync("later/2", Wire.CallWith2026(1, "create_entity", Change, """{"name":"later","version":"2"}"""));

    [Fact]
    public Task The_request_counts_more_than_the_handshake() => IsAsync(
        "inner/3",
        Wire.InitializeAs("""{"name":"proxy","version":"9"}"""),
        Wire.Initialized,
        """
        {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"create_entity","arguments":{"name":"A","entityType":"t"},"_meta":{"io.modelcontextprotocol/clientInfo":{"name":"inner","version":"3"}}}}
        """);

    [Fact]
    public Task A_client_without_a_version_is_known_by_its_name() =>
        IsAsync("bare", Wire.InitializeAs("""{"name":"bare","version":""}"""), Wire.Initialized, Wire.CallWith(1, "create_entity", Change));

    [Theory]
    [InlineData("7")]
    [InlineData("\"text\"")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"name":5}""")]
    public Task What_is_no_client_leaves_the_one_of_the_handshake(string client) => IsAsync(
        "t/1",
        Wire.Initialize,
        Wire.Initialized,
        $$$$"""
        {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"create_entity","arguments":{"name":"A","entityType":"t"},"_meta":{"io.modelcontextprotocol/clientInfo":{{{{client}}}} }}}
        """);

    [Fact]
    public Task A_script_that_says_nothing_leaves_the_user_alone() => IsAsync(null, Wire.CallWith(1, "create_entity", Change));

    [Fact]
    public async Task A_name_that_would_break_the_line_is_cleaned()
    {
        await using var memory = new Memory();
        await Conversation.PipeAsync(
            memory, Wire.InitializeAs("""{"name":"x\n\u2028\u0085\u2029— project","version":"1"}"""), Wire.Initialized, Wire.CallWith(1, "create_entity", Change));

        Assert.Contains(" by ada via x— project/1: entity_created", await memory.TellAsync("get_history", "{}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_reads_like_an_event_is_quoted()
    {
        await using var memory = new Memory();
        await Conversation.PipeAsync(
            memory, Wire.InitializeAs("""{"name":"x: entity_deleted \"B\" (#9)","version":"1"}"""), Wire.Initialized, Wire.CallWith(1, "create_entity", Change));

        Assert.Contains(
            """ by ada via "x: entity_deleted \"B\" (#9)/1": entity_created""", await memory.TellAsync("get_history", "{}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_name_is_cut_and_still_knows_its_last_session()
    {
        await using var memory = new Memory();
        string client = $$"""{"name":"{{new string('n', 300)}}","version":"1"}""";
        await Conversation.PipeAsync(memory, Wire.CallWith2026(1, "create_entity", Change, client));

        await using Memory next = memory.OpenAgain();
        await next.TellAsync("create_entity", """{"name":"B","entityType":"t"}""", "other/1");
        string line = (await Conversation.PipeAsync(next, Wire.CallWith2026(1, "query_graph_at", """{"at":"last session"}""", client)))[0];

        Assert.StartsWith("As of #1 ", Wire.Text(line), StringComparison.Ordinal);
    }

    private static async Task IsAsync(string? agent, params string[] lines)
    {
        await using var memory = new Memory();

        string line = (await Conversation.PipeAsync(memory, lines))[^1];

        Assert.StartsWith("Recorded #1.", Wire.Text(line), StringComparison.Ordinal);
        Assert.Contains(
            $" by ada{(agent is null ? "" : $" via {agent}")}: entity_created", await memory.TellAsync("get_history", "{}"), StringComparison.Ordinal);
    }
}
