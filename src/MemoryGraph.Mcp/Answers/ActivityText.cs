using System.Text.Json;
using MemoryGraph.Queries;
using MemoryGraph.Text;

namespace MemoryGraph.Mcp.Answers;

/// <summary>The words for who did what.</summary>
internal static class ActivityText
{
    private const int TypesTold = 6;

    public static Answer Tell(ActivityAnswer answer)
    {
        string upTo = answer.Until.IsNow ? "" : $" up to {answer.Until.Event}";
        return new Answer(
            answer.Authors.Count == 0 ? $"Nobody recorded anything{upTo} that passes all of these filters."
                : $"{FactText.Count(answer.Authors.Count, "author", "authors")}{upTo}, last active first:",
            answer.Until.Event,
            answer.Authors.SelectMany(Rows))
        {
            Json = json => Write(answer, json),
        };
    }

    private static IEnumerable<Row> Rows(AuthorActivity one)
    {
        yield return new Row(Head);
        string types = string.Join(
            ", ",
            one.Types.Take(TypesTold).Select(type => FormattableString.Invariant($"{type.Events} {type.EventType}")));
        yield return new Row(() => $"  {types}{(one.Types.Count > TypesTold ? ", …" : "")}", Head);
        if (one.Entities.Count > 0)
        {
            string most = string.Join(
                ", ",
                one.Entities.Select(entity => FormattableString.Invariant($"{Quoted.Name(entity.Name)} ({entity.Events})")));
            string more = one.EntitiesTouched > one.Entities.Count
                ? FormattableString.Invariant($" and {one.EntitiesTouched - one.Entities.Count} more") : "";
            yield return new Row(() => $"  most about {most}{more}", Head);
        }

        string Head()
        {
            string undone = one.TakenBack > 0 ? FormattableString.Invariant($", {one.TakenBack} undone") : "";
            return $"by {one.Author}: {FactText.Count(one.Events, "event", "events")} in "
                + $"{FactText.Count(one.Calls, "call", "calls")} and "
                + $"{FactText.Count(one.Sessions, "session", "sessions")}{undone}, "
                + $"first {one.First.Id} {FactText.Stamp(one.First.When)}, "
                + $"last {one.Last.Id} {FactText.Stamp(one.Last.When)}";
        }
    }

    private static void Write(ActivityAnswer answer, Utf8JsonWriter json)
    {
        json.WriteObjects("authors", answer.Authors, one =>
        {
            json.WriteString("user", one.Author.User);
            json.WriteString("agent", one.Author.Agent);
            json.WriteNumber("events", one.Events);
            json.WriteNumber("calls", one.Calls);
            json.WriteNumber("sessions", one.Sessions);
            json.WriteNumber("undone", one.TakenBack);
            json.WriteNumber("first_event", one.First.Id.Value);
            json.WriteNumber("first_timestamp", one.First.When.ToUnixTimeMilliseconds());
            json.WriteNumber("last_event", one.Last.Id.Value);
            json.WriteNumber("last_timestamp", one.Last.When.ToUnixTimeMilliseconds());
            json.WriteCounts("types", one.Types.Select(type => (type.EventType, type.Events)));
            json.WriteNumber("entities_touched", one.EntitiesTouched);
            json.WriteCounts("most_about", one.Entities.Select(entity => (entity.Name, entity.Events)));
        });
    }
}
