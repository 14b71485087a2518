namespace MemoryGraph.Benchmarks.Reports;

/// <summary>Puts results where people read them: all into a report, the ones that count into README.</summary>
internal static class Report
{
    private const string Title =
        "# Benchmarks\n\nEach part is written by the program in this folder, with nothing typed by hand; README.md says how to run it.\n";

    /// <summary>Rewrites one part of the report and leaves the others.</summary>
    /// <param name="path">The report; made when it is not there.</param>
    /// <param name="part">Which part: <c>stdio</c>.</param>
    /// <param name="heading">For people.</param>
    /// <param name="facts">Where and when it was measured, a line each.</param>
    /// <param name="body">Markdown.</param>
    public static void Write(string path, string part, string heading, IEnumerable<string> facts, string body)
    {
        if (!File.Exists(path))
        {
            File.WriteAllText(path, Title);
        }

        MarkedSection.Write(path, part, $"## {heading}\n\n{string.Concat(facts.Select(fact => $"- {fact}\n"))}\n{body}");
    }

    /// <summary>Every table with its title and remark.</summary>
    public static string Of(IEnumerable<Table> tables) =>
        string.Join('\n', tables.Select(table => $"### {table.Title}\n\n{table.Remark}\n\n{table.ToMarkdown()}"));

    /// <summary>
    /// What has a target: each thing at the largest size for which it has that target, and of what has one for its ratio
    /// to a floor, the worst of each table.
    /// </summary>
    public static Table Short(IEnumerable<Table> tables) => new("", "", [.. tables.SelectMany(Short)]);

    private static IEnumerable<Figure> Short(Table table)
    {
        Figure[] figures = [.. table.Figures.Where(figure => figure.Target is not null)];
        IEnumerable<Figure> largest = figures.Where(figure => !figure.IsJudgedByRatio)
            .GroupBy(figure => (figure.What, figure.Target)).Select(same => same.MaxBy(figure => figure.Events)!);
        Figure? worst = figures.Where(figure => figure.IsJudgedByRatio).MaxBy(figure => figure.Ratio);
        return largest.Concat(worst is null ? [] : [worst]).Select(figure => figure with { What = $"{table.Title}: {figure.What}" });
    }
}
