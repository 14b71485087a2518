using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MemoryGraph.Log;

/// <summary>fsync, flock, open and stat of Linux and macOS. Linux is tested; macOS follows its documentation.</summary>
internal static partial class UnixCalls
{
    private const int Interrupted = 4;
    private const int NotFound = 2;
    private const int NotADirectory = 20;
    private const int Invalid = 22;
    private const int NotSupportedOnMac = 45;

    private const int LockExclusiveNoWait = 2 | 4;
    private const int LockRelease = 8;
    private const int ReadOnlyAccess = 0;
    private const int ReadWriteAccess = 2;
    private const int FullSync = 51;
    private const int FileTypeMask = 0xF000;
    private const int LinkType = 0xA000;
    private const int DirectoryType = 0x4000;

    private static int CloseOnExec => OperatingSystem.IsMacOS() ? 0x0100_0000 : 0x0008_0000;

    private static int TooManyLinks => OperatingSystem.IsMacOS() ? 62 : 40;

    private static int QuotaExceeded => OperatingSystem.IsMacOS() ? 69 : 122;

    private static int WouldBlock => OperatingSystem.IsMacOS() ? 35 : 11;

    /// <summary>Our name for an errno.</summary>
    public static DiskFault FaultOf(int errno) => errno switch
    {
        NotFound or NotADirectory => DiskFault.NotFound,
        1 or 13 => DiskFault.Denied, // EPERM, EACCES
        17 => DiskFault.Exists, // EEXIST
        27 or 28 => DiskFault.Full, // EFBIG, ENOSPC
        30 => DiskFault.ReadOnly, // EROFS
        _ when errno == TooManyLinks => DiskFault.Link,
        _ when errno == QuotaExceeded => DiskFault.Full,
        _ => DiskFault.Failed,
    };

    public static DiskEntry? Find(string path) => FileStatus.OfPath(path, out int errno) is { } status
        ? new DiskEntry(status.Identity, (status.Mode & FileTypeMask) == LinkType, (status.Mode & FileTypeMask) == DirectoryType)
        : errno is NotFound or NotADirectory ? null
        : throw Failure("look at", path, errno);

    // Never created here: open() takes its third argument as a variadic one, which macOS on ARM passes differently.
    public static SafeFileHandle Open(string path, bool writable)
    {
        int descriptor, errno;
        do
        {
            descriptor = OpenFile(path, (writable ? ReadWriteAccess : ReadOnlyAccess) | CloseOnExec);
            errno = Marshal.GetLastPInvokeError();
        }
        while (descriptor < 0 && errno == Interrupted);

        return descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : throw Failure("open", path, errno);
    }

    public static FileIdentity Identify(SafeFileHandle handle, string path) =>
        FileStatus.OfHandle(handle, out int errno)?.Identity ?? throw Failure("look at", path, errno);

    public static void Sync(SafeFileHandle handle, string path)
    {
        if (SyncOnce(handle) is not 0 and var errno)
        {
            throw Failure("make durable", path, errno);
        }
    }

    public static void SyncDirectory(string path)
    {
        using SafeFileHandle handle = Open(path, writable: false);

        // Some file systems cannot sync a folder and say so with EINVAL; they have nothing to lose there.
        if (SyncOnce(handle) is not (0 or Invalid) and var errno)
        {
            throw Failure("make durable", path, errno);
        }
    }

    public static bool TryLock(SafeFileHandle handle, string path)
    {
        int errno;
        do
        {
            if (FileLock(handle, LockExclusiveNoWait) == 0)
            {
                return true;
            }

            errno = Marshal.GetLastPInvokeError();
        }
        while (errno == Interrupted);

        return errno == WouldBlock ? false
            : throw new DiskException(DiskFault.CannotLock, "lock", path, ErrorText(errno));
    }

    public static void Unlock(SafeFileHandle handle, string path)
    {
        if (FileLock(handle, LockRelease) != 0)
        {
            throw Failure("unlock", path, Marshal.GetLastPInvokeError());
        }
    }

