using System.IO.Hashing;
using MemoryGraph.Domain;
using MemoryGraph.Text;

namespace MemoryGraph.Graph;

/// <summary>The facts of a graph as rows: everything that is not an event, without an object for any of it.</summary>
/// <remarks>
/// Row 0 of each is nobody, so that 0 can mean "none". Facts of an entity form chains in the order in which they began;
/// what changed of a fact forms chains from the newest back (<see cref="Graph.Lifespans"/>, <see cref="ValueHistory{T}"/>).
/// Texts are numbers in the table of names; an observation's text is that of its event.
/// </remarks>
internal sealed class FactRows
{
    // From here on, finding a text by walking an entity's observations costs more than an index of all.
    private const int ObservationsWalked = 24;

    private readonly EventIndex _events;

    // Derived, and made only when an entity has many observations.
    private RowsByHash? _observationsByText;

    public FactRows(EventIndex events)
    {
        _events = events;
        Entities.Add(default);
        Observations.Add(default);
        Relations.Add(default);
        Absorbed.Add(default);
    }

    public Column<EntityRow> Entities { get; } = new();

    public Column<ObservationRow> Observations { get; } = new();

    public Column<RelationRow> Relations { get; } = new();

    public Column<EntityLink> Absorbed { get; } = new();

    public Lifespans Lifespans { get; } = new();

    public ValueHistory<NamingIds> Namings { get; } = new();

    public ValueHistory<ValidityIds> Validities { get; } = new();

    /// <summary>The row of the entity that one was merged into; 0 when it stands alone again.</summary>
    public ValueHistory<int> Merges { get; } = new();

    /// <summary>What has to be saved.</summary>
    public IEnumerable<Column> Columns =>
    [
        Entities, Observations, Relations, Absorbed, Lifespans.Column, Namings.Column, Validities.Column, Merges.Column,
    ];

    public int Add(EventId at, NamingIds naming) => Entities.Add(new EntityRow
    {
        Id = (int)at.Value,
        Life = Life.Since(at),
        Naming = Namings.Add(0, at, naming),
    });

    /// <summary>Begins a statement that an event has just made.</summary>
    public int AddObservation(EventId at, Entity entity)
    {
        ReadOnlySpan<byte> text = _events.TextOf(at);
        uint hash = HashOf(text);
        int earlier = NewestObservation(entity.Row, text, hash);
        int row = Observations.Add(new ObservationRow
        {
            Id = (int)at.Value,
            Entity = entity.Row,
            Life = Life.Since(at),
            EarlierWithSameText = earlier,
            TextHash = hash,
        });
        _observationsByText?.Add(InEntity(entity.Row, hash), row);
        ref EntityRow owner = ref Entities.Change(entity.Row);
        if (owner.Observations.Last > 0)
        {
            Observations.Change(owner.Observations.Last).Next = row;
        }

        owner.Observations = owner.Observations.With(row);
        return row;
    }

    public int AddRelation(EventId at, Entity from, string relationType, Entity to, Validity validity)
    {
        int row = Relations.Add(new RelationRow
        {
            Id = (int)at.Value,
            From = from.Row,
            To = to.Row,
            RelationType = _events.Names.Add(relationType),
            Life = Life.Since(at),
            Validity = validity.IsUnsaid ? 0 : Validities.Add(0, at, IdsOf(validity)),
        });
        ref EntityRow start = ref Entities.Change(from.Row);
        if (start.Outgoing.Last > 0)
        {
            Relations.Change(start.Outgoing.Last).NextOutgoing = row;
        }

        start.Outgoing = start.Outgoing.With(row);
        ref EntityRow end = ref Entities.Change(to.Row);
        if (end.Incoming.Last > 0)
        {
            Relations.Change(end.Incoming.Last).NextIncoming = row;
        }

        end.Incoming = end.Incoming.With(row);
        return row;
    }

