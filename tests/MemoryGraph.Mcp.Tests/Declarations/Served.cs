using MemoryGraph.Locate;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Mcp.Operations;
using ModelContextProtocol.Protocol;

namespace MemoryGraph.Mcp.Tests.Declarations;

/// <summary>The tools of every set, without a memory behind them.</summary>
internal static class Served
{
    // Asked for its tools only, a registry touches nothing.
    private static readonly CurrentProject Nowhere =
        new(new ProjectOptions(null, null, null, "/", "/", "/", _ => null), "tests 1", TimeProvider.System);

    /// <summary>Every set of tools of our own.</summary>
    public static IEnumerable<ToolSet> Sets => Enum.GetValues<ToolSet>().Where(set => set != ToolSet.ServerMemory);

    /// <summary>All tools of all sets, read-only or not.</summary>
    public static IEnumerable<Tool> Everywhere =>
        Sets.SelectMany(set => Of(set).Concat(Of(set, readOnly: true)));

    public static IReadOnlyList<Tool> Of(ToolSet set, bool readOnly = false) => [.. Declared(set, readOnly).Select(tool => tool.ProtocolTool)];

    public static IReadOnlyList<MemoryTool> Declared(ToolSet set, bool readOnly = false) => OperationCatalogue.Tools(set, readOnly, Nowhere);
}
