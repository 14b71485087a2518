using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Queries;
using MemoryGraph.Text;

namespace MemoryGraph.Mcp.Operations;

/// <summary>What the memory, or what it knows of an entity, comes down to.</summary>
internal static class SummaryOperation
{
    private static readonly TextParameter Entity =
        Optional.Name("entity", "Only what touches this entity (exact name).");
    private static readonly PointParameter Since =
        Optional.Point("since", "Changes and people from this point on (forms as for at).", startOfDay: true);

    public static Operation Summarize { get; } = Operation.Question(
        "summarize",
        "Summary",
        "The memory at a glance: how much of what, the most connected entities, who contributed, the latest changes. "
        + "Counted, not written by a model.",
        [Entity, Since, SharedParameters.At],
        perPage: 20,
        (arguments, call) => call.Ask(
            new SummaryQuery(
                arguments.Of(Entity), arguments.Of(Since), call.At(arguments.Of(SharedParameters.At))),
            Tell));

    private static Answer Tell(SummaryAnswer answer)
    {
        if (answer.Refused is { } refusal)
        {
            return Answer.Refuse(refusal);
        }

        string about = answer.About is { } entity
            ? $"{Quoted.Name(entity.Name)} [{Quoted.Word(entity.EntityType)}] {entity.Cited.Id}: "
                + $"{FactText.Count(answer.Observations, "observation", "observations")}, "
                + FactText.Count(answer.Relations, "relation", "relations")
            : FactText.Counts(answer.Entities, answer.Observations, answer.Relations);
        int changes = answer.Contributors.Sum(one => one.Changes);
        string since = answer.Since is { } first ? $" since {first}" : "";
        return new Answer(
            $"{FactText.AsOf(answer.Moment)}{about}; {FactText.Count(changes, "change", "changes")}{since}.",
            answer.Moment.Event,
            SummaryText.Lines(answer));
    }
}
