using MemoryGraph.Log;

namespace MemoryGraph.Tests.Log;

/// <summary>What a disk is asked to do.</summary>
internal enum DiskCall
{
    Find,
    List,
    CreateDirectory,
    Create,
    Open,
    Rename,
    Delete,
    AllowWriting,
    SyncDirectory,
    Measure,
    Read,
    Write,
    Truncate,
    Sync,
    Lock,
    Unlock,
}

/// <summary>A real disk with somebody in between who sees every call and may refuse it.</summary>
internal abstract class RelayDisk : IDisk
{
    private readonly SystemDisk _disk = new();

    public DiskEntry? Find(string path) => Asked(DiskCall.Find, path, () => _disk.Find(path));

    public IReadOnlyList<string> List(string directory) => Asked(DiskCall.List, directory, () => _disk.List(directory));

    public void CreateDirectory(string path) => Asked(DiskCall.CreateDirectory, path, () => _disk.CreateDirectory(path));

    public IDiskFile Create(string path) => Asked(DiskCall.Create, path, () => new RelayFile(this, _disk.Create(path)));

    public IDiskFile Open(string path, bool writable) =>
        Asked(DiskCall.Open, path, () => new RelayFile(this, _disk.Open(path, writable)));

    public void Rename(string from, string to) => Asked(DiskCall.Rename, to, () => _disk.Rename(from, to));

    public void Delete(string path) => Asked(DiskCall.Delete, path, () => _disk.Delete(path));

    public void AllowWriting(string path, bool allow) =>
        Asked(DiskCall.AllowWriting, path, () => _disk.AllowWriting(path, allow));

    public void SyncDirectory(string path) => Asked(DiskCall.SyncDirectory, path, () => _disk.SyncDirectory(path));

    /// <summary>Called in place of every call but a write; the passes it on unless overridden.</summary>
    protected abstract void Relay(DiskCall call, string path, Action pass);

    /// <summary>Called in place of every write; the passes it on unless overridden.</summary>
    protected virtual void RelayWrite(IDiskFile file, byte[] bytes, long offset) =>
        Relay(DiskCall.Write, file.Path, () => file.Write(bytes, offset));

    private void Asked(DiskCall call, string path, Action pass) => Relay(call, path, pass);

    private T Asked<T>(DiskCall call, string path, Func<T> pass)
    {
        T answer = default!;
        Relay(call, path, () => answer = pass());
        return answer;
    }

    private sealed class RelayFile(RelayDisk disk, IDiskFile file) : IDiskFile
    {
        public string Path => file.Path;

        public long Length => disk.Asked(DiskCall.Measure, Path, () => file.Length);

        public FileIdentity Identity => file.Identity;

        public int Read(Span<byte> destination, long offset)
        {
            byte[] bytes = new byte[destination.Length];
            int read = disk.Asked(DiskCall.Read, Path, () => file.Read(bytes, offset));
            bytes.AsSpan(0, read).CopyTo(destination);
            return read;
        }

        public void Write(ReadOnlySpan<byte> bytes, long offset) => disk.RelayWrite(file, bytes.ToArray(), offset);

        public void Truncate(long length) => disk.Asked(DiskCall.Truncate, Path, () => file.Truncate(length));

        public void Sync() => disk.Asked(DiskCall.Sync, Path, file.Sync);

        public bool TryLock() => disk.Asked(DiskCall.Lock, Path, file.TryLock);

        public void Unlock() => disk.Asked(DiskCall.Unlock, Path, file.Unlock);

        public void Dispose() => file.Dispose();
    }
}

/// <summary>A disk that never waits for the device: for tests that repeat thousands of times what others show once.</summary>
internal sealed class HastyDisk : RelayDisk
{
    protected override void Relay(DiskCall call, string path, Action pass)
    {
        if (call is not (DiskCall.Sync or DiskCall.SyncDirectory))
        {
            pass();
        }
    }
}
