using System.Text;
using System.Text.Json;
using MemoryGraph.Domain;

namespace MemoryGraph.Events;

/// <summary>
/// Turns lines into events, reusing its workspace and sharing what repeats (authors) from line to line.
/// </summary>
/// <remarks>
/// <para>Not for several threads. Cost: about a microsecond per line, one pass.</para>
/// <para>
/// A line in an older version than the catalogue's is brought up to date on the way in, step by step, by the shape's
/// <see cref="Upcaster"/>s. The line stays as it is, and so do its hashes.
/// </para>
/// </remarks>
/// <param name="catalogue">
/// The types of event that are known; any other is read as an <see cref="UnknownEvent"/>.
/// </param>
internal sealed class EventLineReader(EventCatalogue catalogue)
{
    private static readonly Author RedactedAuthor = new("[redacted]", "");

    private readonly JsonFields _data = new();
    private readonly JsonFields _origin = new();
    private readonly List<EventId> _refs = [];
    private readonly List<EventId> _undoes = [];
    private readonly Dictionary<Author, Author> _authors = [];

    // The data as the last upcaster made it, and room for what the next one makes of it.
    private Utf8Buffer _upcast = new();
    private Utf8Buffer _next = new();

    /// <summary>The types of event that are known.</summary>
    public EventCatalogue Catalogue => catalogue;

    /// <summary>Reads a whole line.</summary>
    /// <exception cref="JsonException">Malformed, or a member is missing or of another kind.</exception>
    public RecordedEvent Read(ReadOnlySpan<byte> line)
    {
        Line read = default;
        _data.Clear();
        _refs.Clear();
        _undoes.Clear();
        var reader = new Utf8JsonReader(line);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("it is not a JSON object");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadMember(line, ref reader, ref read);
        }

