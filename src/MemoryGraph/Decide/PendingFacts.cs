using System.Diagnostics;
using MemoryGraph.Domain;
using MemoryGraph.Graph;

namespace MemoryGraph.Decide;

/// <summary>The graph as it will be with what an undo has decided so far. The graph itself is only read.</summary>
internal sealed class PendingFacts(GraphView graph)
{
    private readonly Dictionary<object, FactState> _changed = [];

    /// <summary>How a fact stood when an event had just happened.</summary>
    public static FactState At(object fact, EventId point) => fact switch
    {
        Entity one => new EntityState(one.IsLiveAt(point), one.MergedIntoAt(point), one.NamingAt(point)),
        Observation one => new ObservationState(one.StandsAt(point)),
        Relation one => new RelationState(one.StandsAt(point), one.ValidityAt(point)),
        _ => throw new UnreachableException($"{fact.GetType().Name} is no fact"),
    };

    /// <summary>How a fact stands by now.</summary>
    public FactState Of(object fact) => _changed.TryGetValue(fact, out FactState? changed) ? changed : At(fact, graph.Point);

    /// <summary>Whether anything was decided of a fact.</summary>
    public bool IsChanged(object fact) => _changed.ContainsKey(fact);

    public void Set(object fact, FactState state) => _changed[fact] = state;

    public EntityState Of(Entity entity) => (EntityState)Of((object)entity);

    public string NameOf(Entity entity) => Of(entity).Naming.Name;

    /// <summary>The entity that has the facts said of another: itself, or what it is merged into by now.</summary>
    public Entity OwnerOf(Entity entity)
    {
        while (Of(entity).MergedInto is { } into)
        {
            entity = into;
        }

        return entity;
    }

    /// <summary>The entity, and those it is merged into one after the other.</summary>
    public IEnumerable<Entity> WithOwners(Entity entity)
    {
        for (Entity? one = entity; one is { } owner; one = Of(owner).MergedInto)
        {
            yield return owner;
        }
    }

    /// <summary>Whether a statement or link stands and all that it is about is live.</summary>
    public bool IsShown(object fact) => fact switch
    {
        Observation one => ((ObservationState)Of(one)).Stands && Of(OwnerOf(one.Entity)).Live,
        Relation one => ((RelationState)Of(one)).Stands && Of(OwnerOf(one.From)).Live && Of(OwnerOf(one.To)).Live,
        _ => throw new UnreachableException($"{fact.GetType().Name} is no statement or link"),
    };

    /// <summary>The live entity with a name; null for none.</summary>
    public Entity? Find(string name) =>
        graph.State.Names.Named(name).Reverse().Where(one => Of(one) is { Live: true } state && state.Naming.Name == name)
            .FirstOrNull();

    public IEnumerable<Observation> ObservationsOf(Entity owner) =>
        WithMerged(owner).SelectMany(one => one.Observations).Where(one => IsShown(one));

    public IEnumerable<Relation> RelationsOf(Entity owner) =>
        WithMerged(owner).SelectMany(one => one.Outgoing.Concat(one.Incoming)).Distinct().Where(one => IsShown(one));

    /// <summary>Entities that are merged into one, directly.</summary>
    public IEnumerable<Entity> MergedInto(Entity entity) => entity.Absorbed.Where(one => Of(one).MergedInto == entity);

    /// <summary>Another shown statement of the same words about the same entity; null for none.</summary>
    public Observation? TwinOf(Observation said, Entity owner)
    {
        foreach (Entity one in WithMerged(owner))
        {
            for (Observation? next = one.NewestObservation(said.Text); next is { } same; next = same.EarlierWithSameText)
            {
                if (same != said && IsShown(same))
                {
                    return same;
                }
            }
        }

        return null;
    }

    /// <summary>Another shown link of a type between two entities; null for none.</summary>
    public Relation? TwinOf(Relation link, Entity from, Entity to)
    {
        // From the end with fewer links: an undo asks this of every link that one entity had, and that may be
        // thousands.
        Entity[] starts = [.. WithMerged(from)];
        Entity[] ends = [.. WithMerged(to)];
        return (starts.Sum(one => one.OutgoingCount) <= ends.Sum(one => one.IncomingCount)
            ? starts.SelectMany(one => one.Outgoing).Where(one => IsAlike(one) && OwnerOf(one.To) == to && IsShown(one))
            : ends.SelectMany(one => one.Incoming).Where(one => IsAlike(one) && OwnerOf(one.From) == from && IsShown(one)))
            .FirstOrNull();

        bool IsAlike(Relation one) => one != link && one.TypeNumber == link.TypeNumber;
    }

    private IEnumerable<Entity> WithMerged(Entity owner)
    {
        var waiting = new Stack<Entity>([owner]);
        while (waiting.TryPop(out Entity one))
        {
            yield return one;
            foreach (Entity merged in MergedInto(one))
            {
                waiting.Push(merged);
            }
        }
    }
}

/// <summary>
/// How a fact stands at a moment; two are equal when nothing needs to be done to get from one to the other.
/// </summary>
internal abstract record FactState;

/// <param name="Live">There under its own name; false when deleted or merged away.</param>
/// <param name="MergedInto">Who has its facts; null while it has them itself.</param>
internal sealed record EntityState(bool Live, Entity? MergedInto, Naming Naming) : FactState;

/// <param name="Stands">Stated and not withdrawn, whatever became of its entity.</param>
internal sealed record ObservationState(bool Stands) : FactState;

/// <param name="Stands">Said and not deleted, whatever became of its ends.</param>
internal sealed record RelationState(bool Stands, Validity Validity) : FactState;
