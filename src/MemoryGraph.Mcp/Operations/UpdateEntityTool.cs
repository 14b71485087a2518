using MemoryGraph.Domain;
using MemoryGraph.Locate;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;

namespace MemoryGraph.Mcp.Operations;

/// <summary>Renames, retypes or merges entities.</summary>
internal sealed class UpdateEntityTool(CurrentProject projects) : MemoryTool(projects, Declared)
{
    private static readonly TextParameter Entity = Required.Name("entity", "Exact present name.");
    private static readonly TextParameter NewName = Optional.Name("newName", "The name from now on.");
    private static readonly TextParameter EntityType = Optional.Name("entityType", "The type from now on.", Limits.TypeCharacters);
    private static readonly FlagParameter Merge =
        Optional.Flag("merge", "When newName is another entity: make the two one, keeping all facts of both.");

    private static readonly ToolDeclaration Declared = new(
        "update_entity",
        "Rename, retype or merge",
        "Rename an entity, change its type, or merge it into another that is the same thing. Facts and relations stay with it.",
        Hints.Replaces,
        Entity, NewName, EntityType, Merge, SharedParameters.Reason);

    protected override Task<ToolAnswer> AnswerAsync(Arguments arguments, ToolCall call) => call.SubmitAsync(
        new UpdateEntity(arguments.Text(Entity), arguments.Of(NewName), arguments.Of(EntityType), arguments.Of(Merge))
        {
            Reason = arguments.Of(SharedParameters.Reason),
        });
}
