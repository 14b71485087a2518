using MemoryGraph.Domain;
using MemoryGraph.Mcp.Declarations;

namespace MemoryGraph.Mcp.Operations;

/// <summary>Many entities and relations at once: all of them, or nothing.</summary>
internal static class RememberOperation
{
    private static readonly TextParameter Name = Required.Name("name", "Unique name.");
    private static readonly TextParameter EntityType =
        Required.Name("entityType", "Kind of thing.", Limits.TypeCharacters);
    private static readonly TextListParameter Observations =
        Optional.TextList("observations", "Facts, one sentence each.", Limits.ObservationCharacters);

    private static readonly TextParameter From = Required.Name("from", "Name it starts at.");
    private static readonly TextParameter RelationType =
        Required.Name("relationType", "What the link says.", Limits.TypeCharacters);
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

    public static Operation Remember { get; } = Operation.Change(
        "remember",
        "Remember",
        "Remember many things and how they are linked, in one atomic call. The best way to record what was learnt "
        + "or decided.",
        Hints.Adds,
        [Entities, Relations],
        arguments => new Remember(arguments.Of(Entities), arguments.Of(Relations)));
}
