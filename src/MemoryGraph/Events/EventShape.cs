using MemoryGraph.Domain;

namespace MemoryGraph.Events;

/// <summary>
/// How one type of event is stored: its name and version, the facts it touches, the members of its data.
/// </summary>
/// <remarks>
/// A shape that must change keeps its name, writes and reads the new members, and gets an <see cref="Upcaster"/> that
/// makes them from the old ones; with it the version goes up. What its refs mean cannot change: that is a new type.
/// </remarks>
/// <param name="name">The stored name.</param>
/// <param name="upcasters">From version 1 to 2, from 2 to 3 and so on; a released one is never changed.</param>
internal abstract class EventShape(string name, IReadOnlyList<Upcaster> upcasters)
{
    public string Name { get; } = name;

    /// <summary>The name as it stands in a line.</summary>
    public byte[] NameBytes { get; } = System.Text.Encoding.ASCII.GetBytes(name);

    /// <summary>The version written, and the newest that can be read.</summary>
    public int Version { get; } = upcasters.Count + 1;

    public abstract Type EventType { get; }

    public abstract IReadOnlyList<EventId> Refs(MemoryEvent happened);

    public abstract void WriteData(MemoryEvent happened, DataWriter data);

    /// <summary>Reads an event from the members of its data in this shape's version.</summary>
    public abstract MemoryEvent Read(DataReader data);

    /// <summary>The step that leads from a version to the next.</summary>
    /// <param name="version">At least 1 and below <see cref="Version"/>.</param>
    public Upcaster UpcasterFrom(int version) => upcasters[version - 1];

    public static EventShape Of<T>(
        string name, Func<T, IReadOnlyList<EventId>> refs, Action<T, DataWriter> write, Func<DataReader, T> read,
        params Upcaster[] upcasters)
        where T : MemoryEvent => new Typed<T>(name, upcasters, refs, write, read);

    private sealed class Typed<T>(
        string name, Upcaster[] upcasters, Func<T, IReadOnlyList<EventId>> refs, Action<T, DataWriter> write,
        Func<DataReader, T> read) : EventShape(name, upcasters)
        where T : MemoryEvent
    {
        public override Type EventType => typeof(T);

        public override IReadOnlyList<EventId> Refs(MemoryEvent happened) => refs((T)happened);

        public override void WriteData(MemoryEvent happened, DataWriter data) => write((T)happened, data);

        public override MemoryEvent Read(DataReader data) => read(data);
    }
}

/// <summary>Makes the members of an event's data in one version from those in the version before it.</summary>
/// <remarks>
/// A pure function: the same old members give the same new ones, for ever, because every fold of the log depends on it.
/// It says all of the new members; what it does not write is gone.
/// </remarks>
/// <param name="old">The members as stored, or as the step before this one made them.</param>
/// <param name="next">Takes the members of the next version.</param>
internal delegate void Upcaster(DataReader old, DataWriter next);

/// <summary>Takes the members of an event's data in the order in which they are given.</summary>
internal abstract class DataWriter
{
    /// <param name="value">Null is left out.</param>
    public abstract DataWriter Text(ReadOnlySpan<byte> name, string? value);

    /// <summary>A short text that other events say too: a name, a type, a day. It reads back as any text.</summary>
    /// <inheritdoc cref="Text"/>
    public abstract DataWriter Name(ReadOnlySpan<byte> name, string? value);

    public abstract DataWriter Number(ReadOnlySpan<byte> name, long value);

    /// <inheritdoc cref="Text"/>
    public abstract DataWriter Flag(ReadOnlySpan<byte> name, bool? value);
}

/// <summary>Writes the members as a JSON object.</summary>
internal sealed class JsonDataWriter(Utf8Buffer buffer) : DataWriter
{
    private bool _first = true;

    public void Start()
    {
        _first = true;
        buffer.Raw("{"u8);
    }

    public override DataWriter Text(ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            Member(name);
            buffer.Quoted(value);
        }

        return this;
    }

    public override DataWriter Name(ReadOnlySpan<byte> name, string? value) => Text(name, value);

    public override DataWriter Number(ReadOnlySpan<byte> name, long value)
    {
        Member(name);
        buffer.Number(value);
        return this;
    }

    public override DataWriter Flag(ReadOnlySpan<byte> name, bool? value)
    {
        if (value is { } said)
        {
            Member(name);
            buffer.Raw(said ? "true"u8 : "false"u8);
        }

        return this;
    }

    public void End() => buffer.Raw("}"u8);

    private void Member(ReadOnlySpan<byte> name)
    {
        buffer.Raw(_first ? "\""u8 : ",\""u8).Raw(name).Raw("\":"u8);
        _first = false;
    }
}

/// <summary>What a shape reads an event from: the facts that its head names and the members of its data.</summary>
/// <remarks>
/// The members of a line are found by name. Those of a packed event have none: a shape reads them in the order in which
/// it writes them.
/// </remarks>
internal readonly ref struct DataReader
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly JsonFields? _fields;
    private readonly IPackedMembers? _packed;

    /// <summary>From a line.</summary>
    public DataReader(ReadOnlySpan<byte> line, JsonFields fields, IReadOnlyList<EventId> refs)
    {
        _bytes = line;
        _fields = fields;
        Refs = refs;
    }

    /// <summary>From a packed event.</summary>
    public DataReader(ReadOnlySpan<byte> body, IPackedMembers members, IReadOnlyList<EventId> refs)
    {
        _bytes = body;
        _packed = members;
        Refs = refs;
    }

    public IReadOnlyList<EventId> Refs { get; }

    /// <summary>The fact at a place in the head's refs.</summary>
    /// <exception cref="System.Text.Json.JsonException">The head names fewer facts.</exception>
    public EventId Ref(int index) => index < Refs.Count ? Refs[index]
        : throw new System.Text.Json.JsonException($"\"refs\" names {Refs.Count} facts where {index + 1} are needed");

    public string Text(ReadOnlySpan<byte> name) =>
        _packed is null ? _fields!.Text(_bytes, name) : _packed.NextText(_bytes)!;

    /// <summary>A name that must be there; when erased, one that no other entity has.</summary>
    public string Name(ReadOnlySpan<byte> name) =>
        _packed is null ? _fields!.NameOrNull(_bytes, name) ?? _fields.Text(_bytes, name) : _packed.NextText(_bytes)!;

    /// <summary>A name that may be missing; when erased, one that no other entity has.</summary>
    public string? NameOrNull(ReadOnlySpan<byte> name) =>
        _packed is null ? _fields!.NameOrNull(_bytes, name) : _packed.NextText(_bytes);

    public string? TextOrNull(ReadOnlySpan<byte> name) =>
        _packed is null ? _fields!.TextOrNull(_bytes, name) : _packed.NextText(_bytes);

    public long Number(ReadOnlySpan<byte> name) =>
        _packed is null ? _fields!.Number(_bytes, name) : _packed.NextNumber(_bytes);

    public bool? FlagOrNull(ReadOnlySpan<byte> name) =>
        _packed is null ? _fields!.FlagOrNull(_bytes, name) : _packed.NextFlag(_bytes);
}

/// <summary>The members of an event as a graph keeps it in memory, one after the other, without their names.</summary>
/// <remarks>An interface, so that the stored format need not know how a graph packs its events.</remarks>
internal interface IPackedMembers
{
    string? NextText(ReadOnlySpan<byte> bytes);

    long NextNumber(ReadOnlySpan<byte> bytes);

    bool? NextFlag(ReadOnlySpan<byte> bytes);
}
