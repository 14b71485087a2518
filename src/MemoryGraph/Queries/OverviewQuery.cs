using MemoryGraph.Domain;
using MemoryGraph.Graph;
using MemoryGraph.Text;

namespace MemoryGraph.Queries;

/// <summary>The whole graph as of a point: how much there is of what, then every entity with its facts.</summary>
/// <param name="EntityType">Only entities of this type, in any case; null for all.</param>
/// <param name="ValidAt">Only relations that held on this ISO day; null for all.</param>
/// <param name="At">What was known when.</param>
public sealed record OverviewQuery(string? EntityType, string? ValidAt, AsOf At) : Query<OverviewAnswer>
{
    internal override OverviewAnswer Read(QueryContext context)
    {
        Point point = context.Resolve(At);
        GraphView view = context.View(point);
        string? type = EntityType is null ? null : LetterFolding.Fold(EntityType.Trim());
        Entity[] entities = [.. view.Entities()
            .Where(entity => type is null || LetterFolding.Fold(view.NamingOf(entity).EntityType) == type)];
        var tally = new LiveCounts(view);
        return new OverviewAnswer(
            point,
            entities.Length,
            entities.Sum(tally.ObservationsOf),
            entities.Sum(entity => ValidAt is null ? tally.OutgoingOf(entity) : Links(view, entity).Count()),
            TypeCount.MostFirst(
                type is null ? tally.EntityTypes : entities.CountBy(entity => view.NamingOf(entity).EntityType)),
            entities.Select(entity => EntityCard.Of(context, view, entity) with
            {
                Relations = Links(view, entity).Select(one => RelationLine.Of(context, view, one)),
            }));
    }

    private IEnumerable<Relation> Links(GraphView view, Entity entity) =>
        view.OutgoingOf(entity).Where(one => ValidAt is null || one.ValidityAt(view.Point).Holds(ValidAt));
}

/// <summary>How much there was, and all of it.</summary>
/// <param name="Entities">Number of entities.</param>
/// <param name="Observations">Number of statements about them.</param>
/// <param name="Relations">Number of links that start at them and held on the day asked about.</param>
/// <param name="Types">Entities by type, most first.</param>
/// <param name="Cards">
/// Every entity in order of creation, with the relations that start at it; read when enumerated.
/// </param>
public sealed record OverviewAnswer(
    Point Point,
    int Entities,
    int Observations,
    int Relations,
    IReadOnlyList<TypeCount> Types,
    IEnumerable<EntityCard> Cards);

/// <summary>How many entities are of a type.</summary>
public sealed record TypeCount(string EntityType, int Entities)
{
    internal static IReadOnlyList<TypeCount> MostFirst(IEnumerable<KeyValuePair<string, int>> counts) =>
    [
        .. counts.Select(one => new TypeCount(one.Key, one.Value))
            .OrderByDescending(one => one.Entities).ThenBy(one => one.EntityType, StringComparer.Ordinal),
    ];
}
