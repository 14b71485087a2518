using System.Reflection;

namespace MemoryGraph.Mcp.Declarations;

/// <summary>What this program calls itself, to clients and in the log.</summary>
internal static class ProductVersion
{
    public const string Name = "memory-graph";

    /// <summary>As in the project file: <c>0.1.0</c>.</summary>
    public static string Number { get; } =
        typeof(ProductVersion).Assembly
            .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    /// <summary>How it names itself to other processes in the lock file: <c>memory-graph 0.1.0</c>.</summary>
    public static string NameAndNumber { get; } = $"{Name} {Number}";
}
