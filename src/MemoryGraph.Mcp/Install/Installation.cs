using System.Text;
using System.Text.Json.Nodes;

namespace MemoryGraph.Mcp.Install;

/// <summary>
/// Works out what puts this server into a client's files, or takes it out of them. Reads, never writes.
/// </summary>
/// <param name="name">What the client calls the server.</param>
/// <param name="around">The machine, user and project.</param>
/// <remarks>
/// Where a file is still as an installation left it, taking it out gives back the bytes from before that: the copy that
/// was kept then is proof, because putting the entry into it gives the file as it is now; and a file that holds nothing
/// but what an installation writes into a new one goes. Else exactly the entry goes, and an object that it leaves empty
/// stays, since nobody knows whose that was.
/// </remarks>
internal sealed class Installation(Client client, string name, InstallEnvironment around)
{
    private static readonly byte[] EmptyObject = "{}\n"u8.ToArray();

    /// <summary>
    /// The file that holds the text for assistants; null when the client reads none, or there is no project.
    /// </summary>
    public string? InstructionPath => around.Project is { } project && client.InstructionFile is { } file
        ? Path.Combine([project, .. file])
        : null;

    /// <summary>Which scopes there are to look at.</summary>
    public IEnumerable<ClientScope> Scopes =>
        client.Scopes.Where(scope => scope == ClientScope.User || around.Project is not null);

    /// <summary>Puts an entry into every place of a scope.</summary>
    /// <exception cref="ConfigurationException">A file cannot be read, understood or written.</exception>
    public IEnumerable<FileChange> Install(ClientScope scope, JsonObject entry)
    {
        foreach (ClientPlace place in client.Places(scope, around))
        {
            ConfigurationFile file = ConfigurationFile.Open(place.File, isPrivate: scope != ClientScope.Project);
            string[] path = [.. ServersIn(file, place), name];
            CommentedJson json = Json(file.Path, file.Text);
            yield return JsonNode.DeepEquals(json.ValueAt(path), entry)
                ? new FileChange(file, Installed.Server, ChangeKind.None, file.Text)
                : Change(file, Installed.Server, json.Has(path) ? ChangeKind.Replaced : ChangeKind.Added,
                    json.With(entry, path));
        }
    }

    /// <summary>Whether a place of a scope has an entry under this name.</summary>
    /// <exception cref="ConfigurationException">A file cannot be read or understood.</exception>
    public bool IsIn(ClientScope scope) =>
        client.Places(scope, around).Any(place =>
        {
            var file = ConfigurationFile.Open(place.File, isPrivate: false);
            return Json(file.Path, file.Text).Has([.. ServersIn(file, place), name]);
        });

    /// <summary>Takes the entry out of the places of a scope that have it.</summary>
    /// <exception cref="ConfigurationException">As <see cref="Install"/>.</exception>
    public IEnumerable<FileChange> Uninstall(ClientScope scope)
    {
        foreach (ClientPlace place in client.Places(scope, around))
        {
            ConfigurationFile file = ConfigurationFile.Open(place.File, isPrivate: scope != ClientScope.Project);
            if (file.Text is null)
            {
                continue;
            }

            string[] path = [.. ServersIn(file, place), name];
            CommentedJson json = Json(file.Path, file.Text);
            if (json.Has(path))
            {
                JsonNode? entry = json.ValueAt(path);
                yield return Removal(file, Installed.Server, Add, () => json.Without(path));

                byte[]? Add(byte[]? before) =>
                    Json(file.Path, before) is var old && old.Has(path) ? null : old.With(entry, path);
            }
        }
    }

    /// <summary>Writes the text for assistants into the project's file, or brings it up to date there.</summary>
    /// <exception cref="ConfigurationException">As <see cref="Install"/>.</exception>
    public FileChange InstallInstructions()
    {
        ConfigurationFile file = ConfigurationFile.Open(InstructionPath!, isPrivate: false);
        byte[] after = Marked(file.Path, file.Text).With(Instructions.Marked);
        return file.Text is not null && after.AsSpan().SequenceEqual(file.Text)
            ? new FileChange(file, Installed.Instructions, ChangeKind.None, file.Text)
            : Change(
                file, Installed.Instructions,
                Marked(file.Path, file.Text).Part is null ? ChangeKind.Added : ChangeKind.Replaced, after);
    }

    /// <summary>Takes that text out again; null when it is not there.</summary>
    /// <exception cref="ConfigurationException">As <see cref="Install"/>.</exception>
    public FileChange? UninstallInstructions()
    {
        if (InstructionPath is not { } path || !File.Exists(path))
        {
            return null;
        }

        ConfigurationFile file = ConfigurationFile.Open(path, isPrivate: false);
        MarkedText marked = Marked(path, file.Text);
        if (marked.Part is not { } part)
        {
            return null;
        }

        string lines = Encoding.UTF8.GetString(part).ReplaceLineEndings("\n");
        return Removal(file, Installed.Instructions, Add, marked.Without);

        byte[]? Add(byte[]? before) => Marked(path, before) is var old && old.Part is not null ? null : old.With(lines);
    }

    // Adding gives null for a text that has the part already.
    private static FileChange Removal(
        ConfigurationFile file, Installed what, Func<byte[]?, byte[]?> add, Func<byte[]> remove)
    {
        foreach (byte[] before in file.Backups())
        {
            if (Gives(add, before, file.Text))
            {
                return Change(file, what, ChangeKind.Removed, before);
            }
        }

        return Change(file, what, ChangeKind.Removed, Gives(add, null, file.Text) ? null : remove());
    }

    // A file that may not be changed is a trouble only where something is to change.
    private static FileChange Change(ConfigurationFile file, Installed what, ChangeKind kind, byte[]? after)
    {
        file.ThrowIfReadOnly();
        return new FileChange(file, what, kind, after);
    }

    private static bool Gives(Func<byte[]?, byte[]?> add, byte[]? before, byte[]? now)
    {
        try
        {
            return add(before) is { } with && with.AsSpan().SequenceEqual(now);
        }
        catch (ConfigurationException)
        {
            return false;
        }
    }

    // On Windows Claude Code writes a project's path with either kind of stroke: the one that is there counts.
    private string[] ServersIn(ConfigurationFile file, ClientPlace place)
    {
        if (around.Platform != Platform.Windows || place.Servers is not [var projects, var project, var servers])
        {
            return [.. place.Servers];
        }

        string forward = project.Replace('\\', '/');
        string? known = Json(file.Path, file.Text).NamesAt(projects)
            .FirstOrDefault(one => string.Equals(one.Replace('\\', '/'), forward, StringComparison.OrdinalIgnoreCase));
        return [projects, known ?? forward, servers];
    }

    private static CommentedJson Json(string path, byte[]? text) =>
        new(path, text is null || text.AsSpan().TrimEnd(" \t\r\n"u8).TrimStart(Encoding.UTF8.Preamble).Length == 0
            ? EmptyObject : text);

    private MarkedText Marked(string path, byte[]? text) =>
        new(path, text ?? Encoding.UTF8.GetBytes(client.InstructionHead));
}
