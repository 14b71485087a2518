using System.Diagnostics;
using System.Globalization;
using MemoryGraph.Events;
using MemoryGraph.Graph;
using MemoryGraph.Values;

namespace MemoryGraph.Commands;

/// <summary>Decides what a command comes to on a graph. Pure and total: no clock, no disk, no exception for bad input.</summary>
internal static class GraphDecider
{
    /// <param name="graph">The present, under the writer's lock; the events get the ids that follow its point.</param>
    public static Decision Decide(GraphView graph, Command command)
    {
        var draft = new Draft(graph);
        Refusal? refusal = command switch
        {
            CreateEntity c => Create(draft, c),
            AddObservations c => Add(draft, c),
            CreateRelation c => Relate(draft, c),
            Remember c => RememberAll(draft, c),
            UpdateEntity c => Update(draft, c),
            DeleteEntity c => Delete(draft, c),
            DeleteObservations c => Withdraw(draft, c),
            DeleteRelation c => Unrelate(draft, c),
            _ => throw new UnreachableException($"{command.GetType().Name} has no arm"),
        };
        return refusal is null ? draft.Accept() : Decision.Refuse(refusal);
    }

    private static Refusal? Create(Draft draft, CreateEntity command)
    {
        string name = StoredText.NameOf(command.Name);
        string type = StoredText.NameOf(command.EntityType);
        if (draft.Find(name) is not { } subject)
        {
            WarnOfSimilarNames(draft, name);
            subject = draft.Create(name, type);
        }
        else
        {
            draft.Unchanged($"{subject.Id} {Quoted.Name(name)}");
            if (subject.EntityType != type)
            {
                draft.Notice(
                    $"{Quoted.Name(name)} exists with the type {Quoted.Name(subject.EntityType)}, which stays; update_entity changes it.");
            }
        }

        foreach (string text in command.Observations)
        {
            draft.Say(subject, text);
        }

        return null;
    }

    private static void WarnOfSimilarNames(Draft draft, string name)
    {
        string[] similar = [.. draft.Graph.Graph.Names.Resembling(name)
            .Where(entity => entity.IsLiveAt(draft.Graph.Point))
            .Select(entity => draft.Graph.NameOf(entity))
            .Where(other => Words.NameKey(other) == Words.NameKey(name))
            .Concat(draft.CreatedLike(name) is { } created ? [created] : [])
            .Distinct()
            .Take(3)];
        if (similar.Length > 0)
        {
            draft.Notice(
                $"Similar names exist: {string.Join(", ", similar.Select(Quoted.Name))}. If {Quoted.Name(name)} is the same thing, "
                + "merge them with update_entity.");
        }
    }

    private static Refusal? Add(Draft draft, AddObservations command)
    {
        if (draft.Find(StoredText.NameOf(command.Entity)) is not { Existing: { } entity } subject)
        {
            return EntityNotFound(draft, command.Entity);
        }

        if (command.Supersedes is { } superseded && !command.Observations.Contains(superseded))
        {
            Observation? old = FindObservation(draft.Graph, entity, superseded);
            bool holds = old is not null && old.IsLiveAt(draft.Graph.Point);
            bool repeated = !holds && command.Observations.All(text => draft.Graph.FindObservation(entity, text) is not null);
            if (!holds && !repeated)
            {
                return ObservationNotFound(draft.Graph, entity, superseded);
            }

            if (holds && !command.Observations.Contains(old!.Text))
            {
                draft.Remove(old, subject.Name);
            }
        }

        foreach (string text in command.Observations)
        {
            draft.Say(subject, text);
        }

        return null;
    }

