using MemoryGraph.Domain;
using MemoryGraph.Graph;
using MemoryGraph.Text;

namespace MemoryGraph.Queries;

/// <summary>How many relations are of a type.</summary>
public sealed record RelationTypeCount(string RelationType, int Relations)
{
    internal static IReadOnlyList<RelationTypeCount> MostFirst(IEnumerable<KeyValuePair<string, int>> counts) =>
    [
        .. counts.Select(one => new RelationTypeCount(one.Key, one.Value))
            .OrderByDescending(one => one.Relations).ThenBy(one => one.RelationType, StringComparer.Ordinal),
    ];
}

/// <summary>The types that relations have at a point.</summary>
internal static class RelationTypes
{
    private const int NamedMax = 8;

    /// <summary>Types as spelled, most relations first.</summary>
    public static IReadOnlyList<RelationTypeCount> Of(IEnumerable<Relation> relations) =>
        RelationTypeCount.MostFirst(relations.CountBy(one => one.RelationType));

    /// <summary>
    /// Why types that were asked for can find nothing: no relation has the first of them; null when all are in use.
    /// </summary>
    /// <remarks>Cost: all facts; meant for answers that have to say no.</remarks>
    public static Refusal? FindUnknown(GraphView view, IEnumerable<string> asked)
    {
        IReadOnlyList<RelationTypeCount> inUse = RelationTypeCount.MostFirst(new LiveCounts(view).RelationTypes);
        HashSet<string> known = [.. inUse.Select(one => LetterFolding.Fold(one.RelationType))];
        return asked.FirstOrDefault(type => !known.Contains(LetterFolding.Fold(type.Trim()))) is { } unknown
            ? Refusal.RelationTypeNotFound(unknown, [.. NearestFirst(unknown, inUse).Take(NamedMax)])
            : null;
    }

    private static IEnumerable<string> NearestFirst(string unknown, IReadOnlyList<RelationTypeCount> inUse)
    {
        string asked = LetterFolding.Fold(unknown.Trim());
        int slips = Math.Max(2, asked.Length / 3);
        return inUse.Select(one => one.RelationType)
            .OrderBy(type => EditDistance.Within(asked, LetterFolding.Fold(type), slips) ?? int.MaxValue);
    }
}
