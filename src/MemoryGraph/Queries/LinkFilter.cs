using MemoryGraph.Graph;
using MemoryGraph.Text;

namespace MemoryGraph.Queries;

/// <summary>Which links of an entity a question follows.</summary>
internal sealed class LinkFilter
{
    private readonly HashSet<string> _types;
    private readonly Direction _direction;
    private readonly string? _validAt;

    /// <param name="types">In any case; none for all.</param>
    /// <param name="direction">Which way.</param>
    /// <param name="validAt">Only those that held on this ISO day; null for all.</param>
    public LinkFilter(IEnumerable<string> types, Direction direction, string? validAt)
    {
        _types = [.. types.Select(type => LetterFolding.Fold(type.Trim()))];
        _direction = direction;
        _validAt = validAt;
    }

    /// <summary>The live links of an entity that pass, in order of creation.</summary>
    public IEnumerable<Relation> Of(GraphView view, Entity entity)
    {
        IEnumerable<Relation> links = _direction switch
        {
            Direction.Outgoing => view.OutgoingOf(entity),
            Direction.Incoming => view.IncomingOf(entity),
            _ => view.RelationsOf(entity),
        };
        return links.Where(one => (_types.Count == 0 || _types.Contains(LetterFolding.Fold(one.RelationType)))
            && (_validAt is null || one.ValidityAt(view.Point).Holds(_validAt)));
    }

    /// <summary>The entity at a link's other end; the same one where a link leads back to itself.</summary>
    public static Entity Beyond(GraphView view, Relation link, Entity entity)
    {
        Entity from = view.OwnerOf(link.From);
        return from == entity ? view.OwnerOf(link.To) : from;
    }
}
