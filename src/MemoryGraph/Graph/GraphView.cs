using MemoryGraph.Domain;

namespace MemoryGraph.Graph;

/// <summary>The graph as of one event: what was known when it had just happened.</summary>
/// <remarks>
/// A filter, not a copy. Ask it only while the graph is not being folded (<c>MemoryProject</c> sees to that).
/// </remarks>
internal readonly record struct GraphView(GraphState State, EventId Point)
{
    private const int NamesNearMost = 3;

    /// <summary>Live entities in order of creation. Cost: every entity that there had been by this point.</summary>
    public IEnumerable<Entity> Entities()
    {
        EventId point = Point;
        return State.Entities.TakeWhile(entity => entity.Id <= point).Where(entity => entity.IsLiveAt(point));
    }

    /// <summary>The live entity with exactly this name; null for none.</summary>
    public Entity? Find(string name)
    {
        int number = State.Events.Names.Find(name);
        IReadOnlyList<Entity> named = number < 0 ? [] : State.Names.Named(number);
        for (int i = named.Count - 1; i >= 0; i--)
        {
            if (named[i].IsLiveAt(Point) && named[i].IsCalledAt(number, Point))
            {
                return named[i];
            }
        }

        return null;
    }

    /// <summary>
    /// The entity that was the last to have a name, whatever became of it; null when none had it by this point.
    /// </summary>
    public Entity? FindLastCalled(string name)
    {
        (Entity? last, EventId since) = ((Entity?)null, EventId.None);
        foreach (Entity entity in State.Names.Named(name))
        {
            if (entity.LastCalled(name, Point) is var called && called > since)
            {
                (last, since) = (entity, called);
            }
        }

        return last;
    }

    public Naming NamingOf(Entity entity) => entity.NamingAt(Point);

    public string NameOf(Entity entity) => entity.NameAt(Point);

    /// <summary>The live entity that has a fact said of another one which was merged into it.</summary>
    public Entity OwnerOf(Entity entity) => entity.OwnerAt(Point);

    /// <summary>
    /// Live observations of an entity in order of creation, those of entities merged into it among them.
    /// </summary>
    public IEnumerable<Observation> ObservationsOf(Entity entity) => Owned(entity, owned => owned.Observations, one => one.Id)
        .Where(IsLive).Order(entity, observation => observation.Id);

    /// <summary>Live relations that start at an entity, in order of creation.</summary>
    public IEnumerable<Relation> OutgoingOf(Entity entity) => Owned(entity, owned => owned.Outgoing, one => one.Id)
        .Where(IsLive).Order(entity, relation => relation.Id);

    /// <summary>Live relations that lead to an entity, in order of creation.</summary>
    public IEnumerable<Relation> IncomingOf(Entity entity) => Owned(entity, owned => owned.Incoming, one => one.Id)
        .Where(IsLive).Order(entity, relation => relation.Id);

    /// <summary>Live relations that touch an entity in either direction, each once, in order of creation.</summary>
    public IEnumerable<Relation> RelationsOf(Entity entity)
    {
        GraphView view = this;
        return OutgoingOf(entity).Concat(IncomingOf(entity).Where(relation => view.OwnerOf(relation.From) != entity))
            .OrderBy(relation => relation.Id);
    }

    /// <summary>How many live relations touch an entity, one with itself counted once.</summary>
    public int CountRelationsOf(Entity entity)
    {
        GraphView view = this;
        return OutgoingOf(entity).Count() + IncomingOf(entity).Count(relation => view.OwnerOf(relation.From) != entity);
    }

    /// <summary>All live relations in order of the entity they start at.</summary>
    public IEnumerable<Relation> Relations()
    {
        GraphView view = this;
        return Entities().SelectMany(entity => view.OutgoingOf(entity));
    }

    /// <summary>The live observation of an entity with exactly this text; null for none.</summary>
    public Observation? FindObservation(Entity entity, string text)
    {
        foreach (Entity owned in WithMerged(entity))
        {
            for (Observation? next = owned.NewestObservation(text); next is { } one; next = one.EarlierWithSameText)
            {
                if (one.IsLiveAt(Point))
                {
                    return one;
                }
            }
        }

        return null;
    }

    /// <summary>
    /// The observation of an entity with exactly this text: the live one, else the last; null if it never had one.
    /// </summary>
    public Observation? FindObservationEver(Entity entity, string text) => FindObservation(entity, text)
        ?? WithMerged(entity).Select(owned => owned.NewestObservation(text)).MaxBy(one => one?.Id);

    /// <summary>The live relation of a type between two entities; null for none.</summary>
    public Relation? FindRelation(Entity from, string relationType, Entity to)
    {
        GraphView view = this;
        int type = State.Events.Names.Find(relationType);
        bool fewerStart = from.OutgoingCount <= to.IncomingCount;
        return (fewerStart
            ? OutgoingOf(from).Where(one => one.TypeNumber == type && view.OwnerOf(one.To) == to)
            : IncomingOf(to).Where(one => one.TypeNumber == type && view.OwnerOf(one.From) == from)).FirstOrNull();
    }

    /// <summary>
    /// The last relation of a type that began between two entities, ended or not; null if there never was one.
    /// </summary>
    public Relation? FindRelationEver(Entity from, string relationType, Entity to)
    {
        GraphView view = this;
        int type = State.Events.Names.Find(relationType);
        return WithMerged(from).SelectMany(owned => owned.Outgoing)
            .Where(one => one.TypeNumber == type && view.OwnerOf(one.To) == to)
            .OrderByDescending(one => one.Id).FirstOrNull();
    }

    /// <summary>
    /// Names of live entities, and others given, that are like this one, nearest first; three at most.
    /// </summary>
    public IReadOnlyList<string> NamesNear(string name, IEnumerable<string>? others = null) =>
        State.Names.Near(name, this, static _ => true, others ?? [], NamesNearMost);

    /// <summary>The same of those entities only that are wanted.</summary>
    public IReadOnlyList<string> NamesNear(string name, Func<Entity, bool> wanted) =>
        State.Names.Near(name, this, wanted, [], NamesNearMost);

    /// <summary>The entity and those merged into it, at any depth.</summary>
    public IEnumerable<Entity> WithMerged(Entity entity)
    {
        // One after the other and not one inside the other: merges can chain without end.
        var waiting = new Stack<Entity>([entity]);
        while (waiting.TryPop(out Entity owned))
        {
            yield return owned;
            foreach (Entity absorbed in owned.Absorbed)
            {
                if (absorbed.MergedIntoAt(Point) == owned)
                {
                    waiting.Push(absorbed);
                }
            }
        }
    }

    private bool IsLive(Observation observation) => observation.IsLiveAt(Point);

    private bool IsLive(Relation relation) => relation.IsLiveAt(Point);

    // Facts are in order: those that began later than this point are not even looked at.
    private IEnumerable<T> Owned<T>(Entity entity, Func<Entity, IEnumerable<T>> facts, Func<T, EventId> id)
    {
        EventId point = Point;
        return !entity.HasAbsorbed ? Until(entity) : WithMerged(entity).SelectMany(Until);

        IEnumerable<T> Until(Entity owned) => facts(owned).TakeWhile(fact => id(fact) <= point);
    }
}

/// <summary>What walks over facts need.</summary>
internal static class FactSequences
{
    /// <summary>The first; null when there is none, as <c>FirstOrDefault</c> cannot say of a struct.</summary>
    public static T? FirstOrNull<T>(this IEnumerable<T> facts)
        where T : struct
    {
        foreach (T fact in facts)
        {
            return fact;
        }

        return null;
    }

    /// <summary>Ordering that costs nothing where an entity's own facts are in order already.</summary>
    public static IEnumerable<T> Order<T>(this IEnumerable<T> facts, Entity entity, Func<T, EventId> id) =>
        !entity.HasAbsorbed ? facts : facts.OrderBy(id);
}
