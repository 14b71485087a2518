namespace MemoryGraph.Mcp.Install;

/// <summary>For whom a server is configured.</summary>
internal enum ClientScope
{
    /// <summary>One person, in one project.</summary>
    Local,

    /// <summary>All who work on a project: the file lies in it and is shared with it.</summary>
    Project,

    /// <summary>One person, in all projects.</summary>
    User,
}

/// <summary>A place in which a client looks for servers.</summary>
/// <param name="File">The whole path of a JSON file.</param>
/// <param name="Servers">Names of the members that lead to the object whose members are servers.</param>
internal sealed record ClientPlace(string File, params IReadOnlyList<string> Servers);

/// <summary>A program that starts servers, and where it keeps which.</summary>
/// <param name="Name">As it is typed: <c>claude-code</c>.</param>
/// <param name="Title">As people know it.</param>
internal sealed record Client(string Name, string Title)
{
    /// <summary>Whether an entry says that it is started and spoken to over its standard streams.</summary>
    public bool SaysType { get; init; }

    /// <summary>Which scopes it knows; the first is meant when none is said.</summary>
    public required IReadOnlyList<ClientScope> Scopes { get; init; }

    /// <summary>
    /// Where it looks, in which scope. One place, but for Claude Desktop on Windows, of which there are two kinds.
    /// </summary>
    public required Func<ClientScope, InstallEnvironment, IReadOnlyList<ClientPlace>> Places { get; init; }

    /// <summary>
    /// What stands for the project at hand in a file that lies in it; null where the server finds it itself.
    /// </summary>
    public string? ProjectVariable { get; init; }

    /// <summary>
    /// What memory goes to when no project was said; null where each project has its own.
    /// </summary>
    public string? FixedProject { get; init; }

    /// <summary>File in a project that tells assistants how to work there; null when it reads none.</summary>
    public IReadOnlyList<string>? InstructionFile { get; init; }

    /// <summary>What that file begins with, where it needs a beginning.</summary>
    public string InstructionHead { get; init; } = "";

    /// <summary>What is to be done after a change, in sentences, in which {0} is the server's name.</summary>
    public required Func<ClientScope, string, string> Next { get; init; }
}
