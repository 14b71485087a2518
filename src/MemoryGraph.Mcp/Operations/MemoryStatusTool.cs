using MemoryGraph.Domain;
using MemoryGraph.Locate;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Queries;

namespace MemoryGraph.Mcp.Operations;

/// <summary>Which memory this is, where it lies, how much it holds and how it is.</summary>
internal sealed class MemoryStatusTool(CurrentProject projects, bool readOnly) : MemoryTool(projects, Declared)
{
    private static readonly NumberParameter Limit = SharedParameters.Limit(50);

    private static readonly ToolDeclaration Declared = new(
        "memory_status",
        "Memory status",
        "Which memory this is, where it lies, how much it holds, whether it can be written, versions.",
        Hints.Reads,
        Limit, SharedParameters.Cursor);

    protected override Task<ToolAnswer> AnswerAsync(Arguments arguments, ToolCall call) => call.AskAsync(
        arguments,
        Limit,
        at: null,
        _ => new StatusQuery(),
        answer => new AnswerText(
            StatusText.Headline(answer),
            answer.Last?.Id ?? EventId.None,
            StatusText.Lines(answer, call.Project, call.Projects, readOnly).Select(line => new Row(() => line))));
}
