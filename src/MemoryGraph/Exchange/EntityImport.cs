using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Graph;
using MemoryGraph.Text;

namespace MemoryGraph.Exchange;

/// <summary>What a source's events about entities come to here. <see cref="SourceDecider"/> has the rules.</summary>
internal static class EntityImport
{
    public static IReadOnlyList<MemoryEvent> Create(ImportStep step, EntityCreated created)
    {
        if (step.Graph.Find(created.Name) is not { } entity)
        {
            step.Facts[step.Happened.Id] = step.Graph.Point.Next;
            return [created];
        }

        step.Same(entity.Id);
        Naming known = step.Graph.NamingOf(entity);
        if (!known.Implied && !created.Implied && known.EntityType != created.EntityType)
        {
            step.Report($"has another type than {Quoted.Name(known.Name)} has here, {Quoted.Name(known.EntityType)}, which stays");
        }

        return known.Implied && !created.Implied
            ? step.Follow(new CreateEntity(created.Name, created.EntityType, [])) : [];
    }

    public static IReadOnlyList<MemoryEvent> Update(ImportStep step, EntityUpdated updated)
    {
        if (step.FindLiveEntity(updated.Entity) is not { } entity)
        {
            return [];
        }

        Naming known = step.Graph.NamingOf(entity);
        var change = new EntityUpdated(
            entity.Id,
            updated.Name == known.Name ? null : updated.Name,
            updated.EntityType == known.EntityType ? null : updated.EntityType)
        {
            Implied = updated.Implied == known.Implied ? null : updated.Implied,
        };
        return change is { Name: null, EntityType: null, Implied: null } ? []
            : !step.IsTheirs(entity.Id)
                ? step.Skip($"changes {Quoted.Name(known.Name)}, which was known here before and stays as it is")
            : change.Name is { } name && step.Graph.Find(name) is not null
                ? step.Skip($"gives {Quoted.Name(known.Name)} the name {Quoted.Name(name)}, which another has here")
            : [change];
    }

    public static IReadOnlyList<MemoryEvent> Merge(ImportStep step, EntityMerged merged)
    {
        GraphView graph = step.Graph;
        if (step.Find(merged.From) is not Entity { IsLive: true } from
            || step.Find(merged.Into) is not Entity other || graph.OwnerOf(other) is var into && from == into)
        {
            return [];
        }

        if (!step.IsTheirs(from.Id))
        {
            return step.Skip($"merges {Quoted.Name(graph.NameOf(from))}, which was known here before and stays as it is");
        }

        // Of two equal facts of theirs, events of the source settle which stays; with facts of ours, the command does.
        // An undo may also have merged it into an entity that had ended already, there as here.
        return into.IsLiveAt(graph.Point) && !(IsWhollyTheirs(step, from) && IsWhollyTheirs(step, into))
            ? step.Follow(new UpdateEntity(graph.NameOf(from), graph.NameOf(into), null, Merge: true))
            : [new EntityMerged(from.Id, other.Id, graph.NameOf(from), graph.NameOf(other))];
    }

    public static IReadOnlyList<MemoryEvent> Delete(ImportStep step, EntityDeleted deleted)
    {
        if (step.Find(deleted.Entity) is not Entity entity || !entity.IsLiveAt(step.Graph.Point))
        {
            return [];
        }

        string name = step.Graph.NameOf(entity);
        return IsWhollyTheirs(step, entity)
            ? step.Follow(new DeleteEntity(name))
            : step.Skip($"deletes {Quoted.Name(name)}, of which more is known here; it stays");
    }

    public static IReadOnlyList<MemoryEvent> Restore(ImportStep step, EntityRestored restored)
    {
        if (step.Find(restored.Entity) is not Entity { IsLive: false } entity || !step.EndedByThem(entity.End))
        {
            return [];
        }

        string name = step.Graph.NameOf(entity);
        return step.Graph.Find(name) is not null
            ? step.Skip($"restores {Quoted.Name(name)}, and another has that name here")
            : [new EntityRestored(entity.Id, name)];
    }

    private static bool IsWhollyTheirs(ImportStep step, Entity entity) => step.IsTheirs(entity.Id)
        && step.Graph.ObservationsOf(entity).All(one => step.IsTheirs(one.Id))
        && step.Graph.RelationsOf(entity).All(one => step.IsTheirs(one.Id));
}
