using System.Runtime.Versioning;
using System.Text.Json;
using System.Text.Json.Nodes;
using MemoryGraph.EndToEnd.Tests.Driving;

namespace MemoryGraph.EndToEnd.Tests.Packages;

/// <summary>The sample extension, in node with a stand-in for the editor.</summary>
[Collection(Programs.Collection)]
[UnsupportedOSPlatform("windows")]
[Trait("size", "torture")]
public sealed class EditorExtensionTests(Programs programs) : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [PlainNodeFact]
    public async Task The_server_it_offers_starts_on_the_memory_of_the_workspace()
    {
        string bin = _sandbox.Install(programs.Any);
        JsonElement offered = Assert.Single(await OfferAsync($"{bin}:{Environment.GetEnvironmentVariable("PATH")}", [_sandbox.Work], ""));

        Assert.Equal("Memory Graph", offered.GetProperty("label").GetString());
        Assert.Equal(Path.Combine(bin, "memory-graph"), offered.GetProperty("command").GetString());
        Assert.Equal(_sandbox.Work, offered.GetProperty("cwd").GetProperty("fsPath").GetString());
        await using ServerProcess server = await ServerProcess.StartAsync(Start(offered));
        await server.DoAsync(ToolCall.Create("Ada", "likes tea"));
        string status = (await server.DoAsync(ToolCall.Status)).Text;
        await server.EndAsync();
        Assert.Contains(_sandbox.Work, status, StringComparison.Ordinal);
        Assert.Single(Directory.GetDirectories(_sandbox.Store, "work-*"));
    }

    [PlainNodeFact]
    public async Task Every_folder_of_a_workspace_gets_a_server_and_a_setting_names_the_command()
    {
        string command = Path.Combine(_sandbox.Install(programs.Any), "memory-graph");
        string[] folders = [_sandbox.Work, _sandbox.Home];

        JsonElement[] offered = await OfferAsync(Environment.GetEnvironmentVariable("PATH")!, folders, command);

        Assert.Equal(["Memory Graph (work)", "Memory Graph (home)"], offered.Select(one => one.GetProperty("label").GetString()));
        Assert.All(offered, one => Assert.Equal(command, one.GetProperty("command").GetString()));
        Assert.Equal(
            folders.Select(folder => string.Join(' ', "serve", "--project", folder, "--store", _sandbox.Store)),
            offered.Select(one => string.Join(' ', one.GetProperty("args").EnumerateArray().Select(part => part.GetString()))));
    }

    [PlainNodeFact]
    public async Task Where_the_command_is_missing_it_says_which_setting_names_it()
    {
        Finished finished = await Host(Path.GetDirectoryName(Machine.Find("node"))!, [_sandbox.Work], "/nowhere/memory-graph");
        Assert.Equal(1, finished.ExitCode);
        Assert.Equal(
            "memory-graph was not found as \"/nowhere/memory-graph\". Install it, or set \"memoryGraph.command\" to its whole path.",
            finished.Errors.TrimEnd());
    }

    private Launch Start(JsonElement offered) => _sandbox.Run(
        [offered.GetProperty("command").GetString()!, .. offered.GetProperty("args").EnumerateArray().Select(part => part.GetString()!)]);

    private async Task<JsonElement[]> OfferAsync(string searchPath, string[] folders, string command)
    {
        using JsonDocument json = JsonDocument.Parse((await Host(searchPath, folders, command)).WithoutComplaint().Output);
        return [.. json.RootElement.EnumerateArray().Select(one => one.Clone())];
    }

    private Task<Finished> Host(string searchPath, string[] folders, string command)
    {
        var workspace = new JsonObject
        {
            ["folders"] = new JsonArray([.. folders.Select(folder => JsonValue.Create(folder))]),
            ["settings"] = new JsonObject { ["memoryGraph.store"] = _sandbox.Store, ["memoryGraph.command"] = command },
        };
        return _sandbox.Run([
            Machine.Find("node")!, Path.Combine(BuildPlaces.Clients, "extension-host.cjs"), Path.Combine(BuildPlaces.Samples, "vscode-extension"),
        ]).With("PATH", searchPath).PipeAsync(workspace.ToJsonString());
    }
}
