using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

// System libraries only, never one that lies beside the program or in the working directory.
[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]

namespace MemoryGraph.Log;

/// <summary>What has to be asked of the operating system itself, because .NET hides or softens the answer.</summary>
internal interface ISystemCalls
{
    DiskEntry? Find(string path);

    SafeFileHandle Open(string path, bool writable);

    FileIdentity Identify(SafeFileHandle handle, string path);

    void Sync(SafeFileHandle handle, string path);

    void SyncDirectory(string path);

    bool TryLock(SafeFileHandle handle, string path);

    void Unlock(SafeFileHandle handle, string path);
}
