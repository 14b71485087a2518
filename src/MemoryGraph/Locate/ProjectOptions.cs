using MemoryGraph.Log;

namespace MemoryGraph.Locate;

/// <summary>What was said about where memory lies, and the surroundings that answer when nothing was said.</summary>
/// <param name="Store">The <c>--store</c> argument; null when not given.</param>
/// <param name="Project">The <c>--project</c> argument; null when not given.</param>
/// <param name="User">The <c>--user</c> argument; null when not given.</param>
/// <param name="WorkingDirectory">Where the program was started; empty when that folder is gone.</param>
/// <param name="Home">The user's home folder.</param>
/// <param name="InstallDirectory">Where the program lies.</param>
/// <param name="Environment">Reads an environment variable; null when it is not set.</param>
public sealed record ProjectOptions(
    string? Store,
    string? Project,
    string? User,
    string WorkingDirectory,
    string Home,
    string InstallDirectory,
    Func<string, string?> Environment)
{
    /// <summary>How long a file of the log may get before the next one begins, in bytes. No user needs to choose it.</summary>
    public long SegmentBytes { get; init; } = EventLog.SegmentBytesMax;

    /// <summary>What was said, in the surroundings of this process.</summary>
    public static ProjectOptions OfSurroundings(string? store = null, string? project = null, string? user = null) => new(
        store,
        project,
        user,
        FindWorkingDirectory(),
        System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile),
        AppContext.BaseDirectory,
        System.Environment.GetEnvironmentVariable);

    /// <summary>Name of the variable that stands in for <c>--store</c>.</summary>
    public const string StoreVariable = "MEMORY_GRAPH_STORE";

    /// <summary>Name of the variable that stands in for <c>--project</c>.</summary>
    public const string ProjectVariable = "MEMORY_GRAPH_PROJECT";

    /// <summary>Name of the variable that stands in for <c>--user</c>.</summary>
    public const string UserVariable = "MEMORY_GRAPH_USER";

    /// <summary>Name of the variable in which some clients give the folder they work in.</summary>
    public const string ClientDirectoryVariable = "CLAUDE_PROJECT_DIR";

    /// <summary>Whether what was said as a project is a path: it has a separator. Else it is a name.</summary>
    public static bool IsPath(string said) =>
        said.Contains('/', StringComparison.Ordinal) || said.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal)
        || said is "." or ".." or "~";

    /// <summary>A path as a whole one, seen from the working directory.</summary>
    public string FullPath(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(
        WithHome(path), WorkingDirectory.Length > 0 ? WorkingDirectory : InstallDirectory));

    /// <summary>Whether a folder is the user's home, however either of the two paths is written or leads there.</summary>
    /// <param name="folder">A whole path.</param>
    public bool IsHome(string folder) => IsSame(folder, Home);

    internal static bool IsSame(string folder, string other) =>
        other.Length > 0 && RealPath.Of(folder) == RealPath.Of(Path.TrimEndingDirectorySeparator(other));

    // Clients hand settings over as they are written, without a shell that knows "~".
    internal string WithHome(string path) =>
        path == "~" ? Home : path.StartsWith("~/", StringComparison.Ordinal) ? Path.Combine(Home, path[2..]) : path;

    private static string FindWorkingDirectory()
    {
        try
        {
            return System.Environment.CurrentDirectory;
        }
        catch (IOException)
        {
            return "";
        }
    }
}
