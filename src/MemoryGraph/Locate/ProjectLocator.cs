using System.Text;
using System.Text.RegularExpressions;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Log;
using MemoryGraph.Text;

namespace MemoryGraph.Locate;

/// <summary>Works out which project a program was started for and where its files lie. Reads, never writes.</summary>
/// <remarks>
/// <b>Store</b>: <c>--store</c>, else <c>MEMORY_GRAPH_STORE</c>, else <c>~/.memory-graph</c>; a relative one is
/// resolved against the project's root. <b>Project</b>: <c>--project</c>, else <c>MEMORY_GRAPH_PROJECT</c>, is a name,
/// or a path when it has a separator; else <c>CLAUDE_PROJECT_DIR</c>, else the working directory, is where the search
/// for the git root starts. A file-system root, the home folder or the program's own folder says nothing about the work
/// at hand: they become the project <c>default</c>.
/// </remarks>
internal static partial class ProjectLocator
{
    private const string DefaultName = "default";
    private const int SlugCharacters = 40;

    public static Location Locate(ProjectOptions options, IDisk disk)
    {
        Setting project = Pick(options, options.Project, "--project", ProjectOptions.ProjectVariable);
        Setting store = Pick(options, options.Store, "--store", ProjectOptions.StoreVariable);
        Setting user = Pick(options, options.User, "--user", ProjectOptions.UserVariable);
        Setting clientDirectory = Pick(options, null, ProjectOptions.ClientDirectoryVariable, ProjectOptions.ClientDirectoryVariable);
        if (WhyUnexpanded([project, store, user, clientDirectory]) is { } unexpanded)
        {
            return unexpanded;
        }

        bool byName = project.Value is { } said && !ProjectOptions.IsPath(said);
        Setting start = byName || project.Value is null
            ? clientDirectory.Value is not null ? clientDirectory : new Setting(options.WorkingDirectory, "the working directory")
            : project;
        string? relative = byName && start.Value!.Length == 0 ? store.Value : byName ? null : start.Value;
        if (options.WorkingDirectory.Length == 0 && relative is not null && !Path.IsPathRooted(options.WithHome(relative)))
        {
            return Location.Refuse(
                "no_such_folder",
                "There is no project to be found: the working directory of this program is gone. Start it in another one, or give --project and --store as whole paths.");
        }

        string startPath = start.Value!.Length == 0 ? options.InstallDirectory : RealPath.Of(options.FullPath(start.Value!));
        if (!byName && !Directory.Exists(startPath))
        {
            return Location.Refuse(
                "no_such_folder", $"{start.Source} is {Quoted.Name(start.Value!)}, which is no folder on this machine.");
        }

        GitWorkTree? tree = GitWorkTree.Around(startPath);
        string root = tree?.Root ?? startPath;
        bool nowhere = !byName && IsNowhere(root, options);
        string storePath = store.Value is null
            ? Path.Combine(options.Home, ".memory-graph")
            : Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.WithHome(store.Value), root));
        if (store.Value is null && options.Home.Length == 0)
        {
            return Location.Refuse("no_home", "There is no home folder to keep the memory in; say where with --store.");
        }

        ProjectPlace place = byName || nowhere
            ? Named(storePath, byName ? StoredText.NameOf(project.Value!) : DefaultName)
            : AtRoot(storePath, root, tree?.Origin());
        string how = (byName, nowhere, tree) switch
        {
            (true, _, _) => $"named by {project.Source}",
            (_, true, _) => $"no project here: {start.Source} is {root}",
            (_, _, null) => $"{start.Source} {root}",
            _ => $"the git repository {root}, found from {start.Source} {startPath}",
        };
        return new Location(place, null, how, store.Value is null ? "the default" : store.Source)
        {
            Moved = byName || nowhere ? null : FindMovedOrNull(disk, place),
        };
    }

    private static Setting Pick(ProjectOptions options, string? argument, string name, string variable) =>
        !string.IsNullOrWhiteSpace(argument) ? new Setting(argument.Trim(), name)
        : options.Environment(variable) is { } value && !string.IsNullOrWhiteSpace(value) ? new Setting(value.Trim(), variable)
        : new Setting(null, name);

    private static Location? WhyUnexpanded(Setting[] settings) =>
        Array.Find(settings, setting => setting.Value is { } value && Unexpanded().IsMatch(value)) is { } unexpanded
            ? Location.Refuse(
                "unexpanded_variable",
                $"{unexpanded.Source} is {Quoted.Name(unexpanded.Value!)}: the client passed the variable on without filling it in. "
                + "Write the folder out in the client's configuration, or leave the setting out to use the default.")
            : null;

    private static bool IsNowhere(string root, ProjectOptions options) =>
        Path.GetDirectoryName(root) is null || options.IsHome(root) || ProjectOptions.IsSame(root, options.InstallDirectory);

    private static ProjectPlace Named(string store, string name) => new(
        store,
        Path.Combine(store, $"{Slug(name)}-{ShortHash("name:" + name)}"),
        name,
        Root: null,
        Remote: null,
        InWorkTree: GitWorkTree.Around(RealPath.Of(store)) is not null);

    // A store inside the repository itself is found by a clone, wherever that lies: its folder must not tell the path.
    private static ProjectPlace AtRoot(string store, string root, string? origin)
    {
        GitWorkTree? around = GitWorkTree.Around(RealPath.Of(store));
        string name = Path.GetFileName(root) is { Length: > 0 } folder ? folder : DefaultName;
        string directory = around?.Root == root ? "project" : $"{Slug(name)}-{ShortHash("root:" + root)}";
        return new ProjectPlace(store, Path.Combine(store, directory), name, root, origin, around is not null);
    }

    private static string Slug(string name)
    {
        var slug = new StringBuilder(SlugCharacters);
        foreach (char c in LetterFolding.Fold(name))
        {
            char kept = char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '-';
            if (slug.Length < SlugCharacters && (kept != '-' || (slug.Length > 0 && slug[^1] != '-')))
            {
                slug.Append(kept);
            }
        }

        return slug.ToString().TrimEnd('-') is { Length: > 0 } known ? known : "project";
    }

    private static string ShortHash(string text)
    {
        Span<byte> hash = stackalloc byte[EventHash.Bytes];
        Sha256.Of(Encoding.UTF8.GetBytes(text)).CopyTo(hash);
        return Convert.ToHexStringLower(hash[..4]);
    }

    // A store that cannot be looked at is told by the first question to it.
    private static string? FindMovedOrNull(IDisk disk, ProjectPlace place)
    {
        try
        {
            return FindMoved(disk, place);
        }
        catch (DiskException)
        {
            return null;
        }
    }

    // A project that was used from a folder which is gone, and looks like this one, which is new.
    private static string? FindMoved(IDisk disk, ProjectPlace place)
    {
        if (disk.Find(place.Directory) is not null)
        {
            return null;
        }

        const int most = 500;
        foreach (string directory in disk.List(place.Store).Take(most).Select(name => Path.Combine(place.Store, name)))
        {
            if (ProjectFolder.ReadProject(disk, directory) is { Roots.Count: > 0 } known
                && (known.Name == place.Name || (known.Remote is not null && known.Remote == place.Remote))
                && !known.Roots.Any(Directory.Exists))
            {
                return $"This memory is new and empty, but one called {Quoted.Name(known.Name)} was used from {known.Roots[^1]}, "
                    + $"which is gone. If that folder moved here, end all servers and rename {directory} to {place.Directory}.";
            }
        }

        return null;
    }

    [GeneratedRegex(@"\$\{|%[A-Za-z_][A-Za-z0-9_]*%", RegexOptions.CultureInvariant)]
    private static partial Regex Unexpanded();

    private sealed record Setting(string? Value, string Source);
}

/// <summary>Where a project was found, and how; or why not.</summary>
/// <param name="Place">Null when refused.</param>
/// <param name="Refused">Null when found.</param>
/// <param name="ProjectFound">How the project was found, for people.</param>
/// <param name="StoreFound">How the store was found, for people.</param>
internal sealed record Location(ProjectPlace? Place, Refusal? Refused, string ProjectFound, string StoreFound)
{
    /// <summary>A known project that this new one may be, in sentences; null for none.</summary>
    public string? Moved { get; init; }

    public static Location Refuse(string code, string message) => new(null, new Refusal(code, message), "", "");
}
