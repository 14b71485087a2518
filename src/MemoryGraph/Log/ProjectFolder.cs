using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using MemoryGraph.Domain;

namespace MemoryGraph.Log;

/// <summary>A project's files in a store, and how they come into being.</summary>
/// <remarks>
/// <code>
/// [store]/.gitattributes .gitignore   only when the store lies in a git work tree
/// [store]/[project]/                  0700, files 0600
///   project.json                      id, name, format, created, roots seen
///   lock                              flock target; never replaced
///   events-000000000001.jsonl         segments; only the last grows, the others may only be read
///   quarantine/                       bytes that a repair took out
///   snapshots/                        caches, gone with every redaction
///   cursors/                          how far those got who follow the log
/// </code>
/// Nothing is made before the first write. Each file appears whole: written aside, synced, renamed.
/// </remarks>
internal sealed class ProjectFolder(IDisk disk, ProjectPlace place)
{
    private const string ProjectFileName = "project.json";

    private const string GitAttributes = "events-*.jsonl -text -merge\n";
    private const string GitIgnore = "*\n!*/\n!.gitignore\n!.gitattributes\n!project.json\n!events-*.jsonl\n";

    // Whether all names are durable that lead to our files, whoever made them. False at first, and again from when this
    // process makes one until it is synced.
    private bool _namesSynced;

    public string Path => place.Directory;

    public string LockPath => Join("lock");

    public string QuarantinePath => Join("quarantine");

    public string CursorsPath => Join("cursors");

    private string SnapshotsPath => SnapshotsIn(place.Directory);

    /// <summary>The segment that begins every log.</summary>
    public string SegmentName { get; } = SegmentHeader.FileName(new EventId(1));

    public string SegmentPath => Join(SegmentName);

    /// <summary>Where a project keeps its snapshots.</summary>
    public static string SnapshotsIn(string directory) => System.IO.Path.Combine(directory, "snapshots");

    public string Join(string name) => System.IO.Path.Combine(place.Directory, name);

    /// <summary>Makes the folder and, in a work tree, before it the files that tell git what to keep.</summary>
    /// <exception cref="DiskException">Something is in the way, or the disk says no.</exception>
    public void EnsureExists()
    {
        if (disk.Find(place.Directory) is { } entry)
        {
            Refuse(place.Directory, entry);
            return;
        }

        disk.CreateDirectory(place.Store);
        if (place.InWorkTree)
        {
            EnsureFile(System.IO.Path.Combine(place.Store, ".gitattributes"), GitAttributes);
            EnsureFile(System.IO.Path.Combine(place.Store, ".gitignore"), GitIgnore);
        }

        disk.CreateDirectory(place.Directory);
    }

    /// <summary>
    /// Makes the names that lead to the log survive a power cut, whoever made them and died before doing so.
    /// </summary>
    public void SyncNames()
    {
        if (!_namesSynced)
        {
            if (disk.Find(QuarantinePath) is not null)
            {
                disk.SyncDirectory(QuarantinePath);
            }

            disk.SyncDirectory(Path);
            disk.SyncDirectory(place.Store);
            if (System.IO.Path.GetDirectoryName(place.Store) is { } parent)
            {
                disk.SyncDirectory(parent);
            }

            _namesSynced = true;
        }
    }

    /// <summary>Puts bytes of the log aside for good: durable when it returns.</summary>
    /// <param name="name">A name that was not used before.</param>
    public void Quarantine(string name, ReadOnlyMemory<byte> bytes)
    {
        if (disk.Find(QuarantinePath) is { } entry)
        {
            Refuse(QuarantinePath, entry);
        }

        _namesSynced = false;
        disk.CreateDirectory(QuarantinePath);
        Replace(System.IO.Path.Combine(QuarantinePath, name), bytes);
        SyncNames();
    }

    /// <summary>Names of the files that are neither a segment of the log nor a copy of something in it.</summary>
    public IEnumerable<string> OtherFiles() => disk.List(Path)
        .Where(name => !SegmentHeader.IsFileName(name) && IsFile(name) && !IsUnfinished(name));

    /// <summary>Names of what <see cref="DeleteCopies"/> deletes, as <c>quarantine/…</c>.</summary>
    public IEnumerable<string> Copies() => new[] { SnapshotsPath, QuarantinePath }
        .Where(folder => disk.Find(folder) is { IsDirectory: true, IsLink: false })
        .SelectMany(folder => disk.List(folder).Select(name => $"{System.IO.Path.GetFileName(folder)}/{name}"));

