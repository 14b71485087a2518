using MemoryGraph.Domain;
using MemoryGraph.Graph;

namespace MemoryGraph.Queries;

/// <summary>What appeared, changed and vanished between two points, and by which events.</summary>
/// <param name="From">The point to compare with.</param>
/// <param name="To">The point that is compared; it may lie before the other.</param>
/// <param name="Entity">Only what concerns the entity with this name at either point; null for all.</param>
public sealed record DiffQuery(AsOf From, AsOf To, string? Entity) : Query<DiffAnswer>
{
    internal override DiffAnswer Read(QueryContext context)
    {
        Point from = context.Resolve(From);
        Point to = context.Resolve(To);
        (GraphView before, GraphView after) = (context.View(from), context.View(to));
        if (Entity is null)
        {
            return new DiffAnswer(from, to, null, GraphChanges.Between(context, before, after, about: null));
        }

        string name = StoredText.NameOf(Entity);
        Entity? entity = after.Find(name) ?? before.Find(name) ?? after.FindLastCalled(name) ?? before.FindLastCalled(name);
        return entity is { } about
            ? new DiffAnswer(from, to, null, GraphChanges.Between(context, before, after, about.Id))
            : new DiffAnswer(from, to, Refusal.EntityNotFound(name, after.NamesNear(name)), null);
    }
}

/// <summary>The difference between two points.</summary>
/// <param name="Refused">Why there is no answer; null when there is.</param>
/// <param name="Changes">Null when refused.</param>
public sealed record DiffAnswer(Point From, Point To, Refusal? Refused, GraphChanges? Changes);
