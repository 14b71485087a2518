namespace MemoryGraph.Projects;

/// <summary>A path as the disk has it: one folder is one project, whichever symbolic links lead to it.</summary>
internal static class RealPath
{
    /// <param name="path">Absolute. What does not exist, or may not be looked at, is left as it is.</param>
    public static string Of(string path)
    {
        if (Path.GetDirectoryName(path) is not { } parent)
        {
            return path;
        }

        string real = Path.Combine(Of(parent), Path.GetFileName(path));
        try
        {
            return Directory.ResolveLinkTarget(real, returnFinalTarget: true) is { } target ? Of(target.FullName) : real;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return real;
        }
    }
}
