using MemoryGraph.Domain;
using MemoryGraph.Graph;

namespace MemoryGraph.Queries;

/// <summary>The entities that a way of given steps leads to.</summary>
/// <remarks>
/// A way never goes straight back over the link that it just came by; otherwise it may pass anything twice.
/// </remarks>
/// <param name="Entity">Exact name of the entity to start at.</param>
/// <param name="Steps">
/// One to <see cref="StepsMax"/>, each followed from everything that the one before it reached.
/// </param>
/// <param name="ValidAt">Only links that held on this ISO day; null for all.</param>
/// <param name="At">What was known when.</param>
public sealed record TraverseQuery(string Entity, IReadOnlyList<LinkStep> Steps, string? ValidAt, AsOf At)
    : Query<TraverseAnswer>
{
    /// <summary>Most steps of a way.</summary>
    public const int StepsMax = 8;

    internal override TraverseAnswer Read(QueryContext reading)
    {
        Point moment = reading.Resolve(At);
        GraphView view = reading.View(moment);
        string name = StoredText.NameOf(Entity);
        if (view.Find(name) is not { } start)
        {
            return new TraverseAnswer(moment, Refusal.EntityNotFound(name, view.NamesNear(name)), 0, [], null);
        }

        IReadOnlyList<Reached> level = [new Reached(new Arrival(start, null, null))];
        for (int step = 0; step < Steps.Count; step++)
        {
            IReadOnlyList<Reached> next = Follow(view, level, Steps[step]);
            if (next.Count == 0)
            {
                Refusal? unknown = RelationTypes.FindUnknown(view, Steps.Select(one => one.RelationType).OfType<string>());
                return new TraverseAnswer(moment, unknown, 0, [], unknown is null ? DeadEndAt(view, level, step) : null);
            }

            level = next;
        }

        return new TraverseAnswer(moment, null, level.Count, level.Select(one => one.First.ToPath(reading, view)), null);
    }

    // Every entity is left once, however many ways lead to it. Two of those are enough to know: the first, and another
    // one that came by another link, for which the first one's link is not the way back.
    private List<Reached> Follow(GraphView view, IReadOnlyList<Reached> level, LinkStep step)
    {
        var filter = new LinkFilter(step.RelationType is { } type ? [type] : [], step.Direction, ValidAt);
        var found = new Dictionary<Entity, Reached>();
        var inOrder = new List<Reached>();
        foreach (Reached from in level)
        {
            foreach (Relation link in filter.Of(view, from.First.At))
            {
                if ((link != from.First.By ? from.First : from.Second) is not { } before)
                {
                    continue;
                }

                var arrival = new Arrival(LinkFilter.Beyond(view, link, from.First.At), link, before);
                if (!found.TryGetValue(arrival.At, out Reached? known))
                {
                    known = new Reached(arrival);
                    found.Add(arrival.At, known);
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

    private DeadEnd DeadEndAt(GraphView view, IReadOnlyList<Reached> level, int step)
    {
        var ways = new SortedSet<string>(StringComparer.Ordinal);
        foreach (Entity entity in level.Select(one => one.First.At))
        {
            ways.UnionWith(Ways(view, entity, Direction.Outgoing));
            ways.UnionWith(Ways(view, entity, Direction.Incoming));
        }

        return new DeadEnd(step + 1, level.Count, [.. ways]);
    }

    private IEnumerable<string> Ways(GraphView view, Entity entity, Direction direction) =>
        new LinkFilter([], direction, ValidAt).Of(view, entity).Select(link => new LinkStep(link.RelationType, direction).ToString());

    private sealed class Reached(Arrival first)
    {
        public Arrival First => first;

        public Arrival? Second { get; set; }
    }
}

/// <summary>Where the steps led.</summary>
/// <param name="Refused">Why there is no answer; null when there is.</param>
/// <param name="Count">Number of entities reached.</param>
/// <param name="Paths">One to each entity reached, in the order in which they were; read when enumerated.</param>
/// <param name="DeadEnd">Where no link led on; null when the last step was taken.</param>
public sealed record TraverseAnswer(Point Moment, Refusal? Refused, int Count, IEnumerable<LinkPath> Paths, DeadEnd? DeadEnd);

/// <summary>A step that no link fits.</summary>
/// <param name="Step">The first is 1.</param>
/// <param name="Entities">How many entities were reached before it.</param>
/// <param name="Ways">Steps that would lead on from there, in order of spelling.</param>
public sealed record DeadEnd(int Step, int Entities, IReadOnlyList<string> Ways);
