namespace MemoryGraph.Mcp.Cli;

/// <summary>
/// A file that is being written under another name beside its own, so that it is there whole or not at all.
/// </summary>
internal sealed class OutputFile(FileInfo file) : IDisposable
{
    private FileStream? _stream;

    /// <summary>What is to stand in the file. Made when it is first asked for.</summary>
    /// <exception cref="IOException">The folder is not there or cannot be written.</exception>
    public FileStream Stream => _stream ??= Create();

    /// <summary>Gives the file its name.</summary>
    /// <exception cref="IOException">It cannot have it, or something has the name already.</exception>
    public void TakeItsPlace(bool replace)
    {
        Stream.Dispose();
        File.Move(Stream.Name, file.FullName, replace);
    }

    /// <summary>Leaves nothing behind of a file that did not get its name.</summary>
    public void Dispose()
    {
        if (_stream is not null)
        {
            _stream.Dispose();
            File.Delete(_stream.Name);
        }
    }

    private FileStream Create()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        string name = $".{file.Name}.{Path.GetRandomFileName()}";
        return new FileStream(Path.Combine(file.DirectoryName!, name), options);
    }
}
