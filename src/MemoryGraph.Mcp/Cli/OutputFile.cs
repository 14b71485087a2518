namespace MemoryGraph.Mcp.Cli;

/// <summary>
/// A file that is being written under another name beside its own, so that it is there whole or not at all.
/// </summary>
internal sealed class OutputFile : IDisposable
{
    private readonly FileInfo _file;

    private OutputFile(FileInfo file, FileStream stream)
    {
        _file = file;
        Stream = stream;
    }

    /// <summary>What is to stand in the file.</summary>
    public FileStream Stream { get; }

    /// <exception cref="IOException">The folder is not there or cannot be written.</exception>
    public static OutputFile Beside(FileInfo file)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        string name = $".{file.Name}.{Path.GetRandomFileName()}";
        return new OutputFile(file, new FileStream(Path.Combine(file.DirectoryName!, name), options));
    }

    /// <summary>Gives the file its name.</summary>
    /// <exception cref="IOException">It cannot have it, or something has the name already.</exception>
    public void TakeItsPlace(bool replace)
    {
        Stream.Dispose();
        File.Move(Stream.Name, _file.FullName, replace);
    }

    /// <summary>Leaves nothing behind of a file that did not get its name.</summary>
    public void Dispose()
    {
        Stream.Dispose();
        File.Delete(Stream.Name);
    }
}