    // Only an interruption is tried again: after any other failure the kernel may have dropped the pages and call a
    // second attempt a success.
    private static int SyncOnce(SafeFileHandle handle)
    {
        while (true)
        {
            int result = OperatingSystem.IsMacOS() ? FileControl(handle, FullSync) : FileSync(handle);
            int errno = result == 0 ? 0 : Marshal.GetLastPInvokeError();
            if (OperatingSystem.IsMacOS() && errno is Invalid or NotSupportedOnMac)
            {
                // No full sync on this file system (network, FAT): the ordinary one is the best there is.
                errno = FileSync(handle) == 0 ? 0 : Marshal.GetLastPInvokeError();
            }

            if (errno != Interrupted)
            {
                return errno;
            }
        }
    }

    private static DiskException Failure(string operation, string path, int errno) =>
        new(FaultOf(errno), operation, path, ErrorText(errno));

    private static string ErrorText(int errno) =>
        string.Create(CultureInfo.InvariantCulture, $"{Marshal.GetPInvokeErrorMessage(errno)} (error {errno})");

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenFile(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FileSync(SafeFileHandle handle);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int FileControl(SafeFileHandle handle, int command);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int FileLock(SafeFileHandle handle, int operation);

    /// <summary>The little that we need of stat: which file it is and of what kind.</summary>
    private readonly partial record struct FileStatus(FileIdentity Identity, int Mode)
    {
        private const int StatusBytes = 256;
        private const int CurrentDirectory = -100;
        private const int NoFollow = 0x100;
        private const int EmptyPath = 0x1000;
        private const uint WantTypeAndInode = 0x1 | 0x100;

        public static FileStatus? OfPath(string path, out int errno)
        {
            Span<byte> status = stackalloc byte[StatusBytes];
            int result = !OperatingSystem.IsMacOS() ? StatX(CurrentDirectory, path, NoFollow, WantTypeAndInode, status)
                : IsArm ? StatPathArm(path, status) : StatPathIntel(path, status);
            errno = result == 0 ? 0 : Marshal.GetLastPInvokeError();
            return errno == 0 ? Parse(status) : null;
        }

        public static FileStatus? OfHandle(SafeFileHandle handle, out int errno)
        {
            Span<byte> status = stackalloc byte[StatusBytes];
            int result = !OperatingSystem.IsMacOS() ? StatXHandle(handle, "", EmptyPath, WantTypeAndInode, status)
                : IsArm ? StatHandleArm(handle, status) : StatHandleIntel(handle, status);
            errno = result == 0 ? 0 : Marshal.GetLastPInvokeError();
            return errno == 0 ? Parse(status) : null;
        }

        private static bool IsArm => RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

        // struct statx (Linux, the same on every processor): mode at 28, inode at 32, device at 136 and 140.
        // struct stat (macOS): device at 0, mode at 4, inode at 8.
        private static FileStatus Parse(ReadOnlySpan<byte> status) => OperatingSystem.IsMacOS()
            ? new(new(MemoryMarshal.Read<uint>(status), MemoryMarshal.Read<ulong>(status[8..])), MemoryMarshal.Read<ushort>(status[4..]))
            : new(
                new(((ulong)MemoryMarshal.Read<uint>(status[136..]) << 32) | MemoryMarshal.Read<uint>(status[140..]),
                    MemoryMarshal.Read<ulong>(status[32..])),
                MemoryMarshal.Read<ushort>(status[28..]));

        [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
        private static partial int StatX(int directory, string path, int flags, uint mask, Span<byte> status);

        [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
        private static partial int StatXHandle(SafeFileHandle handle, string path, int flags, uint mask, Span<byte> status);

        [LibraryImport("libc", EntryPoint = "lstat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
        private static partial int StatPathArm(string path, Span<byte> status);

        [LibraryImport("libc", EntryPoint = "lstat$INODE64", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
        private static partial int StatPathIntel(string path, Span<byte> status);

        [LibraryImport("libc", EntryPoint = "fstat", SetLastError = true)]
        private static partial int StatHandleArm(SafeFileHandle handle, Span<byte> status);

        [LibraryImport("libc", EntryPoint = "fstat$INODE64", SetLastError = true)]
        private static partial int StatHandleIntel(SafeFileHandle handle, Span<byte> status);
    }
}
