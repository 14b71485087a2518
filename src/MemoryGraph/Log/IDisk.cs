namespace MemoryGraph.Log;

/// <summary>Every way in which the log touches files, and nothing else.</summary>
/// <remarks>
/// The one seam with a second implementation: a simulated disk takes this place when power cuts are tested. All
/// failures are <see cref="DiskException"/>s. Opening refuses symbolic links: a link could lead the log, or a repair,
/// anywhere.
/// </remarks>
internal interface IDisk
{
    /// <summary>What is under a path, without following a link; null when nothing is.</summary>
    DiskEntry? Find(string path);

    /// <summary>Names, not paths, in a folder; empty when there is no such folder.</summary>
    IReadOnlyList<string> List(string directory);

    /// <summary>Makes a folder (and its parents) for its owner only; does nothing where one is.</summary>
    void CreateDirectory(string path);

    /// <summary>Makes a file for its owner only.</summary>
    /// <exception cref="DiskException"><see cref="DiskFault.Exists"/>, or another.</exception>
    IDiskFile Create(string path);

    /// <summary>Opens a file that exists.</summary>
    /// <exception cref="DiskException">
    /// <see cref="DiskFault.NotFound"/>, <see cref="DiskFault.Link"/>, or another.
    /// </exception>
    IDiskFile Open(string path, bool writable);

    /// <summary>
    /// Gives a file another name, in place of whatever has it; durable after <see cref="SyncDirectory"/>.
    /// </summary>
    void Rename(string from, string to);

    void Delete(string path);

    /// <summary>Says whether a file may be opened for writing, by its owner; nobody else may in any case.</summary>
    void AllowWriting(string path, bool allow);

    /// <summary>Makes the creations, renames and deletions in a folder survive a power cut.</summary>
    void SyncDirectory(string path);
}

/// <summary>An open file.</summary>
internal interface IDiskFile : IDisposable
{
    string Path { get; }

    long Length { get; }

    /// <summary>Which file this is, whatever its name by now.</summary>
    FileIdentity Identity { get; }

    /// <summary>Fills the span from a place in the file.</summary>
    /// <returns>Bytes read; fewer than asked only at the end of the file.</returns>
    int Read(Span<byte> destination, long offset);

    /// <summary>Writes all bytes at a place. On failure, some of them may be there.</summary>
    void Write(ReadOnlySpan<byte> bytes, long offset);

    void Truncate(long length);

    /// <summary>Returns when everything written is on the device; throws when that is not known.</summary>
    void Sync();

    /// <summary>Takes the exclusive lock between processes without waiting.</summary>
    /// <returns>False when another holds it. A file system that cannot lock is an exception, never "no lock".</returns>
    bool TryLock();

    void Unlock();
}

/// <summary>Names a file whatever its path: device and inode, or what the system has in their place.</summary>
internal readonly record struct FileIdentity(ulong Device, ulong File);

/// <summary>What a path leads to.</summary>
internal readonly record struct DiskEntry(FileIdentity Identity, bool IsLink, bool IsDirectory);
