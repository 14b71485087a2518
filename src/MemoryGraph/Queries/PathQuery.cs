using MemoryGraph.Domain;
using MemoryGraph.Graph;

namespace MemoryGraph.Queries;

/// <summary>A shortest path between two entities, over relations in either direction.</summary>
/// <param name="From">Exact name of one.</param>
/// <param name="To">Exact name of the other.</param>
/// <param name="Depth">Most relations on the path, 1 to <see cref="DepthMax"/>.</param>
/// <param name="RelationTypes">Only relations of these types, in any case; empty for all.</param>
/// <param name="ValidAt">Only relations that held on this ISO day; null for all.</param>
/// <param name="At">The point to ask about.</param>
public sealed record PathQuery(
    string From, string To, int Depth, IReadOnlyList<string> RelationTypes, string? ValidAt, AsOf At) : Query<PathAnswer>
{
    /// <summary>Most relations on a path.</summary>
    public const int DepthMax = 8;

    internal override PathAnswer Read(QueryContext context)
    {
        Point point = context.Resolve(At);
        GraphView view = context.View(point);
        string from = StoredText.NameOf(From);
        string to = StoredText.NameOf(To);
        if (view.Find(from) is not { } start)
        {
            return Refuse(point, Refusal.EntityNotFound(from, view.NamesNear(from)));
        }

        if (view.Find(to) is not { } end)
        {
            return Refuse(point, Refusal.EntityNotFound(to, view.NamesNear(to)));
        }

        (Arrival? found, int seen, bool all) = Search(view, start, end);
        return found is null && Queries.RelationTypes.FindUnknown(view, RelationTypes) is { } unknown
            ? Refuse(point, unknown)
            : new PathAnswer(point, null, found?.ToPath(context, view), seen, all);
    }

    private static PathAnswer Refuse(Point point, Refusal refusal) => new(point, refusal, null, 0, false);

    private (Arrival? Found, int Seen, bool All) Search(GraphView view, Entity start, Entity end)
    {
        Arrival last = Arrival.At(start);
        int seen = 1;
        if (start == end)
        {
            return (last, seen, false);
        }

        foreach (Arrival arrival in new LinkWalk(view, RelationTypes, Direction.Both, ValidAt).From(start, Depth))
        {
            if (arrival.Entity == end)
            {
                return (arrival, seen, false);
            }

            if (arrival.IsFirst)
            {
                seen++;
                last = arrival;
            }
        }

        return (null, seen, last.Depth < Depth);
    }
}

/// <summary>A shortest path, or that there is none.</summary>
/// <param name="Refused">Why there is no answer; null when there is.</param>
/// <param name="Path">Null when no path was found. Without relations when both names mean one entity.</param>
/// <param name="Seen">How many entities were reached.</param>
/// <param name="All">Whether those are all that can be reached: a longer path would find no more.</param>
public sealed record PathAnswer(Point Point, Refusal? Refused, LinkPath? Path, int Seen, bool All);
