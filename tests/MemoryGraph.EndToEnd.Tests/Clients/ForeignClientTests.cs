using System.Text.Json;
using MemoryGraph.EndToEnd.Tests.Driving;

namespace MemoryGraph.EndToEnd.Tests.Clients;

/// <summary>Clients that others wrote: the protocol's inspector and its TypeScript SDK.</summary>
[Collection(Programs.Collection)]
public sealed class ForeignClientTests(Programs programs) : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [NodeTheory]
    [InlineData("legacy")]
    [InlineData("modern")]
    public async Task The_inspector_finds_nothing_to_object_to(string era)
    {
        Finished finished = (await InspectAsync(era, "--method", "tools/list", "--strict")).WithoutComplaint();
        using JsonDocument json = JsonDocument.Parse(finished.Output);
        Assert.NotEqual(0, json.RootElement.GetProperty("tools").GetArrayLength());
    }

    [NodeTheory]
    [InlineData("legacy")]
    [InlineData("modern")]
    public async Task The_inspector_calls_a_tool(string era)
    {
        Finished finished = (await InspectAsync(
            era, "--method", "tools/call", "--tool-name", "create_entity",
            "--tool-args-json", """{"name":"Ada","entityType":"person","observations":["likes tea"]}""")).WithoutComplaint();
        Assert.Contains("Recorded 2 events, #1 to #2.", finished.Output, StringComparison.Ordinal);
    }

    [NodeFact]
    public async Task The_TypeScript_SDK_lists_writes_and_finds()
    {
        string script = Path.Combine(BuildPlaces.Clients, "sdk-client.mjs");
        Finished finished = (await _sandbox.Serve(programs.Any).Under("node", script).PipeAsync()).WithoutComplaint();
        using JsonDocument json = JsonDocument.Parse(finished.Output);
        JsonElement root = json.RootElement;
        Assert.Contains(root.GetProperty("tools").EnumerateArray(), tool => tool.GetString() == "search_nodes");
        Assert.False(root.GetProperty("created").GetProperty("isError").GetBoolean());
        Assert.Contains("via sdk-client/1.0\n  #2: \"likes tea\"", root.GetProperty("found").GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [NodeFact]
    public async Task The_TypeScript_SDK_reads_resources_completes_and_gets_prompts()
    {
        string script = Path.Combine(BuildPlaces.Clients, "sdk-extras.mjs");
        Finished finished = (await _sandbox.Serve(programs.Any).Under("node", script).PipeAsync()).WithoutComplaint();
        using JsonDocument json = JsonDocument.Parse(finished.Output);
        JsonElement root = json.RootElement;
        Assert.Equal(["memory://graph", "memory://timeline", "memory://activity"], Texts(root.GetProperty("resources")));
        Assert.Equal(["memory://entity/{name}", "memory://graph/at/{point}"], Texts(root.GetProperty("templates")));
        Assert.Equal(["recall_before_work", "record_after_work", "review_changes"], Texts(root.GetProperty("prompts")));
        Assert.Contains("\"Đăng nhập\" [feature] #1", root.GetProperty("entity").GetString(), StringComparison.Ordinal);
        Assert.Contains("1 entity, 0 observations", root.GetProperty("past").GetString(), StringComparison.Ordinal);
        Assert.EndsWith("The task: \"mend it\"", root.GetProperty("prompt").GetString(), StringComparison.Ordinal);
        Assert.Contains("Not found: \"nobody\"", root.GetProperty("missing").GetString(), StringComparison.Ordinal);
    }

    [NodeTheory]
    [InlineData("legacy")]
    [InlineData("modern")]
    public async Task The_inspector_lists_and_reads_resources_and_gets_prompts(string era)
    {
        Finished listed = (await InspectAsync(era, "--method", "resources/list")).WithoutComplaint();
        Assert.Contains("memory://timeline", listed.Output, StringComparison.Ordinal);
        Finished templates = (await InspectAsync(era, "--method", "resources/templates/list")).WithoutComplaint();
        Assert.Contains("memory://entity/{name}", templates.Output, StringComparison.Ordinal);
        Finished read = (await InspectAsync(era, "--method", "resources/read", "--uri", "memory://graph")).WithoutComplaint();
        Assert.Contains("0 entities", read.Output, StringComparison.Ordinal);
        Finished prompt = (await InspectAsync(
            era, "--method", "prompts/get", "--prompt-name", "recall_before_work", "--prompt-args", "task=mend")).WithoutComplaint();
        Assert.Contains("search_nodes", prompt.Output, StringComparison.Ordinal);
    }

    private static IEnumerable<string?> Texts(JsonElement list) => list.EnumerateArray().Select(one => one.GetString());

    private Task<Finished> InspectAsync(string era, params string[] arguments)
    {
        string inspector = Path.Combine(BuildPlaces.Clients, "node_modules", ".bin", "mcp-inspector");
        Launch server = _sandbox.Serve(programs.Any);
        return (server with { Command = [inspector, "--cli", .. server.Command, .. arguments, "--protocol-era", era] }).PipeAsync();
    }
}
