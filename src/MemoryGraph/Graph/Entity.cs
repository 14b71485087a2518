using MemoryGraph.Values;

namespace MemoryGraph.Graph;

/// <summary>A named thing, with everything that was ever said of it.</summary>
/// <remarks>
/// Facts stay with the entity they were said of. When it is merged into another, a link leads there, and what belongs
/// to an entity at a point is found along the links that held then; nothing is moved, so nothing is lost by a merge or
/// by taking it back.
/// </remarks>
internal sealed class Entity(EventId id, Naming first)
{
    private const int SearchedInOrder = 24;

    private Lifespans _life = Lifespans.Since(id);
    private Versions<Naming> _naming = new(id, first);
    private Versions<Entity?> _mergedInto = new(EventId.None, null);
    private List<Entity>? _absorbed;
    private Dictionary<string, Observation>? _newestByText;

    public EventId Id { get; } = id;

    /// <summary>What was ever said of it under this identity, in order, ended or not.</summary>
    public List<Observation> Observations { get; } = [];

    /// <summary>Relations that began at it, in order, ended or not.</summary>
    public List<Relation> Outgoing { get; } = [];

    /// <summary>Relations that lead to it, in order, ended or not.</summary>
    public List<Relation> Incoming { get; } = [];

    public bool IsLive => _life.IsOpen;

    /// <summary>The event that ended it, or <see cref="EventId.Never"/>.</summary>
    public EventId End => _life.End;

    public Naming Naming => _naming.Current;

    /// <summary>The events that gave it a name or type, its creation first.</summary>
    public IEnumerable<EventId> Namings => _naming.TurnsIn(EventId.None, EventId.Never);

    /// <summary>
    /// The last event up to a point that left it with a name; <see cref="EventId.None"/> when none had.
    /// </summary>
    public EventId LastCalled(string name, EventId point) => _naming.LastSince(naming => naming.Name == name, point);

    /// <summary>Entities that were at some time merged into this one.</summary>
    public IReadOnlyList<Entity> Absorbed => _absorbed ?? [];

    public bool IsLiveAt(EventId point) => _life.Contains(point);

    /// <summary>The last event up to a point that ended it; <see cref="EventId.None"/> when none had.</summary>
    public EventId LastEndUpTo(EventId point) => _life.LastEndUpTo(point);

    /// <summary>The last event up to a point that began, named, merged, ended or restored it.</summary>
    public EventId ChangedBy(EventId point) => EventId.Later(_life.LastTurnUpTo(point), _naming.SinceAt(point));

    /// <summary>
    /// Events behind one point and up to another that began, named, merged, ended or restored it, in order.
    /// </summary>
    public IEnumerable<EventId> ChangesIn(EventId behind, EventId upTo) =>
        _life.TurnsIn(behind, upTo).Union(_naming.TurnsIn(behind, upTo)).Order();

    public Naming NamingAt(EventId point) => _naming.At(point);

    /// <summary>
    /// The event since which it has been more than implied, by a point; <see cref="EventId.Never"/> while it is implied.
    /// </summary>
    public EventId SpokenOfSince(EventId point) => NamingAt(point).Implied ? EventId.Never
        : EventId.Later(Id, _naming.AfterLast(naming => naming.Implied, point));

    /// <summary>The event that gave it the name and type it had at a point.</summary>
    public EventId NamedBy(EventId point) => _naming.SinceAt(point);

    /// <summary>The entity it had been merged into by a point; null while it stood alone.</summary>
    public Entity? MergedIntoAt(EventId point) => _mergedInto.At(point);

    /// <summary>
    /// The entity that had this one's facts at a point: itself, or the one it had been merged into by then.
    /// </summary>
    public Entity OwnerAt(EventId point)
    {
        Entity owner = this;
        while (owner._mergedInto.At(point) is { } into)
        {
            owner = into;
        }

        return owner;
    }

    /// <summary>
    /// The newest observation with exactly this text under this identity, ended or not; null for none.
    /// </summary>
    public Observation? NewestObservation(string text)
    {
        if (Observations.Count <= SearchedInOrder)
        {
            return Observations.FindLast(observation => observation.Text == text);
        }

        if (_newestByText is null)
        {
            _newestByText = [];
            Observations.ForEach(observation => _newestByText[observation.Text] = observation);
        }

        return _newestByText.GetValueOrDefault(text);
    }

    public void Rename(EventId at, Naming naming) => _naming.Add(at, naming);

    /// <returns>False, with nothing done, when it is not live.</returns>
    public bool Delete(EventId at)
    {
        bool live = IsLive;
        if (live)
        {
            _life.Close(at);
        }

        return live;
    }

    /// <param name="into">
    /// Who has its facts from here on. It may be gone: a redo merges once more into what was deleted since.
    /// </param>
    /// <returns>False, with nothing done, when it is not live, or the other is part of it.</returns>
    public bool MergeInto(EventId at, Entity into)
    {
        if (into.OwnerAt(at) == this || !Delete(at))
        {
            return false;
        }

        _mergedInto.Add(at, into);
        if (!into.Absorbed.Contains(this))
        {
            (into._absorbed ??= []).Add(this);
        }

        return true;
    }

    /// <returns>False, with nothing done, when it is live.</returns>
    public bool Restore(EventId at)
    {
        if (IsLive)
        {
            return false;
        }

        _life.Reopen(at);
        if (_mergedInto.Current is not null)
        {
            _mergedInto.Add(at, null);
        }

        return true;
    }

    public void Add(Observation observation)
    {
        observation.EarlierWithSameText = NewestObservation(observation.Text);
        Observations.Add(observation);
        if (_newestByText is not null)
        {
            _newestByText[observation.Text] = observation;
        }
    }
}

/// <summary>What an entity is called and what kind of thing it is.</summary>
internal sealed record Naming(string Name, string EntityType)
{
    /// <summary>
    /// Known only as the end of a relation: nobody said anything of the thing itself, so its type is
    /// <see cref="Events.EntityCreated.TypeUnsaid"/>.
    /// </summary>
    /// <remarks>
    /// It stops being implied with the first thing said of it: a statement, a name, a type. It ends with the last of its
    /// relations.
    /// </remarks>
    public bool Implied { get; init; }
}
