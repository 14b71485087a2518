using System.Globalization;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Queries;
using MemoryGraph.Search;
using MemoryGraph.Text;

namespace MemoryGraph.Mcp.Answers;

/// <summary>The words for facts: compact, each citing its event, a stored text always last on its line.</summary>
/// <param name="now">The present, for ages.</param>
/// <param name="opener">What shows all facts of an entity: a tool or a command.</param>
internal sealed class FactText(DateTimeOffset now, string opener = "open_nodes")
{
    private const int TypesShown = 8;

    /// <summary>An entity with all its facts, as rows of one item.</summary>
    public IEnumerable<Row> Rows(EntityCard card) => Rows(card, card.Observations, extra: null);

    /// <summary>An entity that a search found: what matched, then how much more there is.</summary>
    public IEnumerable<Row> Rows(SearchHit hit)
    {
        string? more = hit.OtherObservations == 0 ? null
            : $"  … {Count(hit.OtherObservations, "more observation", "more observations")}: {opener}";
        return Rows(hit.Entity, hit.Matching, more);
    }

    /// <summary>
    /// An entity by name and type: <c>"Auth" [service]</c>, or <c>"Auth" [unknown, implied]</c> where only relations
    /// tell of it.
    /// </summary>
    public static string Entity(string name, string entityType, bool implied) =>
        $"{Quoted.Name(name)} [{Quoted.Word(entityType)}{(implied ? ", implied" : "")}]";

    /// <summary>A link seen from an entity: <c>-affects-> "Auth" #50</c> or <c>&lt;-affects- "Bug" #50</c>.</summary>
    public static string Relation(RelationLine line, string seenFrom)
    {
        string type = Quoted.Word(line.RelationType);
        string link =
            line.From == seenFrom ? $"-{type}-> {Quoted.Name(line.To)}" : $"<-{type}- {Quoted.Name(line.From)}";
        return $"{link} {line.Cited.Id}{Held(line.Validity)}";
    }

    /// <summary>A link in full: <c>"Bug" -affects-> "Auth" #50</c>.</summary>
    public static string Relation(RelationLine line) =>
        $"{Quoted.Link(line.From, line.RelationType, line.To)} {line.Cited.Id}{Held(line.Validity)}";

    /// <summary>
    /// A way over links, one by one, each seen from where it is entered: <c>"Auth" &lt;-owns- "Ada" #51</c>.
    /// </summary>
    public static IEnumerable<string> Steps(LinkPath? path)
    {
        string at = path?.Start ?? "";
        foreach (RelationLine link in path?.Links ?? [])
        {
            yield return $"{Quoted.Name(at)} {Relation(link, at)}";
            at = link.From == at ? link.To : link.From;
        }
    }

    /// <summary>
    /// A way over links on one line: <c>"Bug" -affects-> "Auth" #50; "Auth" &lt;-owns- "Ada" #51</c>.
    /// </summary>
    public static string Path(LinkPath path) => string.Join("; ", Steps(path));

    /// <summary>An event as history shows it, and its reason on a line of its own.</summary>
    public static IEnumerable<Row> Rows(HistoryLine line)
    {
        string takesBack =
            line.Recorded.Undoes.Count > 0 ? $", takes back {string.Join(", ", line.Recorded.Undoes)}" : "";
        string undone = line.TakenBackBy is { } by ? $", undone by {by}" : "";
        yield return new Row(() => $"{Head()}{takesBack}{undone}: {line.EventType} {line.What}");
        if (line.Recorded.Reason is { } reason)
        {
            yield return new Row(() => $"    because: {Quoted.Text(reason)}", Head);
        }

        if (line.Recorded.Origin is { } origin)
        {
            yield return new Row(
                () => $"    imported from {Quoted.Name(origin.Project)} {origin.Id}, {Provenance(origin)}", Head);
        }

        string Head()
        {
            string who = line.Recorded.Author is { User: "", Agent: "" } ? "" : $" by {line.Recorded.Author}";
            return $"{line.Recorded.Id} {Stamp(line.When)}{who}";
        }
    }

