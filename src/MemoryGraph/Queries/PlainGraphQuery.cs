using MemoryGraph.Domain;
using MemoryGraph.Graph;

namespace MemoryGraph.Queries;

/// <summary>What is said, and nothing of when or by whom, as the reference memory server tells it.</summary>
/// <remarks>
/// Entities that are only implied are left out; relations from and to them are not. An entity's place is where it was
/// first spoken of, not where a relation implied it.
/// </remarks>
/// <param name="At">What was known when.</param>
public sealed record PlainGraphQuery(AsOf At) : Query<PlainGraph>
{
    /// <summary>Only entities with these exact names, and relations from or to one of them; null for all.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>Only entities of which this is true, and relations from or to one of them; null for all.</summary>
    public Func<PlainEntity, bool>? Filter { get; init; }

    internal override PlainGraph Read(QueryContext context)
    {
        GraphView view = context.View(context.Resolve(At));
        IEnumerable<Entity> candidates = Names is null
            ? view.Entities() : Names.Select(StoredText.NameOf).Distinct().Select(name => view.Find(name)).OfType<Entity>();
        (Entity Entity, PlainEntity Plain)[] found =
        [
            .. from entity in candidates
               where !view.NamingOf(entity).Implied
               let plain = PlainEntity.Of(view, entity)
               where Filter is null || Filter(plain)
               orderby plain.Since
               select (entity, plain),
        ];
        IEnumerable<Relation> relations = Names is null && Filter is null
            ? view.Relations() : found.SelectMany(one => view.RelationsOf(one.Entity)).Distinct();
        return new PlainGraph(
            found.Select(one => one.Plain), relations.OrderBy(one => one.Id).Select(one => PlainRelation.Of(view, one)));
    }
}

/// <summary>A graph without its history.</summary>
/// <param name="Entities">In the order in which they were spoken of.</param>
/// <param name="Relations">In order of creation; read when enumerated.</param>
public sealed record PlainGraph(IEnumerable<PlainEntity> Entities, IEnumerable<PlainRelation> Relations);

/// <summary>A thing and what is said of it.</summary>
/// <param name="Since">The event with which somebody first spoke of it.</param>
/// <param name="Observations">In order of creation; read when enumerated.</param>
public sealed record PlainEntity(string Name, string EntityType, EventId Since, IEnumerable<string> Observations)
{
    internal static PlainEntity Of(GraphView view, Entity entity) => new(
        view.NameOf(entity),
        view.NamingOf(entity).EntityType,
        entity.SpokenOfSince(view.Point),
        view.ObservationsOf(entity).Select(one => one.Text));
}

/// <summary>A link between two things, by name.</summary>
public sealed record PlainRelation(string From, string RelationType, string To)
{
    internal static PlainRelation Of(GraphView view, Relation relation) => new(
        view.NameOf(view.OwnerOf(relation.From)), relation.RelationType, view.NameOf(view.OwnerOf(relation.To)));
}
