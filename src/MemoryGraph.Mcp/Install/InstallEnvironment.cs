using MemoryGraph.Locate;

namespace MemoryGraph.Mcp.Install;

/// <summary>The operating systems that keep configurations in places of their own.</summary>
internal enum Platform
{
    Linux,
    MacOS,
    Windows,
}

/// <summary>For whom and where something is installed.</summary>
/// <param name="Home">The user's home folder.</param>
/// <param name="Project">
/// Root of the project at hand: the git work tree, else the folder itself; null in the home folder and at a root of the
/// file system, which are no projects.
/// </param>
/// <param name="Platform">Decides where applications keep their settings.</param>
/// <param name="Environment">Reads an environment variable; null when it is not set.</param>
internal sealed record InstallEnvironment(
    string Home, string? Project, Platform Platform, Func<string, string?> Environment)
{
    /// <summary>What a program finds that was started with these options, on this machine.</summary>
    public static InstallEnvironment Of(ProjectOptions options) => new(
        options.Home,
        ProjectAround(options),
        OperatingSystem.IsWindows() ? Platform.Windows : OperatingSystem.IsMacOS() ? Platform.MacOS : Platform.Linux,
        options.Environment);

    /// <summary>Where applications keep the settings of this user.</summary>
    public string Settings => Platform switch
    {
        Platform.Windows => Folder("APPDATA") ?? Path.Combine(Home, "AppData", "Roaming"),
        Platform.MacOS => Path.Combine(Home, "Library", "Application Support"),
        _ => Folder("XDG_CONFIG_HOME") ?? Path.Combine(Home, ".config"),
    };

    /// <summary>A folder that a variable names; null when it names none. A relative one is none.</summary>
    public string? Folder(string variable) =>
        Environment(variable) is { Length: > 0 } path && (Path.IsPathRooted(path) || Platform == Platform.Windows)
            ? path : null;

    private static string? ProjectAround(ProjectOptions options)
    {
        string said = options.Project is { } project && ProjectOptions.IsPath(project) ? project
            : options.Environment(ProjectOptions.ClientDirectoryVariable) is { Length: > 0 } client ? client
            : options.WorkingDirectory;
        if (said.Length == 0)
        {
            return null;
        }

        // The work tree itself, not the main one of its repository: its files are what the client reads.
        string start = options.FullPath(said);
        string root = start;
        for (string? folder = start; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Path.Exists(Path.Combine(folder, ".git")))
            {
                root = folder;
                break;
            }
        }

        return options.IsHome(root) || Path.GetDirectoryName(root) is null ? null : root;
    }
}
