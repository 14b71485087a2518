namespace MemoryGraph.Mcp.Install;

/// <summary>What becomes of the part of a file that is ours.</summary>
internal enum ChangeKind
{
    /// <summary>It is as it should be.</summary>
    None,

    Added,

    /// <summary>Something else stood under our name.</summary>
    Replaced,

    Removed,
}

/// <summary>What of ours is in a file.</summary>
internal enum Installed
{
    /// <summary>The server's entry.</summary>
    Server,

    /// <summary>The text for assistants.</summary>
    Instructions,
}

/// <summary>A file and what it is to become.</summary>
/// <param name="After">Null for no file.</param>
internal sealed record FileChange(ConfigurationFile File, Installed What, ChangeKind Kind, byte[]? After)
{
    /// <summary>Carries out changes, all or none.</summary>
    /// <param name="now">Names the copies.</param>
    /// <returns>For each change, where the copy of what was there is; null where nothing was, or nothing
    /// changes.</returns>
    /// <exception cref="ConfigurationException">One could not be done; those before it were taken back.</exception>
    public static IReadOnlyList<string?> CarryOut(IReadOnlyList<FileChange> changes, DateTimeOffset now)
    {
        var backups = new List<string?>();
        try
        {
            foreach (FileChange change in changes)
            {
                backups.Add(change.Kind == ChangeKind.None ? null : change.File.Replace(change.After, now));
            }
        }
        catch (ConfigurationException)
        {
            for (int i = backups.Count - 1; i >= 0; i--)
            {
                if (changes[i].Kind != ChangeKind.None)
                {
                    changes[i].File.PutBack(backups[i]);
                }
            }

            throw;
        }

        return backups;
    }
}
