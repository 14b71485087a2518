using MemoryGraph.Domain;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Queries;

namespace MemoryGraph.Mcp.Operations;

/// <summary>Who recorded how much, when first and last, and about what most.</summary>
internal static class ActivityOperation
{
    private static readonly TextParameter User = Optional.Name("user", "Only this person.", Limits.AuthorCharacters);
    private static readonly TextParameter Agent =
        Optional.Name("agent", "Only this assistant.", Limits.AuthorCharacters);
    private static readonly PointParameter Since =
        Optional.Point("since", "From this point on (forms as for at).", startOfDay: true);
    private static readonly PointParameter Until = Optional.Point("until", "Up to this point.");

    public static Operation GetUserActivity { get; } = Operation.Question(
        "get_user_activity",
        "User activity",
        "Who recorded what: for each person and assistant how much, when first and last, and which entities most.",
        [User, Agent, Since, Until],
        perPage: 20,
        (arguments, call) => call.Ask(
            new ActivityQuery(
                arguments.Of(User), arguments.Of(Agent), arguments.Of(Since), call.At(arguments.Of(Until))),
            ActivityText.Tell)) with
    {
        Command = new CommandForm(
            "activity",
            "Tell who recorded how much, when first and last, and about what most.",
            new("--user", User, ValueName: "name"),
            new("--agent", Agent, ValueName: "name"),
            new("--since", Since, "From this point on: #42, 2026-11-23, \"2 days ago\"."),
            new("--until", Until))
        {
            HasUser = false,
        },
    };
}
