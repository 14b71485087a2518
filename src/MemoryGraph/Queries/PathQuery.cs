using MemoryGraph.Domain;
using MemoryGraph.Graph;

namespace MemoryGraph.Queries;

/// <summary>A shortest way between two entities, over links in either direction.</summary>
/// <param name="From">Exact name of the one.</param>
/// <param name="To">Exact name of the other.</param>
/// <param name="Depth">Most links on the way, 1 to <see cref="DepthMax"/>.</param>
/// <param name="RelationTypes">Only links of these types, in any case; empty for all.</param>
/// <param name="ValidAt">Only links that held on this ISO day; null for all.</param>
/// <param name="At">What was known when.</param>
public sealed record PathQuery(
    string From, string To, int Depth, IReadOnlyList<string> RelationTypes, string? ValidAt, AsOf At) : Query<PathAnswer>
{
    /// <summary>Most links on a way.</summary>
    public const int DepthMax = 8;

    internal override PathAnswer Read(QueryContext reading)
    {
        Point moment = reading.Resolve(At);
        GraphView view = reading.View(moment);
        string from = StoredText.NameOf(From);
        string to = StoredText.NameOf(To);
        if (view.Find(from) is not { } start)
        {
            return Refuse(moment, Refusal.EntityNotFound(from, view.NamesNear(from)));
        }

        if (view.Find(to) is not { } end)
        {
            return Refuse(moment, Refusal.EntityNotFound(to, view.NamesNear(to)));
        }

        (Arrival? arrived, int seen, bool all) = Search(view, start, end);
        return arrived is null && Queries.RelationTypes.FindUnknown(view, RelationTypes) is { } unknown
            ? Refuse(moment, unknown)
            : new PathAnswer(moment, null, arrived?.ToPath(reading, view), seen, all);
    }

    private static PathAnswer Refuse(Point moment, Refusal refusal) => new(moment, refusal, null, 0, false);

    // Breadth first, each entity once: the first way to arrive has the fewest links, and of those the oldest ones
    // first.
    private (Arrival? Arrived, int Seen, bool All) Search(GraphView view, Entity start, Entity end)
    {
        var filter = new LinkFilter(RelationTypes, Direction.Both, ValidAt);
        var seen = new HashSet<Entity> { start };
        var level = new List<Arrival> { new(start, null, null) };
        if (start == end)
        {
            return (level[0], 1, false);
        }

        for (int depth = 1; depth <= Depth && level.Count > 0; depth++)
        {
            var next = new List<Arrival>();
            foreach (Arrival before in level)
            {
                foreach (Relation link in filter.Of(view, before.At))
                {
                    var arrival = new Arrival(LinkFilter.Beyond(view, link, before.At), link, before);
                    if (arrival.At == end)
                    {
                        return (arrival, seen.Count, false);
                    }

                    if (seen.Add(arrival.At))
                    {
                        next.Add(arrival);
                    }
                }
            }

            level = next;
        }

        return (null, seen.Count, level.Count == 0);
    }
}

/// <summary>A shortest way, or that there is none.</summary>
/// <param name="Refused">Why there is no answer; null when there is.</param>
/// <param name="Path">Null when no way was found. Without links when both names mean one entity.</param>
/// <param name="Seen">How many entities were come by.</param>
/// <param name="All">Whether those are all that can be reached: a longer way would find no more.</param>
public sealed record PathAnswer(Point Moment, Refusal? Refused, LinkPath? Path, int Seen, bool All);
