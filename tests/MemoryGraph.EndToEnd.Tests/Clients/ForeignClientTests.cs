using System.Text.Json;
using MemoryGraph.EndToEnd.Tests.Driving;

namespace MemoryGraph.EndToEnd.Tests.Clients;

/// <summary>Clients that others wrote: the protocol's inspector and its TypeScript SDK.</summary>
[Collection(Programs.Collection)]
[Trait("size", "torture")]
public sealed class ForeignClientTests(Programs programs) : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [NodeTheory]
    [InlineData("legacy", "core")]
    [InlineData("legacy", "default")]
    [InlineData("legacy", "all")]
    [InlineData("legacy", "server-memory")]
    [InlineData("modern", "core")]
    [InlineData("modern", "default")]
    [InlineData("modern", "all")]
    [InlineData("modern", "server-memory")]
    public async Task The_inspector_finds_nothing_to_object_to(string era, string tools)
    {
        Finished finished = (await InspectAsync(_sandbox.Serve(programs.Any, "--tools", tools), era, "--method", "tools/list", "--strict"))
            .WithoutComplaint();
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
        Finished found = (await InspectAsync(
            era, "--method", "tools/call", "--tool-name", "search_nodes", "--tool-arg", "query=tea")).WithoutComplaint();
        Assert.Contains("likes tea", found.Output, StringComparison.Ordinal);
        Finished verified = (await InspectAsync(
            _sandbox.Serve(programs.Any, "--tools", "all"), era, "--method", "tools/call", "--tool-name", "verify_log")).WithoutComplaint();
        Assert.Contains("2 events verified", verified.Output, StringComparison.Ordinal);
    }

    [NodeTheory]
    [InlineData("legacy")]
    [InlineData("modern")]
    public async Task The_inspector_finds_the_reference_servers_results_as_their_schemas_say(string era)
    {
        Launch server = _sandbox.Serve(programs.Any, "--tools", "server-memory");
        (await InspectAsync(
            server, era, "--method", "tools/call", "--tool-name", "create_entities",
            "--tool-args-json", """{"entities":[{"name":"Ada","entityType":"person","observations":["likes tea"]}]}""")).WithoutComplaint();

        // It ends with another code where structured content is not what the output schema promises.
        Finished read = (await InspectAsync(server, era, "--method", "tools/call", "--tool-name", "read_graph")).WithoutComplaint();
        using JsonDocument json = JsonDocument.Parse(read.Output);
        JsonElement entity = json.RootElement.GetProperty("structuredContent").GetProperty("entities")[0];
        Assert.Equal("Ada", entity.GetProperty("name").GetString());
    }

    [NodeTheory]
    [InlineData("legacy")]
    [InlineData("modern")]
    public async Task The_inspector_sees_that_a_call_failed(string era)
    {
        const int toolError = 5;
        Finished finished = await InspectAsync(
            era, "--method", "tools/call", "--tool-name", "delete_observation", "--tool-args-json", """{"entity":"Ada"}""");
        Assert.Equal(toolError, finished.ExitCode);
        Assert.Contains("observations", finished.Output, StringComparison.Ordinal);
    }

    [NodeTheory]
    [InlineData("1", "2025-11-25")]
    [InlineData("2", "2025-11-25")]
    [InlineData("2 auto", "2026-07-28")]
    public async Task The_TypeScript_SDK_uses_all_there_is(string edition, string protocol)
    {
        string script = Path.Combine(BuildPlaces.Clients, "sdk-session.mjs");
        string exitCode = _sandbox.Join("exit-code");
        Launch server = _sandbox.Serve(programs.Any, "--tools", "all")
            .Under("/bin/sh", "-c", "exits=$1; shift; \"$@\"; echo $? >> \"$exits\"", "sh", exitCode);
        Finished finished = (await server.Under("node", script, edition, EveryTool.AsJson).PipeAsync()).WithoutComplaint();
        using JsonDocument json = JsonDocument.Parse(finished.Output);
        JsonElement root = json.RootElement;
        string Text(string name) => root.GetProperty(name).GetString()!;

        Assert.Equal(protocol, Text("protocol"));
        Assert.Equal("memory-graph", root.GetProperty("server").GetProperty("name").GetString());
        EveryTool.AssertAllIn(Texts(root.GetProperty("tools")));
        Assert.All(root.GetProperty("answers").EnumerateArray(), answer =>
        {
            Assert.False(answer.GetProperty("isError").GetBoolean(), answer.GetRawText());
            JsonElement block = Assert.Single(answer.GetProperty("content").EnumerateArray());
            Assert.Equal("text", block.GetProperty("type").GetString());
        });
        Assert.Contains("via sdk-client/1.0\n  #2: \"likes tea\"", TextOf(root, "search_nodes"), StringComparison.Ordinal);
        Assert.Contains("The log is as it was recorded", TextOf(root, "verify_log"), StringComparison.Ordinal);

        Assert.Equal(["memory://graph", "memory://timeline", "memory://activity"], Texts(root.GetProperty("resources")));
        Assert.Equal(["memory://entity/{name}", "memory://graph/at/{point}"], Texts(root.GetProperty("templates")));
        Assert.Equal(["recall_before_work", "record_after_work", "review_changes"], Texts(root.GetProperty("prompts")));
        Assert.Contains("\"Đăng nhập\" [feature] #1", Text("entity"), StringComparison.Ordinal);
        Assert.Contains("1 entity, 0 observations", Text("past"), StringComparison.Ordinal);
        Assert.EndsWith("The task: \"mend it\"", Text("prompt"), StringComparison.Ordinal);
        Assert.Contains("Not found: \"nobody\"", root.GetProperty("missing").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("memory://entity/nobody", root.GetProperty("missing").GetProperty("uri").GetString());
        Assert.Equal("memory://graph", Text("updated"));

        // Nothing that the client could make no sense of, and an end that it need not force.
        Assert.Equal(0, root.GetProperty("errors").GetArrayLength());
        Assert.All(await File.ReadAllLinesAsync(exitCode), code => Assert.Equal("0", code));
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
        Finished prompts = (await InspectAsync(era, "--method", "prompts/list")).WithoutComplaint();
        Assert.Contains("review_changes", prompts.Output, StringComparison.Ordinal);
        Finished prompt = (await InspectAsync(
            era, "--method", "prompts/get", "--prompt-name", "recall_before_work", "--prompt-args", "task=mend")).WithoutComplaint();
        Assert.Contains("search_nodes", prompt.Output, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Texts(JsonElement list) => list.EnumerateArray().Select(one => one.GetString()!);

    private static string TextOf(JsonElement root, string tool) => root.GetProperty("answers").EnumerateArray()
        .Single(answer => answer.GetProperty("tool").GetString() == tool)
        .GetProperty("content")[0].GetProperty("text").GetString()!;

    private Task<Finished> InspectAsync(string era, params string[] arguments) =>
        InspectAsync(_sandbox.Serve(programs.Any), era, arguments);

    private static Task<Finished> InspectAsync(Launch server, string era, params string[] arguments)
    {
        string inspector = Path.Combine(BuildPlaces.Clients, "node_modules", ".bin", "mcp-inspector");
        return (server with { Command = [inspector, "--cli", .. server.Command, .. arguments, "--protocol-era", era] }).PipeAsync();
    }
}
