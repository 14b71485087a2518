using MemoryGraph.Domain;
using MemoryGraph.Locate;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Queries;

namespace MemoryGraph.Mcp.Operations;

/// <summary>Which memories there are.</summary>
internal sealed class ListProjectsTool(CurrentProject projects) : MemoryTool(projects, Declared)
{
    private static readonly NumberParameter Limit = SharedParameters.Limit(20);

    private static readonly ToolDeclaration Declared = new(
        "list_projects",
        "Projects",
        "Which projects have a memory in this store, how large each is, when it last changed and where its work lies.",
        Hints.Reads,
        Limit, SharedParameters.Cursor);

    protected override Task<ToolAnswer> AnswerAsync(Arguments arguments, ToolCall call)
    {
        IReadOnlyList<KnownProject> known = call.Projects.List();
        return call.AskAsync(
            arguments,
            Limit,
            at: null,
            _ => new StatusQuery(),
            answer => new AnswerText(
                ProjectText.Headline(known, call.Projects.Store),
                answer.Last?.Id ?? EventId.None,
                known.SelectMany(ProjectText.Rows)));
    }
}
