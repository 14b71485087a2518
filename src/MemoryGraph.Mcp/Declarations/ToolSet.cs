namespace MemoryGraph.Mcp.Declarations;

/// <summary>Which tools are served: some clients take only a few.</summary>
internal enum ToolSet
{
    /// <summary>All that an assistant needs in a day.</summary>
    Default,

    /// <summary>The fewest with which memory is of use.</summary>
    Core,

    /// <summary>The default ones, and those that few need often.</summary>
    All,

    /// <summary>Those of the reference memory server and no others, for whoever comes from it.</summary>
    ServerMemory,
}
