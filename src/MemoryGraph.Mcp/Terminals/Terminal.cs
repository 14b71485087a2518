namespace MemoryGraph.Mcp.Terminals;

/// <summary>Where a command's words go, and what the program knows of it.</summary>
/// <param name="Output">Standard output, byte for byte.</param>
/// <param name="Errors">Standard error.</param>
internal sealed record Terminal(Stream Output, TextWriter Errors)
{
    /// <summary>Where nobody says how wide it is.</summary>
    public const int WidthUnknown = 80;

    /// <summary>Narrower than this nothing can be laid out; a terminal that says so is lying.</summary>
    public const int WidthLeast = 20;

    /// <summary>Standard input, for a command that listens.</summary>
    public Func<TextReader> Input { get; init; } = () => TextReader.Null;

    /// <summary>The same, byte for byte, for a command that takes a file from it.</summary>
    public Stream InputBytes { get; init; } = Stream.Null;

    /// <summary>
    /// Whether a person reads the output: then it is laid out for the width, else it is plain and stable.
    /// </summary>
    public bool IsWatched { get; init; }

    /// <summary>Whether a person reads standard error: then long work shows how far it is.</summary>
    public bool ErrorsAreWatched { get; init; }

    /// <summary>Whether a person who reads wants colours, which <c>NO_COLOR</c> denies.</summary>
    public bool HasColours { get; init; }

    /// <summary>Columns of the screen.</summary>
    public int Width { get; init; } = WidthUnknown;

    /// <summary>Whether whoever read the output has gone, which no write has told yet.</summary>
    public Func<bool> ReaderIsGone { get; init; } = () => false;
}
