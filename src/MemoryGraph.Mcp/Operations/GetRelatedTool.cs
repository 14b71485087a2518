using MemoryGraph.Domain;
using MemoryGraph.Locate;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Queries;
using MemoryGraph.Text;

namespace MemoryGraph.Mcp.Operations;

/// <summary>Follows links from an entity.</summary>
internal sealed class GetRelatedTool(CurrentProject projects) : MemoryTool(projects, Declared)
{
    private static readonly TextParameter Entity = Required.Name("entity", "Exact name to start at.");
    private static readonly TextParameter RelationType =
        Optional.Name("relationType", "Only relations of this type.", Limits.TypeCharacters);
    private static readonly ChoiceParameter<Direction> Direction =
        Optional.Choice("direction", "Which way to follow them. Default both.", Queries.Direction.Both);
    private static readonly NumberParameter Depth =
        Optional.Number("depth", "How many steps. Default 1.", 1, RelatedQuery.DepthMax, whenAbsent: 1);
    private static readonly NumberParameter Limit = SharedParameters.Limit(50);

    private static readonly ToolDeclaration Declared = new(
        "get_related",
        "Related entities",
        "What an entity is linked with: what depends on it, who works on it, what a change affects. Nearest first.",
        Hints.Reads,
        Entity, RelationType, Direction, Depth, SharedParameters.ValidAt, SharedParameters.At, Limit, SharedParameters.Cursor);

    protected override Task<ToolAnswer> AnswerAsync(Arguments arguments, ToolCall call) => call.AskAsync(
        arguments,
        Limit,
        arguments.Of(SharedParameters.At),
        at => new RelatedQuery(
            arguments.Text(Entity),
            arguments.Of(RelationType),
            arguments.Of(Direction),
            arguments.Of(Depth),
            arguments.Of(SharedParameters.ValidAt),
            at),
        Tell);

    private static AnswerText Tell(RelatedAnswer answer)
    {
        if (answer is not { Refused: null, Start: { } start })
        {
            return AnswerText.Refuse(answer.Refused!);
        }

        string asOf = FactText.AsOf(answer.Point);
        string what = $"{Quoted.Name(start.Name)} [{Quoted.Word(start.EntityType)}] {start.Cited.Id}";
        return new AnswerText(
            answer.Steps.Any() ? $"{asOf}Related to {what}:" : $"{asOf}Nothing is related to {what} in the way asked for.",
            answer.Point.Event,
            answer.Steps.Select(step => new Row(() => Line(step))));
    }

    private static string Line(RelatedStep step)
    {
        string indent = new(' ', (step.Depth - 1) * 2);
        string other = $"{Quoted.Name(step.Other)} is [{Quoted.Word(step.OtherType)}]";
        return FormattableString.Invariant($"{indent}{step.Depth}. {FactText.Relation(step.Relation)} · {other}");
    }
}
