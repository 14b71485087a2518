using MemoryGraph.Domain;
using MemoryGraph.Locate;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Queries;
using MemoryGraph.Search;

namespace MemoryGraph.Mcp.Operations;

/// <summary>The graph as it was known at a point: overview first, then everything.</summary>
internal sealed class QueryGraphAtTool(CurrentProject projects) : MemoryTool(projects, Declared)
{
    private static readonly PointParameter At = Required.Point(
        "at",
        "The point: #42, 2026-11-23, \"2 days ago\", \"yesterday\", \"last week\", \"last session\", \"now\".");
    private static readonly TextParameter Query =
        Optional.Text("query", "Only entities with these words.", Limits.QueryCharacters);

    private static readonly TextListParameter Names = Optional.NameList("names", "Only these entities, by exact name.");
    private static readonly NumberParameter Limit = SharedParameters.Limit(20);

    private static readonly ToolDeclaration Declared = new(
        "query_graph_at",
        "Graph at a past point",
        "What did we know back then? The whole memory as it was known at a past point, or the part with some words or names.",
        Hints.Reads,
        At, Query, Names, SharedParameters.EntityType, SharedParameters.ValidAt, Limit, SharedParameters.Cursor);

    protected override Task<ToolAnswer> AnswerAsync(Arguments arguments, ToolCall call)
    {
        var facts = new FactText(call.Now);
        string? type = arguments.Of(SharedParameters.EntityType);
        string? validAt = arguments.Of(SharedParameters.ValidAt);
        return (arguments.Of(Query), arguments.Of(Names)) switch
        {
            ({ } query, []) => call.AskAsync(
                arguments, Limit, arguments.Of(At),
                at => new SearchQuery(query, type, at),
                answer => SearchText.Tell(answer, query, type, facts)),
            (null, [_, ..] and var names) => call.AskAsync(
                arguments, Limit, arguments.Of(At),
                at => new OpenQuery(names, at, validAt),
                answer => OpenText.Tell(answer, facts)),
            (null, _) => call.AskAsync(
                arguments, Limit, arguments.Of(At),
                at => new OverviewQuery(type, validAt, at),
                answer => OverviewText.Tell(answer, facts)),
            _ => Task.FromResult(ToolAnswer.Error("Give `query` or `names`, not both: names are exact, a query looks for words.")),
        };
    }
}
