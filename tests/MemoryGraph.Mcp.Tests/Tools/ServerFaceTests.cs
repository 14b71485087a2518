using System.Text.Json;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Mcp.Protocol;
using MemoryGraph.Mcp.Tests.Stdio;

namespace MemoryGraph.Mcp.Tests.Tools;

/// <summary>What a client meets besides the tools.</summary>
public sealed class ServerFaceTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Only_what_is_there_is_offered(bool is2026)
    {
        JsonElement result = Wire.Result((await AskAsync(is2026 ? Wire.Discover : Wire.Initialize))[0]);

        JsonElement offered = result.GetProperty("capabilities");
        Assert.DoesNotContain("\"listChanged\":true", offered.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(["completions", "prompts", "resources", "tools"], Members(offered).Order(StringComparer.Ordinal));
        Assert.True(offered.GetProperty("resources").GetProperty("subscribe").GetBoolean());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_server_says_who_it_is_and_what_it_is_for(bool is2026)
    {
        JsonElement result = Wire.Result((await AskAsync(is2026 ? Wire.Discover : Wire.Initialize))[0]);

        JsonElement server = result.TryGetProperty("serverInfo", out JsonElement info) ? info
            : result.GetProperty("_meta").GetProperty("io.modelcontextprotocol/serverInfo");
        Assert.Equal("memory-graph", server.GetProperty("name").GetString());
        Assert.Equal(ProductVersion.Number, server.GetProperty("version").GetString());
        Assert.Equal(McpServerSetup.Instructions, result.GetProperty("instructions").GetString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_unknown_tool_is_an_error_that_the_model_sees(bool is2026)
    {
        await using var memory = new Memory();

        JsonElement result = (await Conversation.HoldAsync(memory, is2026, ("read_graph", "{}")))[0];

        Assert.True(Conversation.IsError(result));
        Wording.Match(Conversation.Text(result));
    }

    [Fact]
    public async Task A_tool_that_writes_is_unknown_to_a_server_that_only_reads()
    {
        await using var memory = new Memory(readOnly: true);

        JsonElement result = (await Conversation.HoldAsync(memory, is2026: false, ("create_entity", """{"name":"A","entityType":"t"}""")))[0];

        Assert.True(Conversation.IsError(result));
        Assert.Equal(0, memory.Events);
    }

    [Theory]
    [InlineData("""{"name":"memory_status"}""")]
    [InlineData("""{"name":"memory_status","arguments":null}""")]
    [InlineData("""{"name":"memory_status","arguments":{}}""")]
    [InlineData("""{"name":"memory_status","arguments":"{\"limit\":50}"}""")]
    [InlineData("""{"name":"memory_status","arguments":" "}""")]
    public async Task A_call_may_leave_its_arguments_out_or_give_them_in_a_text(string parameters)
    {
        string line = (await AskAsync($$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{{parameters}} }"""))[0];

        Assert.StartsWith("0 entities", Wire.Text(line), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_letter_broken_in_two_is_told_over_the_wire_too()
    {
        await using var memory = new Memory();

        IReadOnlyList<JsonElement> results = await Conversation.HoldAsync(
            memory, is2026: false, ("create_entity", """{"name":"ab\ud800c","entityType":"t"}"""), ("memory_status", """{"\udc00":1}"""));

        Assert.All(results, result => Assert.True(Conversation.IsError(result)));
        Wording.Match(Conversation.Text(results[0]), "value");
        Wording.Match(Conversation.Text(results[1]), "name");
    }

    [Theory]
    [InlineData("""{"name":"memory_status","arguments":[1]}""")]
    [InlineData("""{"name":"memory_status","arguments":"text"}""")]
    [InlineData("""{"name":"memory_status","arguments":"[{}]"}""")]
    [InlineData("""{"arguments":{}}""")]
    [InlineData("""{"name":5,"arguments":{}}""")]
    public async Task A_call_that_is_none_is_answered_and_the_next_one_too(string parameters)
    {
        IReadOnlyList<string> lines = await AskAsync(
            $$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{{parameters}} }""", Wire.CallWith(2, "memory_status", "{}"));

        Assert.Contains("tools/call", Wire.ErrorText(lines[0]), StringComparison.Ordinal);
        Assert.StartsWith("0 entities", Wire.Text(lines[1]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"name":"memory_status","name":"memory_status","arguments":{}}""", "stands twice")]
    [InlineData("""{"name":"memory_status","_meta":{"a":1,"a":2}}""", "stands twice")]
    [InlineData("""{"name":"memory_status","_meta":{"io.modelcontextprotocol/clientInfo":{"name":"x","name":"y"}}}""", "stands twice")]
    [InlineData("""{"name":"memory_status","_meta":5}""", "_meta")]
    public async Task A_call_that_cannot_be_read_is_told_why(string parameters, string why)
    {
        string line = (await AskAsync($$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{{parameters}} }"""))[0];

        Assert.Contains(why, Wire.ErrorText(line), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Arguments_written_as_json_inside_a_text_are_unwrapped()
    {
        IReadOnlyList<string> lines = await AskAsync(
            """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"search_nodes","arguments":"{\"query\":\"login\"}"}}""");

        Assert.StartsWith("Nothing found for \"login\"", Wire.Text(lines[0]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_setting_that_was_not_filled_in_is_told_by_every_tool()
    {
        await using var memory = new Memory(project: "${workspaceFolder}");

        IReadOnlyList<JsonElement> results = await Conversation.HoldAsync(
            memory, is2026: false, ("memory_status", "{}"), ("create_entity", """{"name":"A","entityType":"t"}"""));

        Assert.All(results, result =>
        {
            Assert.True(Conversation.IsError(result));
            Assert.Contains("--project is \"${workspaceFolder}\"", Conversation.Text(result), StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Nothing_is_written_before_something_is_recorded()
    {
        await using var memory = new Memory();

        await Conversation.HoldAsync(memory, is2026: false, ("memory_status", "{}"), ("search_nodes", """{"query":"x"}"""));

        Assert.False(Directory.Exists(memory.Projects.Store));
    }

    private static async Task<IReadOnlyList<string>> AskAsync(params string[] lines)
    {
        await using var memory = new Memory();
        return await Conversation.PipeAsync(memory, lines);
    }

    private static IEnumerable<string> Members(JsonElement members) => members.EnumerateObject().Select(member => member.Name);
}
