using System.Text.Json.Nodes;
using MemoryGraph.Locate;
using MemoryGraph.Mcp.Declarations;

namespace MemoryGraph.Mcp.Install;

/// <summary>How a client starts this program.</summary>
/// <param name="Path">A whole path: clients have search paths of their own.</param>
/// <param name="ShortName">
/// The command as it is typed, where the search path leads to this very program; null where it does not. It is what a
/// file can say that others share, on whose machines the program lies elsewhere.
/// </param>
/// <param name="First">Arguments that come before all others.</param>
internal sealed record ServerProgram(string Path, string? ShortName, params IReadOnlyList<string> First)
{
    /// <param name="process">The file that runs.</param>
    /// <param name="folder">Where the program lies: the file that runs may be the runtime's.</param>
    /// <param name="searchPath">The folders in which commands are looked for.</param>
    public static ServerProgram Of(string process, string folder, string? searchPath)
    {
        string extension = System.IO.Path.GetExtension(process);
        string[] candidates =
        [
            .. from one in (searchPath ?? "").Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
               where System.IO.Path.IsPathRooted(one)
               let file = System.IO.Path.Combine(one, ProductVersion.Name + extension)
               where File.Exists(file)
               select file,
        ];

        // A link on the search path outlives the versioned folder that it leads to today.
        return System.IO.Path.GetFileNameWithoutExtension(process) == "dotnet"
                ? new ServerProgram(process, null, System.IO.Path.Combine(folder, ProductVersion.Name + ".dll"))
            : candidates is [var first, ..] && Final(first) == Final(process)
                ? new ServerProgram(first, ProductVersion.Name)
            : ToolLink(process) is { } link && Final(link) == Final(process) ? new ServerProgram(link, null)
            : new ServerProgram(process, null);
    }

    /// <summary>A client's entry for this server.</summary>
    public JsonObject EntryFor(Client client, ClientScope scope, ServerSettings settings)
    {
        string[] arguments =
        [
            .. First, .. settings.ProjectFor(client, scope),
            .. settings.Store is { } store ? ["--store", store] : Array.Empty<string>(),
            .. settings.Tools is { } tools ? ["--tools", tools] : Array.Empty<string>(),
            .. settings.ReadOnly ? ["--read-only"] : Array.Empty<string>(),
        ];
        var entry = new JsonObject();
        if (client.SaysType)
        {
            entry["type"] = "stdio";
        }

        entry["command"] = scope == ClientScope.Project ? ShortName ?? Path : Path;
        entry["args"] = new JsonArray([.. arguments.Select(argument => JsonValue.Create(argument))]);
        return entry;
    }

    // "dotnet tool" puts a link beside its store, in which each version has a folder that an update takes away.
    private static string? ToolLink(string process)
    {
        char stroke = System.IO.Path.DirectorySeparatorChar;
        int store = process.IndexOf($"{stroke}.store{stroke}", StringComparison.Ordinal);
        return store < 0 ? null : System.IO.Path.Combine(process[..(store + 1)], System.IO.Path.GetFileName(process));
    }

    private static string Final(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return path;
        }
    }
}

/// <summary>What the server is told when a client starts it; null for what it finds out itself.</summary>
/// <param name="Project">A name, or a whole path.</param>
/// <param name="Store">As it was said: a relative one is seen from the project's root.</param>
internal sealed record ServerSettings(string? Project, string? Store, string? Tools, bool ReadOnly)
{
    /// <summary>The arguments that name the project.</summary>
    public IReadOnlyList<string> ProjectFor(Client client, ClientScope scope)
    {
        // A path of this machine says nothing to others, and the file lies in that project anyway.
        bool atHand = Project is null || (scope == ClientScope.Project && ProjectOptions.IsPath(Project));
        string? said = !atHand ? Project : scope == ClientScope.Project ? client.ProjectVariable : client.FixedProject;
        return said is null ? [] : ["--project", said];
    }
}
