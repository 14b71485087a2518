using MemoryGraph.Locate;
using MemoryGraph.Mcp.Declarations;

namespace MemoryGraph.Mcp.Operations;

/// <summary>Every operation there is, once.</summary>
internal static class OperationCatalogue
{
    private static readonly Operation[] Core =
    [
        ObservationOperations.Add,
        EntityOperations.Create,
        RelationOperations.Create,
        HistoryOperation.GetHistory,
        OpenOperation.OpenNodes,
        RememberOperation.Remember,
        SearchOperation.SearchNodes,
        UndoOperations.Undo,
    ];

    private static readonly Operation[] Others =
    [
        EntityOperations.Delete,
        ObservationOperations.Delete,
        RelationOperations.Delete,
        DiffOperation.DiffGraph,
        RelatedOperation.GetRelated,
        StatusOperation.MemoryStatus,
        GraphAtOperation.QueryGraphAt,
        UndoOperations.Redo,
        EntityOperations.Update,
    ];

    private static readonly Operation[] Rare =
    [
        PathOperation.FindPath,
        ActivityOperation.GetUserActivity,
        ProjectsOperation.ListProjects,
        RedactOperation.Redact,
        SummaryOperation.Summarize,
        TraverseOperation.Traverse,
        VerifyOperation.VerifyLog,
        WhatIfOperation.WhatIf,
    ];

    public static IReadOnlyList<Operation> All { get; } = [.. Core, .. Others, .. Rare];

    /// <summary>The tools of a set, by name.</summary>
    /// <param name="readOnly">Only those that change nothing.</param>
    public static IReadOnlyList<MemoryTool> Tools(ToolSet set, bool readOnly, CurrentProject projects)
    {
        IEnumerable<Operation> chosen = set switch
        {
            ToolSet.Core => Core,
            ToolSet.Default => [.. Core, .. Others],
            ToolSet.All => All,
            _ => throw new System.Diagnostics.UnreachableException($"{set} has no arm"),
        };
        return [.. chosen
            .Where(one => !readOnly || one.Declaration.Hints.ReadOnly)
            .OrderBy(one => one.Declaration.Name, StringComparer.Ordinal)
            .Select(one => new MemoryTool(one, projects, readOnly))];
    }
}
