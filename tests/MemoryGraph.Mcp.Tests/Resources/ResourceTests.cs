using System.Text;
using System.Text.Json;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Mcp.Tests.Snapshots;
using MemoryGraph.Text;

namespace MemoryGraph.Mcp.Tests.Resources;

/// <summary>What can be read by address.</summary>
public sealed class ResourceTests
{
    private const int NotFound = -32002;
    private const int InvalidParams = -32602;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_can_be_read_and_picked_is_listed_as_it_was_approved(bool is2026)
    {
        await using var memory = new Memory();
        await using Client client = await Client.GreetAsync(memory, is2026);
        var told = new StringBuilder();
        foreach ((string method, string member) in new[]
        {
            ("resources/list", "resources"), ("resources/templates/list", "resourceTemplates"), ("prompts/list", "prompts"),
        })
        {
            JsonElement list = (await client.DoAsync(method)).GetProperty(member);
            told.Append(method).Append(' ').Append(IndentedJson.Of(list)).Append("\n\n");
        }

        Approved.Match(told.ToString(), "resource_lists");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Resources_read_as_they_were_approved(bool is2026)
    {
        await using Memory memory = await TriageAsync();
        await using Client client = await Client.GreetAsync(memory, is2026);
        var told = new StringBuilder();
        foreach (string uri in new[]
        {
            "memory://graph", "memory://timeline", "memory://activity", "memory://entity/Login%20bug", "memory://graph/at/%232",
        })
        {
            told.Append(uri).Append('\n').Append(await client.ReadAsync(uri)).Append("\n\n");
        }

        Approved.Match(told.ToString(), "resources");
    }

    [Theory]
    [InlineData("memory://graph", "query_graph_at", """{"at":"now"}""")]
    [InlineData("memory://graph/at/%232", "query_graph_at", """{"at":"#2"}""")]
    [InlineData("memory://timeline", "get_history", "{}")]
    [InlineData("memory://activity", "get_user_activity", "{}")]
    [InlineData("memory://entity/Auth", "open_nodes", """{"names":["Auth"]}""")]
    public async Task A_resource_says_what_the_tool_says(string address, string tool, string arguments)
    {
        await using Memory memory = await TriageAsync(ToolSet.All);
        await using Client client = await Client.GreetAsync(memory, is2026: false);

        Assert.Equal(await memory.TellAsync(tool, arguments), await client.ReadAsync(address));
    }

    [Fact]
    public async Task An_empty_memory_reads_as_empty()
    {
        await using var memory = new Memory();
        await using Client client = await Client.GreetAsync(memory, is2026: false);

        Assert.StartsWith("0 entities, ", await client.ReadAsync("memory://graph"), StringComparison.Ordinal);
        Assert.StartsWith("Nobody recorded anything", await client.ReadAsync("memory://activity"), StringComparison.Ordinal);
        Assert.StartsWith("Nothing is recorded yet.", await client.ReadAsync("memory://timeline"), StringComparison.Ordinal);
        Assert.False(Directory.Exists(memory.Projects.Store));
    }

    [Theory]
    [InlineData("src/Login.cs", "memory://entity/src%2FLogin.cs")]
    [InlineData("src/Login.cs", "memory://entity/src/Login.cs")]
    [InlineData("..", "memory://entity/..")]
    [InlineData("Đăng nhập", "memory://entity/%C4%90%C4%83ng%20nh%E1%BA%ADp")]
    [InlineData("Đăng nhập", "MEMORY://Entity/Đăng nhập")]
    [InlineData("O'Brien \"the cat\" #1?", "memory://entity/O'Brien%20%22the%20cat%22%20%231%3F")]
    [InlineData("100%", "memory://entity/100%25")]
    [InlineData("a%2Fb", "memory://entity/a%252Fb")]
    public async Task Any_name_can_stand_in_an_address(string name, string address)
    {
        await using var memory = new Memory();
        await memory.TellAsync("create_entity", $$"""{"name":{{Client.Text(name)}},"entityType":"thing"}""");
        await using Client client = await Client.GreetAsync(memory, is2026: false);

        Assert.Contains(Quoted.Name(name), await client.ReadAsync(address), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("%232")]
    [InlineData("#2")]
    [InlineData("2")]
    [InlineData("2 days ago")]
    [InlineData("2%20days%20ago")]
    [InlineData("2025-12-31T23:59")]
    [InlineData("last session")]
    [InlineData("%23900")]
    public async Task A_past_point_is_written_as_for_the_tools(string point)
    {
        await using Memory memory = await TriageAsync();
        await using Memory later = memory.OpenAgain();
        await later.TellAsync("create_entity", """{"name":"Later","entityType":"thing"}""");
        await using Client client = await Client.GreetAsync(later, is2026: false);

        Wording.Match((await client.ReadAsync($"memory://graph/at/{point}")).Split('\n')[0], point);
    }

    [Theory]
    [InlineData("memory://nothing", NotFound)]
    [InlineData("memory://entity/", NotFound)]
    [InlineData("memory://graph/at/", NotFound)]
    [InlineData("https://example.org/", NotFound)]
    [InlineData("", NotFound)]
    [InlineData("memory://entity/Logn%20bug", NotFound)]
    [InlineData("memory://graph/at/soon", InvalidParams)]
    public async Task What_is_not_there_is_an_error_that_says_what_is(string address, int code)
    {
        await using Memory memory = await TriageAsync();
        foreach (bool is2026 in new[] { false, true })
        {
            await using Client client = await Client.GreetAsync(memory, is2026);

            (int Code, string Message) fault = await client.FaultAsync("resources/read", Client.Uri(address));

            Assert.Equal(is2026 ? InvalidParams : code, fault.Code);
            Wording.Match(fault.Message, address);
        }
    }

    [Theory]
    [InlineData("resources/read", "memory://nothing")]
    [InlineData("resources/read", "memory://entity/Logn%20bug")]
    [InlineData("resources/subscribe", "memory://nothing")]
    public async Task The_error_carries_the_address_that_is_not_there(string method, string address)
    {
        await using Memory memory = await TriageAsync();
        foreach (bool is2026 in method == "resources/read" ? [false, true] : new[] { false })
        {
            await using Client client = await Client.GreetAsync(memory, is2026);

            JsonElement answer = await client.AskAsync(method, Client.Uri(address));

            JsonElement error = answer.GetProperty("error");
            Assert.True(error.TryGetProperty("data", out JsonElement data), answer.GetRawText());
            Assert.Equal(address, data.GetProperty("uri").GetString());
        }
    }

    [Fact]
    public async Task A_name_longer_than_any_is_not_compared_with_all_there_are()
    {
        await using Memory memory = await TriageAsync();
        await using Client client = await Client.GreetAsync(memory, is2026: false);

        (int Code, string Message) fault = await client.FaultAsync("resources/read", Client.Uri("memory://entity/" + new string('a', 5_000)));

        Assert.Equal(NotFound, fault.Code);
        Wording.Match(fault.Message);
    }

    [Theory]
    [InlineData("memory://graph", "query_graph_at")]
    [InlineData("memory://timeline", "get_history")]
    [InlineData("memory://entity/Much", "open_nodes")]
    public async Task What_does_not_fit_is_said_and_where_it_is_shown(string address, string tool)
    {
        await using var memory = new Memory();
        string facts = Client.Texts(Enumerable.Range(0, 200).Select(i => $"fact {i} {new string('x', 100)}"));
        await memory.TellAsync("create_entity", $$"""{"name":"Much","entityType":"thing","observations":{{facts}}}""");
        await using Client client = await Client.GreetAsync(memory, is2026: false);

        string text = await client.ReadAsync(address);

        Assert.InRange(text.Length, 6_000, Page.CharactersMax);
        string headline = text.Split('\n')[0];
        Assert.Contains(tool, headline, StringComparison.Ordinal);
        Wording.Match(headline, address);
        Assert.DoesNotContain("cursor", headline, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("resources/read", "")]
    [InlineData("resources/read", "\"uri\":5")]
    [InlineData("resources/read", "\"uri\":null")]
    [InlineData("resources/subscribe", "")]
    [InlineData("resources/unsubscribe", "\"url\":\"memory://graph\"")]
    [InlineData("prompts/get", "")]
    [InlineData("completion/complete", "\"ref\":{\"type\":\"ref/prompt\",\"name\":\"x\"}")]
    [InlineData("completion/complete", "\"ref\":{\"type\":\"ref/other\"},\"argument\":{\"name\":\"a\",\"value\":\"\"}")]
    public async Task A_request_that_is_none_is_told_what_it_needs(string method, string parameters)
    {
        await using var memory = new Memory();
        await using Client client = await Client.GreetAsync(memory, is2026: false);

        (int Code, string Message) fault = await client.FaultAsync(method, parameters);

        Assert.Equal(InvalidParams, fault.Code);
        Wording.Match(fault.Message, $"{method} {parameters}");
    }

    [Fact]
    public async Task A_setting_that_was_not_filled_in_is_told()
    {
        await using var memory = new Memory(project: "${workspaceFolder}");
        await using Client client = await Client.GreetAsync(memory, is2026: false);

        foreach (string method in new[] { "resources/read", "resources/subscribe" })
        {
            Assert.Contains(
                "--project is \"${workspaceFolder}\"", (await client.FaultAsync(method, Client.Uri("memory://graph"))).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(ToolSet.Core, false)]
    [InlineData(ToolSet.Default, true)]
    internal async Task Fewer_tools_mean_no_fewer_resources_and_prompts(ToolSet set, bool readOnly)
    {
        await using var memory = new Memory(set, readOnly);
        await using Client client = await Client.GreetAsync(memory, is2026: false);

        Assert.StartsWith("0 entities, ", await client.ReadAsync("memory://graph"), StringComparison.Ordinal);
        Assert.NotEmpty((await client.DoAsync("prompts/list")).GetProperty("prompts").EnumerateArray());
        await client.DoAsync("resources/subscribe", Client.Uri("memory://graph"));
    }

    private static async Task<Memory> TriageAsync(ToolSet tools = ToolSet.Default)
    {
        var memory = new Memory(tools);
        await memory.TellAsync(
            "create_entity",
            """{"name":"Login bug","entityType":"bug","observations":["Fails for names\nwith an apostrophe"],"reason":"from the stack trace"}""");
        await memory.TellAsync("create_entity", """{"name":"Auth","entityType":"module","observations":["Owned by \"team red\""]}""");
        await memory.TellAsync("create_relation", """{"from":"Login bug","relationType":"affects","to":"Auth"}""");
        return memory;
    }
}
