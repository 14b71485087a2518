using System.Text.Json.Nodes;
using MemoryGraph.Mcp.Install;

namespace MemoryGraph.Mcp.Tests.Clients;

/// <summary>How clients are told to start the program.</summary>
public sealed class ServerProgramTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_program_off_the_search_path_goes_by_its_whole_path_in_every_scope()
    {
        string file = Make("there");
        Make("elsewhere");
        var program = ServerProgram.Of(file, _folder.Join("there"), _folder.Join("elsewhere"));

        Assert.Equal(file, Command(program, ClientScope.User));
        Assert.Equal(file, Command(program, ClientScope.Project));
    }

    [Fact]
    public void A_program_on_the_search_path_goes_by_its_short_name_where_others_read_it()
    {
        string file = Make("there");
        var program = ServerProgram.Of(file, _folder.Join("there"), $"{_folder.Make("empty")}{Path.PathSeparator}{_folder.Join("there")}");

        Assert.Equal(file, Command(program, ClientScope.User));
        Assert.Equal("memory-graph", Command(program, ClientScope.Project));
    }

    [Fact]
    public void A_link_on_the_search_path_is_kept_for_it_outlives_the_version_it_leads_to()
    {
        string file = Make("tool-0.1.0");
        string link = Path.Combine(_folder.Make("tools"), "memory-graph");
        File.CreateSymbolicLink(link, file);
        var program = ServerProgram.Of(file, _folder.Join("tool-0.1.0"), _folder.Join("tools"));

        Assert.Equal(link, Command(program, ClientScope.User));
        Assert.Equal("memory-graph", Command(program, ClientScope.Project));
    }

    [Fact]
    public void The_link_of_a_tool_off_the_search_path_is_kept_too()
    {
        string file = Make(Path.Combine("tools", ".store", "memorygraph.mcp", "0.1.0"));
        string link = _folder.Join("tools", "memory-graph");
        File.CreateSymbolicLink(link, file);
        var program = ServerProgram.Of(file, Path.GetDirectoryName(file)!, searchPath: null);

        Assert.Equal(link, Command(program, ClientScope.User));
        Assert.Equal(link, Command(program, ClientScope.Project));
    }

    [Fact]
    public void Under_the_runtime_the_runtime_is_started_with_the_program_as_its_first_argument()
    {
        var program = ServerProgram.Of("/usr/bin/dotnet", "/opt/memory", searchPath: null);
        JsonObject entry = program.EntryFor(ClientCatalogue.Cursor, ClientScope.Project, new ServerSettings(null, null, null, false));

        Assert.Equal("/usr/bin/dotnet", (string?)entry["command"]);
        Assert.Equal([Path.Combine("/opt/memory", "memory-graph.dll"), "--project", "${workspaceFolder}"], Arguments(entry));
    }

    [Theory]
    [InlineData("claude-code", "User", null, "")]
    [InlineData("claude-code", "Project", null, "")]
    [InlineData("claude-code", "User", "work", "--project work")]
    [InlineData("claude-code", "Local", "/home/ada/app", "--project /home/ada/app")]
    [InlineData("claude-code", "Project", "/home/ada/app", "")]
    [InlineData("claude-desktop", "User", null, "--project default")]
    [InlineData("claude-desktop", "User", "/home/ada/app", "--project /home/ada/app")]
    [InlineData("cursor", "Project", null, "--project ${workspaceFolder}")]
    [InlineData("cursor", "Project", "/home/ada/app", "--project ${workspaceFolder}")]
    [InlineData("cursor", "Project", "work", "--project work")]
    [InlineData("vscode", "Project", null, "--project ${workspaceFolder}")]
    [InlineData("vscode", "User", null, "")]
    public void The_project_is_said_where_the_client_does_not_tell_it(string client, string scope, string? project, string arguments)
    {
        JsonObject entry = new ServerProgram("/bin/memory-graph", null).EntryFor(
            ClientCatalogue.All.Single(one => one.Name == client), Enum.Parse<ClientScope>(scope), new ServerSettings(project, null, null, false));

        Assert.Equal(arguments, string.Join(' ', Arguments(entry)));
    }

    [Fact]
    public void Everything_that_was_said_is_passed_on_as_it_was_said()
    {
        JsonObject entry = new ServerProgram("/bin/memory-graph", null).EntryFor(
            ClientCatalogue.VSCode, ClientScope.User, new ServerSettings("p", ".memory", "all", ReadOnly: true));

        Assert.Equal("""{"type":"stdio","command":"/bin/memory-graph","args":["--project","p","--store",".memory","--tools","all","--read-only"]}""", entry.ToJsonString());
    }

    private static string? Command(ServerProgram program, ClientScope scope) =>
        (string?)program.EntryFor(ClientCatalogue.ClaudeCode, scope, new ServerSettings(null, null, null, false))["command"];

    private static IEnumerable<string?> Arguments(JsonObject entry) => entry["args"]!.AsArray().Select(argument => (string?)argument);

    private string Make(string folder)
    {
        string file = Path.Combine(_folder.Make(folder), "memory-graph");
        File.WriteAllText(file, "");
        return file;
    }
}
