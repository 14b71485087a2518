using System.Diagnostics;
using System.Globalization;
using MemoryGraph.Events;
using MemoryGraph.Values;

namespace MemoryGraph.Queries;

/// <summary>What an event did, in words: one line, a stored text last.</summary>
internal static class EventWords
{
    /// <param name="happened">The event.</param>
    /// <param name="names">Puts names to the relation of an event that repeats none; null leaves its number.</param>
    public static string Describe(MemoryEvent happened, Func<EventId, string?>? names = null) => happened switch
    {
        EntityCreated e => $"{Quoted.Name(e.Name)} [{e.EntityType}]",
        EntityUpdated e => $"{e.Entity} {Changes(e)}",
        EntityMerged e => $"{Quoted.Name(e.FromName)} ({e.From}) into {Quoted.Name(e.IntoName)} ({e.Into})",
        EntityDeleted e => $"{Quoted.Name(e.Name)} ({e.Entity})",
        EntityRestored e => $"{Quoted.Name(e.Name)} ({e.Entity})",
        ObservationAdded e => $"{Quoted.Name(e.EntityName)}: {Quoted.Text(e.Text)}",
        ObservationRemoved e => $"{e.Observation} of {Quoted.Name(e.EntityName)}: {Quoted.Text(e.Text)}",
        ObservationRestored e => $"{e.Observation} of {Quoted.Name(e.EntityName)}: {Quoted.Text(e.Text)}",
        RelationCreated e => $"{Link(e.FromName, e.RelationType, e.ToName)}{Held(e.Validity)}",
        RelationUpdated e => $"{e.Relation}{names?.Invoke(e.Relation)}{Held(e.Validity, "validity cleared")}",
        RelationDeleted e => $"{e.Relation} {Link(e.FromName, e.RelationType, e.ToName)}",
        RelationRestored e => $"{e.Relation} {Link(e.FromName, e.RelationType, e.ToName)}",
        LogRepaired e => string.Create(
            CultureInfo.InvariantCulture, $"{e.Length} bytes that belonged to no finished write were moved to quarantine/{e.Quarantine}"),
        EventLost e => e.Cause,
        EventRedacted e => $"text of {string.Join(", ", e.Targets)} erased",
        ClockCorrected e => string.Create(CultureInfo.InvariantCulture, $"times of {e.First} to {e.Last} shifted by {e.ShiftMs} ms"),
        UnknownEvent => "of a type this program does not know",
        _ => throw new UnreachableException($"{happened.GetType().Name} has no arm"),
    };

    private static string Changes(EntityUpdated e) => (e.Name, e.EntityType) switch
    {
        ({ } name, { } type) => $"is now {Quoted.Name(name)} [{type}]",
        ({ } name, null) => $"is now called {Quoted.Name(name)}",
        (null, { } type) => $"is now of type [{type}]",
        _ => "unchanged",
    };

    public static string Link(string from, string relationType, string to) => $"{Quoted.Name(from)} -{relationType}-> {Quoted.Name(to)}";

    private static string Held(Validity validity, string unsaid = "") =>
        validity.IsUnsaid ? (unsaid.Length > 0 ? $", {unsaid}" : "") : $", valid {validity}";
}
