using System.Text.Json;
using MemoryGraph.Mcp.Tests.Resources;
using MemoryGraph.Mcp.Tests.Snapshots;
using MemoryGraph.Mcp.Tests.Stdio;
using MemoryGraph.Mcp.Tests.Tools;

namespace MemoryGraph.Mcp.Tests.ServerMemory;

/// <summary>What stands in for the reference server: what it shows, and how it shares a memory with our own tools.</summary>
public sealed class ReferenceFaceTests : IAsyncLifetime
{
    private const string Graph = "memory://knowledge-graph";
    private const string EngineOfAda = """{"relations":[{"from":"Ada","to":"Engine","relationType":"describes"}]}""";

    private readonly Memory _memory = new();

    // The same files, as another process has them.
    private readonly Memory _other;

    public ReferenceFaceTests() => _other = _memory.OpenAgain();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _other.DisposeAsync();
        await _memory.DisposeAsync();
    }

    [Fact]
    public async Task Tools_and_resources_are_offered_and_nothing_else()
    {
        await using var session = new Session(options: _memory.OptionsOfServerMemory());
        await session.SendAsync(Wire.Initialize);
        JsonElement hello = Wire.Result(await session.AnswerAsync());

        Assert.False(hello.TryGetProperty("instructions", out _), hello.GetRawText());
        Assert.Equal(["resources", "tools"], hello.GetProperty("capabilities").EnumerateObject().Select(one => one.Name).Order());
    }

    [Fact]
    public async Task The_nine_tools_are_declared_as_they_were_approved()
    {
        await using Client client = await Client.GreetAsync(_memory.OptionsOfServerMemory(), is2026: false);

        Approved.Match(IndentedJson.Of(await client.DoAsync("tools/list")), "server_memory_tools");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Read_only_it_serves_the_three_that_change_nothing(bool is2026)
    {
        await using Client client = await Client.GreetAsync(_memory.OptionsOfServerMemory(readOnly: true), is2026);

        JsonElement list = await client.DoAsync("tools/list");
        Assert.Equal(
            ["read_graph", "search_nodes", "open_nodes"],
            list.GetProperty("tools").EnumerateArray().Select(tool => tool.GetProperty("name").GetString()));
        JsonElement refused = await client.CallAsync("create_relations", EngineOfAda);
        Assert.True(refused.GetProperty("isError").GetBoolean());
        Assert.Equal(0, _other.Events);
    }

    [Fact]
    public async Task Text_is_JSON_as_JavaScript_indents_it()
    {
        await using Client client = await Client.GreetAsync(_memory.OptionsOfServerMemory(), is2026: false);

        Assert.Equal("[]", Conversation.Text(await client.CallAsync("create_entities", """{"entities":[]}""")));
        Assert.Equal(
            """
            [
              {
                "name": "a\"b\\c <🚀>é",
                "entityType": "",
                "observations": []
              },
              {
                "name": "d",
                "entityType": "t",
                "observations": [
                  "x\ty\nz"
                ]
              }
            ]
            """.ReplaceLineEndings("\n"),
            Conversation.Text(await client.CallAsync(
                "create_entities",
                """
                {"entities":[{"name":"a\"b\\c <🚀>é","entityType":"","observations":[]},{"name":"d","entityType":"t","observations":["x\ty\nz"]}]}
                """)));
    }

    [Fact]
    public async Task A_name_that_only_a_relation_tells_of_is_marked_by_our_own_tools_and_hidden_here()
    {
        await using Client client = await Client.GreetAsync(_memory.OptionsOfServerMemory(), is2026: false);
        await client.CallAsync("create_entities", """{"entities":[{"name":"Ada","entityType":"person","observations":["likes tea"]}]}""");
        await client.CallAsync("create_relations", EngineOfAda);

        Assert.Contains("\"Engine\" [unknown, implied]", await _other.TellAsync("open_nodes", """{"names":["Engine"]}"""), StringComparison.Ordinal);
        JsonElement read = (await client.CallAsync("read_graph", "{}")).GetProperty("structuredContent");
        Assert.Equal(["Ada"], Names(read));
        Assert.Equal(1, read.GetProperty("relations").GetArrayLength());
        JsonElement unknown = await client.CallAsync("add_observations", """{"observations":[{"entityName":"Engine","contents":["is loud"]}]}""");
        Assert.Equal("Entity with name Engine not found", Conversation.Text(unknown));

        JsonElement created = await client.CallAsync(
            "create_entities", """{"entities":[{"name":"Engine","entityType":"machine","observations":["is loud"]}]}""");
        Assert.Equal(["Engine"], Names(created.GetProperty("structuredContent")));
        Assert.Contains("\"Engine\" [machine] #3", await _other.TellAsync("open_nodes", """{"names":["Engine"]}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_done_here_has_a_history_and_can_be_taken_back_by_our_own_tools()
    {
        await using Client client = await Client.GreetAsync(_memory.OptionsOfServerMemory(), is2026: false);
        await client.CallAsync("create_entities", """{"entities":[{"name":"Ada","entityType":"person","observations":["likes tea"]}]}""");
        await client.CallAsync("create_relations", EngineOfAda);
        string before = Conversation.Text(await client.CallAsync("read_graph", "{}"));
        await client.CallAsync("delete_entities", """{"entityNames":["Ada","Engine"]}""");

        string history = await _other.TellAsync("get_history", """{"entity":"Ada"}""");
        Assert.Contains("ada via t/1: entity_deleted \"Ada\"", history, StringComparison.Ordinal);
        await _other.TellAsync("undo", """{"events":"#5"}""");
        Assert.Equal(before, Conversation.Text(await client.CallAsync("read_graph", "{}")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Changes_by_this_process_and_by_another_are_told(bool is2026)
    {
        await using Client client = await Client.GreetAsync(_memory.OptionsOfServerMemory(), is2026);
        if (is2026)
        {
            await client.SendAsync("subscriptions/listen", $$"""
                "notifications":{"resourceSubscriptions":["{{Graph}}","memory://graph"]}
                """);
            JsonElement granted = (await client.NextAsync()).GetProperty("params").GetProperty("notifications");
            Assert.Equal([Graph], granted.GetProperty("resourceSubscriptions").EnumerateArray().Select(one => one.GetString()));
        }
        else
        {
            await client.DoAsync("resources/subscribe", Client.Uri(Graph));
        }

        int id = await client.SendAsync("tools/call", $"\"name\":\"create_relations\",\"arguments\":{EngineOfAda}");
        Assert.Equal(Graph, Told(await client.NextAsync()));
        Assert.Equal(id, (await client.NextAsync()).GetProperty("id").GetInt32());

        await _other.TellAsync("create_entity", """{"name":"Ada","entityType":"person"}""");
        _memory.Clock.Ring();
        Assert.Equal(Graph, Told(await client.NextAsync()));
        Assert.Equal(
            Conversation.Text(await client.CallAsync("read_graph", "{}")), await client.ReadAsync(Graph));
    }

    [Fact]
    public async Task A_call_that_is_refused_for_its_text_records_nothing()
    {
        await using Client client = await Client.GreetAsync(_memory.OptionsOfServerMemory(), is2026: false);

        JsonElement refused = await client.CallAsync(
            "create_entities",
            """{"entities":[{"name":"b","entityType":"t","observations":[]},{"name":"a\nb","entityType":"t","observations":["\u0007"]}]}""");
        Assert.True(refused.GetProperty("isError").GetBoolean());
        Assert.False(refused.TryGetProperty("structuredContent", out _), refused.GetRawText());
        Wording.Match(Conversation.Text(refused));
        Assert.Equal(0, _other.Events);
    }

    private static IEnumerable<string?> Names(JsonElement graph) =>
        graph.GetProperty("entities").EnumerateArray().Select(one => one.GetProperty("name").GetString());

    private static string? Told(JsonElement message)
    {
        Assert.Equal("notifications/resources/updated", message.GetProperty("method").GetString());
        return message.GetProperty("params").GetProperty("uri").GetString();
    }
}
