using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

// System libraries only, never one that lies beside the program or in the working directory.
[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]

namespace MemoryGraph.Log;

/// <summary>The operating system's files.</summary>
/// <remarks>
/// .NET's own calls are used where they tell the truth. Syncing, locking and asking which file a path names go to the
/// system directly: on .NET 10 for Linux a failed fsync looks like success (<c>FileStream.Flush(true)</c>,
/// <c>RandomAccess.FlushToDisk</c>), and <c>FileShare</c> locks vanish without an error where a file system cannot
/// lock.
/// </remarks>
internal sealed class SystemDisk : IDisk
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerDirectory = OwnerFile | UnixFileMode.UserExecute;

    private const string NoRoom = "no space, quota or allowed file size is left";

    public DiskEntry? Find(string path) => OperatingSystem.IsWindows() ? WindowsCalls.Find(path) : UnixCalls.Find(path);

    public IReadOnlyList<string> List(string directory) => Guarded("list", directory, () =>
        Directory.Exists(directory)
            ? Directory.EnumerateFileSystemEntries(directory).Select(entry => System.IO.Path.GetFileName(entry)).ToArray()
            : []);

    public void CreateDirectory(string path)
    {
        // Each on its own: .NET would make the parents for everybody that the umask allows, and nobody would sync their
        // names.
        if (System.IO.Path.GetDirectoryName(path) is { } parent && !Directory.Exists(parent))
        {
            CreateDirectory(parent);
            SyncDirectory(System.IO.Path.GetDirectoryName(parent)!);
        }

        Guarded("make the folder", path, () => OperatingSystem.IsWindows()
            ? Directory.CreateDirectory(path)
            : Directory.CreateDirectory(path, OwnerDirectory));
    }

    public IDiskFile Create(string path) => Guarded("create", path, () =>
    {
        FileStreamOptions options = Options(FileMode.CreateNew, FileAccess.ReadWrite);
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerFile;
        }

        // The only managed way to name the mode at creation; the stream itself is never used.
        using (new FileStream(path, options))
        {
        }

        return Open(path, writable: true);
    });

    public IDiskFile Open(string path, bool writable)
    {
        if (Find(path) is not { } entry)
        {
            throw new DiskException(DiskFault.NotFound, "open", path, "there is no such file");
        }

        if (entry.IsLink)
        {
            throw new DiskException(DiskFault.Link, "open", path, "it is a symbolic link, which a log does not follow");
        }

        return Guarded("open", path, () =>
        {
            SafeFileHandle handle = OperatingSystem.IsWindows()
                ? WindowsCalls.Open(path, writable) : UnixCalls.Open(path, writable);
            var file = new SystemFile(path, handle);
            if (file.Identity != entry.Identity)
            {
                file.Dispose();
                throw new DiskException(DiskFault.Link, "open", path, "it was replaced while it was being opened");
            }

            return file;
        });
    }

    public void Rename(string from, string to) => Guarded("rename", from, () =>
    {
        File.Move(from, to, overwrite: true);
        return 0;
    });

    public void Delete(string path) => Guarded("delete", path, () =>
    {
        File.Delete(path);
        return 0;
    });

    public void AllowWriting(string path, bool allow) => Guarded("change the permissions of", path, () =>
    {
        if (OperatingSystem.IsWindows())
        {
            File.SetAttributes(path, allow ? FileAttributes.Normal : FileAttributes.ReadOnly);
        }
        else
        {
            File.SetUnixFileMode(path, allow ? OwnerFile : UnixFileMode.UserRead);
        }

        return 0;
    });

    public void SyncDirectory(string path)
    {
        // NTFS journals names itself; there is no call to make.
        if (!OperatingSystem.IsWindows())
        {
            UnixCalls.SyncDirectory(path);
        }
    }

    internal static FileStreamOptions Options(FileMode mode, FileAccess access) => new()
    {
        Mode = mode,
        Access = access,
        Share = FileShare.ReadWrite | FileShare.Delete,
        BufferSize = 0,
    };

    /// <summary>Runs a managed call and gives its failure our names.</summary>
    internal static T Guarded<T>(string operation, string path, Func<T> call)
    {
        try
        {
            return call();
        }
        catch (UnauthorizedAccessException e)
        {
            throw new DiskException(DiskFault.Denied, operation, path, "permission denied", e);
        }
        catch (IOException e)
        {
            throw new DiskException(FaultOf(e), operation, path, DetailOf(e), e);
        }
    }

    private static DiskFault FaultOf(IOException e) => e switch
    {
        FileNotFoundException or DirectoryNotFoundException => DiskFault.NotFound,
        _ when OperatingSystem.IsWindows() => WindowsCalls.FaultOf(e.HResult & 0xFFFF),
        _ => UnixCalls.FaultOf(e.HResult),
    };

    private static string DetailOf(IOException e) => FaultOf(e) switch
    {
        DiskFault.Full => NoRoom,
        DiskFault.ReadOnly => "the medium is read-only",
        DiskFault.NotFound => "there is no such file or folder",
        DiskFault.Exists => "it exists already",
        _ => string.Create(CultureInfo.InvariantCulture, $"input/output error {e.HResult & 0xFFFF}"),
    };

    private sealed class SystemFile(string path, SafeFileHandle handle) : IDiskFile
    {
        public string Path => path;

        public long Length => Guarded("measure", path, () => RandomAccess.GetLength(handle));

        public FileIdentity Identity { get; } = OperatingSystem.IsWindows()
            ? WindowsCalls.Identify(handle, path) : UnixCalls.Identify(handle, path);

        public int Read(Span<byte> destination, long offset)
        {
            int total = 0;
            try
            {
                while (total < destination.Length
                    && RandomAccess.Read(handle, destination[total..], offset + total) is > 0 and var read)
                {
                    total += read;
                }
            }
            catch (IOException e)
            {
                throw new DiskException(FaultOf(e), "read", path, DetailOf(e), e);
            }

            return total;
        }

        public void Write(ReadOnlySpan<byte> bytes, long offset)
        {
            try
            {
                RandomAccess.Write(handle, bytes, offset);
            }
            catch (IOException e)
            {
                throw new DiskException(FaultOf(e), "write to", path, DetailOf(e), e);
            }
            catch (ArgumentOutOfRangeException e)
            {
                // What .NET makes of EFBIG: the process may not write files that long.
                throw new DiskException(DiskFault.Full, "write to", path, NoRoom, e);
            }
            catch (UnauthorizedAccessException e)
            {
                throw new DiskException(DiskFault.Denied, "write to", path, "permission denied", e);
            }
        }

        public void Truncate(long length) => Guarded("truncate", path, () =>
        {
            RandomAccess.SetLength(handle, length);
            return 0;
        });

        public void Sync()
        {
            if (OperatingSystem.IsWindows())
            {
                WindowsCalls.Sync(handle, path);
            }
            else
            {
                UnixCalls.Sync(handle, path);
            }
        }

        public bool TryLock() =>
            OperatingSystem.IsWindows() ? WindowsCalls.TryLock(handle, path) : UnixCalls.TryLock(handle, path);

        public void Unlock()
        {
            if (OperatingSystem.IsWindows())
            {
                WindowsCalls.Unlock(handle, path);
            }
            else
            {
                UnixCalls.Unlock(handle, path);
            }
        }

        public void Dispose() => handle.Dispose();
    }
}
