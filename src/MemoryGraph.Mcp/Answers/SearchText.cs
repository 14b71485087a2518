using MemoryGraph.Queries;
using MemoryGraph.Values;

namespace MemoryGraph.Mcp.Answers;

/// <summary>The words for what a search found.</summary>
internal static class SearchText
{
    private const int QueryShown = 100;

    public static Telling Tell(SearchAnswer answer, string query, string? entityType, FactText facts)
    {
        string ofType = entityType is null ? "" : $" of type {Quoted.Word(entityType)}";
        string found = FactText.Count(answer.Count, "entity", "entities") + ofType;
        string asked = Quoted.Text(query, QueryShown);
        string headline = answer.Match switch
        {
            SearchMatch.AllWords => $"{found} with all words of {asked}.",
            SearchMatch.SomeWords => $"Nothing has all words of {asked}; {found} with some of them, best first.",
            _ => $"Nothing found for {asked}{ofType}." + (answer.NearestNames.Count > 0
                ? $" Nearest names: {Quoted.Names(answer.NearestNames)}." : " Try other or fewer words."),
        };
        return new Telling(FactText.AsOf(answer.Moment) + headline, answer.Moment.Point, answer.Hits.SelectMany(facts.Rows));
    }
}
