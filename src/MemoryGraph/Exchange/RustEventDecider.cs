using System.Globalization;
using System.Text.Json;
using MemoryGraph.Decide;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Graph;
using MemoryGraph.Text;

namespace MemoryGraph.Exchange;

/// <summary>Decides what one event of the Rust memory-graph changes, by the type of the event.</summary>
internal sealed class RustEventDecider(SourceTexts texts)
{
    /// <summary>What is reported of an event that is passed over.</summary>
    public const string NotTaken = "not taken";

    private const int SecondsPerDay = 86_400;

    private static readonly long FirstSecond = DateTimeOffset.MinValue.ToUnixTimeSeconds();

    /// <summary>
    /// The last time that an event or a validity may have, in Unix seconds: without the last day, whose end is no date.
    /// </summary>
    public static readonly long LastSecond = DateTimeOffset.MaxValue.ToUnixTimeSeconds() - SecondsPerDay;

    /// <returns>Empty when everything is known already; null when the event cannot be taken, which is
    /// reported.</returns>
    public IReadOnlyList<MemoryEvent>? Decide(GraphView graph, string type, JsonElement data)
    {
        var draft = new PendingCommand(graph);
        bool isTaken = type switch
        {
            "entity_created" => CreateEntity(draft, data),
            "entity_updated" => UpdateEntity(draft, data),
            "entity_deleted" => DeleteEntity(draft, data),
            "observation_added" => AddObservation(draft, data),
            "observation_removed" => RemoveObservation(draft, data),
            "relation_created" => CreateRelation(draft, data),
            "relation_deleted" => DeleteRelation(draft, data),
            _ => IsUnknown(type),
        };
        return isTaken ? draft.Accept().Events : null;
    }

    private bool CreateEntity(PendingCommand draft, JsonElement data)
    {
        if (Text(data, "name") is not { } entity)
        {
            return false;
        }

        string type = texts.Name(
            SourceTexts.Member(data, "entity_type", "entityType"), "\"entity_type\"",
            $"taken with the type {EntityCreated.TypeUnsaid}") ?? EntityCreated.TypeUnsaid;
        EntityRef subject = draft.Find(entity) ?? draft.Create(entity, type);
        if (subject.Existing is { } existing && draft.IsImplied(existing))
        {
            draft.Describe(existing, null, type != subject.EntityType ? type : null);
        }
        else if (subject.EntityType != type)
        {
            texts.Report(
                $"creates {Quoted.Name(entity)} again, now of the type {Quoted.Name(type)}: "
                + $"the type {Quoted.Name(subject.EntityType)} stays");
        }

        foreach (string text in texts.Texts(SourceTexts.Member(data, "observations")))
        {
            draft.Say(subject, text);
        }

        return true;
    }

