using MemoryGraph.Domain;
using MemoryGraph.Mcp.Declarations;

namespace MemoryGraph.Mcp.Operations;

/// <summary>Creates, changes and deletes entities.</summary>
internal static class EntityOperations
{
    private static readonly TextParameter Name = Required.Name("name", "Unique name, as people say it.");
    private static readonly TextParameter EntityType =
        Required.Name("entityType", "Kind of thing: person, module, decision, bug …", Limits.TypeCharacters);
    private static readonly TextListParameter Observations =
        Optional.TextList("observations", "Facts about it, one sentence each.", Limits.ObservationCharacters);

    private static readonly TextParameter Updated = Required.Name("entity", "Exact present name.");
    private static readonly TextParameter NewName = Optional.Name("newName", "The name from now on.");
    private static readonly TextParameter NewType =
        Optional.Name("entityType", "The type from now on.", Limits.TypeCharacters);
    private static readonly FlagParameter Merge =
        Optional.Flag("merge", "When newName is another entity: make the two one, keeping all facts of both.");

    private static readonly TextParameter Deleted = Required.Name("entity", "Exact name.");

    public static Operation Create { get; } = Operation.Change(
        "create_entity",
        "Create entity",
        "Remember a new thing (person, module, decision, bug …) with facts about it. If it exists, only facts it "
        + "lacks are added. For several things at once use remember.",
        Hints.Adds,
        [Name, EntityType, Observations],
        arguments => new CreateEntity(arguments.Text(Name), arguments.Text(EntityType), arguments.Of(Observations)));

    public static Operation Update { get; } = Operation.Change(
        "update_entity",
        "Rename, retype or merge",
        "Rename an entity, change its type, or merge it into another that is the same thing. Facts and relations "
        + "stay with it.",
        Hints.Replaces,
        [Updated, NewName, NewType, Merge],
        arguments => new UpdateEntity(
            arguments.Text(Updated), arguments.Of(NewName), arguments.Of(NewType), arguments.Of(Merge)));

    public static Operation Delete { get; } = Operation.Change(
        "delete_entity",
        "Delete entity",
        "Forget a thing with its facts and relations. History keeps them; query_graph_at still shows the past. "
        + "For one wrong fact use delete_observation.",
        Hints.TakesAway,
        [Deleted],
        arguments => new DeleteEntity(arguments.Text(Deleted)));
}
