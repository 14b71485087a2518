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
        answer => Tell(answer, arguments, new FactText(call.Now)));

    /// <summary>The words for a search's answer; query_graph_at uses them too.</summary>
    public static Telling Tell(SearchAnswer answer, string query, string? entityType, FactText facts)
    {
        string ofType = entityType is null ? "" : $" of type {Quoted.Word(entityType)}";
        string found = FactText.Count(answer.Count, "entity", "entities") + ofType;
        string asked = Quoted.Text(query, 100);
        string headline = answer.Match switch
        {
            SearchMatch.AllWords => $"{found} with all words of {asked}.",
            SearchMatch.SomeWords => $"Nothing has all words of {asked}; {found} with some of them, best first.",
            _ => $"Nothing found for {asked}{ofType}." + (answer.NearestNames.Count > 0
                ? $" Nearest names: {Quoted.Names(answer.NearestNames)}." : " Try other or fewer words."),
        };
        return new Telling(FactText.AsOf(answer.Moment) + headline, answer.Moment.Point, answer.Hits.SelectMany(facts.Rows));
    }

    private static Telling Tell(SearchAnswer answer, Arguments arguments, FactText facts) =>
        Tell(answer, arguments.Text(Query), arguments.Of(Shared.EntityType), facts);
}
