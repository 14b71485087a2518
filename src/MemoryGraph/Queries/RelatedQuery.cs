using MemoryGraph.Domain;
using MemoryGraph.Graph;

namespace MemoryGraph.Queries;

/// <summary>What an entity is linked with, step by step.</summary>
/// <param name="Entity">Its exact name.</param>
/// <param name="RelationType">Only links of this type, in any case; null for all.</param>
/// <param name="Direction">Which way to follow links.</param>
/// <param name="Depth">How many steps, 1 to <see cref="DepthMax"/>.</param>
/// <param name="ValidAt">Only links that held on this ISO day; null for all.</param>
/// <param name="At">What was known when.</param>
public sealed record RelatedQuery(
    string Entity, string? RelationType, Direction Direction, int Depth, string? ValidAt, AsOf At) : Query<RelatedAnswer>
{
    /// <summary>Most steps that are worth following: further on, nearly everything is linked with everything.</summary>
    public const int DepthMax = 4;

    internal override RelatedAnswer Read(QueryContext reading)
    {
        Point moment = reading.Resolve(At);
        GraphView view = reading.View(moment);
        string name = StoredText.NameOf(Entity);
        return view.Find(name) is { } start
            ? new RelatedAnswer(moment, null, EntityCard.Of(reading, view, start), Walk(reading, view, start))
            : new RelatedAnswer(moment, Refusal.EntityNotFound(name, view.NamesNear(name)), null, []);
    }

    // Breadth first; each link once, each entity entered once.
    private IEnumerable<RelatedStep> Walk(QueryContext reading, GraphView view, Entity start)
    {
        var filter = new LinkFilter(RelationType is null ? [] : [RelationType], Direction, ValidAt);
        var seen = new HashSet<Relation>();
        var entered = new HashSet<Entity> { start };
        var level = new List<Entity> { start };
        for (int depth = 1; depth <= Depth && level.Count > 0; depth++)
        {
            var next = new List<Entity>();
            foreach (Entity entity in level)
            {
                foreach (Relation relation in filter.Of(view, entity).Where(seen.Add))
                {
                    Entity other = LinkFilter.Beyond(view, relation, entity);
                    if (entered.Add(other))
                    {
                        next.Add(other);
                    }

                    yield return new RelatedStep(
                        depth, RelationLine.Of(reading, view, relation), view.NameOf(other), view.NamingOf(other).EntityType);
                }
            }

            level = next;
        }
    }
}

/// <summary>Which way links are followed.</summary>
public enum Direction
{
    /// <summary>Either way.</summary>
    Both,

    /// <summary>From the entity to others.</summary>
    Outgoing,

    /// <summary>From others to the entity.</summary>
    Incoming,
}

/// <summary>What was found around an entity.</summary>
/// <param name="Refused">Why there is no answer; null when there is.</param>
/// <param name="Start">The entity asked about; null when refused.</param>
/// <param name="Steps">Nearest first; read when enumerated.</param>
public sealed record RelatedAnswer(Point Moment, Refusal? Refused, EntityCard? Start, IEnumerable<RelatedStep> Steps);

/// <summary>One link on the way.</summary>
/// <param name="Depth">How many steps from the start, 1 or more.</param>
/// <param name="Relation">The link.</param>
/// <param name="Other">Name of the entity at its far end.</param>
/// <param name="OtherType">That entity's type.</param>
public sealed record RelatedStep(int Depth, RelationLine Relation, string Other, string OtherType);
