using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Projects;
using MemoryGraph.Queries;
using MemoryGraph.Values;

namespace MemoryGraph.Mcp.Tools;

/// <summary>Finds where words were said.</summary>
internal sealed class SearchNodesTool(ProjectRegistry projects) : MemoryTool(projects, Declared)
{
    private static readonly TextParameter Query =
        Required.Text("query", "Words in any order; case and diacritics do not matter.", Limits.QueryCharacters);

    private static readonly NumberParameter Limit = Shared.Limit(10);

    private static readonly ToolDeclaration Declared = new(
        "search_nodes",
        "Search memory",
        "What do we know about …? Finds entities by words in their names, types and facts; matching facts come first. "
        + "Search before starting work and before creating entities.",
        Hints.Reads,
        Query, Shared.EntityType, Shared.At, Limit, Shared.Cursor);

    protected override Task<ToolAnswer> AnswerAsync(Arguments arguments, ToolCall call) => call.AskAsync(
        arguments,
        Limit,
        arguments.Of(Shared.At),
        at => new SearchQuery(arguments.Text(Query), arguments.Of(Shared.EntityType), at),
        answer => SearchText.Tell(answer, arguments.Text(Query), arguments.Of(Shared.EntityType), new FactText(call.Now)));
}
