using MemoryGraph.Domain;
using MemoryGraph.Locate;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;

namespace MemoryGraph.Mcp.Operations;

/// <summary>Withdraws statements about an entity.</summary>
internal sealed class DeleteObservationTool(CurrentProject projects) : MemoryTool(projects, Declared)
{
    private static readonly TextParameter Entity = Required.Name("entity", "Exact name.", aliases: ["entityName"]);
    private static readonly TextListParameter Observations =
        Required.TextList("observations", "Each fact by its exact text or its number (#42).", Limits.ObservationCharacters);

    private static readonly ToolDeclaration Declared = new(
        "delete_observation",
        "Delete observations",
        "Withdraw facts about an entity that are wrong. History keeps them. "
        + "If a new fact replaces an old one, use add_observation with supersedes.",
        Hints.TakesAway,
        Entity, Observations, SharedParameters.Reason);

    protected override Task<ToolAnswer> AnswerAsync(Arguments arguments, ToolCall call) => call.SubmitAsync(
        new DeleteObservations(arguments.Text(Entity), arguments.Of(Observations)) { Reason = arguments.Of(SharedParameters.Reason) });
}
