using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Projects;

namespace MemoryGraph.Mcp.Tools;

/// <summary>Every tool there is, once.</summary>
internal static class ToolCatalogue
{
    private static readonly string[] Core =
        ["create_entity", "add_observation", "create_relation", "remember", "search_nodes", "open_nodes", "get_history"];

    /// <summary>The tools of a set, by name.</summary>
    /// <param name="readOnly">Only those that change nothing.</param>
    public static IReadOnlyList<MemoryTool> Of(ToolSet set, bool readOnly, ProjectRegistry projects)
    {
        MemoryTool[] all =
        [
            new AddObservationTool(projects),
            new CreateEntityTool(projects),
            new CreateRelationTool(projects),
            new DeleteEntityTool(projects),
            new DeleteObservationTool(projects),
            new DeleteRelationTool(projects),
            new GetHistoryTool(projects),
            new GetRelatedTool(projects),
            new MemoryStatusTool(projects, readOnly),
            new OpenNodesTool(projects),
            new QueryGraphAtTool(projects),
            new RememberTool(projects),
            new SearchNodesTool(projects),
            new UpdateEntityTool(projects),
        ];
        return [.. all
            .Where(tool => set != ToolSet.Core || Core.Contains(tool.Declaration.Name))
            .Where(tool => !readOnly || tool.Declaration.Hints.ReadOnly)
            .OrderBy(tool => tool.Declaration.Name, StringComparer.Ordinal)];
    }
}