    /// <summary>The newest observation of an entity with exactly this text, ended or not; 0 for none.</summary>
    public int NewestObservation(int entity, string text)
    {
        byte[] room = new byte[text.Length * Utf8Text.BytesPerCharMax];
        ReadOnlySpan<byte> utf8 = room.AsSpan(0, Utf8Text.Write(text, room));
        return NewestObservation(entity, utf8, HashOf(utf8));
    }

    public ValidityIds IdsOf(Validity validity) => new(DayNumber(validity.From), DayNumber(validity.To));

    /// <summary>Drops what is derived, after the columns were loaded.</summary>
    public void IndexLoaded() => _observationsByText = null;

    /// <inheritdoc cref="TextTable.CutIndexBack"/>
    public void CutIndexBack()
    {
        for (int row = (int)Observations.Count - 1; _observationsByText is { } index && row >= Observations.MarkedCount; row--)
        {
            index.Remove(InEntity(Observations[row].Entity, Observations[row].TextHash), row);
        }
    }

    private int NewestObservation(int entity, ReadOnlySpan<byte> text, uint hash)
    {
        FactChain said = Entities[entity].Observations;
        int newest = 0;
        if (said.Count <= ObservationsWalked)
        {
            for (int row = said.First; row > 0; row = Observations[row].Next)
            {
                newest = Observations[row].TextHash == hash && Says(row, text) ? row : newest;
            }

            return newest;
        }

        _observationsByText ??= AllByText();
        foreach (int row in _observationsByText.With(InEntity(entity, hash)))
        {
            newest = row > newest && Observations[row].Entity == entity && Says(row, text) ? row : newest;
        }

        return newest;
    }

    private RowsByHash AllByText()
    {
        var rows = new RowsByHash();
        rows.Reserve((int)Observations.Count);
        for (int row = 1; row < Observations.Count; row++)
        {
            rows.Add(InEntity(Observations[row].Entity, Observations[row].TextHash), row);
        }

        return rows;
    }

    private bool Says(int row, ReadOnlySpan<byte> text) => _events.TextOf(new EventId(Observations[row].Id)).SequenceEqual(text);

    private int DayNumber(string? day) => day is null ? 0 : _events.Names.Add(day) + 1;

    private static uint HashOf(ReadOnlySpan<byte> text) => (uint)XxHash3.HashToUInt64(text);

    // The same words of another entity must not lie in the same place: everybody says some of them.
    private static uint InEntity(int entity, uint hash) => hash ^ ((uint)entity * 0x9E3779B1);
}

/// <summary>Facts of an entity in the order in which they began, by their rows.</summary>
internal readonly record struct FactChain(int First, int Last, int Count)
{
    public FactChain With(int row) => new(First == 0 ? row : First, row, Count + 1);
}

internal struct EntityRow
{
    public int Id;
    public Life Life;
    public int Naming;
    public int MergedInto;
    public int Absorbed;
    public FactChain Observations;
    public FactChain Outgoing;
    public FactChain Incoming;
}

internal struct ObservationRow
{
    public int Id;
    public int Entity;
    public Life Life;
    public int Next;
    public int EarlierWithSameText;
    public uint TextHash;
}

internal struct RelationRow
{
    public int Id;
    public int From;
    public int To;
    public int RelationType;
    public Life Life;
    public int Validity;
    public int NextOutgoing;
    public int NextIncoming;
}

/// <summary>An entity in a chain of them that leads from the newest back.</summary>
internal readonly record struct EntityLink(int Entity, int Earlier);

/// <summary>A naming by numbers in the table of names. Only whole numbers: rows are saved byte by byte.</summary>
internal readonly record struct NamingIds(int Name, int EntityType, int Flags)
{
    public NamingIds(int name, int entityType, bool implied)
        : this(name, entityType, implied ? 1 : 0)
    {
    }

    public bool Implied => Flags != 0;
}

/// <summary>Days by their number in the table of names plus one; 0 when not said.</summary>
internal readonly record struct ValidityIds(int From, int To);
