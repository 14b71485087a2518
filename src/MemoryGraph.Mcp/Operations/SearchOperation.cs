using MemoryGraph.Domain;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Search;

namespace MemoryGraph.Mcp.Operations;

/// <summary>Finds entities by words.</summary>
internal static class SearchOperation
{
    private const int ShownInTerminal = 20;

    private static readonly TextParameter Query =
        Required.Text("query", "Words in any order; case and diacritics do not matter.", Limits.QueryCharacters);

    public static Operation SearchNodes { get; } = Operation.Question(
        "search_nodes",
        "Search memory",
        "What do we know about …? Finds entities by words in their names, types and facts; matching facts come first. "
        + "Search before starting work and before creating entities.",
        [Query, SharedParameters.EntityType, SharedParameters.At],
        perPage: 10,
        (arguments, call) => Run(
            call, arguments.Text(Query), arguments.Of(SharedParameters.EntityType), arguments.Of(SharedParameters.At)))
        with
    {
        Command = new CommandForm(
                "search",
                "Find entities by words in their names, types and facts, best first.",
                new("query", Query),
                new("--type", SharedParameters.EntityType, ValueName: "type"),
                new("--at", SharedParameters.At))
        {
            Limit = ShownInTerminal,
        },
    };

    /// <summary>Searches as of a point.</summary>
    public static Answer Run(CallContext call, string query, string? entityType, AsOf? at) => call.Ask(
        new SearchQuery(query, entityType, call.At(at)),
        answer => SearchText.Of(answer, query, entityType, call.Facts, call.Limit ?? int.MaxValue) with
        {
            ItemsShown = call.Limit ?? ShownInTerminal,
        });
}
