using MemoryGraph.Locate;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Queries;

namespace MemoryGraph.Mcp.Operations;

/// <summary>What appeared, changed and vanished between two points.</summary>
internal sealed class DiffGraphTool(CurrentProject projects) : MemoryTool(projects, Declared)
{
    private static readonly PointParameter From =
        Required.Point("from", "The earlier point (forms as for at); \"last session\": the end of yours.");
    private static readonly PointParameter To = Optional.Point("to", "The later point. Default: now.");
    private static readonly TextParameter Entity = Optional.Name("entity", "Only this entity (exact name).");
    private static readonly NumberParameter Limit = SharedParameters.Limit(30);

    private static readonly ToolDeclaration Declared = new(
        "diff_graph",
        "What changed",
        "What appeared (+), changed (~) and vanished (-) between two points, and by which events.",
        Hints.Reads,
        From, To, Entity, Limit, SharedParameters.Cursor);

    protected override Task<ToolAnswer> AnswerAsync(Arguments arguments, ToolCall call) => call.AskAsync(
        arguments, Limit, arguments.Of(To), to => new DiffQuery(arguments.Of(From)!, to, arguments.Of(Entity)), ChangeText.Tell);
}
