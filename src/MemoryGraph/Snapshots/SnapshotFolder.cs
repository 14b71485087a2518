using System.Globalization;
using MemoryGraph.Domain;
using MemoryGraph.Log;

namespace MemoryGraph.Snapshots;

/// <summary>A project's snapshots: <c>000001000000.snapshot</c> covers the events up to one million.</summary>
/// <remarks>
/// The newest counts; the one before it is kept in case the newest is found wanting. Several processes may write and
/// delete here: a file that is gone is no fault, and none is ever changed.
/// </remarks>
internal sealed class SnapshotFolder(IDisk disk, string path)
{
    private const string Suffix = ".snapshot";
    private const int Kept = 2;

    /// <summary>Names of what is there, the newest first.</summary>
    public IReadOnlyList<string> NewestFirst()
    {
        try
        {
            return [.. disk.List(path).Where(name => IdOf(name) is not null).OrderByDescending(IdOf)];
        }
        catch (DiskException)
        {
            // A cache that cannot be looked at is none.
            return [];
        }
    }

    /// <summary>Opens one of them; null when it cannot be used or is gone by now.</summary>
    public SnapshotFile? TryOpen(string name)
    {
        try
        {
            return SnapshotFile.Open(disk, Path.Combine(path, name));
        }
        catch (DiskException)
        {
            return null;
        }
    }

    /// <summary>Begins to write one, aside.</summary>
    /// <exception cref="DiskException">The disk refuses, or something else is in the way.</exception>
    public SnapshotWriter Begin()
    {
        if (disk.Find(path) is { } entry && (entry.IsLink || !entry.IsDirectory))
        {
            throw new DiskException(DiskFault.Link, "use", path, "it is not a folder of ours");
        }

        disk.CreateDirectory(path);
        return new SnapshotWriter(disk.Create(Path.Combine(path, Randomness.NewProjectId() + AtomicFile.Suffix)));
    }

    /// <summary>
    /// Gives a finished one its name, and deletes what it makes needless: all but the one before it, and what others
    /// have begun or left behind; who is still at it finds his gone and gives up.
    /// </summary>
    /// <returns>Its path.</returns>
    /// <exception cref="DiskException">The disk refuses.</exception>
    public string Publish(SnapshotWriter finished, EventId covers)
    {
        string published = Path.Combine(path, NameOf(covers));
        disk.Rename(finished.Path, published);
        foreach (string name in NewestFirst().Skip(Kept).Concat(disk.List(path).Where(IsAside)))
        {
            TryDelete(name);
        }

        return published;
    }

    /// <summary>Deletes one that was begun and is not to be.</summary>
    public void Abandon(SnapshotWriter begun) => TryDelete(Path.GetFileName(begun.Path));

    /// <summary>Deletes all that do not cover an event: they hold text that it may have had erased.</summary>
    public void DeleteOlderThan(EventId id)
    {
        foreach (string name in NewestFirst().Where(name => IdOf(name) < id))
        {
            TryDelete(name);
        }
    }

    private static bool IsAside(string name) => name.EndsWith(AtomicFile.Suffix, StringComparison.Ordinal);

    private static string NameOf(EventId covers) => covers.Value.ToString("D12", CultureInfo.InvariantCulture) + Suffix;

    private static EventId? IdOf(string name) => name.EndsWith(Suffix, StringComparison.Ordinal)
        && long.TryParse(name.AsSpan(0, name.Length - Suffix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out long id)
            ? new EventId(id) : null;

    private void TryDelete(string name)
    {
        try
        {
            disk.Delete(Path.Combine(path, name));
        }
        catch (DiskException)
        {
            // Somebody else deleted it, or it may only be read here; a redaction deletes it in any case.
        }
    }
}
