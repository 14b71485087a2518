using System.Globalization;
using MemoryGraph.Queries;
using MemoryGraph.Values;

namespace MemoryGraph.Mcp.Answers;

/// <summary>The words for who did what.</summary>
internal static class ActivityText
{
    public static Telling Tell(ActivityAnswer answer) => new(
        FactText.AsOf(answer.Until) + Headline(answer), answer.Until.Point, answer.Authors.SelectMany(Rows));

    private static string Headline(ActivityAnswer answer) => answer.Authors.Count == 0
        ? "Nobody recorded anything."
        : $"{FactText.Count(answer.Authors.Sum(one => one.Events), "event", "events")} by "
            + $"{FactText.Count(answer.Authors.Count, "author", "authors")}, whoever was active last first:";

    private static IEnumerable<Row> Rows(AuthorActivity author)
    {
        yield return new Row(Header);
        yield return new Row(() => $"  {Types(author)}{TakenBack(author)}", Header);
        if (author.Entities.Count > 0)
        {
            yield return new Row(() => $"  most about {Entities(author)}", Header);
        }

        string Header()
        {
            string events = FactText.Count(author.Events, "event", "events");
            string calls = FactText.Count(author.Calls, "call", "calls");
            string sessions = FactText.Count(author.Sessions, "session", "sessions");
            return $"{author.Author}: {events} in {calls} of {sessions}, {Cited(author.First)} to {Cited(author.Last)}";
        }
    }

    private static string Types(AuthorActivity author) => string.Join(
        ", ", author.Types.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Events} {one.EventType}")));

    private static string TakenBack(AuthorActivity author) =>
        author.TakenBack == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"; {author.TakenBack} of them taken back");

    private static string Entities(AuthorActivity author)
    {
        int more = author.EntitiesTouched - author.Entities.Count;
        return string.Join(
                ", ", author.Entities.Select(one => string.Create(CultureInfo.InvariantCulture, $"{Quoted.Name(one.Name)} ({one.Events})")))
            + (more == 0 ? "" : $", and {FactText.Count(more, "more entity", "more entities")}");
    }

    private static string Cited(Citation cited) => $"{cited.Id} ({FactText.Stamp(cited.When)})";
}
