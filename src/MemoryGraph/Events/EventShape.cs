using MemoryGraph.Values;

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

/// <summary>Writes the members of an event's data in the order in which they are given; null is left out.</summary>
internal sealed class DataWriter(Utf8Buffer buffer)
{
    private bool _first = true;

    public void Start()
    {
        _first = true;
        buffer.Raw("{"u8);
    }

    public DataWriter Text(ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            Member(name);
            buffer.Quoted(value);
        }

        return this;
    }

    public DataWriter Number(ReadOnlySpan<byte> name, long value)
    {
        Member(name);
        buffer.Number(value);
        return this;
    }

    public DataWriter Flag(ReadOnlySpan<byte> name, bool? value)
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
internal readonly ref struct DataReader(ReadOnlySpan<byte> line, JsonFields fields, IReadOnlyList<EventId> refs)
{
    private readonly ReadOnlySpan<byte> _line = line;

    public IReadOnlyList<EventId> Refs => refs;

    /// <summary>The fact at a place in the head's refs.</summary>
    /// <exception cref="System.Text.Json.JsonException">The head names fewer facts.</exception>
    public EventId Ref(int index) => index < refs.Count ? refs[index]
        : throw new System.Text.Json.JsonException($"\"refs\" names {refs.Count} facts where {index + 1} are needed");

    public string Text(ReadOnlySpan<byte> name) => fields.Text(_line, name);

    /// <summary>A name that must be there; when erased, one that no other entity has.</summary>
    public string Name(ReadOnlySpan<byte> name) => fields.NameOrNull(_line, name) ?? fields.Text(_line, name);

    /// <summary>A name that may be missing; when erased, one that no other entity has.</summary>
    public string? NameOrNull(ReadOnlySpan<byte> name) => fields.NameOrNull(_line, name);

    public string? TextOrNull(ReadOnlySpan<byte> name) => fields.TextOrNull(_line, name);

    public long Number(ReadOnlySpan<byte> name) => fields.Number(_line, name);

    public bool? FlagOrNull(ReadOnlySpan<byte> name) => fields.FlagOrNull(_line, name);
}
