using MemoryGraph.Values;

namespace MemoryGraph.Events;

/// <summary>How one type of event is stored: its name and version, the facts it touches, the members of its data.</summary>
internal abstract class EventShape(string name, int version)
{
    public string Name { get; } = name;

    /// <summary>The name as it stands in a line.</summary>
    public byte[] NameBytes { get; } = System.Text.Encoding.ASCII.GetBytes(name);

    /// <summary>The version written, and the newest that can be read.</summary>
    public int Version { get; } = version;

    public abstract Type EventType { get; }

    public abstract IReadOnlyList<EventId> Refs(MemoryEvent happened);

    public abstract void WriteData(MemoryEvent happened, DataWriter data);

    public abstract MemoryEvent Read(DataReader data);

    public static EventShape Of<T>(
        string name, Func<T, IReadOnlyList<EventId>> refs, Action<T, DataWriter> write, Func<DataReader, T> read)
        where T : MemoryEvent => new Typed<T>(name, version: 1, refs, write, read);

    private sealed class Typed<T>(
        string name, int version, Func<T, IReadOnlyList<EventId>> refs, Action<T, DataWriter> write,
        Func<DataReader, T> read) : EventShape(name, version)
        where T : MemoryEvent
    {
        public override Type EventType => typeof(T);

        public override IReadOnlyList<EventId> Refs(MemoryEvent happened) => refs((T)happened);

        public override void WriteData(MemoryEvent happened, DataWriter data) => write((T)happened, data);

        public override MemoryEvent Read(DataReader data) => read(data);
    }
}

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
}
