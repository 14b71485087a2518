using MemoryGraph.Domain;
using MemoryGraph.Graph;

namespace MemoryGraph.Decide;

/// <summary>Decides the commands that pass over what is there already, or not there at all.</summary>
internal static class LenientDecisions
{
    public static Refusal? Create(PendingCommand draft, CreateMissingEntities command)
    {
        foreach (CreateEntity asked in command.Entities)
        {
            if (MakeKnown(draft, StoredText.NameOf(asked.Name), StoredText.NameOf(asked.EntityType)) is { } made)
            {
                SayAll(draft, made, asked.Observations);
            }
        }

        return null;
    }

    public static Refusal? Relate(PendingCommand draft, CreateMissingRelations command)
    {
        foreach (CreateRelation asked in command.Relations)
        {
            EntityRef from = FindOrImply(draft, asked.From);
            EntityRef to = FindOrImply(draft, asked.To);
            string type = StoredText.NameOf(asked.RelationType);
            bool isThere = draft.RelatedInCall(from, type, to) is not null
                || (from.Existing is { } start && to.Existing is { } end && draft.Graph.FindRelation(start, type, end) is not null);
            if (!isThere)
            {
                draft.Relate(from, type, to, default);
            }
        }

        return null;
    }

    public static Refusal? Add(PendingCommand draft, AddMissingObservations command)
    {
        foreach (AddObservations asked in command.Items)
        {
            if (draft.Find(StoredText.NameOf(asked.Entity)) is not { Existing: { } entity } subject || draft.IsImplied(entity))
            {
                return Refusal.NothingNamed(asked.Entity);
            }

            SayAll(draft, subject, asked.Observations);
        }

        return null;
    }

    public static Refusal? Delete(PendingCommand draft, DeleteAnyEntities command)
    {
        foreach (Entity entity in command.Entities.Select(name => Find(draft, name)).OfType<Entity>().Distinct())
        {
            draft.End(entity);
        }

        return null;
    }

    public static Refusal? Withdraw(PendingCommand draft, DeleteAnyObservations command)
    {
        foreach (DeleteObservations asked in command.Items)
        {
            if (Find(draft, asked.Entity) is { } entity)
            {
                foreach (Observation said in asked.Observations.Select(text => draft.Graph.FindObservation(entity, text)).OfType<Observation>())
                {
                    draft.Remove(said, draft.Graph.NameOf(entity));
                }
            }
        }

        return null;
    }

    public static Refusal? Unrelate(PendingCommand draft, DeleteAnyRelations command)
    {
        foreach (Relation held in command.Relations.Select(asked => Find(draft, asked)).OfType<Relation>().Distinct())
        {
            draft.Remove(held);
        }

        return null;
    }

    // Null when somebody has spoken of it already.
    private static EntityRef? MakeKnown(PendingCommand draft, string name, string type)
    {
        if (draft.Find(name) is not { } subject)
        {
            return draft.Create(name, type);
        }

        if (subject.Existing is not { } entity || !draft.IsImplied(entity))
        {
            return null;
        }

        draft.Describe(entity, null, type != subject.EntityType ? type : null);
        return subject;
    }

    private static EntityRef FindOrImply(PendingCommand draft, string asked) =>
        StoredText.NameOf(asked) is var name && draft.Find(name) is { } found ? found : draft.Imply(name);

    private static void SayAll(PendingCommand draft, EntityRef subject, IReadOnlyList<string> texts)
    {
        foreach (string text in texts)
        {
            draft.Say(subject, text);
        }
    }

    private static Entity? Find(PendingCommand draft, string name) => draft.Graph.Find(StoredText.NameOf(name));

    private static Relation? Find(PendingCommand draft, DeleteRelation asked) =>
        Find(draft, asked.From) is { } from && Find(draft, asked.To) is { } to
            ? draft.Graph.FindRelation(from, StoredText.NameOf(asked.RelationType), to) : null;
}
