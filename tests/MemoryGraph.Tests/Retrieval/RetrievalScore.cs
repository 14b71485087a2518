using System.Globalization;
using System.Text;

namespace MemoryGraph.Tests.Retrieval;

/// <summary>How far down the first answer stood.</summary>
/// <param name="Question">What was asked.</param>
/// <param name="Rank">1 for the first observation of the search's answer; null when it was not among them.</param>
internal sealed record RetrievalOutcome(RetrievalQuestion Question, int? Rank);

/// <summary>How well a search answered a set of questions.</summary>
internal sealed class RetrievalScore(IReadOnlyList<RetrievalOutcome> outcomes)
{
    /// <summary>In the order of the questions.</summary>
    public IReadOnlyList<RetrievalOutcome> Outcomes => outcomes;

    /// <summary>Mean of 1 / rank, a miss counting 0.</summary>
    public double MeanReciprocalRank => outcomes.Average(one => one.Rank is { } rank ? 1.0 / rank : 0);

    /// <summary>
    /// Share of the questions, 0 to 1, with an answer among the first <paramref name="depth"/> observations.
    /// </summary>
    public double Recall(int depth) => outcomes.Average(one => one.Rank <= depth ? 1.0 : 0);

    /// <summary>The score of some of the questions, of which there must be one.</summary>
    public RetrievalScore Of(Func<RetrievalQuestion, bool> which) =>
        new([.. outcomes.Where(one => which(one.Question))]);

    /// <summary>A row for all, for each kind and each language; each half has its columns.</summary>
    public string Table()
    {
        var table = new StringBuilder();
        table.AppendLine("| questions     | tuning |   @5 |  @10 |  MRR | held out |   @5 |  @10 |  MRR |");
        table.AppendLine("|---------------|-------:|-----:|-----:|-----:|---------:|-----:|-----:|-----:|");
        AppendRow(table, "all", _ => true);
        foreach (string kind in Different(question => question.Kind))
        {
            AppendRow(table, kind, question => question.Kind == kind);
        }

        foreach (string language in Different(question => question.Language))
        {
            AppendRow(table, language, question => question.Language == language);
        }

        return table.ToString();
    }

    private IEnumerable<string> Different(Func<RetrievalQuestion, string> trait) =>
        outcomes.Select(one => trait(one.Question)).Distinct().Order(StringComparer.Ordinal);

    private void AppendRow(StringBuilder table, string name, Func<RetrievalQuestion, bool> which)
    {
        RetrievalScore tuning = Of(question => question.Half == RetrievalSet.Tuning && which(question));
        RetrievalScore heldOut = Of(question => question.Half == RetrievalSet.HeldOut && which(question));
        table.AppendLine(CultureInfo.InvariantCulture, $"| {name,-13} | {tuning.Cells(6)} | {heldOut.Cells(8)} |");
    }

    private string Cells(int countWidth)
    {
        string count = outcomes.Count.ToString(CultureInfo.InvariantCulture).PadLeft(countWidth);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{count} | {Recall(5),4:0.00} | {Recall(10),4:0.00} | {MeanReciprocalRank,4:0.00}");
    }
}
