using MemoryGraph.Queries;

namespace MemoryGraph.Mcp.Answers;

/// <summary>The words for a whole graph: how much there is of what, then everything.</summary>
internal static class OverviewText
{
    /// <param name="most">Most entities that a script gets.</param>
    public static Answer Of(OverviewAnswer answer, FactText facts, int most = int.MaxValue)
    {
        string counts = FactText.Counts(answer.Entities, answer.Observations, answer.Relations);
        string types = answer.Types.Count == 0 ? "" : $" By type: {FactText.Types(answer.Types)}.";
        return new Answer(
            $"{FactText.AsOf(answer.Point)}{counts}.{types}", answer.Point.Event, answer.Cards.SelectMany(facts.Rows))
        {
            Json = json =>
            {
                json.WriteMoment(answer.Point);
                json.WriteNumber("entity_count", answer.Entities);
                json.WriteNumber("observation_count", answer.Observations);
                json.WriteNumber("relation_count", answer.Relations);
                json.WriteEntities(answer.Cards.Take(most));
            },
        };
    }
}
