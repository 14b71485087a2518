namespace MemoryGraph.Log;

/// <summary>Writes a file whole or not at all: under another name, synced, then renamed.</summary>
/// <remarks>
/// A crash leaves the old content or the new one, and perhaps a file whose name ends in <see cref="Suffix"/>, which the
/// next attempt replaces. One writer at a time for each path.
/// </remarks>
internal static class AtomicFile
{
    /// <summary>What follows a file's name while it is being written.</summary>
    public const string Suffix = ".tmp";

    /// <summary>Puts content in the place of a file, if there is one. Durable when it returns.</summary>
    /// <exception cref="DiskException">The disk refuses: the file is as it was, or its new name may not be durable.</exception>
    public static void Replace(IDisk disk, string path, ReadOnlyMemory<byte> content) =>
        Replace(disk, path, file => file.Write(content.Span, 0), _ => true);

    /// <summary>Puts content in the place of a file if it is judged good after it was written.</summary>
    /// <param name="isGood">Judges the content, which is durable by then; if it is not good, it is deleted.</param>
    /// <returns>Whether it was put in place.</returns>
    /// <inheritdoc cref="Replace(IDisk, string, ReadOnlyMemory{byte})"/>
    public static bool Replace(IDisk disk, string path, Action<IDiskFile> write, Func<IDiskFile, bool> isGood)
    {
        string aside = path + Suffix;
        if (disk.Find(aside) is not null)
        {
            disk.Delete(aside);
        }

        bool good;
        using (IDiskFile file = disk.Create(aside))
        {
            write(file);

            // Before the rename: a power cut could keep the new name and lose the bytes behind it.
            file.Sync();
            good = isGood(file);
        }

        if (!good)
        {
            disk.Delete(aside);
            return false;
        }

        disk.Rename(aside, path);
        disk.SyncDirectory(Path.GetDirectoryName(path)!);
        return true;
    }
}
