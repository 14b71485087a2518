using MemoryGraph.Log;

namespace MemoryGraph.LogProbe;

/// <summary>The disk as one would write it who trusts .NET to report a failed sync. For tests only.</summary>
internal sealed class FlushedDisk(IDisk disk) : IDisk
{
    public DiskEntry? Find(string path) => disk.Find(path);

    public IReadOnlyList<string> List(string directory) => disk.List(directory);

    public void CreateDirectory(string path) => disk.CreateDirectory(path);

    public IDiskFile Create(string path) => new FlushedFile(disk.Create(path));

    public IDiskFile Open(string path, bool writable) => new FlushedFile(disk.Open(path, writable));

    public void Rename(string from, string to) => disk.Rename(from, to);

    public void Delete(string path) => disk.Delete(path);

    public void AllowWriting(string path, bool allow) => disk.AllowWriting(path, allow);

    public void SyncDirectory(string path) => disk.SyncDirectory(path);

    private sealed class FlushedFile(IDiskFile file) : IDiskFile
    {
        public string Path => file.Path;

        public long Length => file.Length;

        public FileIdentity Identity => file.Identity;

        public int Read(Span<byte> destination, long offset) => file.Read(destination, offset);

        public void Write(ReadOnlySpan<byte> bytes, long offset) => file.Write(bytes, offset);

        public void Truncate(long length) => file.Truncate(length);

        public void Sync()
        {
            using var stream = new FileStream(file.Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
#pragma warning disable RS0030 // What it does to a failure is what this disk is here to show.
            stream.Flush(flushToDisk: true);
#pragma warning restore RS0030
        }

        public bool TryLock() => file.TryLock();

        public void Unlock() => file.Unlock();

        public void Dispose() => file.Dispose();
    }
}
