using MemoryGraph.Queries;
using MemoryGraph.Values;

namespace MemoryGraph.Mcp.Answers;

/// <summary>What to say to a question, the same wherever it was asked.</summary>
/// <param name="Headline">What was found, in a sentence.</param>
/// <param name="Point">The point that the answer was read at.</param>
/// <param name="Rows">The whole answer, line by line; only a page of it is enumerated.</param>
internal sealed record Telling(string Headline, EventId Point, IEnumerable<Row> Rows)
{
    private const int QueryShown = 100;

    public Refusal? Refused { get; private init; }

    public static Telling Refuse(Refusal refusal) => new("", EventId.None, []) { Refused = refusal };

    /// <summary>The graph: how much of what, then every entity.</summary>
    public static Telling Of(OverviewAnswer answer, FactText facts)
    {
        string counts = FactText.Counts(answer.Entities, answer.Observations, answer.Relations);
        string types = answer.Types.Count == 0 ? "" : $" By type: {FactText.Types(answer.Types)}.";
        return new Telling(
            $"{FactText.AsOf(answer.Moment)}{counts}.{types}", answer.Moment.Point, answer.Cards.SelectMany(facts.Rows));
    }

    /// <summary>Opened entities: the names that are none first.</summary>
    public static Telling Of(OpenAnswer answer, FactText facts)
    {
        string missing = answer.Missing.Count == 0 ? "" : $" {FactText.Count(answer.Missing.Count, "name", "names")} not found.";
        return new Telling(
            $"{FactText.AsOf(answer.Moment)}{FactText.Count(answer.Count, "entity", "entities")}.{missing}",
            answer.Moment.Point,
            answer.Missing.Select(missing => new Row(() => Missing(missing))).Concat(answer.Entities.SelectMany(facts.Rows)));
    }

    /// <summary>What a search found, best first.</summary>
    public static Telling Of(SearchAnswer answer, string query, string? entityType, FactText facts)
    {
        string ofType = entityType is null ? "" : $" of type {Quoted.Word(entityType)}";
        string found = FactText.Count(answer.Count, "entity", "entities") + ofType;
        string asked = Quoted.Text(query, QueryShown);
        string headline = answer.Match switch
        {
            SearchMatch.AllWords => $"{found} with all words of {asked}.",
            SearchMatch.SomeWords => $"Nothing has all words of {asked}; {found} with some of them, best first.",
            _ => $"Nothing found for {asked}{ofType}." + (answer.NearestNames.Count > 0
                ? $" Nearest names: {Quoted.Names(answer.NearestNames)}." : " Try other or fewer words."),
        };
        return new Telling(FactText.AsOf(answer.Moment) + headline, answer.Moment.Point, answer.Hits.SelectMany(facts.Rows));
    }

    /// <summary>Events, newest first.</summary>
    public static Telling Of(HistoryAnswer answer)
    {
        if (answer.Refused is { } refusal)
        {
            return Refuse(refusal);
        }

        string upTo = answer.Until.IsNow ? "" : $" up to {answer.Until.Point}";
        return new Telling(
            answer.Until.Point == EventId.None ? (answer.Until.IsNow ? "Nothing is recorded yet." : "Nothing had been recorded by then.")
                : answer.Lines.Any() ? $"Events{upTo}, newest first:" : $"No events{upTo} pass all of these filters.",
            answer.Until.Point,
            answer.Lines.SelectMany(FactText.Rows));
    }

    /// <summary>What differs between two points.</summary>
    public static Telling Of(DiffAnswer answer) => answer switch
    {
        { Refused: { } refusal } => Refuse(refusal),
        { Changes: { } changes } => new Telling(
            $"From {Told(answer.From)} to {Told(answer.To)}: {ChangeText.Counts(changes)}", answer.To.Point, ChangeText.Rows(changes)),
        _ => throw new System.Diagnostics.UnreachableException("neither refused nor answered"),
    };

    /// <summary>What would be different, then the events that would no longer apply.</summary>
    public static Telling Of(WhatIfAnswer answer)
    {
        if (answer is not { Refused: null, Changes: { } changes })
        {
            return Refuse(answer.Refused!);
        }

        string no = answer.NoLonger.Count == 0 ? ""
            : $" {FactText.Count(answer.NoLonger.Count, "later event", "later events")} would no longer apply (below).";
        return new Telling(
            $"Without {FactText.Count(answer.LeftOut, "event", "events")}, compared with {Told(answer.Moment)}: {ChangeText.Counts(changes)}{no}",
            answer.Moment.Point,
            ChangeText.Rows(changes).Concat(answer.NoLonger.Select(
                line => new Row(() => $"no longer: {line.Recorded.Id} {line.EventType} {line.What}"))));
    }

    /// <summary>A name that no entity has, and what may have been meant.</summary>
    public static string Missing(MissingName missing)
    {
        string formerly = missing.Formerly is null ? "" : $"; {missing.Formerly}";
        string near = missing.Near.Count == 0 ? "" : $"; nearest: {Quoted.Names(missing.Near)}";
        return $"Not found: {Quoted.Name(missing.Name)}{formerly}{near}";
    }

    private static string Told(Moment moment) => moment switch
    {
        { NotYet: { } ahead } => $"now ({ahead} has not come yet)",
        { IsNow: true } => "now",
        { When: { } when } => $"{moment.Point} ({FactText.Stamp(when)})",
        _ => "before the first event",
    };
}
