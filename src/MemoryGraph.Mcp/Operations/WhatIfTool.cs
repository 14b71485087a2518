using MemoryGraph.Domain;
using MemoryGraph.Locate;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Queries;

namespace MemoryGraph.Mcp.Operations;

/// <summary>What would be known if some events had not happened.</summary>
internal sealed class WhatIfTool(CurrentProject projects) : MemoryTool(projects, Declared)
{
    private static readonly EventsParameter Events = Optional.Events("Without these events: \"41-45,#50\".");
    private static readonly TextListParameter Users =
        Optional.NameList("users", "Without all that was done for these people.", Limits.AuthorCharacters);
    private static readonly TextListParameter Agents =
        Optional.NameList("agents", "Without all that these assistants did.", Limits.AuthorCharacters);
    private static readonly TextListParameter Types =
        Optional.NameList("eventTypes", "Without events of these types, such as observation_removed.", Limits.TypeCharacters);
    private static readonly PointParameter After = Optional.Point("after", "Without all that came after this point.");
    private static readonly NumberParameter Limit = SharedParameters.Limit(30);

    private static readonly ToolDeclaration Declared = new(
        "what_if",
        "What if",
        "Replay the history without some events, users, assistants or event types, and show how the graph would differ from now. "
        + "Writes nothing.",
        Hints.Reads,
        Events, Users, Agents, Types, After, Limit, SharedParameters.Cursor);

    protected override Task<ToolAnswer> AnswerAsync(Arguments arguments, ToolCall call)
    {
        var without = new Exclusion
        {
            Events = arguments.Of(Events),
            Users = arguments.Of(Users),
            Agents = arguments.Of(Agents),
            Types = arguments.Of(Types),
            After = arguments.Of(After),
        };
        return call.AskAsync(arguments, Limit, at: null, at => new WhatIfQuery(without, at), ChangeText.Tell);
    }
}
