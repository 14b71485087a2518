using MemoryGraph.Domain;
using MemoryGraph.Graph;
using MemoryGraph.Queries;

namespace MemoryGraph.Exchange;

/// <summary>Asks for the graph, or the part around one entity, to be exported.</summary>
/// <param name="At">The point whose graph it is.</param>
/// <param name="Entity">
/// Exact name: only this entity, its neighbours with name and type alone, and its relations; null for all.
/// </param>
public sealed record ExportQuery(AsOf At, string? Entity = null) : Query<GraphExport>
{
    internal override GraphExport Read(QueryContext reading)
    {
        Point moment = reading.Resolve(At);
        GraphView view = reading.View(moment);
        if (Entity is null)
        {
            return new GraphExport(
                moment,
                view.Entities().Select(one => EntityCard.Of(reading, view, one)),
                view.Relations().OrderBy(one => one.Id).Select(one => RelationLine.Of(reading, view, one)));
        }

        string name = StoredText.NameOf(Entity);
        return view.Find(name) is { } entity ? Around(reading, view, moment, entity)
            : new GraphExport(moment, [], []) { Refused = Refusal.EntityNotFound(name, view.NamesNear(name)) };
    }

    private static GraphExport Around(QueryContext reading, GraphView view, Point moment, Entity centre)
    {
        EntityCard card = EntityCard.Of(reading, view, centre);
        IEnumerable<EntityCard> neighbours = view.RelationsOf(centre)
            .SelectMany(one => new[] { view.OwnerOf(one.From), view.OwnerOf(one.To) })
            .Where(one => one != centre).Distinct()
            .Select(one => EntityCard.Of(reading, view, one) with { Observations = [], Relations = [] });
        IEnumerable<EntityCard> cards = neighbours.Append(card).OrderBy(one => one.Cited.Id);
        return new GraphExport(moment, cards, card.Relations) { Around = centre.Id };
    }
}

/// <summary>A graph to export, in order of creation, so that the same log makes the same bytes.</summary>
/// <param name="Moment">The point whose graph it is.</param>
/// <param name="Entities">With their relations in both directions; read anew by each enumeration.</param>
/// <param name="Relations">Each once; read likewise.</param>
public sealed record GraphExport(Point Moment, IEnumerable<EntityCard> Entities, IEnumerable<RelationLine> Relations)
{
    /// <summary>Why there is nothing to export; null when there is.</summary>
    public Refusal? Refused { get; init; }

    /// <summary>The entity asked for; null for the whole graph.</summary>
    public EventId? Around { get; init; }

    /// <summary>The whole graph, from cards with their outgoing relations.</summary>
    public static GraphExport Of(Point moment, IEnumerable<EntityCard> cards) =>
        new(moment, cards, cards.SelectMany(card => card.Relations).OrderBy(one => one.Cited.Id));

    /// <summary>Whether an entity is here only as a neighbour of the one asked for.</summary>
    public bool IsNeighbour(EntityCard entity)
    {
        ArgumentNullException.ThrowIfNull(entity);
        return Around is { } centre && entity.Cited.Id != centre;
    }
}
