using MemoryGraph.EndToEnd.Tests.Driving;

namespace MemoryGraph.EndToEnd.Tests.ServerMemory;

/// <summary>The real <c>@modelcontextprotocol/server-memory</c>, from npm.</summary>
internal static class ReferenceServer
{
    private static readonly string Script =
        Path.Combine(BuildPlaces.Clients, "node_modules", "@modelcontextprotocol", "server-memory", "dist", "index.js");

    public static string? Missing => Machine.WithoutClients
        ?? (File.Exists(Script) ? null : "the reference server is not installed: run npm ci --ignore-scripts in tests/MemoryGraph.EndToEnd.Tests/npm");

    /// <summary>Where it keeps its memory in a sandbox.</summary>
    public static string FileIn(Sandbox sandbox) => sandbox.Join("memory.jsonl");

    public static Launch In(Sandbox sandbox) => sandbox.Run(["node", Script]).With("MEMORY_FILE_PATH", FileIn(sandbox));

    /// <summary>Our server in its place.</summary>
    public static Launch ReplacedIn(Sandbox sandbox, Programs programs) => sandbox.Serve(programs.Any, "--tools", "server-memory");
}

/// <summary>Runs where the reference server is installed.</summary>
internal sealed class ReferenceFactAttribute : FactAttribute
{
    public ReferenceFactAttribute() => Skip = ReferenceServer.Missing;
}

/// <summary>Runs where the reference server is installed.</summary>
internal sealed class ReferenceTheoryAttribute : TheoryAttribute
{
    public ReferenceTheoryAttribute() => Skip = ReferenceServer.Missing;
}
