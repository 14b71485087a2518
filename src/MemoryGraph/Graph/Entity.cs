using MemoryGraph.Domain;
using MemoryGraph.Events;

namespace MemoryGraph.Graph;

/// <summary>A named thing, with everything that was ever said of it.</summary>
/// <remarks>
/// Facts stay with the entity they were said of. When it is merged into another, a link leads there, and what belongs
/// to an entity at a point is found along the links that held then; nothing is moved, so nothing is lost by a merge or
/// by taking it back.
/// </remarks>
/// <param name="Graph">Where it is kept.</param>
/// <param name="Row">Its row there.</param>
internal readonly record struct Entity(GraphState Graph, int Row)
{
    public EventId Id => new(State.Id);

    /// <summary>What was ever said of it under this identity, in order, ended or not.</summary>
    public IEnumerable<Observation> Observations
    {
        get
        {
            for (int row = State.Observations.First; row > 0; row = Graph.Rows.Observations[row].Next)
            {
                yield return new Observation(Graph, row);
            }
        }
    }

    /// <summary>Relations that began at it, in order, ended or not.</summary>
    public IEnumerable<Relation> Outgoing
    {
        get
        {
            for (int row = State.Outgoing.First; row > 0; row = Graph.Rows.Relations[row].NextOutgoing)
            {
                yield return new Relation(Graph, row);
            }
        }
    }

    /// <summary>Relations that lead to it, in order, ended or not.</summary>
    public IEnumerable<Relation> Incoming
    {
        get
        {
            for (int row = State.Incoming.First; row > 0; row = Graph.Rows.Relations[row].NextIncoming)
            {
                yield return new Relation(Graph, row);
            }
        }
    }

    public int ObservationCount => State.Observations.Count;

    public int OutgoingCount => State.Outgoing.Count;

    public int IncomingCount => State.Incoming.Count;

    /// <summary>How many observations and ends of relations it ever had under this identity.</summary>
    public int FactCount => ObservationCount + OutgoingCount + IncomingCount;

    public bool IsLive => State.Life.IsOpen;

    /// <summary>The event that ended it, or <see cref="EventId.Never"/>.</summary>
    public EventId End => State.Life.End;

    public Naming Naming => NamingAt(EventId.Never);

    /// <summary>The events that gave it a name or type, its creation first.</summary>
    public IEnumerable<EventId> Namings => Graph.Rows.Namings.TurnsIn(State.Naming, EventId.None, EventId.Never);

    /// <summary>Entities that were at some time merged into this one, in the order in which that first happened.</summary>
    public IReadOnlyList<Entity> Absorbed
    {
        get
        {
            if (State.Absorbed == 0)
            {
                return [];
            }

            List<Entity> absorbed = [];
            for (int row = State.Absorbed; row > 0; row = Graph.Rows.Absorbed[row].Earlier)
            {
                absorbed.Add(new Entity(Graph, Graph.Rows.Absorbed[row].Entity));
            }

            absorbed.Reverse();
            return absorbed;
        }
    }

    /// <summary>Whether any entity was ever merged into this one.</summary>
    public bool HasAbsorbed => State.Absorbed > 0;

    private ref readonly EntityRow State => ref Graph.Rows.Entities[Row];

    /// <summary>
    /// The last event up to a point that left it with a name; <see cref="EventId.None"/> when none had.
    /// </summary>
    public EventId LastCalled(string name, EventId point)
    {
        int number = Graph.Events.Names.Find(name);
        return Graph.Rows.Namings.LastSince(State.Naming, naming => naming.Name == number, point);
    }

    public bool IsLiveAt(EventId point) => Graph.Rows.Lifespans.Contains(State.Life, point);

    /// <summary>The last event up to a point that ended it; <see cref="EventId.None"/> when none had.</summary>
    public EventId LastEndUpTo(EventId point) => Graph.Rows.Lifespans.LastEndUpTo(State.Life, point);

    /// <summary>The last event up to a point that began, named, merged, ended or restored it.</summary>
    public EventId ChangedBy(EventId point) =>
        EventId.Later(Graph.Rows.Lifespans.LastTurnUpTo(State.Life, point), NamedBy(point));

    /// <summary>
    /// Events behind one point and up to another that began, named, merged, ended or restored it, in order.
    /// </summary>
    public IEnumerable<EventId> ChangesIn(EventId behind, EventId upTo) => Graph.Rows.Lifespans.TurnsIn(State.Life, behind, upTo)
        .Union(Graph.Rows.Namings.TurnsIn(State.Naming, behind, upTo)).Order();

    public Naming NamingAt(EventId point)
    {
        NamingIds ids = Graph.Rows.Namings.At(State.Naming, point).Value;
        return new Naming(Graph.Events.Names[ids.Name], Graph.Events.Names[ids.EntityType]) { Implied = ids.Implied };
    }

    /// <summary>Its name at a point.</summary>
    public string NameAt(EventId point) => Graph.Events.Names[Graph.Rows.Namings.At(State.Naming, point).Value.Name];

    /// <summary>Whether it had a name at a point, by the name's number in the table.</summary>
    public bool IsCalledAt(int name, EventId point) => Graph.Rows.Namings.At(State.Naming, point).Value.Name == name;

    /// <summary>The number of its type at a point in the table of names.</summary>
    public int TypeNumberAt(EventId point) => Graph.Rows.Namings.At(State.Naming, point).Value.EntityType;

    /// <summary>
    /// The event since which it has been more than implied, by a point; <see cref="EventId.Never"/> while it is implied.
    /// </summary>
    public EventId SpokenOfSince(EventId point) => Graph.Rows.Namings.At(State.Naming, point).Value.Implied ? EventId.Never
        : EventId.Later(Id, Graph.Rows.Namings.AfterLast(State.Naming, naming => naming.Implied, point));

    /// <summary>The event that gave it the name and type it had at a point.</summary>
    public EventId NamedBy(EventId point) => Graph.Rows.Namings.At(State.Naming, point).Since;

    /// <summary>The entity it had been merged into by a point; null while it stood alone.</summary>
    public Entity? MergedIntoAt(EventId point) =>
        Graph.Rows.Merges.Held(State.MergedInto, point) is > 0 and var into ? new Entity(Graph, into) : null;

    /// <summary>
    /// The entity that had this one's facts at a point: itself, or the one it had been merged into by then.
    /// </summary>
    public Entity OwnerAt(EventId point)
    {
        Entity owner = this;
        while (owner.State.MergedInto > 0 && Graph.Rows.Merges.Held(owner.State.MergedInto, point) is > 0 and var into)
        {
            owner = new Entity(Graph, into);
        }

        return owner;
    }

    /// <summary>
    /// The newest observation with exactly this text under this identity, ended or not; null for none.
    /// </summary>
    public Observation? NewestObservation(string text) =>
        Graph.Rows.NewestObservation(Row, text) is > 0 and var row ? new Observation(Graph, row) : null;

    public void Rename(EventId at, Naming naming)
    {
        var ids = new NamingIds(
            Graph.Events.Names.Add(naming.Name), Graph.Events.Names.Add(naming.EntityType), naming.Implied);
        ref EntityRow state = ref Graph.Rows.Entities.Change(Row);
        state.Naming = Graph.Rows.Namings.Add(state.Naming, at, ids);
    }

    /// <returns>False, with nothing done, when it is not live.</returns>
    public bool Delete(EventId at)
    {
        bool live = IsLive;
        if (live)
        {
            ref EntityRow state = ref Graph.Rows.Entities.Change(Row);
            state.Life = state.Life.Closed(at);
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

        ref EntityRow state = ref Graph.Rows.Entities.Change(Row);
        state.MergedInto = Graph.Rows.Merges.Add(state.MergedInto, at, into.Row);
        if (!into.Absorbed.Contains(this))
        {
            ref EntityRow other = ref Graph.Rows.Entities.Change(into.Row);
            other.Absorbed = Graph.Rows.Absorbed.Add(new EntityLink(Row, other.Absorbed));
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

        ref EntityRow state = ref Graph.Rows.Entities.Change(Row);
        state.Life = Graph.Rows.Lifespans.Reopened(state.Life, at);
        if (MergedIntoAt(EventId.Never) is not null)
        {
            state.MergedInto = Graph.Rows.Merges.Add(state.MergedInto, at, 0);
        }

        return true;
    }
}

/// <summary>What an entity is called and what kind of thing it is.</summary>
internal sealed record Naming(string Name, string EntityType)
{
    /// <summary>
    /// Known only as the end of a relation: nobody said anything of the thing itself, so its type is
    /// <see cref="EntityCreated.TypeUnsaid"/>.
    /// </summary>
    /// <remarks>
    /// It stops being implied with the first thing said of it: a statement, a name, a type. It ends with the last of its
    /// relations.
    /// </remarks>
    public bool Implied { get; init; }
}
