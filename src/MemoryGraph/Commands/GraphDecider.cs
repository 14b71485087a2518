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
            bool repeated = old is null
                && command.Observations.All(text => draft.Graph.FindObservation(entity, text) is not null);
            if (old is null && !repeated)
            {
                return ObservationNotFound(draft.Graph, entity, superseded);
            }

            if (old is not null && !command.Observations.Contains(old.Text))
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
        Validity? before = held?.ValidityAt(draft.Graph.Point) ?? draft.RelatedInCall(from, type, to);
        var validity = new Validity(
            Said(command.ValidFrom, before?.From), Said(command.ValidTo, before?.To));
        if (validity is { From: { } first, To: { } last } && string.CompareOrdinal(first, last) >= 0)
        {
            return Refusal.ValidityReversed(validity);
        }

        if (before is null || (held is null && before != validity))
        {
            draft.Relate(from, type, to, validity);
        }
        else if (before != validity)
        {
            draft.Record(new RelationUpdated(held!.Id, validity));
        }
        else if (held is not null)
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
            return newName is not null && WasRenamed(draft.Graph, StoredText.NameOf(command.Entity), newName) is { } already
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
    private static string? WasRenamed(GraphView graph, string oldName, string newName) =>
        graph.Graph.Names.Named(oldName) is [.., var former]
        && graph.OwnerOf(former) is var owner && owner.IsLiveAt(graph.Point) && graph.NameOf(owner) == newName
            ? $"{owner.Id} {Quoted.Name(newName)}, which was {Quoted.Name(oldName)} before"
            : null;

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
            return draft.Graph.Graph.Names.Named(name).LastOrDefault(one => one.End <= draft.Graph.Point) is { } gone
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
            if (FindObservation(draft.Graph, entity, text) is { } held)
            {
                draft.Remove(held, name);
            }
            else if (entity.NewestObservation(text) is { } gone)
            {
                draft.Unchanged($"{gone.Id}, which ended with {gone.End}: {Quoted.Text(text, 80)}");
            }
            else
            {
                return ObservationNotFound(draft.Graph, entity, text);
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

        if (from.Outgoing.FindLast(one => one.RelationType == type && graph.OwnerOf(one.To) == to) is { } gone)
        {
            return Note(
                draft, $"{gone.Id} {Quoted.Name(graph.NameOf(from))} -{Quoted.Word(type)}-> {Quoted.Name(graph.NameOf(to))}, which ended with {gone.End}");
        }

        return Refusal.RelationNotFound(
            graph.NameOf(from), type, graph.NameOf(to),
            [.. graph.OutgoingOf(from).Where(one => graph.OwnerOf(one.To) == to).Take(5).Select(one => Quoted.Word(one.RelationType))]);
    }

    private static Refusal EntityNotFound(Draft draft, string name) =>
        Refusal.EntityNotFound(StoredText.NameOf(name), draft.Graph.NamesNear(StoredText.NameOf(name)));

    /// <summary>A live observation by its text, by its text as answers show it, or by its number.</summary>
    private static Observation? FindObservation(GraphView graph, Entity entity, string text)
    {
        if (graph.FindObservation(entity, text) is { } exact)
        {
            return exact;
        }

        if (text.StartsWith('#') && long.TryParse(text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out long id))
        {
            return graph.Graph.Observation(new EventId(id)) is { } cited && cited.IsLiveAt(graph.Point)
                && graph.OwnerOf(cited.Entity) == entity ? cited : null;
        }

        return text.Contains(Quoted.LineBreak, StringComparison.Ordinal)
            ? graph.FindObservation(entity, text.Replace(Quoted.LineBreak, '\n')) : null;
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
        return Refusal.ObservationNotFound(graph.NameOf(entity), text.Length > compared ? Quoted.Cut(text, compared) + "…" : text, near);

        static int? Distance(string asked, string text)
        {
            string candidate = LetterFolding.Fold(text[..Math.Min(text.Length, compared)]);
            return candidate.Contains(asked, StringComparison.Ordinal) || asked.Contains(candidate, StringComparison.Ordinal)
                ? 0 : EditDistance.Within(asked, candidate, Math.Max(2, asked.Length / 3));
        }
    }
}
