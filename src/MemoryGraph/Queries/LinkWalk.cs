using MemoryGraph.Graph;
using MemoryGraph.Text;

namespace MemoryGraph.Queries;

/// <summary>Walks over the relations of a graph view that pass a filter.</summary>
internal sealed class LinkWalk
{
    private readonly GraphView _view;
    private readonly HashSet<string> _types;
    private readonly Direction _direction;
    private readonly string? _validAt;

    /// <param name="types">In any case; none for all.</param>
    /// <param name="validAt">Only relations that held on this ISO day; null for all.</param>
    public LinkWalk(GraphView view, IEnumerable<string> types, Direction direction, string? validAt)
    {
        _view = view;
        _types = [.. types.Select(type => LetterFolding.Fold(type.Trim()))];
        _direction = direction;
        _validAt = validAt;
    }

    /// <summary>Breadth first from an entity: each relation once, nearest first, then oldest first.</summary>
    /// <remarks>The first arrival at an entity is by a shortest path; <see cref="Arrival.IsFirst"/> marks it.</remarks>
    public IEnumerable<Arrival> From(Entity start, int maxDepth)
    {
        var passed = new HashSet<Relation>();
        var reached = new HashSet<Entity> { start };
        List<Arrival> level = [Arrival.At(start)];
        for (int depth = 0; depth < maxDepth && level.Count > 0; depth++)
        {
            List<Arrival> next = [];
            foreach (Arrival before in level)
            {
                foreach (Relation link in LinksOf(before.Entity).Where(passed.Add))
                {
                    Arrival arrival = Follow(before, link);
                    if (reached.Add(arrival.Entity))
                    {
                        arrival = arrival with { IsFirst = true };
                        next.Add(arrival);
                    }

                    yield return arrival;
                }
            }

            level = next;
        }
    }

    /// <summary>The live relations of an entity that pass the filter, in order of creation.</summary>
    public IEnumerable<Relation> LinksOf(Entity entity)
    {
        IEnumerable<Relation> links = _direction switch
        {
            Direction.Outgoing => _view.OutgoingOf(entity),
            Direction.Incoming => _view.IncomingOf(entity),
            _ => _view.RelationsOf(entity),
        };
        return links.Where(one => (_types.Count == 0 || _types.Contains(LetterFolding.Fold(one.RelationType)))
            && (_validAt is null || one.ValidityAt(_view.Point).Holds(_validAt)));
    }

    /// <summary>Goes one relation further.</summary>
    public Arrival Follow(Arrival before, Relation link) =>
        new(OtherEnd(_view, link, before.Entity), link, before, before.Depth + 1, IsFirst: false);

    /// <summary>The entity at a relation's other end; the same one where it leads back to itself.</summary>
    public static Entity OtherEnd(GraphView view, Relation link, Entity entity)
    {
        Entity from = view.OwnerOf(link.From);
        return from == entity ? view.OwnerOf(link.To) : from;
    }
}

/// <summary>Which way relations are followed.</summary>
public enum Direction
{
    /// <summary>Either way.</summary>
    Both,

    /// <summary>From the entity to others.</summary>
    Outgoing,

    /// <summary>From others to the entity.</summary>
    Incoming,
}

/// <summary>An entity that a walk reached, and the path to it, read backwards.</summary>
/// <param name="By">The last relation; null at the start.</param>
/// <param name="Before">Null at the start.</param>
/// <param name="Depth">Number of relations on the path.</param>
/// <param name="IsFirst">Whether nothing led to the entity before.</param>
internal sealed record Arrival(Entity Entity, Relation? By, Arrival? Before, int Depth, bool IsFirst)
{
    public static Arrival At(Entity start) => new(start, null, null, 0, IsFirst: true);

    public LinkPath ToPath(QueryContext context, GraphView view)
    {
        var links = new List<RelationLine>();
        Arrival first = this;
        for (; first is { By: { } link, Before: { } before }; first = before)
        {
            links.Add(RelationLine.Of(context, view, link));
        }

        links.Reverse();
        return new LinkPath(view.NameOf(first.Entity), view.NameOf(Entity), view.NamingOf(Entity).EntityType, links);
    }
}

/// <summary>A path from one entity to another.</summary>
/// <param name="Start">Name of the entity it starts at.</param>
/// <param name="End">Name of the entity it leads to.</param>
/// <param name="EndType">That entity's type.</param>
/// <param name="Links">Each begins at the entity that the one before it led to, whichever way it points.</param>
public sealed record LinkPath(string Start, string End, string EndType, IReadOnlyList<RelationLine> Links);
