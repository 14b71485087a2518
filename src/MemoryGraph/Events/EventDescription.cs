using System.Diagnostics;
using System.Globalization;
using MemoryGraph.Domain;
using MemoryGraph.Text;

namespace MemoryGraph.Events;

/// <summary>What an event did, in words: one line, a stored text last.</summary>
public static class EventDescription
{
    private const int IdsShown = 20;

    /// <summary>
    /// The type of the event and what it did, a long text cut: <c>observation_added "Ada": "likes tea"</c>.
    /// </summary>
    /// <param name="happened">The event.</param>
    /// <param name="textMax">Most characters of a stored text.</param>
    public static string Summary(MemoryEvent happened, int textMax) =>
        $"{EventCatalogue.NameOf(happened)} {Describe(happened, textMax: textMax)}".TrimEnd();

    /// <summary>What the event did, without its type.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="names">Puts names to the relation of an event that repeats none; null leaves its number.</param>
    /// <param name="textMax">Most characters of a stored text.</param>
    internal static string Describe(
        MemoryEvent happened, Func<EventId, string?>? names = null, int textMax = int.MaxValue) => happened switch
        {
            EntityCreated e => $"{Quoted.Name(e.Name)} [{Quoted.Word(e.EntityType)}]{(e.Implied ? ", implied by a relation" : "")}",
            EntityUpdated e => $"{e.Entity} {Changes(e)}",
            EntityMerged e => $"{Quoted.Name(e.FromName)} ({e.From}) into {Quoted.Name(e.IntoName)} ({e.Into})",
            EntityDeleted e => $"{Quoted.Name(e.Name)} ({e.Entity})",
            EntityRestored e => $"{Quoted.Name(e.Name)} ({e.Entity})",
            ObservationAdded e => $"{Quoted.Name(e.EntityName)}: {Quoted.Text(e.Text, textMax)}",
            ObservationRemoved e => $"{e.Observation} of {Quoted.Name(e.EntityName)}: {Quoted.Text(e.Text, textMax)}",
            ObservationRestored e => $"{e.Observation} of {Quoted.Name(e.EntityName)}: {Quoted.Text(e.Text, textMax)}",
            RelationCreated e => $"{Quoted.Link(e.FromName, e.RelationType, e.ToName)}{Held(e.Validity)}",
            RelationUpdated e => $"{e.Relation}{names?.Invoke(e.Relation)}{Held(e.Validity, "validity cleared")}",
            RelationDeleted e => $"{e.Relation} {Quoted.Link(e.FromName, e.RelationType, e.ToName)}",
            RelationRestored e => $"{e.Relation} {Quoted.Link(e.FromName, e.RelationType, e.ToName)}",
            LogRepaired e => Repair(e),
            EventLost e => e.Cause,
            EventRedacted e => $"text of {Listed(e.Targets)} erased",
            ClockCorrected e => string.Create(CultureInfo.InvariantCulture, $"times of {e.First} to {e.Last} shifted by {e.ShiftMs} ms"),
            UnknownEvent => "of a type this program does not know",
            _ => throw new UnreachableException($"{happened.GetType().Name} has no arm"),
        };

    /// <summary>Events as a line can hold them: each one, or how many from which to which.</summary>
    public static string Listed(IReadOnlyList<EventId> ids) => ids.Count <= IdsShown ? string.Join(", ", ids)
        : string.Create(CultureInfo.InvariantCulture, $"{ids.Count} events from {ids.Min()} to {ids.Max()}");

    // A torn end is cut off where it begins; a damaged log is copied as a whole, from its first byte.
    private static string Repair(LogRepaired e) => e.Offset > 0
        ? string.Create(
            CultureInfo.InvariantCulture, $"{e.Length} bytes that belonged to no finished write were moved to quarantine/{e.Quarantine}")
        : $"the log was damaged and was mended, {Lost(e.Lost)}; as it was before, it is in quarantine/{e.Quarantine}";

    private static string Lost(IReadOnlyList<EventId> lost) => lost.Count == 0 ? "nothing was lost" : $"lost: {Listed(lost)}";

    private static string Changes(EntityUpdated e)
    {
        string naming = (e.Name, e.EntityType) switch
        {
            ({ } name, { } type) => $"is now {Quoted.Name(name)} [{Quoted.Word(type)}]",
            ({ } name, null) => $"is now called {Quoted.Name(name)}",
            (null, { } type) => $"is now of type [{Quoted.Word(type)}]",
            _ => "",
        };
        string implied = e.Implied switch
        {
            true => "is only implied by relations again",
            false => "is no longer only implied",
            null => naming.Length == 0 ? "unchanged" : "",
        };
        return naming.Length > 0 && implied.Length > 0 ? $"{naming} and {implied}" : naming + implied;
    }

    private static string Held(Validity validity, string unsaid = "") =>
        validity.IsUnsaid ? (unsaid.Length > 0 ? $", {unsaid}" : "") : $", valid {validity}";
}
