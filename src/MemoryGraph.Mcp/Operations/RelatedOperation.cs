using MemoryGraph.Domain;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Queries;
using MemoryGraph.Text;

namespace MemoryGraph.Mcp.Operations;

/// <summary>Follows links from an entity.</summary>
internal static class RelatedOperation
{
    private static readonly TextParameter Entity = Required.Name("entity", "Exact name to start at.");
    private static readonly TextParameter RelationType =
        Optional.Name("relationType", "Only relations of this type.", Limits.TypeCharacters);
    private static readonly ChoiceParameter<Direction> Direction =
        Optional.Choice("direction", "Which way to follow them. Default both.", Queries.Direction.Both);
    private static readonly NumberParameter Depth =
        Optional.Number("depth", "How many steps. Default 1.", 1, RelatedQuery.DepthMax, whenAbsent: 1);

    public static Operation GetRelated { get; } = Operation.Question(
        "get_related",
        "Related entities",
        "What an entity is linked with: what depends on it, who works on it, what a change affects. Nearest first.",
        [Entity, RelationType, Direction, Depth, SharedParameters.ValidAt, SharedParameters.At],
        perPage: 50,
        (arguments, call) => call.Ask(
            new RelatedQuery(
                arguments.Text(Entity),
                arguments.Of(RelationType),
                arguments.Of(Direction),
                arguments.Of(Depth),
                arguments.Of(SharedParameters.ValidAt),
                call.At(arguments.Of(SharedParameters.At))),
            Tell));

    private static Answer Tell(RelatedAnswer answer)
    {
        if (answer is not { Refused: null, Start: { } start })
        {
            return Answer.Refuse(answer.Refused!);
        }

        string asOf = FactText.AsOf(answer.Moment);
        string what = $"{Quoted.Name(start.Name)} [{Quoted.Word(start.EntityType)}] {start.Cited.Id}";
        return new Answer(
            answer.Steps.Any()
                ? $"{asOf}Related to {what}:"
                : $"{asOf}Nothing is related to {what} in the way asked for.",
            answer.Moment.Event,
            answer.Steps.Select(step => new Row(() => Line(step))));
    }

    private static string Line(RelatedStep step)
    {
        string indent = new(' ', (step.Depth - 1) * 2);
        string other = $"{Quoted.Name(step.Other)} is [{Quoted.Word(step.OtherType)}]";
        return FormattableString.Invariant($"{indent}{step.Depth}. {FactText.Relation(step.Relation)} · {other}");
    }
}
