namespace MemoryGraph.Locate;

/// <summary>Finds the repository that a folder belongs to, by git's own files and without git.</summary>
/// <remarks>
/// All work trees and sub-folders of a repository are one project, so what counts is the main work tree: a linked one
/// leads there by its <c>.git</c> file (<c>gitdir: …</c>) and the <c>commondir</c> beside what that names. A submodule
/// is a repository of its own. git itself is not asked: it may be missing, or refuse a folder of another owner.
/// </remarks>
/// <param name="Root">The main work tree; for a work tree of a bare repository, that repository.</param>
/// <param name="GitDirectory">The repository's shared git folder, where its config lies.</param>
internal sealed record GitWorkTree(string Root, string GitDirectory)
{
    /// <summary>Looks in a folder and those above it; null when none is in a repository.</summary>
    public static GitWorkTree? Around(string directory)
    {
        for (string? folder = directory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            string git = Path.Combine(folder, ".git");
            if (Directory.Exists(git))
            {
                return new GitWorkTree(folder, git);
            }

            if (File.Exists(git) && Linked(folder, git) is { } linked)
            {
                return linked;
            }
        }

        return null;
    }

    /// <summary>Address of the repository's origin without user and password; null when there is none.</summary>
    public string? Origin() => Configured(GitDirectory, "[remote\"origin\"]", "url") is { } url ? WithoutCredentials(url) : null;

    private static GitWorkTree? Linked(string folder, string gitFile)
    {
        const string prefix = "gitdir:";
        string? line = Lines(gitFile).FirstOrDefault(one => one.StartsWith(prefix, StringComparison.Ordinal));
        if (line is null)
        {
            return null;
        }

        string gitDirectory = Path.GetFullPath(line[prefix.Length..].Trim(), folder);
        string? common = Lines(Path.Combine(gitDirectory, "commondir")).FirstOrDefault();
        if (common is null)
        {
            return new GitWorkTree(folder, gitDirectory);
        }

        string shared = Path.TrimEndingDirectorySeparator(Path.GetFullPath(common.Trim(), gitDirectory));
        string root = Path.GetFileName(shared) == ".git" ? Path.GetDirectoryName(shared)!
            : Configured(shared, "[core]", "worktree") is { } submodule ? Path.GetFullPath(submodule, shared)
            : shared;
        return new GitWorkTree(Path.TrimEndingDirectorySeparator(root), shared);
    }

    private static string? Configured(string gitDirectory, string section, string key)
    {
        bool inSection = false;
        foreach (string line in Lines(Path.Combine(gitDirectory, "config")).Select(line => line.Trim()))
        {
            if (line.StartsWith('['))
            {
                inSection = line.Replace(" ", "", StringComparison.Ordinal).Equals(section, StringComparison.OrdinalIgnoreCase);
            }
            else if (inSection && line.Split('=', 2) is [var name, var value]
                && name.Trim().Equals(key, StringComparison.OrdinalIgnoreCase))
            {
                return value.Trim().Trim('"');
            }
        }

        return null;
    }

    private static string WithoutCredentials(string url)
    {
        int scheme = url.IndexOf("://", StringComparison.Ordinal);
        int host = scheme < 0 ? -1 : url.IndexOf('/', scheme + 3);
        string authority = scheme < 0 ? "" : host < 0 ? url[(scheme + 3)..] : url[(scheme + 3)..host];
        int at = authority.LastIndexOf('@');
        return at < 0 ? url : url[..(scheme + 3)] + authority[(at + 1)..] + (host < 0 ? "" : url[host..]);
    }

    private static string[] Lines(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllLines(path) : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
