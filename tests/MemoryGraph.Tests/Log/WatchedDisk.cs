using MemoryGraph.Log;

namespace MemoryGraph.Tests.Log;

/// <summary>A disk that remembers what was asked of it, and what of that would survive a power cut.</summary>
/// <remarks>It never waits for the device: what was synced is known here.</remarks>
internal class WatchedDisk : RelayDisk
{
    private readonly Lock _gate = new();
    private readonly List<DiskRequest> _requests = [];
    private readonly Dictionary<string, long> _syncedLength = [];
    private readonly HashSet<string> _unsyncedFolders = [];
    private readonly List<(string Path, long From, long To)> _unsynced = [];
    private readonly List<(string Path, long From, long To)> _doubtful = [];

    /// <summary>In order; reading and looking are left out.</summary>
    public IReadOnlyList<DiskRequest> Requests
    {
        get
        {
            lock (_gate)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>Folders in which names were made that a power cut could take back.</summary>
    public IReadOnlyList<string> UnsyncedFolders
    {
        get
        {
            lock (_gate)
            {
                return [.. _unsyncedFolders];
            }
        }
    }

    /// <summary>Whether a sync was believed that said nothing about bytes whose sync had failed before.</summary>
    public bool BelievedASecondSync { get; private set; }

    /// <summary>How long a file was when its last sync that succeeded began.</summary>
    public long SyncedLength(string path)
    {
        lock (_gate)
        {
            return _syncedLength.GetValueOrDefault(path);
        }
    }

    /// <summary>Throws when the call is to fail.</summary>
    protected virtual void Judge(DiskCall call, string path)
    {
    }

    protected override void Relay(DiskCall call, string path, Action pass)
    {
        lock (_gate)
        {
            Note(new DiskRequest(call, path, 0, []));
            long length = call == DiskCall.Sync ? new FileInfo(path).Length : 0;
            if (call is DiskCall.Create or DiskCall.Rename || (call == DiskCall.CreateDirectory && !Directory.Exists(path)))
            {
                _unsyncedFolders.Add(Path.GetDirectoryName(path)!);
            }

            try
            {
                Judge(call, path);
            }
            catch (DiskException) when (call == DiskCall.Sync)
            {
                _doubtful.AddRange(_unsynced.Where(range => range.Path == path));
                _unsynced.RemoveAll(range => range.Path == path);
                throw;
            }

            if (call is not (DiskCall.Sync or DiskCall.SyncDirectory))
            {
                pass();
            }

            Settle(call, path, length);
        }
    }

    protected override void RelayWrite(IDiskFile file, byte[] bytes, long offset)
    {
        lock (_gate)
        {
            Note(new DiskRequest(DiskCall.Write, file.Path, offset, bytes));
            Judge(DiskCall.Write, file.Path);
            file.Write(bytes, offset);
            _doubtful.RemoveAll(range => range.Path == file.Path && range.From >= offset && range.To <= offset + bytes.Length);
            _unsynced.Add((file.Path, offset, offset + bytes.Length));
        }
    }

    private void Settle(DiskCall call, string path, long length)
    {
        switch (call)
        {
            case DiskCall.Sync:
                BelievedASecondSync |= _doubtful.Exists(range => range.Path == path && range.From < length);
                _unsynced.RemoveAll(range => range.Path == path);
                _syncedLength[path] = length;
                break;
            case DiskCall.SyncDirectory:
                _unsyncedFolders.Remove(path);
                break;
            case DiskCall.Rename:
                _syncedLength[path] = new FileInfo(path).Length;
                break;
        }
    }

    private void Note(DiskRequest request)
    {
        if (request.Call is not (DiskCall.Find or DiskCall.List or DiskCall.Measure or DiskCall.Read))
        {
            _requests.Add(request);
        }
    }
}

/// <summary>Something asked of a disk; offset and bytes of a write only.</summary>
internal sealed record DiskRequest(DiskCall Call, string Path, long Offset, byte[] Bytes)
{
    public override string ToString() => $"{Call} {System.IO.Path.GetFileName(Path)}";
}