    private static Refusal? Relate(Draft draft, CreateRelation command)
    {
        if (draft.Find(StoredText.NameOf(command.From)) is not { } from)
        {
            return EntityNotFound(draft, command.From);
        }

        if (draft.Find(StoredText.NameOf(command.To)) is not { } to)
        {
            return EntityNotFound(draft, command.To);
        }

        string type = StoredText.NameOf(command.RelationType);
        Relation? held = from.Existing is { } start && to.Existing is { } end ? draft.Graph.FindRelation(start, type, end) : null;
        Validity? before = held is null ? draft.RelatedInCall(from, type, to) : draft.ValidityOf(held);
        var validity = new Validity(
            Said(command.ValidFrom, before?.From), Said(command.ValidTo, before?.To));
        if (validity is { From: { } first, To: { } last } && string.CompareOrdinal(first, last) >= 0)
        {
            return Refusal.ValidityReversed(validity);
        }

        if (held is null)
        {
            draft.Relate(from, type, to, validity);
            return null;
        }

        draft.Update(held, validity);
        if (validity == held.ValidityAt(draft.Graph.Point))
        {
            draft.Unchanged($"{held.Id} {Quoted.Name(from.Name)} -{Quoted.Word(type)}-> {Quoted.Name(to.Name)}");
        }

        return null;
    }

    // Not said keeps what was said before; an empty text clears it.
    private static string? Said(string? said, string? before) => said is null ? before : said.Length == 0 ? null : said;

    private static Refusal? RememberAll(Draft draft, Remember command)
    {
        if (command.Entities.Count == 0 && command.Relations.Count == 0)
        {
            return Refusal.NothingToDo("entities, relations, or both");
        }

        return command.Entities.Select(entity => Create(draft, entity))
            .Concat(command.Relations.Select(relation => Relate(draft, relation)))
            .FirstOrDefault(refusal => refusal is not null);
    }

