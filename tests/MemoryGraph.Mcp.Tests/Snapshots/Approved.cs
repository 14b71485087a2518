using System.Runtime.CompilerServices;
using Snapshooter;
using Snapshooter.Xunit;

namespace MemoryGraph.Mcp.Tests.Snapshots;

/// <summary>Compares a text with the one approved earlier, a file beside this one. The only place that knows how.</summary>
/// <remarks>
/// What differs is left in <c>__mismatch__</c>: compare, and when the change is meant, move it over the approved file.
/// </remarks>
internal static class Approved
{
    /// <param name="name">Of the file, without ending.</param>
    public static void Match(string text, string name) =>
        Snapshot.Match(text.ReplaceLineEndings("\n"), new SnapshotFullName(name + ".snap", Folder()));

    private static string Folder([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
