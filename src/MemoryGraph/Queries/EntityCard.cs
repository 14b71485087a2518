using MemoryGraph.Domain;
using MemoryGraph.Graph;

namespace MemoryGraph.Queries;

/// <summary>An entity as an answer shows it.</summary>
/// <param name="Name">Its name at the point asked about.</param>
/// <param name="EntityType">Its type then.</param>
/// <param name="Cited">The event that created it.</param>
/// <param name="Observations">In order of creation; read when enumerated.</param>
/// <param name="Relations">In both directions, in order of creation; read when enumerated.</param>
public sealed record EntityCard(
    string Name,
    string EntityType,
    Citation Cited,
    IEnumerable<ObservationLine> Observations,
    IEnumerable<RelationLine> Relations)
{
    /// <summary>
    /// The event since which it has been spoken of; <see cref="EventId.Never"/> while it is only implied.
    /// </summary>
    public EventId SpokenOfSince { get; init; }

    /// <summary>Nobody spoke of it: it is known only because a relation leads to or from it.</summary>
    public bool Implied => SpokenOfSince == EventId.Never;

    internal static EntityCard Of(QueryContext context, GraphView view, Entity entity, string? validAt = null) => new(
        view.NameOf(entity),
        view.NamingOf(entity).EntityType,
        context.Cite(entity.Id),
        view.ObservationsOf(entity).Select(one => ObservationLine.Of(context, one)),
        view.RelationsOf(entity)
            .Where(one => validAt is null || one.ValidityAt(view.Point).Holds(validAt))
            .Select(one => RelationLine.Of(context, view, one)))
    {
        SpokenOfSince = entity.SpokenOfSince(view.Point),
    };
}

/// <summary>A statement as an answer shows it.</summary>
/// <param name="Text">As said.</param>
/// <param name="Cited">The event that added it.</param>
public sealed record ObservationLine(string Text, Citation Cited)
{
    internal static ObservationLine Of(QueryContext context, Observation observation) =>
        new(observation.Text, context.Cite(observation.Id));
}

/// <summary>A link as an answer shows it.</summary>
/// <param name="From">Name of the entity it starts at.</param>
/// <param name="RelationType">What it says.</param>
/// <param name="To">Name of the entity it leads to.</param>
/// <param name="Validity">When it held, as far as that was said by the point asked about.</param>
/// <param name="Cited">The event that created it.</param>
public sealed record RelationLine(string From, string RelationType, string To, Validity Validity, Citation Cited)
{
    /// <summary>The event that created the entity it starts at.</summary>
    public required EventId FromId { get; init; }

    /// <summary>The event that created the entity it leads to.</summary>
    public required EventId ToId { get; init; }

    internal static RelationLine Of(QueryContext context, GraphView view, Relation relation)
    {
        (Entity from, Entity to) = (view.OwnerOf(relation.From), view.OwnerOf(relation.To));
        return new RelationLine(
            view.NameOf(from), relation.RelationType, view.NameOf(to), relation.ValidityAt(view.Point), context.Cite(relation.Id))
        {
            FromId = from.Id,
            ToId = to.Id,
        };
    }
}
