using System.Globalization;
using MemoryGraph.Text;

namespace MemoryGraph.Mcp.Install;

/// <summary>
/// A file of a client, as it was read and as it is replaced: whole or not at all, with a copy of what was there beside
/// it.
/// </summary>
/// <remarks>Where the path is a symbolic link, the file that it leads to is meant, and the link stays.</remarks>
internal sealed class ConfigurationFile
{
    private const string BackupMark = ".backup-";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _target;
    private readonly bool _isPrivate;

    private ConfigurationFile(string path, string target, bool isPrivate, byte[]? text)
    {
        Path = path;
        _target = target;
        _isPrivate = isPrivate;
        Text = text;
    }

    /// <summary>As the client knows it.</summary>
    public string Path { get; }

    /// <summary>What was in it; null when it was not there.</summary>
    public byte[]? Text { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="isPrivate">Whether a new file is its owner's alone: clients keep keys in it.</param>
    /// <exception cref="ConfigurationException">It cannot be read; says why.</exception>
    public static ConfigurationFile Open(string path, bool isPrivate) => Guarded(path, "read", () =>
    {
        string target = TargetOf(path);
        if (Directory.Exists(target))
        {
            throw new ConfigurationException(path, "is a folder, where a file belongs.");
        }

        if (!OperatingSystem.IsWindows() && target.StartsWith("/dev/", StringComparison.Ordinal))
        {
            throw new ConfigurationException(path, "leads to a device, not to a file.");
        }

        return new ConfigurationFile(path, target, isPrivate, Read(target));
    });

    /// <summary>Makes sure that nobody marked the file, or its folder, as not to be changed.</summary>
    /// <exception cref="ConfigurationException">Somebody did, or there can be no such file.</exception>
    public void ThrowIfReadOnly() => Guarded(Path, "read", () =>
    {
        // Asked of the permissions themselves: replacing a file needs none on it, and the system's administrator needs
        // none at all, but whoever made it read-only meant it.
        if (Text is not null && File.GetAttributes(_target).HasFlag(FileAttributes.ReadOnly))
        {
            throw new ConfigurationException(Path, "is read-only. Make it writable, then repeat.");
        }

        string folder = System.IO.Path.GetDirectoryName(_target)!;
        while (!System.IO.Path.Exists(folder))
        {
            folder = System.IO.Path.GetDirectoryName(folder)!;
        }

        if (File.Exists(folder))
        {
            throw new ConfigurationException(
                Path, $"cannot be made: {Quoted.Name(folder)} is a file, where a folder belongs.");
        }

        // On Windows the mark means something else on a folder.
        return !OperatingSystem.IsWindows() && File.GetAttributes(folder).HasFlag(FileAttributes.ReadOnly)
            ? throw new ConfigurationException(
                Path, $"cannot be written: the folder {Quoted.Name(folder)} is read-only. Make it writable, then repeat.")
            : true;
    });

    /// <summary>What was in it before earlier changes, the latest first.</summary>
    /// <remarks>Those that cannot be read are left out.</remarks>
    public IEnumerable<byte[]> Backups()
    {
        string[] files = Guarded(Path, "read", () => Directory.GetFiles(System.IO.Path.GetDirectoryName(_target)!));
        foreach (string file in files
            .Where(file => file.StartsWith(_target + BackupMark, StringComparison.Ordinal))
            .OrderDescending(StringComparer.Ordinal))
        {
            byte[]? text = null;
            try
            {
                text = Read(file);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It was a help, not more.
            }

            if (text is not null)
            {
                yield return text;
            }
        }
    }

    /// <summary>Puts other text in its place.</summary>
    /// <param name="text">Null to take the file away.</param>
    /// <param name="now">Names the copy of what was there.</param>
    /// <returns>Where that copy is; null when nothing was there.</returns>
    /// <exception cref="ConfigurationException">It could not be done; the file is as it was.</exception>
    public string? Replace(byte[]? text, DateTimeOffset now) => Guarded(Path, "written", () =>
    {
        ThrowIfChanged();
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(_target)!);
        string? backup = Text is null ? null : Keep(now);
        try
        {
            if (text is null)
            {
                File.Delete(_target);
            }
            else
            {
                // Asked again in the last moment: clients write their files whenever they like.
                Write(text, ThrowIfChanged);
            }
        }
        catch (Exception e) when (backup is not null
            && e is IOException or UnauthorizedAccessException or ConfigurationException)
        {
            File.Delete(backup!);
            throw;
        }

        return backup;
    });

    /// <summary>Gives back what was read, after <see cref="Replace"/>.</summary>
    /// <param name="backup">What that returned.</param>
    public void PutBack(string? backup) => Guarded(Path, "written", () =>
    {
        if (Text is null)
        {
            File.Delete(_target);
        }
        else
        {
            Write(Text, () => { });
            File.Delete(backup!);
        }

        return 0;
    });

    private static string TargetOf(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget is null
                ? path : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;
        }
        catch (IOException e)
        {
            throw new ConfigurationException(
                path, "is a link that cannot be followed: it leads back to itself, or nowhere.", e);
        }
    }

    private static byte[]? Read(string target)
    {
        try
        {
            return File.ReadAllBytes(target);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private void ThrowIfChanged()
    {
        if (!Same(Read(_target), Text))
        {
            throw new ConfigurationException(Path, "was changed by another program just now. Repeat the command.");
        }
    }

    private static bool Same(byte[]? one, byte[]? other) =>
        one is null || other is null ? one == other : one.AsSpan().SequenceEqual(other);

    private string Keep(DateTimeOffset now)
    {
        string time = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        string first = _target + BackupMark + time;
        string backup = first;
        for (int count = 2; File.Exists(backup); count++)
        {
            backup = string.Create(CultureInfo.InvariantCulture, $"{first}-{count}");
        }

        Create(backup, Text!, ModeOrNull());
        return backup;
    }

    private void Write(byte[] text, Action check)
    {
        string draft = string.Create(CultureInfo.InvariantCulture, $"{_target}.{Environment.ProcessId}.new");
        Create(draft, text, ModeOrNull() ?? (_isPrivate ? OwnerOnly : null));
        try
        {
            check();
            File.Move(draft, _target, overwrite: Text is not null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ConfigurationException)
        {
            File.Delete(draft);
            throw;
        }
    }

    private UnixFileMode? ModeOrNull() =>
        !OperatingSystem.IsWindows() && File.Exists(_target) ? File.GetUnixFileMode(_target) : null;

    // A new file, whole or not at all. One that is there already is somebody else's, and stays.
    private static void Create(string path, byte[] text, UnixFileMode? mode)
    {
        // Written through, so that a name that it is given later never leads to a file that a power cut emptied.
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Options = FileOptions.WriteThrough,
            BufferSize = 0,
        };
        if (mode is not null && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using var stream = new FileStream(path, options);
        try
        {
            stream.Write(text);
            if (mode is { } kept && !OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, kept);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            File.Delete(path);
            throw;
        }
    }

    private static T Guarded<T>(string path, string what, Func<T> call)
    {
        try
        {
            return call();
        }
        catch (UnauthorizedAccessException e)
        {
            throw new ConfigurationException(path, $"cannot be {what}: you have no permission for that.", e);
        }
        catch (IOException e)
        {
            throw new ConfigurationException(
                path, FormattableString.Invariant($"cannot be {what}: the system refused it with error {e.HResult & 0xFFFF}."), e);
        }
    }
}