    private static Refusal? Update(Draft draft, UpdateEntity command)
    {
        if (command.NewName is null && command.EntityType is null)
        {
            return Refusal.NothingToDo("newName, entityType, or both");
        }

        string? newName = command.NewName is null ? null : StoredText.NameOf(command.NewName);
        if (draft.Find(StoredText.NameOf(command.Entity)) is not { Existing: { } entity } subject)
        {
            return newName is not null && WasRenamed(draft.Graph, command, newName) is { } already
                ? Note(draft, already)
                : EntityNotFound(draft, command.Entity);
        }

        if (newName is not null && draft.Graph.Find(newName) is { } holder && holder != entity)
        {
            if (!command.Merge)
            {
                return Refusal.NameTaken(newName, holder.Id);
            }

            EntityMerge.Decide(draft, entity, holder);
            (entity, subject) = (holder, draft.Find(newName)!);
        }

        string? name = newName is not null && newName != subject.Name ? newName : null;
        string? type = command.EntityType is { } asked && StoredText.NameOf(asked) != subject.EntityType ? StoredText.NameOf(asked) : null;
        if (name is not null || type is not null)
        {
            if (name is not null && Words.NameKey(name) != Words.NameKey(subject.Name))
            {
                WarnOfSimilarNames(draft, name);
            }

            draft.Record(new EntityUpdated(entity.Id, name, type));
        }
        else
        {
            draft.Unchanged($"{entity.Id} {Quoted.Name(subject.Name)}");
        }

        return null;
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

    private static Refusal? Note(Draft draft, string unchanged)
    {
        draft.Unchanged(unchanged);
        return null;
    }

    private static Refusal? Delete(Draft draft, DeleteEntity command)
    {
        string name = StoredText.NameOf(command.Entity);
        if (draft.Graph.Find(name) is not { } entity)
        {
            return draft.Graph.FindLastCalled(name) is { } gone && gone.End <= draft.Graph.Point
                ? Note(draft, $"{Quoted.Name(name)}, which ended with {gone.End}")
                : EntityNotFound(draft, command.Entity);
        }

        foreach (Relation relation in draft.Graph.RelationsOf(entity))
        {
            draft.Record(EntityMerge.Deletion(draft.Graph, relation));
        }

        draft.Record(new EntityDeleted(entity.Id, name));
        return null;
    }

    private static Refusal? Withdraw(Draft draft, DeleteObservations command)
    {
        string name = StoredText.NameOf(command.Entity);
        if (draft.Graph.Find(name) is not { } entity)
        {
            return EntityNotFound(draft, command.Entity);
        }

        foreach (string text in command.Observations.Distinct())
        {
            if (FindObservation(draft.Graph, entity, text) is not { } said)
            {
                return ObservationNotFound(draft.Graph, entity, text);
            }

            if (said.IsLiveAt(draft.Graph.Point))
            {
                draft.Remove(said, name);
            }
            else
            {
                draft.Unchanged($"{said.Id}, which ended with {said.End}: {Quoted.Text(said.Text, 80)}");
            }
        }

        return null;
    }

    private static Refusal? Unrelate(Draft draft, DeleteRelation command)
    {
        GraphView graph = draft.Graph;
        if (graph.Find(StoredText.NameOf(command.From)) is not { } from)
        {
            return EntityNotFound(draft, command.From);
        }

        if (graph.Find(StoredText.NameOf(command.To)) is not { } to)
        {
            return EntityNotFound(draft, command.To);
        }

        string type = StoredText.NameOf(command.RelationType);
        if (graph.FindRelation(from, type, to) is { } held)
        {
            draft.Record(EntityMerge.Deletion(graph, held));
            return null;
        }

        if (graph.FindRelationEver(from, type, to) is { } gone)
        {
            return Note(
                draft, $"{gone.Id} {Quoted.Name(graph.NameOf(from))} -{Quoted.Word(type)}-> {Quoted.Name(graph.NameOf(to))}, which ended with {gone.End}");
        }

        return Refusal.RelationNotFound(
            graph.NameOf(from), type, graph.NameOf(to),
            [.. graph.OutgoingOf(from).Where(one => graph.OwnerOf(one.To) == to).Take(5).Select(one => one.RelationType)]);
    }

    private static Refusal EntityNotFound(Draft draft, string name) =>
        Refusal.EntityNotFound(StoredText.NameOf(name), draft.Graph.NamesNear(StoredText.NameOf(name), draft.CreatedNames));

    /// <summary>An observation by its text, by its number, or by its text as answers show it; live or ended.</summary>
    /// <remarks>
    /// What once was said in exactly these words is always meant, though it may have ended: else repeating a call that
    /// withdrew <c>#3</c>, a text, would withdraw observation 3.
    /// </remarks>
    private static Observation? FindObservation(GraphView graph, Entity entity, string text)
    {
        if (graph.FindObservationEver(entity, text) is { } exact)
        {
            return exact;
        }

        if (text.StartsWith('#') && long.TryParse(text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out long id))
        {
            return graph.Graph.Observation(new EventId(id)) is { } cited && graph.OwnerOf(cited.Entity) == entity ? cited : null;
        }

        return text.Contains(Quoted.LineBreak, StringComparison.Ordinal)
            ? graph.FindObservationEver(entity, text.Replace(Quoted.LineBreak, '\n')) : null;
    }

    private static Refusal ObservationNotFound(GraphView graph, Entity entity, string text)
    {
        const int compared = 200;
        string asked = LetterFolding.Fold(text[..Math.Min(text.Length, compared)]);
        string[] near = [.. graph.ObservationsOf(entity)
            .Select(one => (one, Distance: Distance(asked, one.Text)))
            .Where(one => one.Distance is not null)
            .OrderBy(one => one.Distance)
            .Take(3)
            .Select(one => $"{one.one.Id} {Quoted.Text(one.one.Text, 120)}")];
        return Refusal.ObservationNotFound(graph.NameOf(entity), text.Length > compared ? text[..compared] + "…" : text, near);

        static int? Distance(string asked, string text)
        {
            string candidate = LetterFolding.Fold(text[..Math.Min(text.Length, compared)]);
            return candidate.Contains(asked, StringComparison.Ordinal) || asked.Contains(candidate, StringComparison.Ordinal)
                ? 0 : EditDistance.Within(asked, candidate, Math.Max(2, asked.Length / 3));
        }
    }
}
