using MemoryGraph.Domain;
using MemoryGraph.Graph;

namespace MemoryGraph.Queries;

/// <summary>The entities that a path of given steps leads to.</summary>
/// <remarks>
/// A path never goes straight back over the relation that it just came by; otherwise it may pass anything twice.
/// </remarks>
/// <param name="Entity">Exact name of the entity to start at.</param>
/// <param name="Steps">One to <see cref="StepsMax"/>, each followed from everything that the one before it reached.</param>
/// <param name="ValidAt">Only relations that held on this ISO day; null for all.</param>
/// <param name="At">The point to ask about.</param>
public sealed record TraverseQuery(string Entity, IReadOnlyList<LinkStep> Steps, string? ValidAt, AsOf At)
    : Query<TraverseAnswer>
{
    /// <summary>Most steps of a path.</summary>
    public const int StepsMax = 8;

    internal override TraverseAnswer Read(QueryContext context)
    {
        Point point = context.Resolve(At);
        GraphView view = context.View(point);
        string name = StoredText.NameOf(Entity);
        if (view.Find(name) is not { } start)
        {
            return new TraverseAnswer(point, Refusal.EntityNotFound(name, view.NamesNear(name)), 0, [], null);
        }

        IReadOnlyList<Reached> level = [new Reached(Arrival.At(start))];
        for (int step = 0; step < Steps.Count; step++)
        {
            IReadOnlyList<Reached> next = Follow(view, level, Steps[step]);
            if (next.Count == 0)
            {
                Refusal? unknown = RelationTypes.FindUnknown(view, Steps.Select(one => one.RelationType).OfType<string>());
                return new TraverseAnswer(point, unknown, 0, [], unknown is null ? DeadEndAt(view, level, step) : null);
            }

            level = next;
        }

        return new TraverseAnswer(
            point, null, level.Count, level.Select(one => one.First.ToPath(context, view)), null);
    }

    // Every entity is left once, however many paths lead to it. Two of those are enough to know: the first, and another
    // one that came by another relation, for which the first one's relation is not the way back.
    private List<Reached> Follow(GraphView view, IReadOnlyList<Reached> level, LinkStep step)
    {
        var walk = new LinkWalk(view, step.RelationType is { } type ? [type] : [], step.Direction, ValidAt);
        var found = new Dictionary<Entity, Reached>();
        var inOrder = new List<Reached>();
        foreach (Reached from in level)
        {
            foreach (Relation link in walk.LinksOf(from.First.Entity))
            {
                if ((link != from.First.By ? from.First : from.Second) is not { } before)
                {
                    continue;
                }

                Arrival arrival = walk.Follow(before, link);
                if (!found.TryGetValue(arrival.Entity, out Reached? known))
                {
                    known = new Reached(arrival);
                    found.Add(arrival.Entity, known);
                    inOrder.Add(known);
                }
                else if (known.First.By != link)
                {
                    known.Second ??= arrival;
                }
            }
        }

        return inOrder;
    }

    private DeadEnd DeadEndAt(GraphView view, IReadOnlyList<Reached> level, int step) => new(
        step + 1,
        level.Count,
        [
            .. (from one in level
                from direction in new[] { Direction.Outgoing, Direction.Incoming }
                from link in new LinkWalk(view, [], direction, ValidAt).LinksOf(one.First.Entity)
                select new LinkStep(link.RelationType, direction).ToString())
                .Distinct().Order(StringComparer.Ordinal),
        ]);

    private sealed class Reached(Arrival first)
    {
        public Arrival First => first;

        public Arrival? Second { get; set; }
    }
}

/// <summary>Where the steps led.</summary>
/// <param name="Refused">Why there is no answer; null when there is.</param>
/// <param name="Count">Number of entities reached.</param>
/// <param name="Paths">One to each entity reached, in the order they were reached; read when enumerated.</param>
/// <param name="DeadEnd">Where no relation led on; null when the last step was taken.</param>
public sealed record TraverseAnswer(Point Point, Refusal? Refused, int Count, IEnumerable<LinkPath> Paths, DeadEnd? DeadEnd);

/// <summary>A step that no relation fits.</summary>
/// <param name="Step">The first is 1.</param>
/// <param name="Entities">How many entities were reached before it.</param>
/// <param name="Ways">Steps that would lead on from there, in ordinal order.</param>
public sealed record DeadEnd(int Step, int Entities, IReadOnlyList<string> Ways);
