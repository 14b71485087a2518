using MemoryGraph.Locate;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Queries;

namespace MemoryGraph.Mcp.Operations;

/// <summary>Shows all that is known of some entities.</summary>
internal sealed class OpenNodesTool(CurrentProject projects) : MemoryTool(projects, Declared)
{
    private static readonly TextListParameter Names = Required.NameList("names", "Exact names of entities.");
    private static readonly NumberParameter Limit = SharedParameters.Limit(20);

    private static readonly ToolDeclaration Declared = new(
        "open_nodes",
        "Open entities",
        "Everything known about entities by name: facts with their numbers, and relations in both directions.",
        Hints.Reads,
        Names, SharedParameters.At, Limit, SharedParameters.Cursor);

    protected override Task<ToolAnswer> AnswerAsync(Arguments arguments, ToolCall call) => call.AskAsync(
        arguments,
        Limit,
        arguments.Of(SharedParameters.At),
        at => new OpenQuery(arguments.Of(Names), at),
        answer => OpenText.Tell(answer, new FactText(call.Now)));
}
