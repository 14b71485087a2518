using MemoryGraph.Queries;

namespace MemoryGraph.Mcp.Answers;

/// <summary>The words for a whole graph: how much there is of what, then everything.</summary>
internal static class OverviewText
{
    public static AnswerText Tell(OverviewAnswer answer, FactText facts)
    {
        string counts = FactText.Counts(answer.Entities, answer.Observations, answer.Relations);
        string types = answer.Types.Count == 0 ? "" : $" By type: {FactText.Types(answer.Types)}.";
        return new AnswerText(
            $"{FactText.AsOf(answer.Point)}{counts}.{types}", answer.Point.Event, answer.Cards.SelectMany(facts.Rows));
    }
}
