using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Projects;
using MemoryGraph.Queries;
using MemoryGraph.Values;

namespace MemoryGraph.Mcp.Tools;

/// <summary>Which memory this is, where it lies, how much it holds and how it is.</summary>
internal sealed class MemoryStatusTool(ProjectRegistry projects, bool readOnly) : MemoryTool(projects, Declared)
{
    private static readonly NumberParameter Limit = Shared.Limit(50);

    private static readonly ToolDeclaration Declared = new(
        "memory_status",
        "Memory status",
        "Which memory this is, where it lies, how much it holds, whether it can be written, versions.",
        Hints.Reads,
        Limit, Shared.Cursor);

    protected override Task<ToolAnswer> AnswerAsync(Arguments arguments, ToolCall call) => call.AskAsync(
        arguments,
        Limit,
        at: null,
        _ => new StatusQuery(),
        answer => new Telling(
            StatusText.Headline(answer),
            answer.Last?.Id ?? EventId.None,
            StatusText.Lines(answer, call.Project, call.Projects, readOnly).Select(line => new Row(() => line))));
}
