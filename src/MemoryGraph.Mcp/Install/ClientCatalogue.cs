namespace MemoryGraph.Mcp.Install;

/// <summary>Every client that the server can be installed in, once.</summary>
/// <remarks>
/// The scope that serves most people stands first. Claude Code tells a server which project it works in, so that one
/// entry of the user serves all projects, each with a memory of its own. Cursor and VS Code fill in a variable for
/// that, but only in files that lie in the project. Claude Desktop has no projects.
/// </remarks>
internal static class ClientCatalogue
{
    private const string ServersMember = "mcpServers";

    public static Client ClaudeDesktop { get; } = new("claude-desktop", "Claude Desktop")
    {
        Scopes = [ClientScope.User],
        Places = (_, around) => [.. ClaudeDesktopFolders(around)
            .Select(folder => new ClientPlace(Path.Combine(folder, "claude_desktop_config.json"), ServersMember))],
        FixedProject = "default",
        Next = (_, _) => "Quit Claude Desktop altogether and start it again; Settings > Developer shows the server.",
    };

    public static Client ClaudeCode { get; } = new("claude-code", "Claude Code")
    {
        SaysType = true,
        Scopes = [ClientScope.User, ClientScope.Local, ClientScope.Project],
        Places = (scope, around) =>
        [
            scope == ClientScope.Project
                ? new ClientPlace(Path.Combine(around.Project!, ".mcp.json"), ServersMember)
                : new ClientPlace(
                    Path.Combine(around.Folder("CLAUDE_CONFIG_DIR") ?? around.Home, ".claude.json"),
                    scope == ClientScope.User ? [ServersMember] : ["projects", around.Project!, ServersMember]),
        ],
        InstructionFile = ["CLAUDE.md"],
        Next = (scope, name) => scope == ClientScope.Project
            ? "Start claude in the project and allow the server once; \"claude mcp list\" shows it."
            : $"Start a new session of Claude Code; \"claude mcp list\" shows {name}.",
    };

    public static Client Cursor { get; } = new("cursor", "Cursor")
    {
        SaysType = true,
        Scopes = [ClientScope.Project, ClientScope.User],
        Places = (scope, around) =>
        [
            new ClientPlace(
                Path.Combine(scope == ClientScope.Project ? around.Project! : around.Home, ".cursor", "mcp.json"),
                ServersMember),
        ],
        ProjectVariable = "${workspaceFolder}",
        InstructionFile = [".cursor", "rules", "memory-graph.mdc"],
        InstructionHead =
            """
            ---
            description: The project's long-term memory
            alwaysApply: true
            ---

            """,
        Next = (_, name) => $"Cursor leaves new servers off: switch {name} on under Settings > MCP.",
    };

    public static Client VSCode { get; } = new("vscode", "VS Code")
    {
        SaysType = true,
        Scopes = [ClientScope.Project, ClientScope.User],
        Places = (scope, around) =>
        [
            new ClientPlace(
                scope == ClientScope.Project
                    ? Path.Combine(around.Project!, ".vscode", "mcp.json")
                    : Path.Combine(around.Settings, "Code", "User", "mcp.json"),
                "servers"),
        ],
        ProjectVariable = "${workspaceFolder}",
        InstructionFile = ["AGENTS.md"],
        Next = (_, name) => $"Run \"MCP: List Servers\" in VS Code, choose {name} and start it.",
    };

    public static IReadOnlyList<Client> All { get; } = [ClaudeDesktop, ClaudeCode, Cursor, VSCode];

    // On Windows the packaged application, which both the store and the installer bring, reads only from a folder of
    // its package; an older installation reads where applications usually do. Whichever is there is served.
    private static string[] ClaudeDesktopFolders(InstallEnvironment around)
    {
        string usual = Path.Combine(around.Settings, "Claude");
        if (around.Platform != Platform.Windows)
        {
            return [usual];
        }

        string packages = Path.Combine(
            around.Folder("LOCALAPPDATA") ?? Path.Combine(around.Home, "AppData", "Local"), "Packages");
        string[] packaged =
        [
            .. from package in Directory.Exists(packages) ? Directory.GetDirectories(packages, "Claude_*") : []
               let roaming = Path.Combine(package, "LocalCache", "Roaming")
               where Directory.Exists(roaming)
               select Path.Combine(roaming, "Claude"),
        ];
        return packaged.Length == 0 ? [usual] : Directory.Exists(usual) ? [usual, .. packaged] : packaged;
    }
}
