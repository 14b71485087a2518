using MemoryGraph.Domain;
using MemoryGraph.Mcp.Declarations;

namespace MemoryGraph.Mcp.Operations;

/// <summary>Adds and withdraws facts about an entity.</summary>
internal static class ObservationOperations
{
    private static readonly TextParameter AddedTo =
        Required.Name("entity", "Exact name of an existing entity.", aliases: ["entityName"]);
    private static readonly TextListParameter Added =
        Required.TextList(
            "observations", "Facts, one sentence each.", Limits.ObservationCharacters, aliases: ["contents"]);
    private static readonly TextParameter Supersedes = Optional.Text(
        "supersedes",
        "Exact text (or #number) of a fact that is outdated and that these replace.",
        Limits.ObservationCharacters);

    private static readonly TextParameter DeletedFrom = Required.Name("entity", "Exact name.", aliases: ["entityName"]);
    private static readonly TextListParameter Deleted =
        Required.TextList(
            "observations", "Each fact by its exact text or its number (#42).", Limits.ObservationCharacters);

    public static Operation Add { get; } = Operation.Change(
        "add_observation",
        "Add observations",
        "Remember new facts about an entity that exists. With supersedes, an outdated fact is replaced (history "
        + "keeps it). Use create_entity first for a new one.",
        Hints.Replaces,
        [AddedTo, Added, Supersedes],
        arguments => new AddObservations(arguments.Text(AddedTo), arguments.Of(Added), arguments.Of(Supersedes)));

    public static Operation Delete { get; } = Operation.Change(
        "delete_observation",
        "Delete observations",
        "Withdraw facts about an entity that are wrong. History keeps them. "
        + "If a new fact replaces an old one, use add_observation with supersedes.",
        Hints.TakesAway,
        [DeletedFrom, Deleted],
        arguments => new DeleteObservations(arguments.Text(DeletedFrom), arguments.Of(Deleted)));
}
