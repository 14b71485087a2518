using System.Runtime.Versioning;
using MemoryGraph.Locate;
using MemoryGraph.Mcp.Install;

namespace MemoryGraph.Mcp.Tests.Clients;

/// <summary>Where each client keeps its servers.</summary>
public sealed class ClientPlaceTests
{
    [Theory]
    [InlineData("claude-desktop", "User", "Linux", "home/.config/Claude/claude_desktop_config.json", "mcpServers")]
    [InlineData("claude-desktop", "User", "MacOS", "home/Library/Application Support/Claude/claude_desktop_config.json", "mcpServers")]
    [InlineData("claude-desktop", "User", "Windows", "home/AppData/Roaming/Claude/claude_desktop_config.json", "mcpServers")]
    [InlineData("claude-code", "User", "Linux", "home/.claude.json", "mcpServers")]
    [InlineData("claude-code", "Local", "Linux", "home/.claude.json", "projects project mcpServers")]
    [InlineData("claude-code", "Project", "Linux", "project/.mcp.json", "mcpServers")]
    [InlineData("cursor", "User", "Linux", "home/.cursor/mcp.json", "mcpServers")]
    [InlineData("cursor", "Project", "Linux", "project/.cursor/mcp.json", "mcpServers")]
    [InlineData("vscode", "User", "Linux", "home/.config/Code/User/mcp.json", "servers")]
    [InlineData("vscode", "User", "MacOS", "home/Library/Application Support/Code/User/mcp.json", "servers")]
    [InlineData("vscode", "User", "Windows", "home/AppData/Roaming/Code/User/mcp.json", "servers")]
    [InlineData("vscode", "Project", "Windows", "project/.vscode/mcp.json", "servers")]
    public void A_scope_of_a_client_has_its_place(string client, string scope, string platform, string file, string servers)
    {
        ClientPlace place = Assert.Single(Of(client, scope, Around(platform)));

        Assert.Equal((file, servers), (place.File.Replace('\\', '/'), string.Join(' ', place.Servers)));
    }

    [Theory]
    [InlineData("claude-desktop", "Linux", "XDG_CONFIG_HOME", "/set/Claude/claude_desktop_config.json")]
    [InlineData("claude-desktop", "Windows", "APPDATA", "/set/Claude/claude_desktop_config.json")]
    [InlineData("vscode", "Linux", "XDG_CONFIG_HOME", "/set/Code/User/mcp.json")]
    [InlineData("claude-code", "Linux", "CLAUDE_CONFIG_DIR", "/set/.claude.json")]
    public void A_variable_moves_it(string client, string platform, string variable, string file)
    {
        ClientPlace place = Assert.Single(Of(client, "User", Around(platform, (variable, "/set"))));

        Assert.Equal(file, place.File.Replace('\\', '/'));
    }

    [Fact]
    public void A_variable_that_holds_no_whole_path_is_passed_over()
    {
        ClientPlace place = Assert.Single(Of("vscode", "User", Around("Linux", ("XDG_CONFIG_HOME", "relative"))));

        Assert.Equal("home/.config/Code/User/mcp.json", place.File.Replace('\\', '/'));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Claude_Desktop_as_a_package_of_Windows_reads_from_its_package(bool hasOlderOne)
    {
        using var folder = new TemporaryFolder();
        string package = folder.Make("Local/Packages/Claude_pzs8sxrjxfjjc/LocalCache/Roaming");
        folder.Make("Local/Packages/Other_1/LocalCache/Roaming");
        string roaming = folder.Make(hasOlderOne ? "Roaming/Claude" : "Roaming");
        string older = hasOlderOne ? roaming : Path.Combine(roaming, "Claude");

        IReadOnlyList<ClientPlace> places = Of("claude-desktop", "User", Around(
            "Windows", ("LOCALAPPDATA", folder.Join("Local")), ("APPDATA", folder.Join("Roaming"))));

        string packaged = Path.Combine(package, "Claude");
        Assert.Equal(hasOlderOne ? [older, packaged] : [packaged], places.Select(place => Path.GetDirectoryName(place.File)));
    }

    [Fact]
    public void Every_client_and_scope_has_a_place_and_words_for_what_is_next() => Assert.All(
        from client in ClientCatalogue.All from scope in client.Scopes select (client, scope),
        one =>
        {
            Assert.NotEmpty(one.client.Places(one.scope, Around("Linux")));
            Assert.NotEmpty(one.client.Next(one.scope, "memory"));
        });

    [Theory]
    [InlineData("home")]
    [InlineData("home/")]
    [InlineData("link")]
    [UnsupportedOSPlatform("windows")]
    public void The_home_folder_is_no_project_however_it_is_written(string home)
    {
        using var folder = new TemporaryFolder();
        string work = folder.Make("home");
        File.CreateSymbolicLink(folder.Join("link"), work);

        var around = InstallEnvironment.Of(new ProjectOptions(null, null, null, work, folder.Join(home), work, _ => null));

        Assert.Null(around.Project);
    }

    private static IReadOnlyList<ClientPlace> Of(string client, string scope, InstallEnvironment around) =>
        ClientCatalogue.All.Single(one => one.Name == client).Places(Enum.Parse<ClientScope>(scope), around);

    private static InstallEnvironment Around(string platform, params (string Name, string Value)[] variables) => new(
        "home", "project", Enum.Parse<Platform>(platform),
        name => variables.FirstOrDefault(variable => variable.Name == name).Value);
}
