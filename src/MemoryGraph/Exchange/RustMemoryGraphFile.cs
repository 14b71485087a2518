using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text.Json;
using MemoryGraph.Decide;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Graph;
using MemoryGraph.Text;

namespace MemoryGraph.Exchange;

/// <summary>An event log of the Rust memory-graph, <c>data/events.jsonl</c> or one of its <c>data/archive</c>.</summary>
/// <remarks>
/// <code>
/// {"eventType":"observation_added","eventId":2,"ts":1704067201,"user":"duyan","agent":"claude","source":"mcp_tool_call",
///  "data":{"entity":"Bug:X","observation":"Login fails"}}
/// </code>
/// on one line. <c>ts</c> and validity are Unix seconds. The members of <c>data</c> are <c>entity_type</c>,
/// <c>relation_type</c>, <c>valid_from</c>, <c>valid_to</c> as the program writes them, or <c>entityType</c> and so on as
/// its documentation does. Events are read in the order of lines, as the program itself replays them: its ids are not
/// always unique nor in order, as it may give one twice after a restart, and two processes do.
/// <para>
/// It names facts by their texts, so the graph of its events is kept while reading (about 600 bytes an event). Each
/// event is a call. What it replays without effect is told; where it drops what is said of an entity that no line
/// creates (the line may stand in an archived file), the entity is taken with an unknown type instead.
/// </para>
/// </remarks>
/// <param name="path">The file's absolute path.</param>
public sealed class RustMemoryGraphFile(string path) : MemorySource
{
    private static readonly byte[] Opening = [.. "{\"eventType\":"u8];

    /// <inheritdoc/>
    public override string Name => $"rust-memory-graph:{path}";

    /// <inheritdoc/>
    public override bool HasLastingIds => true;

    /// <inheritdoc/>
    public override IEnumerable<SourceCall> Read(Stream file, Action<SourceProblem> problems)
    {
        var texts = new SourceTexts(problems);
        var reading = new Reading(Name, texts);
        var lines = new LineReader(file);
        while (lines.Next(out ReadOnlyMemory<byte> line))
        {
            texts.Begin(lines);
            foreach (JsonElement item in SourceObjects.In(line, Opening, texts))
            {
                if (reading.Take(item) is { } call)
                {
                    yield return call;
                }
            }
        }
    }

    private sealed class Reading(string name, SourceTexts texts)
    {
        private const string NotTaken = "not taken";
        private const int SecondsPerDay = 86_400;

        // Those of the years 1 to 9999, without the last day, whose end is no day any more.
        private static readonly long FirstSecond = DateTimeOffset.MinValue.ToUnixTimeSeconds();
        private static readonly long LastSecond = DateTimeOffset.MaxValue.ToUnixTimeSeconds() - SecondsPerDay;

        private readonly GraphState _graph = new();
        private readonly Dictionary<long, (UInt128 Hash, long Line)> _read = [];

        /// <summary>Reads an event and folds it.</summary>
        /// <returns>Null when nothing comes of it.</returns>
        public SourceCall? Take(JsonElement item)
        {
            if (IsOfSnapshot(item)
                || texts.Name(SourceTexts.Member(item, "eventType"), "\"eventType\"", NotTaken) is not { } type
                || Whole(SourceTexts.Member(item, "eventId"), least: 1, long.MaxValue, "\"eventId\"") is not { } id
                || Whole(SourceTexts.Member(item, "ts"), 0, LastSecond, "\"ts\"") is not { } seconds
                || IsRepeated(item, id))
            {
                return null;
            }

            JsonElement data = SourceTexts.Member(item, "data");
            var draft = new PendingCommand(_graph.Now);
            bool read = type switch
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
            if (!read)
            {
                return null;
            }

            IReadOnlyList<MemoryEvent> events = draft.Accept().Events;
            if (events.Count == 0)
            {
                texts.Tell("says what held already: passed over");
                return null;
            }

            var author = Author.Of(Shown(item, "user"), Shown(item, "agent"));
            var origin = new Origin(name, new EventId(id), null, author.User, seconds * 1000)
            {
                Agent = author.Agent.Length > 0 ? author.Agent : null,
            };
            return new SourceCall([.. Fold(events, author, origin)], Reason(data));
        }

        private IEnumerable<SourceEvent> Fold(IReadOnlyList<MemoryEvent> events, Author author, Origin origin)
        {
            EventId first = _graph.Events.Last.Next;
            foreach ((int place, MemoryEvent happened) in events.Index())
            {
                EventId id = first + place;
                _graph.Evolve(new RecordedEvent(
                    id, origin.Timestamp, first, events.Count, first, first, author, null, happened));
                yield return new SourceEvent(id, happened, origin);
            }
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
                texts.Tell(
                    $"creates {Quoted.Name(entity)} again, now of the type {Quoted.Name(type)}: "
                    + $"the type {Quoted.Name(subject.EntityType)} stays");
            }

