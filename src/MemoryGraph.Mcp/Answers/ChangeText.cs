using MemoryGraph.Domain;
using MemoryGraph.Queries;
using MemoryGraph.Text;

namespace MemoryGraph.Mcp.Answers;

/// <summary>
/// The words for what differs between two graphs: <c>+</c> appeared, <c>-</c> vanished, <c>~</c> changed, <c>&gt;</c>
/// moved.
/// </summary>
internal static class ChangeText
{
    private const int EventsTold = 5;

    /// <summary>What differs between two points.</summary>
    public static Answer Tell(DiffAnswer answer) => answer switch
    {
        { Refused: { } refusal } => Answer.Refuse(refusal),
        { Changes: { } changes } => new Answer(
            $"From {Told(answer.From)} to {Told(answer.To)}: {Counts(changes)}", answer.To.Event, Rows(changes))
        {
            Json = json =>
            {
                json.WriteMoment(answer.From, "from");
                json.WriteMoment(answer.To, "to");
                json.WriteChanges(changes);
            },
        },
        _ => throw new System.Diagnostics.UnreachableException("neither refused nor answered"),
    };

    /// <summary>What would be different, then the events that would no longer apply.</summary>
    public static Answer Tell(WhatIfAnswer answer)
    {
        if (answer is not { Refused: null, Changes: { } changes })
        {
            return Answer.Refuse(answer.Refused!);
        }

        string no = answer.NoLonger.Count == 0 ? ""
            : $" {FactText.Count(answer.NoLonger.Count, "later event", "later events")} would no longer apply (below).";
        return new Answer(
            $"Without {FactText.Count(answer.LeftOut, "event", "events")}, compared with {Told(answer.Moment)}: "
            + $"{Counts(changes)}{no}",
            answer.Moment.Event,
            Rows(changes).Concat(answer.NoLonger.Select(
                line => new Row(() => $"no longer: {line.Recorded.Id} {line.EventType} {line.What}"))))
        {
            Json = json =>
            {
                json.WriteMoment(answer.Moment);
                json.WriteNumber("left_out", answer.LeftOut);
                json.WriteIds("no_longer", answer.NoLonger.Select(line => line.Recorded.Id));
                json.WriteChanges(changes);
            },
        };
    }

    /// <summary>How much differs: <c>1 entity appeared, 2 changed; 3 observations and 1 relation differ.</c></summary>
    public static string Counts(GraphChanges changes)
    {
        if (changes.IsEmpty)
        {
            return "Nothing differs.";
        }

        (int Count, string What)[] entities =
            [(changes.Appeared, "appeared"), (changes.Changed, "changed"), (changes.Vanished, "vanished")];
        string told = string.Join(", ", entities.Where(one => one.Count > 0).Select((one, place) => place == 0
                ? $"{FactText.Count(one.Count, "entity", "entities")} {one.What}"
                : FormattableString.Invariant($"{one.Count} {one.What}")));
        return $"{told}; {FactText.Count(changes.Observations, "observation", "observations")} and "
            + $"{FactText.Count(changes.Relations, "relation", "relations")} differ.";
    }

    /// <summary>What differs of each entity, as rows of one item.</summary>
    public static IEnumerable<Row> Rows(GraphChanges changes) => changes.Entities.SelectMany(Rows);

    private static IEnumerable<Row> Rows(EntityChange change)
    {
        yield return new Row(Header);
        foreach (ObservationChange said in change.Observations)
        {
            yield return new Row(() => $"  {Line(said)}", Header);
        }

        foreach (RelationChange link in change.Relations)
        {
            yield return new Row(() => $"  {Line(link, (change.After ?? change.Before)!.Name)}", Header);
        }

        string Header() => $"{Sign(change.Before, change.After)} {Entity(change)}";
    }

    private static string Entity(EntityChange change)
    {
        EntityNoun shown = (change.After ?? change.Before)!;
        string was = (change.Before, change.After) switch
        {
            ({ } before, { } after) when before.Name != after.Name && before.EntityType != after.EntityType =>
                $", was {Noun(before)}",
            ({ } before, { } after) when before.Name != after.Name => $", was {Quoted.Name(before.Name)}",
            ({ } before, { } after) when before.EntityType != after.EntityType =>
                $", was [{Quoted.Word(before.EntityType)}]",
            _ => "",
        };
        return $"{Noun(shown)} {change.Cited.Id}{was}{By(change.By, change.Cited.Id)}";
    }

    private static string Line(ObservationChange said)
    {
        string sign = said is { Before: not null, After: not null } ? ">" : Sign(said.Before, said.After);
        string from = sign == ">" ? $" from {Quoted.Name(said.Before!)}" : "";
        return $"{sign} {said.Cited.Id}{from}{By(said.By, said.Cited.Id)}: {Quoted.Text(said.Text)}";
    }

    private static string Line(RelationChange change, string seenFrom)
    {
        RelationLine shown = (change.After ?? change.Before)!;
        string was = change is not { Before: { } before, After: { } after } ? ""
            : before.From != after.From || before.To != after.To
                ? $", was {Quoted.Link(before.From, before.RelationType, before.To)}"
            : before.Validity.IsUnsaid ? ", was of no said time" : $", was valid {before.Validity}";
        return $"{Sign(change.Before, change.After)} "
            + $"{FactText.Relation(shown, seenFrom)}{was}{By(change.By, shown.Cited.Id)}";
    }

    private static string Noun(EntityNoun noun) => FactText.Entity(noun.Name, noun.EntityType, noun.Implied);

    private static string Sign(object? before, object? after) => (before, after) switch
    {
        (null, _) => "+",
        (_, null) => "-",
        _ => "~",
    };

    // The event that began the fact is cited already.
    private static string By(IReadOnlyList<EventId> events, EventId cited)
    {
        EventId[] others = [.. events.Where(id => id != cited)];
        string more = others.Length > EventsTold ? " …" : "";
        return others.Length == 0 ? "" : $", by {string.Join(", ", others.TakeLast(EventsTold))}{more}";
    }

    private static string Told(Point moment) => moment switch
    {
        { NotYet: { } ahead } => $"now ({ahead} has not come yet)",
        { IsNow: true } => "now",
        { When: { } when } => $"{moment.Event} ({FactText.Stamp(when)})",
        _ => "before the first event",
    };
}
