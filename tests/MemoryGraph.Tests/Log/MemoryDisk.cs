using MemoryGraph.Log;

namespace MemoryGraph.Tests.Log;

/// <summary>Files in memory, for tests that open a log tens of thousands of times. Never fails, locks for one process.</summary>
internal sealed class MemoryDisk : IDisk
{
    private readonly Dictionary<string, Content> _files = [];
    private ulong _lastIdentity;

    public byte[] this[string path]
    {
        get => _files[path].Bytes;
        set => Put(path).Bytes = value;
    }

    public IEnumerable<string> Paths => _files.Keys;

    public DiskEntry? Find(string path) =>
        _files.TryGetValue(path, out Content? content) ? new DiskEntry(content.Identity, IsLink: false, IsDirectory: false)
        : _files.Keys.Any(file => file.StartsWith(path + '/', StringComparison.Ordinal))
            ? new DiskEntry(default, IsLink: false, IsDirectory: true)
        : null;

    public IReadOnlyList<string> List(string directory) =>
        [.. _files.Keys.Where(file => Path.GetDirectoryName(file) == directory).Select(file => Path.GetFileName(file)!)];

    public void CreateDirectory(string path)
    {
    }

    public IDiskFile Create(string path) => Find(path) is null ? new MemoryFile(path, Put(path))
        : throw new DiskException(DiskFault.Exists, "create", path, "it exists already");

    public IDiskFile Open(string path, bool writable) =>
        _files.TryGetValue(path, out Content? content)
            ? writable && content.IsSealed ? throw new DiskException(DiskFault.Denied, "open", path, "permission denied")
            : new MemoryFile(path, content)
        : throw new DiskException(DiskFault.NotFound, "open", path, "there is no such file");

    public void Rename(string from, string to)
    {
        _files[to] = _files.Remove(from, out Content? content) ? content
            : throw new DiskException(DiskFault.NotFound, "rename", from, "there is no such file");
    }

    public void Delete(string path) => _files.Remove(path);

    public void AllowWriting(string path, bool allow) => _files[path].IsSealed = !allow;

    /// <summary>Whether a file may only be read.</summary>
    public bool IsSealed(string path) => _files[path].IsSealed;

    public void SyncDirectory(string path)
    {
    }

    private Content Put(string path) => _files[path] = new Content(new FileIdentity(1, ++_lastIdentity));

    private sealed class Content(FileIdentity identity)
    {
        public FileIdentity Identity { get; } = identity;

        public byte[] Bytes { get; set; } = [];

        public bool IsSealed { get; set; }
    }

    private sealed class MemoryFile(string path, Content content) : IDiskFile
    {
        public string Path => path;

        public long Length => content.Bytes.Length;

        public FileIdentity Identity => content.Identity;

        public int Read(Span<byte> destination, long offset)
        {
            ReadOnlySpan<byte> rest = content.Bytes.AsSpan((int)Math.Min(offset, Length));
            int read = Math.Min(rest.Length, destination.Length);
            rest[..read].CopyTo(destination);
            return read;
        }

        public void Write(ReadOnlySpan<byte> bytes, long offset)
        {
            if (offset + bytes.Length > Length)
            {
                Truncate(offset + bytes.Length);
            }

            bytes.CopyTo(content.Bytes.AsSpan((int)offset));
        }

        public void Truncate(long length)
        {
            byte[] bytes = content.Bytes;
            Array.Resize(ref bytes, (int)length);
            content.Bytes = bytes;
        }

        public void Sync()
        {
        }

        public bool TryLock() => true;

        public void Unlock()
        {
        }

        public void Dispose()
        {
        }
    }
}
