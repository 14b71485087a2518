using MemoryGraph.Domain;
using MemoryGraph.Locate;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;

namespace MemoryGraph.Mcp.Operations;

/// <summary>Adds statements to an entity. A statement it already holds changes nothing.</summary>
internal sealed class AddObservationTool(CurrentProject projects) : MemoryTool(projects, Declared)
{
    private static readonly TextParameter Entity =
        Required.Name("entity", "Exact name of an existing entity.", aliases: ["entityName"]);

    private static readonly TextListParameter Observations =
        Required.TextList("observations", "Facts, one sentence each.", Limits.ObservationCharacters, aliases: ["contents"]);

    private static readonly TextParameter Supersedes = Optional.Text(
        "supersedes", "Exact text (or #number) of a fact that is outdated and that these replace.", Limits.ObservationCharacters);

    private static readonly ToolDeclaration Declared = new(
        "add_observation",
        "Add observations",
        "Remember new facts about an entity that exists. With supersedes, an outdated fact is replaced (history keeps it). "
        + "Use create_entity first for a new one.",
        Hints.Replaces,
        Entity, Observations, Supersedes, SharedParameters.Reason);

    protected override Task<ToolAnswer> AnswerAsync(Arguments arguments, ToolCall call) => call.SubmitAsync(
        new AddObservations(arguments.Text(Entity), arguments.Of(Observations), arguments.Of(Supersedes))
        {
            Reason = arguments.Of(SharedParameters.Reason),
        });
}
