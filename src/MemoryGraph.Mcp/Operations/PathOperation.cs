using MemoryGraph.Domain;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Queries;
using MemoryGraph.Text;

namespace MemoryGraph.Mcp.Operations;

/// <summary>How two entities hang together.</summary>
internal static class PathOperation
{
    private static readonly TextParameter From = Required.Name("from", "Exact name of the one entity.");
    private static readonly TextParameter To = Required.Name("to", "Exact name of the other.");
    private static readonly NumberParameter MaxDepth = Optional.Number(
        "maxDepth", FormattableString.Invariant($"Most relations on the way. Default {PathQuery.DepthMax}."),
        1, PathQuery.DepthMax, whenAbsent: PathQuery.DepthMax);
    private static readonly TextListParameter RelationTypes =
        Optional.NameList("relationTypes", "Only over relations of these types.", Limits.TypeCharacters);

    public static Operation FindPath { get; } = Operation.Question(
        "find_path",
        "Shortest path",
        "How do two entities hang together? A shortest way between them over relations in either direction.",
        [From, To, MaxDepth, RelationTypes, SharedParameters.ValidAt, SharedParameters.At],
        perPage: 50,
        (arguments, call) => call.Ask(
            new PathQuery(
                arguments.Text(From),
                arguments.Text(To),
                arguments.Of(MaxDepth),
                arguments.Of(RelationTypes),
                arguments.Of(SharedParameters.ValidAt),
                call.At(arguments.Of(SharedParameters.At))),
            answer => Tell(answer, arguments.Text(From), arguments.Text(To), arguments.Of(MaxDepth))));

    private static Answer Tell(PathAnswer answer, string from, string to, int depth)
    {
        if (answer.Refused is { } refusal)
        {
            return Answer.Refuse(refusal);
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
        return new Answer(
            asOf + headline, answer.Point.Event, FactText.Steps(answer.Path).Select(step => new Row(() => step)));
    }
}
