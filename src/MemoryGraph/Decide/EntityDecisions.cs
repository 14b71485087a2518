using MemoryGraph.Domain;
using MemoryGraph.Graph;
using MemoryGraph.Text;

namespace MemoryGraph.Decide;

/// <summary>Decides what is asked of entities: make one known, rename, retype or merge it, end it.</summary>
internal static class EntityDecisions
{
    public static Refusal? Create(PendingCommand draft, CreateEntity command)
    {
        string name = StoredText.NameOf(command.Name);
        string type = StoredText.NameOf(command.EntityType);
        if (draft.Find(name) is not { } subject)
        {
            WarnOfSimilarNames(draft, name);
            subject = draft.Create(name, type);
        }
        else if (subject.Existing is { } implied && draft.IsImplied(implied))
        {
            draft.Describe(implied, null, type != subject.EntityType ? type : null);
        }
        else
        {
            draft.Unchanged($"{subject.Id} {Quoted.Name(name)}");
            if (subject.EntityType != type)
            {
                draft.Notice(
                    $"{Quoted.Name(name)} exists with the type {Quoted.Name(subject.EntityType)}, which stays; "
                    + "update_entity changes it.");
            }
        }

        foreach (string text in command.Observations)
        {
            draft.Say(subject, text);
        }

        return null;
    }

    public static Refusal? Update(PendingCommand draft, UpdateEntity command)
    {
        if (command.NewName is null && command.EntityType is null)
        {
            return Refusal.NothingToDo("newName, entityType, or both");
        }

        string? newName = command.NewName is null ? null : StoredText.NameOf(command.NewName);
        if (draft.Find(StoredText.NameOf(command.Entity)) is not { Existing: { } entity } subject)
        {
            return newName is not null && WasRenamed(draft.Graph, command, newName) is { } already
                ? draft.UnchangedBecause(already)
                : draft.EntityNotFound(command.Entity);
        }

        if (newName is not null && draft.Graph.Find(newName) is { } holder && holder != entity)
        {
            if (!command.Merge)
            {
                return Refusal.NameTaken(newName, holder.Id);
            }

            (string merged, bool wasImplied) = (subject.EntityType, draft.IsImplied(entity));
            EntityMerge.Decide(draft, entity, holder);
            (entity, subject) = (holder, draft.Find(newName)!);
            if (draft.IsImplied(holder) && !wasImplied)
            {
                // Nobody said what the other is; of this one it is known.
                draft.Describe(holder, null, StoredText.NameOf(command.EntityType ?? merged));
                return null;
            }
        }

        string? name = newName is not null && newName != subject.Name ? newName : null;
        string? asked = command.EntityType is null ? null : StoredText.NameOf(command.EntityType);
        string? type = asked != subject.EntityType ? asked : null;
        if (name is not null || type is not null || (asked is not null && draft.IsImplied(entity)))
        {
            if (name is not null && Words.NameKey(name) != Words.NameKey(subject.Name))
            {
                WarnOfSimilarNames(draft, name);
            }

            draft.Describe(entity, name, type);
        }
        else if (!draft.RecordsAnything)
        {
            draft.Unchanged($"{entity.Id} {Quoted.Name(subject.Name)}");
        }

        return null;
    }

    public static Refusal? Delete(PendingCommand draft, DeleteEntity command)
    {
        string name = StoredText.NameOf(command.Entity);
        if (draft.Graph.Find(name) is not { } entity)
        {
            return draft.Graph.FindLastCalled(name) is { } gone && gone.End <= draft.Graph.Point
                ? draft.UnchangedBecause($"{Quoted.Name(name)}, which ended with {gone.End}{Heir(draft.Graph, gone)}")
                : draft.EntityNotFound(command.Entity);
        }

        draft.End(entity);
        return null;
    }

    // Who has the facts of an entity that was merged away: they are not gone.
    private static string Heir(GraphView graph, Entity gone) =>
        graph.OwnerOf(gone) is var heir && heir != gone && heir.IsLiveAt(graph.Point)
            ? $"; its facts are {Quoted.Name(graph.NameOf(heir))}'s now" : "";

    private static void WarnOfSimilarNames(PendingCommand draft, string name)
    {
        string[] similar = [.. draft.Graph.State.Names.Resembling(name)
            .Where(entity => entity.IsLiveAt(draft.Graph.Point))
            .Select(entity => draft.Graph.NameOf(entity))
            .Where(other => Words.NameKey(other) == Words.NameKey(name))
            .Concat(draft.CreatedLike(name) is { } created ? [created] : [])
            .Distinct()
            .Take(3)];
        if (similar.Length > 0)
        {
            draft.Notice(
                $"Similar names exist: {Quoted.Names(similar)}. If {Quoted.Name(name)} is the same thing, "
                + "merge them with update_entity.");
        }
    }

    // A repeated rename or merge: the old name is gone because the call was already done.
    private static string? WasRenamed(GraphView graph, UpdateEntity command, string newName)
    {
        string oldName = StoredText.NameOf(command.Entity);
        if (graph.FindLastCalled(oldName) is not { } former)
        {
            return null;
        }

        Entity owner = graph.OwnerOf(former);
        (string name, string type) = graph.NamingOf(owner);
        bool holds = owner.IsLiveAt(graph.Point) && name == newName
            && (command.EntityType is null || StoredText.NameOf(command.EntityType) == type);
        return holds ? $"{owner.Id} {Quoted.Name(newName)}, which was {Quoted.Name(oldName)} before" : null;
    }
}
