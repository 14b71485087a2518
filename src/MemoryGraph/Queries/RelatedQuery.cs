using MemoryGraph.Domain;
using MemoryGraph.Graph;

namespace MemoryGraph.Queries;

/// <summary>The relations around an entity, level by level.</summary>
/// <param name="Entity">Its exact name.</param>
/// <param name="RelationType">Only relations of this type, in any case; null for all.</param>
/// <param name="Direction">Which way to follow relations.</param>
/// <param name="Depth">How many levels, 1 to <see cref="DepthMax"/>.</param>
/// <param name="ValidAt">Only relations that held on this ISO day; null for all.</param>
/// <param name="At">The point to ask about.</param>
public sealed record RelatedQuery(
    string Entity, string? RelationType, Direction Direction, int Depth, string? ValidAt, AsOf At) : Query<RelatedAnswer>
{
    /// <summary>Most levels: further on, nearly everything is related to everything.</summary>
    public const int DepthMax = 4;

    internal override RelatedAnswer Read(QueryContext context)
    {
        Point point = context.Resolve(At);
        GraphView view = context.View(point);
        string name = StoredText.NameOf(Entity);
        if (view.Find(name) is not { } start)
        {
            return new RelatedAnswer(point, Refusal.EntityNotFound(name, view.NamesNear(name)), null, []);
        }

        var walk = new LinkWalk(view, RelationType is null ? [] : [RelationType], Direction, ValidAt);
        return new RelatedAnswer(
            point, null, EntityCard.Of(context, view, start),
            walk.From(start, Depth).Select(one => new RelatedStep(
                one.Depth, RelationLine.Of(context, view, one.By!.Value),
                view.NameOf(one.Entity), view.NamingOf(one.Entity).EntityType)));
    }
}

/// <summary>What was found around an entity.</summary>
/// <param name="Refused">Why there is no answer; null when there is.</param>
/// <param name="Start">The entity asked about; null when refused.</param>
/// <param name="Steps">Nearest first; read when enumerated.</param>
public sealed record RelatedAnswer(Point Point, Refusal? Refused, EntityCard? Start, IEnumerable<RelatedStep> Steps);

/// <summary>One relation of the walk.</summary>
/// <param name="Depth">How many relations from the start, 1 or more.</param>
/// <param name="Relation">The relation.</param>
/// <param name="Other">Name of the entity at its far end.</param>
/// <param name="OtherType">That entity's type.</param>
public sealed record RelatedStep(int Depth, RelationLine Relation, string Other, string OtherType);
