using MemoryGraph.Search;
using MemoryGraph.Text;

namespace MemoryGraph.Mcp.Answers;

/// <summary>The words for what a search found.</summary>
internal static class SearchText
{
    private const int QueryShown = 100;

    /// <param name="most">Most entities that a script gets.</param>
    public static Answer Tell(
        SearchAnswer answer, string query, string? entityType, FactText facts, int most = int.MaxValue)
    {
        string ofType = entityType is null ? "" : $" of type {Quoted.Word(entityType)}";
        string asked = Quoted.Text(query, QueryShown);
        string words = answer.LeavesWordsOut ? "main words" : "words";
        int others = answer.Count - answer.CountOfBest;
        string more = others == 0 ? ""
            : FormattableString.Invariant(
                $"; {others} more with some of {(answer.Match == SearchMatch.Phrase ? "its words" : "them")}");
        string best = (answer.CountOfBestIsLeast ? "At least " : "")
            + FactText.Count(answer.CountOfBest, "entity", "entities") + ofType;
        string headline = answer.Match switch
        {
            SearchMatch.Phrase => $"{best} with the phrase {(answer.HasQuotation ? "quoted in " : "")}{asked}{more}.",
            SearchMatch.AllWords => $"{best} with all {words} of {asked}{more}.",
            SearchMatch.SomeWords => $"No fact has all {words} of {asked}; {best} with some of them, best first.",
            _ when answer.OtherTypes.Count > 0 =>
                $"No entity is of type {Quoted.Word(entityType!)}. By type: {FactText.Types(answer.OtherTypes)}.",
            _ => $"Nothing found for {asked}{ofType}." + (answer.NearestNames.Count > 0
                ? $" Nearest names: {Quoted.Names(answer.NearestNames)}." : " Try other or fewer words."),
        };
        return new Answer(
            FactText.AsOf(answer.Moment) + Counted(answer)
                + string.Concat(answer.Slips.Select(Taken)) + headline + Cut(answer),
            answer.Moment.Event,
            answer.Hits.SelectMany(facts.Rows))
        {
            Json = json =>
            {
                json.WriteMoment(answer.Moment);
                json.WriteEntities(
                    answer.Hits.Take(most).Select(hit => hit.Entity with { Observations = hit.Matching }));
            },
        };
    }

    private static string Cut(SearchAnswer answer) =>
        answer.MayBeMore ? " These are the best; more match: add words to see others." : "";

    private static string Counted(SearchAnswer answer) => answer.WordsCounted is { } words
        ? FormattableString.Invariant($"Only the first {words} words were looked for. ") : "";

    private static string Taken(Typo slip) =>
        $"Nothing says {Quoted.Text(slip.Asked)}; it was taken for "
        + $"{string.Join(", ", slip.Taken.Select(word => Quoted.Text(word)))}. ";
}
