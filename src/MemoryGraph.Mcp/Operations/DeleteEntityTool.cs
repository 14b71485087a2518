using MemoryGraph.Domain;
using MemoryGraph.Locate;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;

namespace MemoryGraph.Mcp.Operations;

/// <summary>Ends an entity with its observations and relations.</summary>
internal sealed class DeleteEntityTool(CurrentProject projects) : MemoryTool(projects, Declared)
{
    private static readonly TextParameter Entity = Required.Name("entity", "Exact name.");

    private static readonly ToolDeclaration Declared = new(
        "delete_entity",
        "Delete entity",
        "Forget a thing with its facts and relations. History keeps them; query_graph_at still shows the past. "
        + "For one wrong fact use delete_observation.",
        Hints.TakesAway,
        Entity, SharedParameters.Reason);

    protected override Task<ToolAnswer> AnswerAsync(Arguments arguments, ToolCall call) =>
        call.SubmitAsync(new DeleteEntity(arguments.Text(Entity)) { Reason = arguments.Of(SharedParameters.Reason) });
}
