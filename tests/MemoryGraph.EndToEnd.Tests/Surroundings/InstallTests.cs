using System.Text.Json.Nodes;
using MemoryGraph.EndToEnd.Tests.Driving;

namespace MemoryGraph.EndToEnd.Tests.Surroundings;

/// <summary>What <c>install</c> writes for a client starts a server, as that client would start it.</summary>
[Collection(Programs.Collection)]
public sealed class InstallTests(Programs programs) : IDisposable
{
    private const string WorkspaceFolder = "${workspaceFolder}";

    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [UnixTheory]
    [InlineData("claude-desktop", "user", "home/.config/Claude/claude_desktop_config.json", "default")]
    [InlineData("claude-code", "user", "home/.claude.json", "work")]
    [InlineData("claude-code", "local", "home/.claude.json", "work")]
    [InlineData("claude-code", "project", "work/.mcp.json", "work")]
    [InlineData("cursor", "project", "work/.cursor/mcp.json", "work")]
    [InlineData("cursor", "user", "home/.cursor/mcp.json", "default")]
    [InlineData("vscode", "project", "work/.vscode/mcp.json", "work")]
    [InlineData("vscode", "user", "home/.config/Code/User/mcp.json", "default")]
    public async Task The_entry_starts_a_server_on_the_right_memory(string client, string scope, string file, string project)
    {
        (await _sandbox.Run([.. programs.Any, "install", client, "--scope", scope]).PipeAsync()).WithoutComplaint();

        // Claude Code and project files are used from the project; applications of the desktop start servers at home.
        string folder = project == "work" ? _sandbox.Work : _sandbox.Home;
        await using (ServerProcess server = await ServerProcess.StartAsync(_sandbox.Run(CommandIn(file)).In(folder)))
        {
            await server.DoAsync(ToolCall.Create("Ada", "likes tea"));
            await server.EndAsync();
        }

        // Told to somebody who stands there.
        Finished status = (await _sandbox.Run([.. programs.Any, "status"]).In(folder).PipeAsync()).WithoutComplaint();
        Assert.Contains($"Project: \"{project}\"", status.Output, StringComparison.Ordinal);
        Assert.Contains("1 entit", status.Output, StringComparison.Ordinal);
    }

    [NativeFact]
    public async Task A_program_on_the_search_path_is_shared_by_its_name()
    {
        string tools = Directory.CreateDirectory(_sandbox.Join("tools")).FullName;
        string link = Path.Combine(tools, "memory-graph");
        File.CreateSymbolicLink(link, programs.Native[0]);
        Launch install = _sandbox.Run([link, "install", "vscode"]);
        (await install.With("PATH", $"{tools}{Path.PathSeparator}{install.Environment["PATH"]}").PipeAsync()).WithoutComplaint();

        Assert.Equal("memory-graph", CommandIn("work/.vscode/mcp.json")[0]);
    }

    [UnixFact]
    public async Task Uninstalling_leaves_a_file_of_others_byte_for_byte()
    {
        string file = Path.Combine(_sandbox.Home, ".claude.json");
        const string text = "\uFEFF{\r\n\t// mine\r\n\t\"mcpServers\": { \"x\": { \"command\": \"y\" }, },\r\n}";
        await File.WriteAllTextAsync(file, text);
        byte[] before = await File.ReadAllBytesAsync(file);

        (await _sandbox.Run([.. programs.Any, "install", "claude-code"]).PipeAsync()).WithoutComplaint();
        Assert.Contains("\"memory-graph\"", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
        (await _sandbox.Run([.. programs.Any, "uninstall", "claude-code"]).PipeAsync()).WithoutComplaint();

        Assert.Equal(before, await File.ReadAllBytesAsync(file));
    }

    // As the client reads it.
    private string[] CommandIn(string file)
    {
        JsonNode text = JsonNode.Parse(File.ReadAllText(_sandbox.Join(file)))!;
        JsonNode root = text["projects"]?[_sandbox.Work] ?? text;
        JsonNode entry = (root["mcpServers"] ?? root["servers"])!["memory-graph"]!;
        string[] arguments = [.. entry["args"]!.AsArray().Select(argument => (string)argument!)];
        return [(string)entry["command"]!, .. arguments.Select(argument => argument.Replace(WorkspaceFolder, _sandbox.Work, StringComparison.Ordinal))];
    }
}
