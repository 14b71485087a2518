using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Projects;
using MemoryGraph.Queries;

namespace MemoryGraph.Mcp.Tools;

/// <summary>Shows all that is known of some entities.</summary>
internal sealed class OpenNodesTool(ProjectRegistry projects) : MemoryTool(projects, Declared)
{
    private static readonly TextListParameter Names = Required.NameList("names", "Exact names of entities.");
    private static readonly NumberParameter Limit = Shared.Limit(20);

    private static readonly ToolDeclaration Declared = new(
        "open_nodes",
        "Open entities",
        "Everything known about entities by name: facts with their numbers, and relations in both directions.",
        Hints.Reads,
        Names, Shared.At, Limit, Shared.Cursor);

    protected override Task<ToolAnswer> AnswerAsync(Arguments arguments, ToolCall call) => call.AskAsync(
        arguments,
        Limit,
        arguments.Of(Shared.At),
        at => new OpenQuery(arguments.Of(Names), at),
        answer => OpenText.Tell(answer, new FactText(call.Now)));
}
