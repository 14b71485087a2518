namespace MemoryGraph.Mcp.Cli;

/// <summary>What the program's exit says to a script.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>What was asked for cannot be done as things stand; nothing was done, and the reason was told.</summary>
    public const int Refused = 1;

    /// <summary>The arguments, or the settings around them, make no sense; nothing was done.</summary>
    public const int Usage = 2;

    /// <summary>The log is damaged, or it or the output cannot be reached.</summary>
    public const int Unavailable = 3;

    /// <summary>Somebody asked the command to end before it was done, as shells say it.</summary>
    public const int Interrupted = 130;
}
