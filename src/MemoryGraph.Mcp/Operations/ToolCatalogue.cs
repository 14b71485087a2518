using MemoryGraph.Locate;
using MemoryGraph.Mcp.Declarations;

namespace MemoryGraph.Mcp.Operations;

/// <summary>Every tool there is, once.</summary>
internal static class ToolCatalogue
{
    /// <summary>The tools of a set, by name.</summary>
    /// <param name="readOnly">Only those that change nothing.</param>
    public static IReadOnlyList<MemoryTool> Of(ToolSet set, bool readOnly, CurrentProject projects)
    {
        MemoryTool[] core =
        [
            new AddObservationTool(projects),
            new CreateEntityTool(projects),
            new CreateRelationTool(projects),
            new GetHistoryTool(projects),
            new OpenNodesTool(projects),
            new RememberTool(projects),
            new SearchNodesTool(projects),
            UndoTool.Undo(projects),
        ];
        MemoryTool[] others =
        [
            new DeleteEntityTool(projects),
            new DeleteObservationTool(projects),
            new DeleteRelationTool(projects),
            new DiffGraphTool(projects),
            new GetRelatedTool(projects),
            new MemoryStatusTool(projects, readOnly),
            new QueryGraphAtTool(projects),
            UndoTool.Redo(projects),
            new UpdateEntityTool(projects),
        ];
        MemoryTool[] rare =
        [
            new FindPathTool(projects),
            new GetUserActivityTool(projects),
            new ListProjectsTool(projects),
            new RedactTool(projects),
            new SummarizeTool(projects),
            new TraverseTool(projects),
            new VerifyLogTool(projects),
            new WhatIfTool(projects),
        ];
        IEnumerable<MemoryTool> chosen = set switch
        {
            ToolSet.Core => core,
            ToolSet.Default => [.. core, .. others],
            ToolSet.All => [.. core, .. others, .. rare],
            _ => throw new System.Diagnostics.UnreachableException($"{set} has no arm"),
        };
        return [.. chosen
            .Where(tool => !readOnly || tool.Declaration.Hints.ReadOnly)
            .OrderBy(tool => tool.Declaration.Name, StringComparer.Ordinal)];
    }
}
