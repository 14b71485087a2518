using MemoryGraph.Integrity;
using MemoryGraph.Log;

namespace MemoryGraph.Locate;

/// <summary>A project of a store, as its files tell at a glance: its log is not read, only its end.</summary>
/// <param name="Name">What people call it; the folder's name when its project.json does not say.</param>
/// <param name="Folder">Where its files lie, absolute.</param>
/// <param name="IsOpen">Whether this program serves it.</param>
public sealed record KnownProject(string Name, string Folder, bool IsOpen)
{
    /// <summary>32 hexadecimal digits; null when nothing tells it.</summary>
    public string? Id { get; init; }

    /// <summary>How many events were recorded, by the last that can be read.</summary>
    public long Events { get; init; }

    /// <summary>Size of its log.</summary>
    public long Bytes { get; init; }

    /// <summary>When the last event was recorded, by its writer's clock; null without events.</summary>
    public DateTimeOffset? LastChange { get; init; }

    /// <summary>Folders that it was used from, in the order in which they were first seen.</summary>
    public IReadOnlyList<string> Roots { get; init; } = [];

    /// <summary>
    /// Why its log cannot be looked at, in a sentence; null when it can. Damage further up is not seen.
    /// </summary>
    public string? Trouble { get; init; }

    /// <summary>The projects of a store in order of name; what is no project is passed over.</summary>
    /// <param name="open">Folder of the one that is open.</param>
    /// <exception cref="DiskException">The store cannot be listed.</exception>
    internal static IReadOnlyList<KnownProject> In(IDisk disk, string store, string open) =>
    [
        .. disk.List(store).Select(name => Look(disk, Path.Combine(store, name), open)).OfType<KnownProject>()
            .OrderBy(one => one.Name, StringComparer.Ordinal).ThenBy(one => one.Folder, StringComparer.Ordinal),
    ];

    // Null for what is no project; a link is none.
    private static KnownProject? Look(IDisk disk, string folder, string open)
    {
        var known = new KnownProject(Path.GetFileName(folder), folder, folder == open);
        try
        {
            if (disk.Find(folder) is not { IsDirectory: true, IsLink: false })
            {
                return null;
            }

            ProjectFile? said = ProjectFolder.ReadProject(disk, folder);
            if (said is { Name: not null, Roots: not null })
            {
                known = known with { Name = said.Name, Id = said.Id, Roots = said.Roots };
            }

            return LogSummary.Of(disk, folder) is { } log
                ? known with
                {
                    Id = log.ProjectId,
                    Events = log.Last.Value,
                    Bytes = log.Bytes,
                    LastChange = log.Timestamp is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null,
                }
                : said is not null ? known with { Trouble = "It has no log: there is no events file in its folder." } : null;
        }
        catch (LogException e)
        {
            return known with { Trouble = e.Message };
        }
    }
}