    /// <summary>A file's text, with whatever is no UTF-8 in it replaced.</summary>
    public string ReadText(string name)
    {
        using IDiskFile file = disk.Open(Join(name), writable: false);
        byte[] bytes = new byte[file.Length];
        return System.Text.Encoding.UTF8.GetString(bytes, 0, file.Read(bytes, 0));
    }

    /// <summary>
    /// Deletes what repeats the log's text: caches, bytes that a repair took out, what a crash left of a file being
    /// written. Durable when it returns. Under the lock.
    /// </summary>
    public void DeleteCopies()
    {
        DeleteUnfinished();
        disk.SyncDirectory(Path);
        foreach (string folder in new[] { SnapshotsPath, QuarantinePath })
        {
            if (disk.Find(folder) is { } entry)
            {
                Refuse(folder, entry);
                foreach (string name in disk.List(folder))
                {
                    disk.Delete(System.IO.Path.Combine(folder, name));
                }

                disk.SyncDirectory(folder);
            }
        }
    }

    /// <summary>Makes the folder for cursors.</summary>
    public void EnsureCursors()
    {
        EnsureExists();
        if (disk.Find(CursorsPath) is { } entry)
        {
            Refuse(CursorsPath, entry);
        }

        disk.CreateDirectory(CursorsPath);
    }

    /// <summary>Writes a cursor, whole or not at all: durable when it returns.</summary>
    public void WriteCursor(string path, ReadOnlyMemory<byte> content) => Replace(path, content);

    /// <summary>Refuses a link or a file where the project's folder belongs.</summary>
    public void CheckFolder()
    {
        if (disk.Find(place.Directory) is { } entry)
        {
            Refuse(place.Directory, entry);
        }
    }

    /// <summary>The log's segments by name, in order.</summary>
    public IReadOnlyList<string> SegmentNames() =>
        [.. disk.List(Path).Where(SegmentHeader.IsFileName).OrderBy(name => SegmentHeader.FirstIn(name)!.Value.Value)];

    public bool HasSegment(string name) => disk.Find(Join(name)) is not null;

    /// <summary>Opens a segment for reading.</summary>
    /// <remarks>Whoever made it may have died before its name was durable.</remarks>
    public IDiskFile OpenSegment(string name)
    {
        _namesSynced = false;
        return disk.Open(Join(name), writable: false);
    }

    /// <summary>Opens a segment for writing.</summary>
    /// <param name="isSealed">Whether it may otherwise only be read, and will again.</param>
    public IDiskFile OpenSegmentForWriting(string name, bool isSealed)
    {
        if (!isSealed)
        {
            return disk.Open(Join(name), writable: true);
        }

        disk.AllowWriting(Join(name), allow: true);
        try
        {
            return disk.Open(Join(name), writable: true);
        }
        finally
        {
            Seal(name);
        }
    }

    /// <summary>Makes a segment read-only that no writer adds to any more.</summary>
    public void Seal(string name)
    {
        try
        {
            disk.AllowWriting(Join(name), allow: false);
        }
        catch (DiskException)
        {
            // A file system without permissions, or another's file: it only guards against accidents.
        }
    }

    /// <summary>Writes the first segment's header line, whole or not at all. Under the lock.</summary>
    public void CreateSegment(DateTimeOffset now)
    {
        ProjectFile project = ReadProject() ?? NewProject(Randomness.NewProjectId(), now);
        CreateSegment(SegmentHeader.First(project.Id));
    }

    /// <summary>Writes a segment of a header line, whole or not at all. Under the lock.</summary>
    public void CreateSegment(SegmentHeader header) => Replace(Join(SegmentHeader.FileName(header.FirstEventId)), header.ToLine());

    /// <summary>Puts a mended segment in the place of the damaged one: the one or the other, whole. Under the lock.</summary>
    public void ReplaceSegment(string name, ReadOnlyMemory<byte> mended) => Replace(Join(name), mended);

    /// <summary>Takes a file that is no part of the log out of it. Durable when it returns. Under the lock.</summary>
    public void DeleteSegment(string name)
    {
        disk.Delete(Join(name));
        disk.SyncDirectory(Path);
    }

    /// <summary>Deletes what a crash left of a file being written. Under the lock.</summary>
    public void DeleteUnfinished()
    {
        foreach (string name in disk.List(Path).Where(name => IsUnfinished(name) && IsFile(name)))
        {
            disk.Delete(Join(name));
        }
    }

