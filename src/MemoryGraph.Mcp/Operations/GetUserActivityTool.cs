using MemoryGraph.Domain;
using MemoryGraph.Locate;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Queries;

namespace MemoryGraph.Mcp.Operations;

/// <summary>Who did what, when first and last, and about what most.</summary>
internal sealed class GetUserActivityTool(CurrentProject projects) : MemoryTool(projects, Declared)
{
    private static readonly TextParameter User = Optional.Name("user", "Only this person.", Limits.AuthorCharacters);
    private static readonly TextParameter Agent = Optional.Name("agent", "Only this assistant.", Limits.AuthorCharacters);
    private static readonly PointParameter Since = Optional.Point("since", "From this point on (forms as for at).", startOfDay: true);
    private static readonly PointParameter Until = Optional.Point("until", "Up to this point.");
    private static readonly NumberParameter Limit = SharedParameters.Limit(20);

    private static readonly ToolDeclaration Declared = new(
        "get_user_activity",
        "User activity",
        "Who recorded what: for each person and assistant how much, when first and last, and which entities most.",
        Hints.Reads,
        User, Agent, Since, Until, Limit, SharedParameters.Cursor);

    protected override Task<ToolAnswer> AnswerAsync(Arguments arguments, ToolCall call) => call.AskAsync(
        arguments,
        Limit,
        arguments.Of(Until),
        until => new ActivityQuery(arguments.Of(User), arguments.Of(Agent), arguments.Of(Since), until),
        ActivityText.Tell);
}
