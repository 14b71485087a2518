using MemoryGraph.Log;

namespace MemoryGraph.Tests.Log;

/// <summary>
/// Files in memory on a disk that loses power: what was not synced by then is lost, kept or torn, as chance has it.
/// </summary>
/// <remarks>Names count as files do: each that was made, changed or deleted since its folder was synced.</remarks>
internal sealed class CutDisk : IDisk
{
    private const int SectorBytes = 512;

    private readonly Dictionary<string, Content> _names = [];
    private readonly Dictionary<string, Content> _durableNames = [];
    private ulong _lastIdentity;
    private int _operations;

    /// <summary>At which operation that changes something the power goes; none after it succeeds.</summary>
    public int CutAt { get; init; } = int.MaxValue;

    /// <summary>Puts a file on the disk, durable, as if it had always been there.</summary>
    public byte[] this[string path]
    {
        set
        {
            var content = new Content(new FileIdentity(2, ++_lastIdentity)) { Bytes = value };
            content.Sync();
            _names[path] = _durableNames[path] = content;
        }
    }

    /// <summary>Whether it has gone.</summary>
    public bool IsCut => _operations >= CutAt;

    /// <summary>What is found when the power is back.</summary>
    public MemoryDisk AfterCut(Random chance)
    {
        var found = new MemoryDisk();
        foreach (string path in _names.Keys.Union(_durableNames.Keys).Order(StringComparer.Ordinal))
        {
            Content? before = _durableNames.GetValueOrDefault(path);
            Content? after = _names.GetValueOrDefault(path);
            if ((before == after || chance.Next(2) == 0 ? before : after) is { } content)
            {
                found[path] = content.AfterCut(chance);
                found.AllowWriting(path, !content.IsSealed);
            }
        }

        return found;
    }

    public DiskEntry? Find(string path) =>
        _names.TryGetValue(path, out Content? content) ? new DiskEntry(content.Identity, IsLink: false, IsDirectory: false)
        : _names.Keys.Any(file => file.StartsWith(path + '/', StringComparison.Ordinal))
            ? new DiskEntry(default, IsLink: false, IsDirectory: true)
        : null;

    public IReadOnlyList<string> List(string directory) =>
        [.. _names.Keys.Where(file => Path.GetDirectoryName(file) == directory).Select(file => Path.GetFileName(file)!)];

    public void CreateDirectory(string path)
    {
    }

    public IDiskFile Create(string path)
    {
        Change(path);
        return new CutFile(this, path, _names[path] = new Content(new FileIdentity(2, ++_lastIdentity)));
    }

    public IDiskFile Open(string path, bool writable) =>
        !_names.TryGetValue(path, out Content? content) ? throw new DiskException(DiskFault.NotFound, "open", path, "there is no such file")
        : writable && content.IsSealed ? throw new DiskException(DiskFault.Denied, "open", path, "permission denied")
        : new CutFile(this, path, content);

    public void Rename(string from, string to)
    {
        Change(to);
        _names[to] = _names[from];
        _names.Remove(from);
    }

    public void Delete(string path)
    {
        Change(path);
        _names.Remove(path);
    }

    public void AllowWriting(string path, bool allow)
    {
        Change(path);
        _names[path].IsSealed = !allow;
    }

    public void SyncDirectory(string path)
    {
        Change(path);
        foreach (string file in _names.Keys.Union(_durableNames.Keys).Where(file => Path.GetDirectoryName(file) == path).ToArray())
        {
            if (_names.TryGetValue(file, out Content? content))
            {
                _durableNames[file] = content;
            }
            else
            {
                _durableNames.Remove(file);
            }
        }
    }

    private void Change(string path)
    {
        if (IsCut || ++_operations >= CutAt)
        {
            throw new DiskException(DiskFault.Failed, "use", path, "the power is gone");
        }
    }

    private sealed class Content(FileIdentity identity)
    {
        private byte[] _durable = [];

        public FileIdentity Identity { get; } = identity;

        public byte[] Bytes { get; set; } = [];

        public bool IsSealed { get; set; }

        public void Sync() => _durable = [.. Bytes];

        public byte[] AfterCut(Random chance)
        {
            int length = chance.Next(3) == 0 ? _durable.Length : Bytes.Length;
            byte[] found = new byte[length];
            for (int sector = 0; sector < length; sector += SectorBytes)
            {
                byte[] from = chance.Next(2) == 0 ? _durable : Bytes;
                int end = Math.Min(Math.Min(sector + SectorBytes, length), from.Length);
                if (end > sector)
                {
                    from.AsSpan(sector..end).CopyTo(found.AsSpan(sector));
                }
            }

            return found;
        }
    }

    private sealed class CutFile(CutDisk disk, string path, Content content) : IDiskFile
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
            // The write that meets the end of the power may have reached the disk all the same.
            if (!disk.IsCut)
            {
                byte[] grown = content.Bytes;
                Array.Resize(ref grown, (int)Math.Max(offset + bytes.Length, Length));
                bytes.CopyTo(grown.AsSpan((int)offset));
                content.Bytes = grown;
            }

            disk.Change(path);
        }

        public void Truncate(long length)
        {
            disk.Change(path);
            content.Bytes = content.Bytes[..(int)length];
        }

        public void Sync()
        {
            disk.Change(path);
            content.Sync();
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
