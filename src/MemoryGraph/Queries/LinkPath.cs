using MemoryGraph.Graph;

namespace MemoryGraph.Queries;

/// <summary>A way from one entity to another over links.</summary>
/// <param name="Start">Name of the entity it starts at.</param>
/// <param name="End">Name of the entity it leads to.</param>
/// <param name="EndType">That entity's type.</param>
/// <param name="Links">
/// From the start on; each begins at the entity that the one before it led to, whichever way it points.
/// </param>
public sealed record LinkPath(string Start, string End, string EndType, IReadOnlyList<RelationLine> Links);

/// <summary>That an entity was come to, and by which link from where: the way to it, read backwards.</summary>
/// <param name="At">The entity.</param>
/// <param name="By">The link; null where the way begins.</param>
/// <param name="Before">Null where the way begins.</param>
internal sealed record Arrival(Entity At, Relation? By, Arrival? Before)
{
    public LinkPath ToPath(QueryContext reading, GraphView view)
    {
        var links = new List<RelationLine>();
        Arrival first = this;
        for (; first is { By: { } link, Before: { } before }; first = before)
        {
            links.Add(RelationLine.Of(reading, view, link));
        }

        links.Reverse();
        return new LinkPath(view.NameOf(first.At), view.NameOf(At), view.NamingOf(At).EntityType, links);
    }
}
