using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Projects;
using MemoryGraph.Queries;
using MemoryGraph.Values;

namespace MemoryGraph.Mcp.Tools;

/// <summary>Which memories there are.</summary>
internal sealed class ListProjectsTool(ProjectRegistry projects) : MemoryTool(projects, Declared)
{
    private static readonly NumberParameter Limit = Shared.Limit(20);

    private static readonly ToolDeclaration Declared = new(
        "list_projects",
        "Projects",
        "Which projects have a memory in this store, how large each is, when it last changed and where its work lies.",
        Hints.Reads,
        Limit, Shared.Cursor);

    protected override Task<ToolAnswer> AnswerAsync(Arguments arguments, ToolCall call)
    {
        IReadOnlyList<KnownProject> known = call.Projects.List();
        return call.AskAsync(
            arguments,
            Limit,
            at: null,
            _ => new StatusQuery(),
            answer => new Telling(
                ProjectText.Headline(known, call.Projects.Store),
                answer.Last?.Id ?? EventId.None,
                known.SelectMany(ProjectText.Rows)));
    }
}
