using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Text;

namespace MemoryGraph.Graph;

/// <summary>Every event of a log, in order, packed: what is asked often in rows, the rest in bytes.</summary>
/// <remarks>
/// <para>
/// An event as objects takes some 900 bytes; packed, a row of 32 and about as many bytes as its text has, because
/// names are kept once. The <see cref="RecordedEvent"/> is made anew when somebody asks for it, in about a third of a
/// microsecond. The bytes of an event, numbers as <see cref="Varint"/>:
/// </para>
/// <code>
/// type, what follows (flags), id - commit, [undone calls: how many, id - each], [id of the redaction],
/// refs: how many, id - each, [reason], [origin: six members], the members of its data as <see cref="PackedWriter"/> puts them
/// </code>
/// <para>Not for several threads.</para>
/// </remarks>
internal sealed class PackedEvents
{
    private const byte Unknown = byte.MaxValue;
    private const byte ReasonMark = 1;
    private const byte OriginMark = 2;
    private const byte UndoesMark = 4;
    private const byte RedactedMark = 8;
    private const byte IgnorableMark = 16;

    // The text stands behind the entity's name; see the catalogue.
    private const int PlaceOfObservationText = 1;

    private static readonly IReadOnlyList<EventShape> Shapes = EventCatalogue.Current.Shapes;
    private static readonly Dictionary<Type, (byte Number, EventShape Shape)> ByType =
        Shapes.Index().ToDictionary(one => one.Item.EventType, one => ((byte)one.Index, one.Item));

    private static readonly byte ObservationAddedNumber = ByType[typeof(ObservationAdded)].Number;
    private static readonly bool[] IsLogType = [.. Shapes.Select(shape => shape.EventType.IsSubclassOf(typeof(LogEvent)))];

    private readonly Column<EventRow> _rows = new();
    private readonly Column<AuthorRow> _authorRows = new();
    private readonly ByteColumn _bytes = new();
    private readonly Utf8Buffer _buffer = new(1024);
    private readonly PackedWriter _writer;
    private readonly PackedMembers _members;

    // Derived from _authorRows.
    private readonly List<Author> _authors = [];
    private readonly Dictionary<Author, int> _authorNumbers = [];

    public PackedEvents()
    {
        _writer = new PackedWriter(_buffer, Names);
        _members = new PackedMembers(Names, TextOf);
    }

    /// <summary>Names, types and days, each once.</summary>
    public TextTable Names { get; } = new();

    public EventId Last => new(_rows.Count);

    /// <summary>Everybody who recorded something, in order of their first event.</summary>
    public IReadOnlyList<Author> Authors => _authors;

    /// <summary>What has to be saved; see <see cref="IndexLoaded"/>.</summary>
    public IEnumerable<Column> Columns => [.. Names.Columns, _rows, _authorRows, _bytes];

    public long BytesTaken => _rows.BytesTaken + _authorRows.BytesTaken + _bytes.BytesTaken + Names.BytesTaken;

    /// <summary>An event, made anew from its bytes.</summary>
    public RecordedEvent this[EventId id] => Unpack(id);

    public void Add(RecordedEvent recorded)
    {
        Pack(recorded);
        _rows.Add(new EventRow(
            recorded.Timestamp, _bytes.Add(_buffer.Written), (int)recorded.Call.Value, recorded.CallLength,
            (int)Math.Min(recorded.Session.Value, int.MaxValue), NumberOf(recorded.Author)));
    }

    /// <summary>The clock of the writer, Unix milliseconds.</summary>
    public long TimestampOf(EventId id) => Row(id).Timestamp;

    public EventId CallOf(EventId id) => new(Row(id).Call);

    public EventId SessionOf(EventId id) => new(Row(id).Session);

    public Author AuthorOf(EventId id) => _authors[Row(id).Author];

    /// <summary>The place of an event's author in <see cref="Authors"/>.</summary>
    public int AuthorNumberOf(EventId id) => Row(id).Author;

    /// <summary>How an event is stored; null for a type that this program does not know.</summary>
    public EventShape? ShapeOf(EventId id) => Body(id)[0] is var type && type == Unknown ? null : Shapes[type];

    /// <summary>Whether an event is a <see cref="LogEvent"/>.</summary>
    public bool IsOfLog(EventId id) => Body(id)[0] is var type && (type == Unknown || IsLogType[type]);

