using System.Diagnostics.CodeAnalysis;
using Microsoft.Win32.SafeHandles;

namespace MemoryGraph.Mcp.Stdio;

/// <summary>Standard output that says so when nobody reads it any more.</summary>
/// <remarks>
/// On Unix the console's own stream swallows a broken pipe, and a server would go on for nobody. A file stream reports it;
/// but it writes a redirected regular file from an offset of its own, which is wrong for <c>&gt;&gt;</c>, so files keep the
/// console's.
/// </remarks>
internal static class PipeOutput
{
    [SuppressMessage("Reliability", "CA2000", Justification = "The handle does not own the descriptor: there is nothing to free.")]
    public static Stream Or(Stream console)
    {
        if (OperatingSystem.IsWindows())
        {
            return console;
        }

        const int standardOutput = 1;
        var pipe = new FileStream(new SafeFileHandle(standardOutput, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return pipe.CanSeek ? console : pipe;
    }
}