            foreach (string text in texts.Statements(SourceTexts.Member(data, "observations")))
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
                texts.Tell("changes nothing that is known of an entity here: not taken");
                return false;
            }

            if (Text(data, "name") is not { } entity || texts.Name(asked, "\"entity_type\"", NotTaken) is not { } type)
            {
                return false;
            }

            if (draft.Find(entity) is not { Existing: { } existing } subject)
            {
                TellOfUnknown(entity, $"taken as an entity of the type {Quoted.Name(type)}");
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
                || texts.Statement(SourceTexts.Member(data, "observation"), "\"observation\"", NotTaken) is not { } text)
            {
                return false;
            }

            EntityRef? subject = draft.Find(entity);
            if (subject is null)
            {
                TellOfUnknown(entity, $"taken as an entity of the type {EntityCreated.TypeUnsaid}");
                subject = draft.Create(entity, EntityCreated.TypeUnsaid);
            }

            draft.Say(subject, text);
            return true;
        }

        private bool RemoveObservation(PendingCommand draft, JsonElement data)
        {
            if (Known(draft, data, "entity") is not { } entity
                || texts.Statement(SourceTexts.Member(data, "observation"), "\"observation\"", NotTaken) is not { } text)
            {
                return false;
            }

            if (draft.Graph.FindObservation(entity, text) is not { } held)
            {
                texts.Tell($"removes what {Quoted.Name(draft.Graph.NameOf(entity))} does not say: not taken");
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
                    texts.Tell($"links again, now {validity}, what is linked: not taken");
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

            texts.Tell($"deletes {Quoted.Link(ends.From, ends.Type, ends.To)}, which is not there: not taken");
            return false;
        }

        private bool IsUnknown(string type)
        {
            texts.Tell($"is of the type {Quoted.Name(Quoted.Cut(type, 80))}, which is not known: not taken");
            return false;
        }

        // Its snapshots repeat what its events say, without who and when.
        private bool IsOfSnapshot(JsonElement item)
        {
            bool isEvent = SourceTexts.Member(item, "eventType").ValueKind != JsonValueKind.Undefined;
            bool isState = SourceTexts.Member(item, "entityType", "relationType", "last_event_id").ValueKind
                != JsonValueKind.Undefined;
            if (!isEvent && isState)
            {
                texts.Tell("is no event but part of a snapshot or memory file, which import server-memory reads: not taken");
            }

            return !isEvent && isState;
        }

        // The same event twice is one. Two events that were given one id are both taken.
        private bool IsRepeated(JsonElement item, long id)
        {
            UInt128 hash = XxHash128.HashToUInt128(JsonMarshal.GetRawUtf8Value(item));
            if (_read.TryAdd(id, (hash, texts.Line)))
            {
                return false;
            }

            bool same = _read[id].Hash == hash;
            if (same)
            {
                texts.Tell(string.Create(
                    CultureInfo.InvariantCulture, $"repeats event {id} of line {_read[id].Line}: {NotTaken}"));
            }

            return same;
        }

        private Entity? Known(PendingCommand draft, JsonElement data, string member)
        {
            if (Text(data, member) is not { } entity)
            {
                return null;
            }

            if (draft.Graph.Find(entity) is not { } known)
            {
                TellOfUnknown(entity, NotTaken);
                return null;
            }

            return known;
        }

        private void TellOfUnknown(string entity, string consequence) =>
            texts.Tell($"is of {Quoted.Name(entity)}, which no line before creates: {consequence}");

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

            texts.Tell($"holds {validity}, which is no time at all: taken without");
            return Validity.Unsaid;
        }

        private string? Day(JsonElement value, string called, int roundedBy)
        {
            if (value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null
                || Whole(value, FirstSecond, LastSecond, called, "left out") is not { } seconds)
            {
                return null;
            }

            if (seconds % SecondsPerDay != 0)
            {
                texts.TellOnce("holds from or to a time of day, which is kept as whole days");
            }

            return DateTimeOffset.FromUnixTimeSeconds(seconds + roundedBy)
                .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        }

        private long? Whole(JsonElement value, long least, long most, string called, string consequence = NotTaken)
        {
            if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long whole) && whole >= least && whole <= most)
            {
                return whole;
            }

            texts.Tell(value.ValueKind == JsonValueKind.Undefined ? $"{called} is missing: {consequence}"
                : string.Create(
                    CultureInfo.InvariantCulture, $"{called} is no whole number from {least} to {most}: {consequence}"));
            return null;
        }

        private string? Reason(JsonElement data)
        {
            JsonElement reason = SourceTexts.Member(data, "reason");
            return reason.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? null
                : texts.Statement(reason, "\"reason\"", "left out");
        }

        private string Shown(JsonElement item, string member)
        {
            JsonElement value = SourceTexts.Member(item, member);
            return value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? ""
                : texts.Name(value, $"\"{member}\"", "left out") ?? "";
        }
    }
}