    /// <summary>Whether an event's call takes others back, as an undo or a redo does.</summary>
    public bool HasUndoes(EventId id) => HasMark(id, UndoesMark);

    /// <summary>Whether an event was taken over from another log.</summary>
    public bool HasOrigin(EventId id) => HasMark(id, OriginMark);

    /// <summary>Whether an event's text was erased.</summary>
    public bool IsRedacted(EventId id) => HasMark(id, RedactedMark);

    /// <summary>Sets a list to the facts that an event touches, by the events that began them.</summary>
    public void ReadRefs(EventId id, List<EventId> refs)
    {
        refs.Clear();
        ReadOnlySpan<byte> rest = Body(id);
        ReadHead(ref rest, id, refs, undoes: null);
    }

    /// <summary>The text that an observation was added with, in UTF-8; empty for any other event.</summary>
    public ReadOnlySpan<byte> TextOf(EventId id)
    {
        ReadOnlySpan<byte> rest = Body(id);
        if (rest[0] != ObservationAddedNumber)
        {
            return [];
        }

        Head head = ReadHead(ref rest, id, refs: null, undoes: null);
        int before = ((head.Flags & ReasonMark) != 0 ? 1 : 0) + ((head.Flags & OriginMark) != 0 ? OriginMembers : 0);
        return PackedMembers.InlineText(rest, before + PlaceOfObservationText);
    }

    public void SetCallLength(EventId id, int length)
    {
        ref EventRow row = ref _rows.Change(id.Value - 1);
        row = row with { CallLength = length };
    }

    /// <summary>Makes what is derived anew, after the columns were loaded.</summary>
    public void IndexLoaded()
    {
        Names.IndexLoaded();
        for (int number = 0; number < _authorRows.Count; number++)
        {
            AuthorRow row = _authorRows[number];
            var author = new Author(Names[row.User], Names[row.Agent]);
            _authors.Add(author);
            _authorNumbers.Add(author, number);
        }
    }

    /// <inheritdoc cref="TextTable.CutIndexBack"/>
    public void CutIndexBack()
    {
        Names.CutIndexBack();
        for (int number = _authors.Count - 1; number >= _authorRows.MarkedCount; number--)
        {
            _authorNumbers.Remove(_authors[number]);
            _authors.RemoveAt(number);
        }
    }

    private const int OriginMembers = 6;

    private ref readonly EventRow Row(EventId id) => ref _rows[id.Value - 1];

    private bool HasMark(EventId id, byte mark) => (Body(id)[1] & mark) != 0;

    private ReadOnlySpan<byte> Body(EventId id)
    {
        long start = Row(id).Start;
        long end = id == Last ? _bytes.Count : _rows[id.Value].Start;
        return _bytes.Read(start, (int)(end - start));
    }

    private int NumberOf(Author author)
    {
        // Events of one author follow one another, and a reader shares the object among them.
        if (_rows.Count > 0 && ReferenceEquals(_authors[_rows[_rows.Count - 1].Author], author))
        {
            return _rows[_rows.Count - 1].Author;
        }

        if (!_authorNumbers.TryGetValue(author, out int number))
        {
            number = _authorRows.Add(new AuthorRow(Names.Add(author.User), Names.Add(author.Agent)));
            _authors.Add(author);
            _authorNumbers.Add(author, number);
        }

        return number;
    }

    private void Pack(RecordedEvent recorded)
    {
        _buffer.Clear();
        MemoryEvent happened = recorded.Event;
        var unknown = happened as UnknownEvent;
        (byte type, EventShape? shape) = unknown is null ? ByType[happened.GetType()] : (Unknown, (EventShape?)null);
        IReadOnlyList<EventId> refs = shape?.Refs(happened) ?? unknown!.Refs;
        byte flags = (byte)((recorded.Reason is null ? 0 : ReasonMark)
            | (recorded.Origin is null ? 0 : OriginMark)
            | (recorded.Undoes.Count == 0 ? 0 : UndoesMark)
            | (recorded.RedactedBy is null ? 0 : RedactedMark)
            | (unknown is { Ignorable: true } ? IgnorableMark : 0));
        bool repeats = happened is ObservationRemoved or ObservationRestored && refs[0] > EventId.None && refs[0] <= Last;
        _writer.Start(repeats ? TextOf(refs[0]) : []);
        _writer.Byte(type).Byte(flags)
            .Number(Varint.Zigzag(recorded.Id.Value - recorded.Commit.Value));
        if (recorded.Undoes.Count > 0)
        {
            Pack(recorded.Undoes, recorded.Id);
        }

        if (recorded.RedactedBy is { } eraser)
        {
            _writer.Number(Varint.Zigzag(eraser.Value));
        }

        Pack(refs, recorded.Id);
        if (recorded.Reason is { } reason)
        {
            _writer.Text("reason"u8, reason);
        }

        if (recorded.Origin is { } origin)
        {
            _writer.Name("project"u8, origin.Project).Number("event_id"u8, origin.Id.Value).Text("hash"u8, origin.Hash)
                .Name("user"u8, origin.User).Name("agent"u8, origin.Agent).Number("timestamp"u8, origin.Timestamp);
        }

        shape?.WriteData(happened, _writer);
        if (unknown is not null)
        {
            _writer.Name("type"u8, unknown.EventType).Number("v"u8, unknown.Version);
        }
    }

