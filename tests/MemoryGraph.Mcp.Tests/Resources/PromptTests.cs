using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Mcp.Tests.Declarations;
using MemoryGraph.Mcp.Tests.Snapshots;

namespace MemoryGraph.Mcp.Tests.Resources;

/// <summary>What a person can have an assistant do by picking it from a list.</summary>
public sealed partial class PromptTests
{
    private static readonly (string Prompt, string Arguments)[] Picked =
    [
        ("recall_before_work", """{"task":"Mend the login\nof \"O'Brien\""}"""),
        ("record_after_work", "{}"),
        ("record_after_work", """{"about":"Login bug"}"""),
        ("review_changes", """{"since":""}"""),
        ("review_changes", """{"since":"2 days ago"}"""),
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Prompts_read_as_they_were_approved(bool is2026)
    {
        await using var memory = new Memory();
        await using Client client = await Client.GreetAsync(memory, is2026);
        var told = new StringBuilder();
        foreach ((string prompt, string arguments) in Picked)
        {
            told.Append(prompt).Append(' ').Append(arguments).Append('\n').Append(await TextAsync(client, prompt, arguments)).Append("\n\n");
        }

        Approved.Match(told.ToString(), "prompts");
    }

    [Fact]
    public async Task Every_tool_that_a_prompt_names_is_there()
    {
        string[] tools = [.. Served.Of(ToolSet.Default).Select(tool => tool.Name)];
        await using var memory = new Memory();
        await using Client client = await Client.GreetAsync(memory, is2026: false);
        foreach ((string prompt, string arguments) in Picked)
        {
            string[] named = [.. SnakeCase().Matches(await TextAsync(client, prompt, arguments)).Select(match => match.Value)];

            Assert.NotEmpty(named);
            Assert.Subset(tools.ToHashSet(), named.ToHashSet());
        }
    }

    [Theory]
    [InlineData("recall", "{}")]
    [InlineData("recall_before_work", "{}")]
    [InlineData("recall_before_work", """{"task":" "}""")]
    [InlineData("recall_before_work", """{"tsk":"x"}""")]
    [InlineData("record_after_work", """{"about":["x"]}""")]
    [InlineData("review_changes", """{"since":"soon"}""")]
    public async Task What_cannot_be_made_is_told_why(string prompt, string arguments)
    {
        await using var memory = new Memory();
        foreach (bool is2026 in new[] { false, true })
        {
            await using Client client = await Client.GreetAsync(memory, is2026);

            (int Code, string Message) fault = await client.FaultAsync("prompts/get", $"\"name\":\"{prompt}\",\"arguments\":{arguments}");

            Assert.Equal(-32602, fault.Code);
            Wording.Match(fault.Message, $"{prompt} {arguments}");
        }
    }

    private static async Task<string> TextAsync(Client client, string prompt, string arguments)
    {
        JsonElement result = await client.DoAsync("prompts/get", $"\"name\":\"{prompt}\",\"arguments\":{arguments}");
        JsonElement message = Assert.Single(result.GetProperty("messages").EnumerateArray());
        Assert.Equal("user", message.GetProperty("role").GetString());
        return message.GetProperty("content").GetProperty("text").GetString()!;
    }

    [GeneratedRegex("[a-z]+(_[a-z]+)+")]
    private static partial Regex SnakeCase();
}
