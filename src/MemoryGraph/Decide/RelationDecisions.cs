using MemoryGraph.Domain;
using MemoryGraph.Graph;
using MemoryGraph.Text;

namespace MemoryGraph.Decide;

/// <summary>Decides what is asked of relations: link two entities, say when the link held, end it.</summary>
internal static class RelationDecisions
{
    public static Refusal? Relate(PendingCommand draft, CreateRelation command)
    {
        if (draft.Find(StoredText.NameOf(command.From)) is not { } from)
        {
            return draft.EntityNotFound(command.From);
        }

        if (draft.Find(StoredText.NameOf(command.To)) is not { } to)
        {
            return draft.EntityNotFound(command.To);
        }

        string type = StoredText.NameOf(command.RelationType);
        Relation? known = from.Existing is { } start && to.Existing is { } end ? draft.Graph.FindRelation(start, type, end) : null;
        Validity? before = known is { } relation ? draft.ValidityOf(relation) : draft.RelatedInCall(from, type, to);
        var validity = new Validity(Said(command.ValidFrom, before?.From), Said(command.ValidTo, before?.To));
        if (validity is { From: { } first, To: { } last } && string.CompareOrdinal(first, last) >= 0)
        {
            return Refusal.ValidityReversed(validity);
        }

        if (known is not { } held)
        {
            draft.Relate(from, type, to, validity);
            return null;
        }

        draft.Update(held, validity);
        if (validity == held.ValidityAt(draft.Graph.Point))
        {
            draft.Unchanged($"{held.Id} {Quoted.Link(from.Name, type, to.Name)}");
        }

        return null;
    }

    public static Refusal? Unrelate(PendingCommand draft, DeleteRelation command)
    {
        GraphView graph = draft.Graph;
        if (graph.Find(StoredText.NameOf(command.From)) is not { } from)
        {
            return draft.EntityNotFound(command.From);
        }

        if (graph.Find(StoredText.NameOf(command.To)) is not { } to)
        {
            return draft.EntityNotFound(command.To);
        }

        string type = StoredText.NameOf(command.RelationType);
        if (graph.FindRelation(from, type, to) is { } held)
        {
            draft.Remove(held);
            return null;
        }

        if (graph.FindRelationEver(from, type, to) is { } gone)
        {
            return draft.UnchangedBecause(
                $"{gone.Id} {Quoted.Link(graph.NameOf(from), type, graph.NameOf(to))}, which ended with {gone.End}");
        }

        return Refusal.RelationNotFound(
            graph.NameOf(from), type, graph.NameOf(to),
            [.. graph.OutgoingOf(from).Where(one => graph.OwnerOf(one.To) == to).Take(5).Select(one => Quoted.Word(one.RelationType))]);
    }

    // Not said keeps what was said before; an empty text clears it.
    private static string? Said(string? said, string? before) => said is null ? before : said.Length == 0 ? null : said;
}
