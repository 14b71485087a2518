using MemoryGraph.Locate;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Queries;
using MemoryGraph.Text;

namespace MemoryGraph.Mcp.Operations;

/// <summary>What the memory, or what it knows of an entity, comes down to.</summary>
internal sealed class SummarizeTool(CurrentProject projects) : MemoryTool(projects, Declared)
{
    private static readonly TextParameter Entity = Optional.Name("entity", "Only what touches this entity (exact name).");
    private static readonly PointParameter Since =
        Optional.Point("since", "Changes and people from this point on (forms as for at).", startOfDay: true);
    private static readonly NumberParameter Limit = SharedParameters.Limit(20);

    private static readonly ToolDeclaration Declared = new(
        "summarize",
        "Summary",
        "The memory at a glance: how much of what, the most connected entities, who contributed, the latest changes. "
        + "Counted, not written by a model.",
        Hints.Reads,
        Entity, Since, SharedParameters.At, Limit, SharedParameters.Cursor);

    protected override Task<ToolAnswer> AnswerAsync(Arguments arguments, ToolCall call) => call.AskAsync(
        arguments,
        Limit,
        arguments.Of(SharedParameters.At),
        at => new SummaryQuery(arguments.Of(Entity), arguments.Of(Since), at),
        Tell);

    private static AnswerText Tell(SummaryAnswer answer)
    {
        if (answer.Refused is { } refusal)
        {
            return AnswerText.Refuse(refusal);
        }

        string about = answer.About is { } entity
            ? $"{Quoted.Name(entity.Name)} [{Quoted.Word(entity.EntityType)}] {entity.Cited.Id}: "
                + $"{FactText.Count(answer.Observations, "observation", "observations")}, "
                + FactText.Count(answer.Relations, "relation", "relations")
            : FactText.Counts(answer.Entities, answer.Observations, answer.Relations);
        int changes = answer.Contributors.Sum(one => one.Changes);
        string since = answer.Since is { } first ? $" since {first}" : "";
        return new AnswerText(
            $"{FactText.AsOf(answer.Point)}{about}; {FactText.Count(changes, "change", "changes")}{since}.",
            answer.Point.Event,
            SummaryText.Lines(answer));
    }
}
