using MemoryGraph.Domain;
using MemoryGraph.Locate;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Search;

namespace MemoryGraph.Mcp.Operations;

/// <summary>Finds where words were said.</summary>
internal sealed class SearchNodesTool(CurrentProject projects) : MemoryTool(projects, Declared)
{
    private static readonly TextParameter Query =
        Required.Text("query", "Words in any order; case and diacritics do not matter.", Limits.QueryCharacters);

    private static readonly NumberParameter Limit = SharedParameters.Limit(10);

    private static readonly ToolDeclaration Declared = new(
        "search_nodes",
        "Search memory",
        "What do we know about …? Finds entities by words in their names, types and facts; matching facts come first. "
        + "Search before starting work and before creating entities.",
        Hints.Reads,
        Query, SharedParameters.EntityType, SharedParameters.At, Limit, SharedParameters.Cursor);

    protected override Task<ToolAnswer> AnswerAsync(Arguments arguments, ToolCall call) => call.AskAsync(
        arguments,
        Limit,
        arguments.Of(SharedParameters.At),
        at => new SearchQuery(arguments.Text(Query), arguments.Of(SharedParameters.EntityType), at),
        answer => SearchText.Tell(answer, arguments.Text(Query), arguments.Of(SharedParameters.EntityType), new FactText(call.Now)));
}
