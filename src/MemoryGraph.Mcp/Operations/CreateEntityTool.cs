using MemoryGraph.Domain;
using MemoryGraph.Locate;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;

namespace MemoryGraph.Mcp.Operations;

/// <summary>Makes a named thing known.</summary>
internal sealed class CreateEntityTool(CurrentProject projects) : MemoryTool(projects, Declared)
{
    private static readonly TextParameter Name = Required.Name("name", "Unique name, as people say it.");
    private static readonly TextParameter EntityType =
        Required.Name("entityType", "Kind of thing: person, module, decision, bug …", Limits.TypeCharacters);
    private static readonly TextListParameter Observations =
        Optional.TextList("observations", "Facts about it, one sentence each.", Limits.ObservationCharacters);

    private static readonly ToolDeclaration Declared = new(
        "create_entity",
        "Create entity",
        "Remember a new thing (person, module, decision, bug …) with facts about it. If it exists, only facts it lacks are added. "
        + "For several things at once use remember.",
        Hints.Adds,
        Name, EntityType, Observations, SharedParameters.Reason);

    protected override Task<ToolAnswer> AnswerAsync(Arguments arguments, ToolCall call) => call.SubmitAsync(
        new CreateEntity(arguments.Text(Name), arguments.Text(EntityType), arguments.Of(Observations))
        {
            Reason = arguments.Of(SharedParameters.Reason),
        });
}
