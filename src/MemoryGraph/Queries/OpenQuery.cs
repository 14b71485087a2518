using MemoryGraph.Domain;
using MemoryGraph.Graph;
using MemoryGraph.Text;

namespace MemoryGraph.Queries;

/// <summary>What is known of some entities, by name.</summary>
/// <param name="Names">Exact names; spaces around them are ignored, repeated ones count once.</param>
/// <param name="At">What was known when.</param>
/// <param name="ValidAt">Only relations that held on this ISO day; null for all.</param>
public sealed record OpenQuery(IReadOnlyList<string> Names, AsOf At, string? ValidAt = null) : Query<OpenAnswer>
{
    // Comparing a name with all there are takes milliseconds, and a question may have a thousand.
    private const int ComparedMax = 20;

    internal override OpenAnswer Read(QueryContext context)
    {
        Point point = context.Resolve(At);
        GraphView view = context.View(point);
        List<Entity> found = [];
        List<MissingName> missing = [];
        foreach (string name in Names.Select(StoredText.NameOf).Distinct())
        {
            if (view.Find(name) is { } entity)
            {
                found.Add(entity);
            }
            else
            {
                missing.Add(new MissingName(name, missing.Count < ComparedMax ? view.NamesNear(name) : [], Formerly(view, name)));
            }
        }

        return new OpenAnswer(point, found.Count, found.Select(entity => EntityCard.Of(context, view, entity, ValidAt)), missing);
    }

    // What became of an entity that once had the name: its name now, or the event that ended it.
    private static string? Formerly(GraphView view, string name)
    {
        if (view.FindLastCalled(name) is not { } former)
        {
            return null;
        }

        Entity owner = view.OwnerOf(former);
        return owner.IsLiveAt(view.Point)
            ? $"now called {Quoted.Name(view.NameOf(owner))}" : $"deleted by {owner.LastEndUpTo(view.Point)}";
    }
}

/// <summary>The entities found, and what to say of names that are none.</summary>
/// <param name="Count">How many were found.</param>
/// <param name="Entities">In the order asked for.</param>
public sealed record OpenAnswer(
    Point Point, int Count, IEnumerable<EntityCard> Entities, IReadOnlyList<MissingName> Missing);

/// <summary>A name that no entity has.</summary>
/// <param name="Near">Names like it; told of the first twenty missing names only.</param>
/// <param name="Formerly">
/// What became of the entity that had it: <c>now called "X"</c>, <c>deleted by #9</c>; else null.
/// </param>
public sealed record MissingName(string Name, IReadOnlyList<string> Near, string? Formerly);