    // Who and when there, as far as that is known.
    private static string Provenance(Origin origin)
    {
        string when = Stamp(DateTimeOffset.FromUnixTimeMilliseconds(
            Math.Clamp(
                origin.Timestamp,
                DateTimeOffset.MinValue.ToUnixTimeMilliseconds(),
                DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())));
        return origin is { User: "", Agent: null } ? $"known there by {when}"
            : $"there {when} by {new Author(origin.User, origin.Agent ?? "")}";
    }

    /// <summary>What an answer is about, when it is not the present: <c>As of #42 (2026-11-20 14:03Z): </c>.</summary>
    public static string AsOf(Point moment) => moment switch
    {
        { NotYet: { } ahead } => $"There is no event {ahead} yet; this is the present: ",
        { IsNow: true } => "",
        { When: { } when } => $"As of {moment.Event} ({Stamp(when)}): ",
        _ => "Before the first event: ",
    };

    /// <summary>How many of which types, most first.</summary>
    public static string Types(IReadOnlyList<TypeCount> types) =>
        Types([.. types.Select(one => (one.Entities, one.EntityType))]);

    /// <inheritdoc cref="Types(IReadOnlyList{TypeCount})"/>
    public static string Types(IReadOnlyList<RelationTypeCount> types) =>
        Types([.. types.Select(one => (one.Relations, one.RelationType))]);

    /// <summary>How much a graph holds: <c>2 entities, 1 observation, 0 relations</c>.</summary>
    public static string Counts(int entities, int observations, int relations) =>
        $"{Count(entities, "entity", "entities")}, {Count(observations, "observation", "observations")}, "
        + Count(relations, "relation", "relations");

    public static string Count(long count, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}");

    /// <summary>An instant, to the minute, in UTC.</summary>
    public static string Stamp(DateTimeOffset when) =>
        when.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);

    private static string Types(IReadOnlyList<(int Count, string Type)> types)
    {
        IEnumerable<string> shown = types.Take(TypesShown)
            .Select(one => FormattableString.Invariant($"{one.Count} {Quoted.Word(one.Type)}"));
        string more =
            types.Count > TypesShown ? FormattableString.Invariant($", {types.Count - TypesShown} more types") : "";
        return string.Join(", ", shown) + more;
    }

    private static string Held(Validity validity) => validity.IsUnsaid ? "" : $", valid {validity}";

    private IEnumerable<Row> Rows(EntityCard card, IEnumerable<ObservationLine> observations, string? extra)
    {
        yield return new Row(Header);
        foreach (ObservationLine observation in observations)
        {
            yield return new Row(
                () => $"  {observation.Cited.Id}{Differing(observation.Cited, card.Cited)}: {Quoted.Text(observation.Text)}",
                Header);
        }

        if (extra is not null)
        {
            yield return new Row(() => extra, Header);
        }

        foreach (RelationLine relation in card.Relations)
        {
            yield return new Row(() => $"  {Relation(relation, card.Name)}", Header);
        }

        string Header() =>
            $"{Entity(card.Name, card.EntityType, card.Implied)} {card.Cited.Id}, "
            + $"{Age(card.Cited.When)} by {card.Cited.Author}";
    }

    // Age and author are told where they are not those of the entity itself.
    private string Differing(Citation cited, Citation entity)
    {
        string age = Age(cited.When) == Age(entity.When) ? "" : $", {Age(cited.When)}";
        string who = cited.Author == entity.Author ? "" : $" by {cited.Author}";
        return age + who;
    }

    private string Age(DateTimeOffset when) => (now - when) switch
    {
        { TotalMinutes: < 1 } => "just now",
        { TotalHours: < 1 } age => string.Create(CultureInfo.InvariantCulture, $"{(int)age.TotalMinutes} min ago"),
        { TotalDays: < 1 } age => string.Create(CultureInfo.InvariantCulture, $"{(int)age.TotalHours} h ago"),
        { TotalDays: < 14 } age => Count((int)age.TotalDays, "day ago", "days ago"),
        _ => when.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    };
}
