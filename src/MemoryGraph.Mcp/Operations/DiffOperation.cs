using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Queries;

namespace MemoryGraph.Mcp.Operations;

/// <summary>What appeared, changed and vanished between two points.</summary>
internal static class DiffOperation
{
    private static readonly PointParameter From =
        Required.Point("from", "The earlier point (forms as for at); \"last session\": the end of yours.");
    private static readonly PointParameter To = Optional.Point("to", "The later point. Default: now.");
    private static readonly TextParameter Entity = Optional.Name("entity", "Only this entity (exact name).");

    public static Operation DiffGraph { get; } = Operation.Question(
        "diff_graph",
        "What changed",
        "What appeared (+), changed (~) and vanished (-) between two points, and by which events.",
        [From, To, Entity],
        perPage: 30,
        (arguments, call) => call.Ask(
            new DiffQuery(arguments.Of(From)!, call.At(arguments.Of(To)), arguments.Of(Entity)), ChangeText.Of)) with
    {
        Command = new CommandForm(
            "diff",
            "Show what appeared (+), changed (~) and vanished (-) between two points, and by which events.",
            new("from", From, "The earlier point: #42, 2026-11-23, \"2 days ago\", yesterday, \"last week\"."),
            new("to", To),
            new("--entity", Entity, ValueName: "name")),
    };
}
