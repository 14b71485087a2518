using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text.Json;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Graph;

namespace MemoryGraph.Exchange;

/// <summary>Reads the events of a <see cref="RustMemoryGraphFile"/> one by one, and folds each onto a graph.</summary>
/// <param name="name">The source's name.</param>
internal sealed class RustEventReader(string name, SourceTexts texts)
{
    private const string NotTaken = RustEventDecider.NotTaken;

    private readonly GraphState _graph = new();
    private readonly RustEventDecider _decider = new(texts);
    private readonly Dictionary<long, (UInt128 Hash, long Line)> _read = [];

    /// <returns>Null when the event changes nothing, which is reported.</returns>
    public SourceCall? Read(JsonElement item)
    {
        if (IsOfSnapshot(item)
            || texts.Name(SourceTexts.Member(item, "eventType"), "\"eventType\"", NotTaken) is not { } type
            || texts.Whole(SourceTexts.Member(item, "eventId"), 1, long.MaxValue, "\"eventId\"", NotTaken) is not { } id
            || texts.Whole(SourceTexts.Member(item, "ts"), 0, RustEventDecider.LastSecond, "\"ts\"", NotTaken)
                is not { } seconds
            || IsRepeated(item, id))
        {
            return null;
        }

        JsonElement data = SourceTexts.Member(item, "data");
        if (_decider.Decide(_graph.Now, type, data) is not { } events)
        {
            return null;
        }

        if (events.Count == 0)
        {
            texts.Report("says what held already: passed over");
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

    // Its snapshots repeat what is in its events, without author and time.
    private bool IsOfSnapshot(JsonElement item)
    {
        bool isEvent = SourceTexts.Member(item, "eventType").ValueKind != JsonValueKind.Undefined;
        bool isState = SourceTexts.Member(item, "entityType", "relationType", "last_event_id").ValueKind
            != JsonValueKind.Undefined;
        if (!isEvent && isState)
        {
            texts.Report("is no event but part of a snapshot or memory file, which import server-memory reads: not taken");
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
            texts.Report(string.Create(
                CultureInfo.InvariantCulture, $"repeats event {id} of line {_read[id].Line}: {NotTaken}"));
        }

        return same;
    }

    private string? Reason(JsonElement data)
    {
        JsonElement reason = SourceTexts.Member(data, "reason");
        return reason.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? null
            : texts.Text(reason, "\"reason\"", "left out");
    }

    private string Shown(JsonElement item, string member)
    {
        JsonElement value = SourceTexts.Member(item, member);
        return value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? ""
            : texts.Name(value, $"\"{member}\"", "left out") ?? "";
    }
}
