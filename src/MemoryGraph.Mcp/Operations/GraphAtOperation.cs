using MemoryGraph.Domain;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Queries;

namespace MemoryGraph.Mcp.Operations;

/// <summary>The graph as it was known at a point: all of it, or the part with some words or names.</summary>
internal static class GraphAtOperation
{
    private const int ShownInTerminal = 50;

    private static readonly PointParameter At = Required.Point(
        "at",
        "The point: #42, 2026-11-23, \"2 days ago\", \"yesterday\", \"last week\", \"last session\", \"now\".");
    private static readonly TextParameter Query =
        Optional.Text("query", "Only entities with these words.", Limits.QueryCharacters);
    private static readonly TextListParameter Names =
        Optional.NameList("names", "Only these entities, by exact name.");

    public static Operation QueryGraphAt { get; } = Operation.Question(
        "query_graph_at",
        "Graph at a past point",
        "What did we know back then? The whole memory as it was known at a past point, or the part with some words "
        + "or names.",
        [At, Query, Names, SharedParameters.EntityType, SharedParameters.ValidAt],
        perPage: 20,
        Run) with
    {
        Command = new CommandForm(
            "at",
            "Show what was known at a past point: the whole memory, or the part with some words or names.",
            new(
                "point",
                At,
                "#42, 2026-11-23, 2026-11-23T14:30, \"2 days ago\", yesterday, \"last week\", \"last session\" or "
                + "now."),
            new("--query", Query, ValueName: "words"),
            new("--name", Names, "Only the entity with this exact name; may be repeated.", "name"),
            new("--type", SharedParameters.EntityType, ValueName: "type"))
        {
            Limit = ShownInTerminal,
        },
    };

    private static Answer Run(Arguments arguments, CallContext call)
    {
        AsOf? at = arguments.Of(At);
        string? type = arguments.Of(SharedParameters.EntityType);
        string? validAt = arguments.Of(SharedParameters.ValidAt);
        return (arguments.Of(Query), arguments.Of(Names)) switch
        {
            ({ } query, []) => SearchOperation.Run(call, query, type, at),
            (null, [_, ..] and var names) => OpenOperation.Run(call, names, at, validAt),
            (null, _) => call.Ask(
                new OverviewQuery(type, validAt, call.At(at)),
                answer => OverviewText.Tell(answer, call.Facts, call.Limit ?? int.MaxValue) with
                {
                    ItemsShown = call.Limit ?? ShownInTerminal,
                }),
            _ => Answer.Faulty(
                $"Give {(call.Terminal is null ? "`query` or `names`" : "--query or --name")}, not both: "
                + "names are exact, a query looks for words."),
        };
    }
}
