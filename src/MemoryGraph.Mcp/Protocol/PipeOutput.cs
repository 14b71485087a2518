using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MemoryGraph.Mcp.Protocol;

/// <summary>Standard output that says so when nobody reads it any more.</summary>
/// <remarks>
/// On Unix the console's own stream swallows a broken pipe, and a server would go on for nobody. A file stream reports
/// it; but it writes a redirected regular file from an offset of its own, which is wrong for <c>&gt;&gt;</c>, so files
/// keep the console's.
/// </remarks>
internal static partial class PipeOutput
{
    private const int StandardOutput = 1;

    // What poll tells unasked: an error, as of a pipe without reader; the other end hung up; not open.
    private const short Gone = 0x08 | 0x10 | 0x20;

    [SuppressMessage("Reliability", "CA2000", Justification = "The handle does not own the descriptor: there is nothing to free.")]
    public static Stream Or(Stream console)
    {
        if (OperatingSystem.IsWindows())
        {
            return console;
        }

        var handle = new SafeFileHandle(StandardOutput, ownsHandle: false);
        var pipe = new FileStream(handle, FileAccess.Write, bufferSize: 0);
        return pipe.CanSeek ? console : pipe;
    }

    /// <summary>
    /// Whether nobody reads standard output any more, which a program learns otherwise only when it writes.
    /// </summary>
    public static bool ReaderIsGone()
    {
        if (OperatingSystem.IsWindows())
        {
            return false;
        }

        var asked = new Poll { Descriptor = StandardOutput };
        return PollOnce(ref asked, 1, timeoutMs: 0) > 0 && (asked.Told & Gone) != 0;
    }

    [LibraryImport("libc", EntryPoint = "poll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int PollOnce(ref Poll asked, nuint count, int timeoutMs);

    [StructLayout(LayoutKind.Sequential)]
    private struct Poll
    {
        public int Descriptor;
        public short Asked;
        public short Told;
    }
}