    /// <summary>
    /// Puts another log in the place of one without events, if it is judged good: the one or the other, whole. Under the
    /// lock.
    /// </summary>
    /// <param name="write">Writes it into a file aside.</param>
    /// <param name="isGood">Judges what was written; that is durable by then.</param>
    public void RestoreSegment(Action<IDiskFile> write, Func<IDiskFile, bool> isGood) => Replace(SegmentPath, write, isGood);

    /// <summary>The first segment's header as project.json has it; null when that is not there to say.</summary>
    public SegmentHeader? HeaderFromProject() =>
        ReadProject() is { } project ? SegmentHeader.First(project.Id) with { Format = project.Format } : null;

    /// <summary>Keeps project.json true: there, and naming the root and remote in use. Under the lock.</summary>
    public void UpdateProject(string projectId, DateTimeOffset now)
    {
        ProjectFile? found = ReadProject();
        ProjectFile project = found ?? NewProject(projectId, now);
        if (place.Root is { } root && !project.Roots.Contains(root, StringComparer.Ordinal))
        {
            project = project with { Roots = [.. project.Roots, root] };
        }

        if (project.Id != projectId)
        {
            // The log says whose it is; it was restored from a copy.
            project = project with { Id = projectId };
        }

        if (place.Remote is { } remote && project.Remote != remote)
        {
            project = project with { Remote = remote };
        }

        if (!ReferenceEquals(project, found))
        {
            Replace(Join(ProjectFileName), Serialize(project));
        }
    }

    /// <summary>
    /// What project.json says; null when there is none or it cannot be read (the log does not need it).
    /// </summary>
    public ProjectFile? ReadProject() => ReadProject(disk, place.Directory);

    public static ProjectFile? ReadProject(IDisk disk, string directory)
    {
        try
        {
            using IDiskFile file = disk.Open(System.IO.Path.Combine(directory, ProjectFileName), writable: false);
            byte[] bytes = new byte[file.Length];
            int read = file.Read(bytes, 0);
            return JsonSerializer.Deserialize(bytes.AsSpan(0, read), ProjectFileJson.Default.ProjectFile);
        }
        catch (Exception e) when (e is DiskException or JsonException)
        {
            return null;
        }
    }

    private ProjectFile NewProject(string id, DateTimeOffset now) =>
        new(id, place.Name, LogFormat.Current, now.ToUnixTimeMilliseconds(), [], null);

    private void EnsureFile(string path, string content)
    {
        if (disk.Find(path) is null)
        {
            Replace(path, System.Text.Encoding.UTF8.GetBytes(content));
        }
    }

    private void Replace(string path, ReadOnlyMemory<byte> content) =>
        Replace(path, file => file.Write(content.Span, 0), _ => true);

    private void Replace(string path, Action<IDiskFile> write, Func<IDiskFile, bool> isGood)
    {
        // Until it is done: a failure on the way may leave a name that is not durable.
        bool othersSynced = _namesSynced;
        _namesSynced = false;
        if (AtomicFile.Replace(disk, path, write, isGood))
        {
            _namesSynced = othersSynced;
        }
    }

    private bool IsFile(string name) => disk.Find(Join(name)) is { IsDirectory: false, IsLink: false };

    private static bool IsUnfinished(string name) => name.EndsWith(AtomicFile.Suffix, StringComparison.Ordinal);

    private static byte[] Serialize(ProjectFile project) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(project, ProjectFileJson.Legible.ProjectFile), (byte)'\n'];

    private static void Refuse(string directory, DiskEntry entry)
    {
        if (entry.IsLink || !entry.IsDirectory)
        {
            throw new DiskException(
                DiskFault.Link, "use", directory, entry.IsLink ? "it is a symbolic link" : "it is not a folder");
        }
    }
}

/// <summary>Where a project's files lie and what it is called.</summary>
/// <param name="Store">The folder that holds projects, absolute.</param>
/// <param name="Directory">The project's folder, inside the store.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Root">Where its work lies; null when it was asked for by name.</param>
/// <param name="Remote">The repository's origin, without credentials; null when there is none.</param>
/// <param name="InWorkTree">Whether the store lies in a git work tree.</param>
internal sealed record ProjectPlace(
    string Store, string Directory, string Name, string? Root, string? Remote, bool InWorkTree);

/// <summary>The content of project.json.</summary>
internal sealed record ProjectFile(
    string Id, string Name, LogFormat Format, long Created, IReadOnlyList<string> Roots, string? Remote);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ProjectFile))]
internal sealed partial class ProjectFileJson : JsonSerializerContext
{
    /// <summary>Letters stay letters: people read this file.</summary>
    public static ProjectFileJson Legible =>
        field ??= new(new JsonSerializerOptions(Default.Options!) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