        return Assemble(line, read);
    }

    /// <summary>An event as it reads once its line is erased.</summary>
    /// <param name="by">The <see cref="EventRedacted"/> that names it.</param>
    public RecordedEvent Erased(RecordedEvent recorded, EventId by)
    {
        _data.Clear(new Erasure(recorded.Id, by));
        MemoryEvent happened = recorded.Event;
        if (happened is not UnknownEvent)
        {
            EventShape shape = catalogue.ShapeOf(happened);
            happened = shape.Read(new DataReader([], _data, shape.Refs(happened)));
        }

        return recorded with { Author = RedactedAuthor, Reason = null, Origin = null, RedactedBy = by, Event = happened };
    }

    private void ReadMember(ReadOnlySpan<byte> line, ref Utf8JsonReader reader, ref Line read)
    {
        ReadOnlySpan<byte> name = reader.ValueSpan;
        reader.Read();
        switch (name)
        {
            case var _ when name.SequenceEqual("event_id"u8): read.Id = Id(ref reader); break;
            case var _ when name.SequenceEqual("event_type"u8): read.EventType = reader.ValueSpan; break;
            case var _ when name.SequenceEqual("timestamp"u8): read.Timestamp = Number(ref reader); break;
            case var _ when name.SequenceEqual("tx"u8): read.Call = Id(ref reader); break;
            case var _ when name.SequenceEqual("n"u8): read.CallLength = checked((int)Number(ref reader)); break;
            case var _ when name.SequenceEqual("commit"u8): read.Commit = Id(ref reader); break;
            case var _ when name.SequenceEqual("session"u8): read.Session = Id(ref reader); break;
            case var _ when name.SequenceEqual("v"u8): read.Version = checked((int)Number(ref reader)); break;
            case var _ when name.SequenceEqual("refs"u8): Ids(ref reader, _refs); break;
            case var _ when name.SequenceEqual("undoes"u8): Ids(ref reader, _undoes); break;
            case var _ when name.SequenceEqual("ignorable"u8): read.Ignorable = reader.TokenType == JsonTokenType.True; break;
            case var _ when name.SequenceEqual("redacted_by"u8): read.RedactedBy = Id(ref reader); break;
            case var _ when name.SequenceEqual("user"u8): read.User = reader.GetString(); break;
            case var _ when name.SequenceEqual("agent"u8): read.Agent = reader.GetString(); break;
            case var _ when name.SequenceEqual("reason"u8): read.Reason = reader.GetString(); break;
            case var _ when name.SequenceEqual("origin"u8): read.Origin = ReadOrigin(line, ref reader); break;
            case var _ when name.SequenceEqual("data"u8): _data.Read(ref reader); break;
            default: reader.Skip(); break;
        }
    }

    private RecordedEvent Assemble(ReadOnlySpan<byte> line, in Line read)
    {
        bool whole = read.RedactedBy is null;
        if (read.Id <= EventId.None || read.Call <= EventId.None || read.CallLength < 1
            || read.Commit <= EventId.None || read.Session <= EventId.None || read.Version < 1)
        {
            throw new JsonException("a number of its head is missing or below 1");
        }

        EventShape? shape = catalogue.Find(read.EventType);
        EventId[] refs = [.. _refs];
        MemoryEvent happened = shape is not null && read.Version <= shape.Version
            ? shape.Read(Data(line, read, shape, refs))
            : new UnknownEvent(Encoding.UTF8.GetString(read.EventType), read.Version, refs, read.Ignorable);
        Author author = whole ? Shared(read.User ?? "", read.Agent ?? "") : RedactedAuthor;
        return new RecordedEvent(
            read.Id, read.Timestamp, read.Call, read.CallLength, read.Commit, read.Session, author,
            whole ? read.Reason : null, happened)
        {
            Undoes = _undoes.Count == 0 ? [] : [.. _undoes],
            Origin = whole ? read.Origin : null,
            RedactedBy = read.RedactedBy,
        };
    }

    // The members that the shape reads: as they stand in the line, unless that is redacted or older than the shape.
    private DataReader Data(ReadOnlySpan<byte> line, in Line read, EventShape shape, EventId[] refs)
    {
        if (read.RedactedBy is { } eraser)
        {
            _data.Clear(new Erasure(read.Id, eraser));
            return new DataReader(line, _data, refs);
        }

        for (int version = read.Version; version < shape.Version; version++)
        {
            line = Upcast(shape, version, new DataReader(line, _data, refs));
        }

        return new DataReader(line, _data, refs);
    }

    // Takes the data one version on; _data then holds places in the bytes that are returned.
    private ReadOnlySpan<byte> Upcast(EventShape shape, int version, DataReader old)
    {
        _next.Clear();
        var members = new JsonDataWriter(_next);
        members.Start();
        try
        {
            shape.UpcasterFrom(version)(old, members);
        }
        catch (Exception e) when (e is not JsonException)
        {
            // It meets whatever was stored. Whatever it stumbles over, the line is what cannot be read.
            throw new JsonException(
                FormattableString.Invariant($"its data, \"{shape.Name}\" in version {version}, has no meaning in version {version + 1}"), e);
        }

        members.End();
        (_upcast, _next) = (_next, _upcast);
        var reader = new Utf8JsonReader(_upcast.Written);
        reader.Read();
        _data.Read(ref reader);
        return _upcast.Written;
    }

    private Author Shared(string user, string agent)
    {
        var author = new Author(user, agent);
        if (!_authors.TryGetValue(author, out Author? shared))
        {
            _authors.Add(author, shared = author);
        }

        return shared;
    }

    private Origin ReadOrigin(ReadOnlySpan<byte> line, ref Utf8JsonReader reader)
    {
        _origin.Read(ref reader);
        return new Origin(
            _origin.Text(line, "project"u8),
            new EventId(_origin.Number(line, "event_id"u8)),
            _origin.TextOrNull(line, "hash"u8),
            _origin.Text(line, "user"u8),
            _origin.Number(line, "timestamp"u8))
        {
            Agent = _origin.TextOrNull(line, "agent"u8),
        };
    }

    private static void Ids(ref Utf8JsonReader reader, List<EventId> ids)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("a list of event ids was expected");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.Number)
        {
            ids.Add(Id(ref reader));
        }
    }

    private static EventId Id(ref Utf8JsonReader reader) => new(Number(ref reader));

    private static long Number(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long value) ? value
            : throw new JsonException("a whole number was expected");

    private ref struct Line
    {
        public EventId Id, Call, Commit, Session;
        public ReadOnlySpan<byte> EventType;
        public long Timestamp;
        public int CallLength, Version;
        public bool Ignorable;
        public EventId? RedactedBy;
        public string? User, Agent, Reason;
        public Origin? Origin;
    }
}