    private bool UpdateEntity(PendingCommand draft, JsonElement data)
    {
        JsonElement changes = SourceTexts.Member(data, "changes");
        JsonElement asked = SourceTexts.Member(
            changes.ValueKind == JsonValueKind.Object ? changes : data, "entity_type", "entityType");
        if (asked.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
        {
            texts.Report("changes nothing that is known of an entity here: not taken");
            return false;
        }

        if (Text(data, "name") is not { } entity || texts.Name(asked, "\"entity_type\"", NotTaken) is not { } type)
        {
            return false;
        }

        if (draft.Find(entity) is not { Existing: { } existing } subject)
        {
            ReportUnknown(entity, $"taken as an entity of the type {Quoted.Name(type)}");
            draft.Create(entity, type);
        }
        else if (type != subject.EntityType || draft.IsImplied(existing))
        {
            draft.Describe(existing, null, type != subject.EntityType ? type : null);
        }

        return true;
    }

    private bool DeleteEntity(PendingCommand draft, JsonElement data)
    {
        if (Known(draft, data, "name") is not { } entity)
        {
            return false;
        }

        draft.End(entity);
        return true;
    }

    private bool AddObservation(PendingCommand draft, JsonElement data)
    {
        if (Text(data, "entity") is not { } entity
            || texts.Text(SourceTexts.Member(data, "observation"), "\"observation\"", NotTaken) is not { } text)
        {
            return false;
        }

        EntityRef? subject = draft.Find(entity);
        if (subject is null)
        {
            ReportUnknown(entity, $"taken as an entity of the type {EntityCreated.TypeUnsaid}");
            subject = draft.Create(entity, EntityCreated.TypeUnsaid);
        }

        draft.Say(subject, text);
        return true;
    }

    private bool RemoveObservation(PendingCommand draft, JsonElement data)
    {
        if (Known(draft, data, "entity") is not { } entity
            || texts.Text(SourceTexts.Member(data, "observation"), "\"observation\"", NotTaken) is not { } text)
        {
            return false;
        }

        if (draft.Graph.FindObservation(entity, text) is not { } held)
        {
            texts.Report($"removes what {Quoted.Name(draft.Graph.NameOf(entity))} does not say: not taken");
            return false;
        }

        draft.Remove(held, draft.Graph.NameOf(entity));
        return true;
    }

    private bool CreateRelation(PendingCommand draft, JsonElement data)
    {
        if (Ends(data) is not { } ends)
        {
            return false;
        }

        EntityRef from = draft.Find(ends.From) ?? draft.Imply(ends.From);
        EntityRef to = draft.Find(ends.To) ?? draft.Imply(ends.To);
        Validity validity = ValidityOf(data);
        if (from.Existing is { } start && to.Existing is { } end
            && draft.Graph.FindRelation(start, ends.Type, end) is { } held)
        {
            if (held.Validity != validity && !validity.IsUnsaid)
            {
                texts.Report($"links again, now {validity}, what is linked: not taken");
                return false;
            }

            return true;
        }

        draft.Relate(from, ends.Type, to, validity);
        return true;
    }

    private bool DeleteRelation(PendingCommand draft, JsonElement data)
    {
        if (Ends(data) is not { } ends)
        {
            return false;
        }

        if (draft.Graph.Find(ends.From) is { } from && draft.Graph.Find(ends.To) is { } to
            && draft.Graph.FindRelation(from, ends.Type, to) is { } held)
        {
            draft.Remove(held);
            return true;
        }

        texts.Report($"deletes {Quoted.Link(ends.From, ends.Type, ends.To)}, which is not there: not taken");
        return false;
    }

    private bool IsUnknown(string type)
    {
        texts.Report($"is of the type {Quoted.Name(Quoted.Cut(type, 80))}, which is not known: not taken");
        return false;
    }

    private Entity? Known(PendingCommand draft, JsonElement data, string member)
    {
        if (Text(data, member) is not { } entity)
        {
            return null;
        }

        if (draft.Graph.Find(entity) is not { } known)
        {
            ReportUnknown(entity, NotTaken);
            return null;
        }

        return known;
    }

    private void ReportUnknown(string entity, string consequence) =>
        texts.Report($"is of {Quoted.Name(entity)}, which no line before creates: {consequence}");

    private string? Text(JsonElement data, string member) =>
        texts.Name(SourceTexts.Member(data, member), $"\"{member}\"", NotTaken);

    private (string From, string Type, string To)? Ends(JsonElement data)
    {
        string? from = Text(data, "from");
        string? to = Text(data, "to");
        string? type = texts.Name(
            SourceTexts.Member(data, "relation_type", "relationType"), "\"relation_type\"", NotTaken);
        return from is null || to is null || type is null ? null : (from, type, to);
    }

    // It keeps seconds, both ends included; here a link holds for whole days, the last one excluded.
    private Validity ValidityOf(JsonElement data)
    {
        string? from = Day(SourceTexts.Member(data, "valid_from", "validFrom"), "\"valid_from\"", roundedBy: 0);
        string? to = Day(SourceTexts.Member(data, "valid_to", "validTo"), "\"valid_to\"", SecondsPerDay - 1);
        var validity = new Validity(from, to);
        if (from is null || to is null || string.CompareOrdinal(from, to) < 0)
        {
            return validity;
        }

        texts.Report($"holds {validity}, which is no time at all: taken without");
        return Validity.Unsaid;
    }

    private string? Day(JsonElement value, string called, int roundedBy)
    {
        if (value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null
            || texts.Whole(value, FirstSecond, LastSecond, called, "left out") is not { } seconds)
        {
            return null;
        }

        if (seconds % SecondsPerDay != 0)
        {
            texts.ReportOnce("holds from or to a time of day, which is kept as whole days");
        }

        return DateTimeOffset.FromUnixTimeSeconds(seconds + roundedBy)
            .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }
}
