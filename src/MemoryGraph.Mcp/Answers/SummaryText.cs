using MemoryGraph.Queries;
using MemoryGraph.Text;

namespace MemoryGraph.Mcp.Answers;

/// <summary>The words for a summary. Every line says what it tells, so that a page may end at any of them.</summary>
internal static class SummaryText
{
    public static IEnumerable<Row> Lines(SummaryAnswer answer)
    {
        if (answer is { About: null, Types.Count: > 0 })
        {
            yield return new Row(() => $"By type: {FactText.Types(answer.Types)}");
        }

        if (answer.RelationTypes.Count > 0)
        {
            yield return new Row(() => $"Relations by type: {FactText.Types(answer.RelationTypes)}");
        }

        string connected = answer.About is null ? "Most connected" : "Linked with";
        foreach (ConnectedEntity one in answer.Connected)
        {
            yield return new Row(() => $"{connected}: {Entity(one)}");
        }

        foreach (Contribution one in answer.Contributors)
        {
            yield return new Row(() => $"Contributor: {Contributor(one)}");
        }

        foreach (Row change in answer.Changes.SelectMany(FactText.Rows))
        {
            yield return change.Under is null ? change with { Text = () => $"Change: {change.Text()}" } : change;
        }
    }

    private static string Entity(ConnectedEntity one) =>
        $"{Quoted.Name(one.Name)} [{Quoted.Word(one.EntityType)}] {one.Cited.Id}, "
        + $"{FactText.Count(one.Relations, "relation", "relations")}, "
        + FactText.Count(one.Observations, "observation", "observations");

    private static string Contributor(Contribution one)
    {
        string span = one.First == one.Last ? $"{one.Last}" : $"{one.First} to {one.Last}";
        return $"{one.Author}, {FactText.Count(one.Changes, "change", "changes")} ({span}), last "
            + $"{FactText.Stamp(one.LastWhen)}";
    }
}
