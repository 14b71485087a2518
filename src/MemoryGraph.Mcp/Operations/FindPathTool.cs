using MemoryGraph.Domain;
using MemoryGraph.Locate;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Queries;
using MemoryGraph.Text;

namespace MemoryGraph.Mcp.Operations;

/// <summary>How two entities hang together.</summary>
internal sealed class FindPathTool(CurrentProject projects) : MemoryTool(projects, Declared)
{
    private static readonly TextParameter From = Required.Name("from", "Exact name of the one entity.");
    private static readonly TextParameter To = Required.Name("to", "Exact name of the other.");
    private static readonly NumberParameter MaxDepth = Optional.Number(
        "maxDepth", FormattableString.Invariant($"Most relations on the way. Default {PathQuery.DepthMax}."),
        1, PathQuery.DepthMax, whenAbsent: PathQuery.DepthMax);
    private static readonly TextListParameter RelationTypes =
        Optional.NameList("relationTypes", "Only over relations of these types.", Limits.TypeCharacters);
    private static readonly NumberParameter Limit = SharedParameters.Limit(50);

    private static readonly ToolDeclaration Declared = new(
        "find_path",
        "Shortest path",
        "How do two entities hang together? A shortest way between them over relations in either direction.",
        Hints.Reads,
        From, To, MaxDepth, RelationTypes, SharedParameters.ValidAt, SharedParameters.At, Limit, SharedParameters.Cursor);

    protected override Task<ToolAnswer> AnswerAsync(Arguments arguments, ToolCall call) => call.AskAsync(
        arguments,
        Limit,
        arguments.Of(SharedParameters.At),
        at => new PathQuery(
            arguments.Text(From),
            arguments.Text(To),
            arguments.Of(MaxDepth),
            arguments.Of(RelationTypes),
            arguments.Of(SharedParameters.ValidAt),
            at),
        answer => Tell(answer, arguments.Text(From), arguments.Text(To), arguments.Of(MaxDepth)));

    private static AnswerText Tell(PathAnswer answer, string from, string to, int depth)
    {
        if (answer.Refused is { } refusal)
        {
            return AnswerText.Refuse(refusal);
        }

        string asOf = FactText.AsOf(answer.Point);
        string ends = $"from {Quoted.Name(from)} to {Quoted.Name(to)}";
        string looked = $"{FactText.Count(answer.Seen, "entity was", "entities were")} looked at";
        string headline = answer switch
        {
            { Path: { Links: [] } } => $"{Quoted.Name(from)} is where you start: no relation is needed.",
            { Path: { Links: var links } } =>
                $"The shortest way {ends} goes over {FactText.Count(links.Count, "relation", "relations")}:",
            { All: true } => $"There is no way {ends} over the relations asked for, however long; {looked}.",
            _ => $"There is no way {ends} over {FactText.Count(depth, "relation", "relations")} or fewer; {looked}.",
        };
        return new AnswerText(
            asOf + headline, answer.Point.Event, FactText.Steps(answer.Path).Select(step => new Row(() => step)));
    }
}
