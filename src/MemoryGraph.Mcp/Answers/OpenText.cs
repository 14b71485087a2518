using System.Text.Json;
using MemoryGraph.Queries;
using MemoryGraph.Text;

namespace MemoryGraph.Mcp.Answers;

/// <summary>The words for opened entities.</summary>
internal static class OpenText
{
    public static Answer Tell(OpenAnswer answer, FactText facts)
    {
        string missing =
            answer.Missing.Count == 0 ? "" : $" {FactText.Count(answer.Missing.Count, "name", "names")} not found.";
        return new Answer(
            $"{FactText.AsOf(answer.Moment)}{FactText.Count(answer.Count, "entity", "entities")}.{missing}",
            answer.Moment.Event,
            answer.Missing.Select(missing => new Row(() => Missing(missing)))
                .Concat(answer.Entities.SelectMany(facts.Rows)))
        {
            Outcome = answer.Missing.Count > 0 ? Outcome.Incomplete : Outcome.Done,
            Json = json => Write(answer, json),
        };
    }

    /// <summary>A name that no entity has, and what may have been meant.</summary>
    public static string Missing(MissingName missing)
    {
        string formerly = missing.Formerly is null ? "" : $"; {missing.Formerly}";
        string near = missing.Near.Count == 0 ? "" : $"; nearest: {Quoted.Names(missing.Near)}";
        return $"Not found: {Quoted.Name(missing.Name)}{formerly}{near}";
    }

    private static void Write(OpenAnswer answer, Utf8JsonWriter json)
    {
        json.WriteMoment(answer.Moment);
        json.WriteEntities(answer.Entities);
        json.WriteObjects("missing", answer.Missing, missing =>
        {
            json.WriteString("name", missing.Name);
            json.WriteString("formerly", missing.Formerly);
            json.WriteTexts("near", missing.Near);
        });
    }
}
