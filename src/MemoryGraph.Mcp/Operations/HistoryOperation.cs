using MemoryGraph.Domain;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Queries;

namespace MemoryGraph.Mcp.Operations;

/// <summary>What happened, newest first.</summary>
internal static class HistoryOperation
{
    private static readonly TextParameter Entity =
        Optional.Name("entity", "Only what touched this entity (exact name).");
    private static readonly TextParameter Relation = Optional.Name(
        "relation",
        "Only what touched this relation: its number (#50) or \"From -type-> To\".",
        2 * Limits.NameCharacters + Limits.TypeCharacters);
    private static readonly TextParameter User =
        Optional.Name("user", "Only changes made for this person.", Limits.AuthorCharacters);
    private static readonly TextParameter Agent =
        Optional.Name("agent", "Only changes made by this assistant.", Limits.AuthorCharacters);
    private static readonly PointParameter Session =
        Optional.Point("session", "Only the session that this event belongs to (#17), or \"last session\".");
    private static readonly PointParameter Since =
        Optional.Point("since", "From this point on (forms as for at).", startOfDay: true);
    private static readonly PointParameter Until = Optional.Point("until", "Up to this point.");

    public static Operation GetHistory { get; } = Operation.Question(
        "get_history",
        "History",
        "What changed, when, who did it and why: recorded events, newest first. "
        + "Answers \"how do we know this?\" and \"what happened last week?\".",
        [Entity, Relation, User, Agent, Session, Since, Until],
        perPage: 20,
        (arguments, call) => call.Ask(
            new HistoryQuery(
                arguments.Of(Entity),
                arguments.Of(Relation),
                arguments.Of(User),
                arguments.Of(Agent),
                arguments.Of(Session),
                arguments.Of(Since),
                call.At(arguments.Of(Until))),
            HistoryText.Tell));
}
