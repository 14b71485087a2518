namespace MemoryGraph.Locate;

/// <summary>A path as the disk has it: one folder is one project, whichever symbolic links lead to it.</summary>
internal static class RealPath
{
    // As Linux; more is a link that leads into itself.
    private const int LinksMax = 40;

    /// <param name="path">Absolute. What does not exist, or may not be looked at, is left as it is.</param>
    public static string Of(string path) => Of(path, LinksMax);

    private static string Of(string path, int links)
    {
        if (Path.GetDirectoryName(path) is not { } parent)
        {
            return path;
        }

        string real = Path.Combine(Of(parent, links), Path.GetFileName(path));
        try
        {
            return links > 0 && Directory.ResolveLinkTarget(real, returnFinalTarget: true) is { } target
                ? Of(target.FullName, links - 1) : real;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return real;
        }
    }
}
