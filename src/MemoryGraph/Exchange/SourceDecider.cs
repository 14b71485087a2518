using System.Diagnostics;
using MemoryGraph.Events;
using MemoryGraph.Graph;
using MemoryGraph.Text;

namespace MemoryGraph.Exchange;

/// <summary>Decides what the events of a source change in a graph that may hold anything already.</summary>
/// <remarks>
/// <para>Each event is decided on the graph as the ones before left it, by these rules:</para>
/// <list type="bullet">
/// <item>A fact that is stated there and is live here is the same fact, and nothing is recorded.</item>
/// <item>
/// A change, removal or restoration there is applied here if the fact came from this source, or from a past that both
/// share. Facts known here otherwise are kept, and that is reported.
/// </item>
/// <item>
/// Of a source with lasting ids, an event that was decided once is settled, whatever was done here since. Of a part of
/// a log, only events that were taken over are settled.
/// </item>
/// </list>
/// <para>Not thread-safe; for one source, in its order. Cost: as the command that would do the same.</para>
/// </remarks>
/// <param name="source">The project in the origin of its events.</param>
/// <param name="hasLastingIds">See <see cref="MemorySource.HasLastingIds"/>.</param>
/// <param name="isThisProject">Whether it is a copy of this very log: then both share a past.</param>
/// <param name="report">Gets what was not taken over, and why.</param>
internal sealed class SourceDecider(string source, bool hasLastingIds, bool isThisProject, Action<ImportNote> report)
{
    private readonly SourceFacts _facts = new(source, hasLastingIds, isThisProject);

    /// <summary>The events that an event of the source comes to here.</summary>
    /// <param name="graph">The present, under the writer's lock.</param>
    /// <returns>In order; empty when it changes nothing.</returns>
    public IReadOnlyList<MemoryEvent> Decide(GraphView graph, SourceEvent happened)
    {
        if (_facts.IsSettled(graph, happened))
        {
            return [];
        }

        var step = new ImportStep(graph, _facts, happened, what => report(new ImportNote(PlaceOf(happened), what)));
        return happened.Event switch
        {
            EntityCreated e => EntityImport.Create(step, e),
            EntityUpdated e => EntityImport.Update(step, e),
            EntityMerged e => EntityImport.Merge(step, e),
            EntityDeleted e => EntityImport.Delete(step, e),
            EntityRestored e => EntityImport.Restore(step, e),
            ObservationAdded e => ObservationImport.Add(step, e),
            ObservationRemoved e => ObservationImport.Remove(step, e),
            ObservationRestored e => ObservationImport.Restore(step, e),
            RelationCreated e => RelationImport.Create(step, e),
            RelationUpdated e => RelationImport.Update(step, e),
            RelationDeleted e => RelationImport.Delete(step, e),
            RelationRestored e => RelationImport.Restore(step, e),
            EventRedacted e => ReportRedaction(step, e),
            EventLost => step.Skip("was lost there"),
            UnknownEvent e => step.Skip($"is of a type this program does not know, {Quoted.Name(e.EventType)}"),
            LogRepaired or ClockCorrected => [],
            _ => throw new UnreachableException($"{happened.Event.GetType().Name} has no arm"),
        };
    }

    private IReadOnlyList<MemoryEvent> ReportRedaction(ImportStep step, EventRedacted redacted) =>
        redacted.Targets.Any(_facts.WasTaken)
            ? step.Skip("erased text there that was taken over from it before; to erase it here too, use redact") : [];

    private string PlaceOf(SourceEvent happened) =>
        hasLastingIds || happened.Recorded is not null ? $"event {happened.Origin.Id}"
            : FormattableString.Invariant($"line {happened.Origin.Id.Value}");
}
