namespace MemoryGraph.Mcp.Tests;

/// <summary>A folder of a test's own, outside of any repository, gone after it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("memory-graph-").FullName;

    /// <summary>Makes a folder in it.</summary>
    public string Make(string name) => Directory.CreateDirectory(System.IO.Path.Combine(Path, name)).FullName;

    public string Join(params string[] names) => System.IO.Path.Combine([Path, .. names]);

    public void Dispose()
    {
        // git writes its objects read-only, which some systems do not delete.
        foreach (string file in Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories))
        {
            File.SetAttributes(file, FileAttributes.Normal);
        }

        Directory.Delete(Path, recursive: true);
    }
}
