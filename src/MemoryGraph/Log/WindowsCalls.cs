using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MemoryGraph.Log;

/// <summary>FlushFileBuffers and LockFileEx. Written from the documentation; not tested on Windows yet.</summary>
internal static partial class WindowsCalls
{
    private const uint ExclusiveNoWait = 0x2 | 0x1;
    private const int LockViolation = 33;
    private const int IoPending = 997;

    // A byte far behind any content: the lock file's text stays readable while the lock is held.
    private const uint LockedByteHigh = 0x7FFF_FFFF;

    public static DiskFault FaultOf(int error) => error switch
    {
        2 or 3 => DiskFault.NotFound, // ERROR_FILE_NOT_FOUND, ERROR_PATH_NOT_FOUND
        5 => DiskFault.Denied, // ERROR_ACCESS_DENIED
        19 => DiskFault.ReadOnly, // ERROR_WRITE_PROTECT
        80 or 183 => DiskFault.Exists, // ERROR_FILE_EXISTS, ERROR_ALREADY_EXISTS
        39 or 112 or 1295 => DiskFault.Full, // ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL, ERROR_DISK_QUOTA_EXCEEDED
        _ => DiskFault.Failed,
    };

    public static DiskEntry? Find(string path)
    {
        FileSystemInfo info = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
        if (!info.Exists)
        {
            return null;
        }

        bool link = info.LinkTarget is not null;
        if (link || info is DirectoryInfo)
        {
            return new DiskEntry(default, link, info is DirectoryInfo);
        }

        using SafeFileHandle handle = Open(path, writable: false);
        return new DiskEntry(Identify(handle, path), IsLink: false, IsDirectory: false);
    }

    public static SafeFileHandle Open(string path, bool writable) => File.OpenHandle(
        path, FileMode.Open, writable ? FileAccess.ReadWrite : FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    public static FileIdentity Identify(SafeFileHandle handle, string path)
    {
        Span<uint> information = stackalloc uint[13];
        return GetFileInformationByHandle(handle, information)
            ? new FileIdentity(information[7], ((ulong)information[11] << 32) | information[12])
            : throw Failure("look at", path);
    }

    public static void Sync(SafeFileHandle handle, string path)
    {
        if (!FlushFileBuffers(handle))
        {
            throw Failure("make durable", path);
        }
    }

    public static bool TryLock(SafeFileHandle handle, string path)
    {
        var place = new LockPlace { OffsetHigh = LockedByteHigh };
        if (LockFileEx(handle, ExclusiveNoWait, 0, 1, 0, ref place))
        {
            return true;
        }

        int error = Marshal.GetLastPInvokeError();
        return error is LockViolation or IoPending ? false
            : throw new DiskException(DiskFault.CannotLock, "lock", path, ErrorText(error));
    }

    public static void Unlock(SafeFileHandle handle, string path)
    {
        var place = new LockPlace { OffsetHigh = LockedByteHigh };
        if (!UnlockFileEx(handle, 0, 1, 0, ref place))
        {
            throw Failure("unlock", path);
        }
    }

    private static DiskException Failure(string operation, string path)
    {
        int error = Marshal.GetLastPInvokeError();
        return new DiskException(FaultOf(error), operation, path, ErrorText(error));
    }

    private static string ErrorText(int error) =>
        string.Create(CultureInfo.InvariantCulture, $"{Marshal.GetPInvokeErrorMessage(error)} (error {error})");

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool FlushFileBuffers(SafeFileHandle handle);

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetFileInformationByHandle(SafeFileHandle handle, Span<uint> information);

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool LockFileEx(
        SafeFileHandle handle, uint flags, uint reserved, uint bytesLow, uint bytesHigh, ref LockPlace place);

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool UnlockFileEx(
        SafeFileHandle handle, uint reserved, uint bytesLow, uint bytesHigh, ref LockPlace place);

    // OVERLAPPED, of which only the place is used.
    private struct LockPlace
    {
        public nuint Internal, InternalHigh;
        public uint OffsetLow, OffsetHigh;
        public nint Event;
    }
}
