using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Graph;

namespace MemoryGraph.Exchange;

/// <summary>
/// What a source's events about observations come to here. <see cref="SourceDecider"/> has the rules.
/// </summary>
internal static class ObservationImport
{
    public static IReadOnlyList<MemoryEvent> Add(ImportStep step, ObservationAdded added)
    {
        if (step.FindLiveEntity(added.Entity) is not { } entity)
        {
            return [];
        }

        return step.Graph.FindObservation(entity, added.Text) is { } held
            ? step.Same(held.Id)
            : step.FollowToBegin(new AddObservations(step.Graph.NameOf(entity), [added.Text]));
    }

    public static IReadOnlyList<MemoryEvent> Remove(ImportStep step, ObservationRemoved removed) =>
        step.Find(removed.Observation) is not Observation one || !one.IsLiveAt(step.Graph.Point) ? []
        : !step.IsTheirs(one.Id) ? step.Keep(one.Id)
        : [new ObservationRemoved(one.Id, step.Graph.NameOf(step.Graph.OwnerOf(one.Entity)), one.Text)];

    public static IReadOnlyList<MemoryEvent> Restore(ImportStep step, ObservationRestored restored) =>
        step.Find(restored.Observation) is Observation { IsOpen: false } one && step.EndedByThem(one.End)
        && step.Graph.OwnerOf(one.Entity) is { IsLive: true } owner
        && step.Graph.FindObservation(owner, one.Text) is null
            ? [new ObservationRestored(one.Id, step.Graph.NameOf(owner), one.Text)] : [];
}
