using MemoryGraph.Domain;
using MemoryGraph.Locate;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;

namespace MemoryGraph.Mcp.Operations;

/// <summary>Many entities and relations at once: all of them, or nothing.</summary>
internal sealed class RememberTool(CurrentProject projects) : MemoryTool(projects, Declared)
{
    private static readonly TextParameter Name = Required.Name("name", "Unique name.");
    private static readonly TextParameter EntityType = Required.Name("entityType", "Kind of thing.", Limits.TypeCharacters);
    private static readonly TextListParameter Observations =
        Optional.TextList("observations", "Facts, one sentence each.", Limits.ObservationCharacters);

    private static readonly TextParameter From = Required.Name("from", "Name it starts at.");
    private static readonly TextParameter RelationType = Required.Name("relationType", "What the link says.", Limits.TypeCharacters);
    private static readonly TextParameter To = Required.Name("to", "Name it leads to.");

    private static readonly ObjectListParameter<CreateEntity> Entities = Optional.ObjectList(
        "entities",
        "Things to remember; existing ones get the facts they lack.",
        item => new CreateEntity(item.Text(Name), item.Text(EntityType), item.Of(Observations)),
        Name, EntityType, Observations);

    private static readonly ObjectListParameter<CreateRelation> Relations = Optional.ObjectList(
        "relations",
        "Links between entities of this call or existing ones.",
        item => new CreateRelation(item.Text(From), item.Text(RelationType), item.Text(To)),
        From, RelationType, To);

    private static readonly ToolDeclaration Declared = new(
        "remember",
        "Remember",
        "Remember many things and how they are linked, in one atomic call. The best way to record what was learnt or decided.",
        Hints.Adds,
        Entities, Relations, SharedParameters.Reason);

    protected override Task<ToolAnswer> AnswerAsync(Arguments arguments, ToolCall call) => call.SubmitAsync(
        new Remember(arguments.Of(Entities), arguments.Of(Relations)) { Reason = arguments.Of(SharedParameters.Reason) });
}
