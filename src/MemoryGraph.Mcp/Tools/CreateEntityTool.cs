using MemoryGraph.Commands;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Projects;
using MemoryGraph.Values;

namespace MemoryGraph.Mcp.Tools;

/// <summary>Makes a named thing known.</summary>
internal sealed class CreateEntityTool(ProjectRegistry projects) : MemoryTool(projects, Declared)
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
        Name, EntityType, Observations, Shared.Reason);

    protected override Task<ToolAnswer> AnswerAsync(Arguments arguments, ToolCall call) => call.SubmitAsync(
        new CreateEntity(arguments.Text(Name), arguments.Text(EntityType), arguments.Of(Observations))
        {
            Reason = arguments.Of(Shared.Reason),
        });
}