    private void Pack(IReadOnlyList<EventId> ids, EventId by)
    {
        _writer.Number((ulong)ids.Count);
        foreach (EventId id in ids)
        {
            _writer.Number(Varint.Zigzag(by.Value - id.Value));
        }
    }

    private RecordedEvent Unpack(EventId id)
    {
        EventRow row = Row(id);
        ReadOnlySpan<byte> bytes = Body(id);
        ReadOnlySpan<byte> rest = bytes;
        byte type = bytes[0];
        List<EventId> refs = [];
        List<EventId> undoes = [];
        Head head = ReadHead(ref rest, id, refs, undoes);
        _members.Start(bytes.Length - rest.Length, refs.Count > 0 ? refs[0] : EventId.None);
        string? reason = (head.Flags & ReasonMark) != 0 ? _members.NextText(bytes) : null;
        Origin? origin = (head.Flags & OriginMark) != 0 ? ReadOrigin(bytes) : null;
        MemoryEvent happened = type == Unknown
            ? new UnknownEvent(
                _members.NextText(bytes)!, (int)_members.NextNumber(bytes), [.. refs], (head.Flags & IgnorableMark) != 0)
            : Shapes[type].Read(new DataReader(bytes, _members, [.. refs]));
        return new RecordedEvent(
            id, row.Timestamp, new EventId(row.Call), row.CallLength, head.Commit, new EventId(row.Session),
            _authors[row.Author], reason, happened)
        {
            Undoes = undoes.Count == 0 ? [] : [.. undoes],
            Origin = origin,
            RedactedBy = head.RedactedBy,
        };
    }

    private Origin ReadOrigin(ReadOnlySpan<byte> bytes)
    {
        string project = _members.NextText(bytes)!;
        var id = new EventId(_members.NextNumber(bytes));
        string? hash = _members.NextText(bytes);
        string user = _members.NextText(bytes)!;
        string? agent = _members.NextText(bytes);
        return new Origin(project, id, hash, user, _members.NextNumber(bytes)) { Agent = agent };
    }

    // What stands before the members; the lists take what they are there for, null passes it over.
    private static Head ReadHead(ref ReadOnlySpan<byte> rest, EventId id, List<EventId>? refs, List<EventId>? undoes)
    {
        byte flags = rest[1];
        rest = rest[2..];
        var commit = new EventId(id.Value - Varint.Unzigzag(Varint.Read(ref rest)));
        if ((flags & UndoesMark) != 0)
        {
            ReadIds(ref rest, id, undoes);
        }

        EventId? eraser = (flags & RedactedMark) != 0 ? new EventId(Varint.Unzigzag(Varint.Read(ref rest))) : null;
        ReadIds(ref rest, id, refs);
        return new Head(flags, commit, eraser);
    }

    private static void ReadIds(ref ReadOnlySpan<byte> rest, EventId by, List<EventId>? ids)
    {
        for (ulong count = Varint.Read(ref rest); count > 0; count--)
        {
            var id = new EventId(by.Value - Varint.Unzigzag(Varint.Read(ref rest)));
            ids?.Add(id);
        }
    }

    private readonly record struct Head(byte Flags, EventId Commit, EventId? RedactedBy);

    /// <param name="Start">Where its bytes begin; they end where the next event's begin.</param>
    private readonly record struct EventRow(long Timestamp, long Start, int Call, int CallLength, int Session, int Author);

    private readonly record struct AuthorRow(int User, int Agent);
}
