using MemoryGraph.Domain;
using MemoryGraph.Mcp.Declarations;

namespace MemoryGraph.Mcp.Operations;

/// <summary>Creates and withdraws links between two entities.</summary>
internal static class RelationOperations
{
    private static readonly TextParameter From = Required.Name("from", "Exact name of the entity it starts at.");
    private static readonly TextParameter To = Required.Name("to", "Exact name of the entity it leads to.");
    private static readonly TextParameter CreatedType = Required.Name(
        "relationType", "What the link says, in active voice: depends_on, decided, works_on.", Limits.TypeCharacters);
    private static readonly DayParameter ValidFrom =
        Optional.Day("validFrom", "First day it held, YYYY-MM-DD; \"\" clears it.", mayClear: true);
    private static readonly DayParameter ValidTo =
        Optional.Day("validTo", "First day it no longer held, YYYY-MM-DD; \"\" clears it.", mayClear: true);

    private static readonly TextParameter DeletedType =
        Required.Name("relationType", "Its exact type.", Limits.TypeCharacters);

    public static Operation Create { get; } = Operation.Change(
        "create_relation",
        "Create relation",
        "Remember how two existing entities are linked, such as \"API\" depends_on \"Database\". "
        + "On an existing link, dates given are updated.",
        Hints.Adds,
        [From, CreatedType, To, ValidFrom, ValidTo],
        arguments => new CreateRelation(
            arguments.Text(From),
            arguments.Text(CreatedType),
            arguments.Text(To),
            arguments.Of(ValidFrom),
            arguments.Of(ValidTo)));

    public static Operation Delete { get; } = Operation.Change(
        "delete_relation",
        "Delete relation",
        "Withdraw a link that is wrong. If it was right for a time, set validTo with create_relation instead.",
        Hints.TakesAway,
        [From, DeletedType, To],
        arguments => new DeleteRelation(arguments.Text(From), arguments.Text(DeletedType), arguments.Text(To)));
}
