using System.Globalization;

namespace MemoryGraph.Benchmarks.Reports;

/// <summary>What was measured of one thing: a row of a table.</summary>
/// <param name="What">The thing, for people; the same words for memories of every size.</param>
/// <param name="Events">Size of the memory; 0 for an empty one.</param>
/// <param name="Median">Half of the runs took less; or the only measurement.</param>
internal sealed record Figure(string What, int Events, Quantity Median)
{
    /// <summary>One run in twenty took longer; null for a single measurement.</summary>
    public Quantity? Percentile95 { get; init; }

    /// <summary>What it cannot be cheaper than, measured in turn with it: the median, and what that is.</summary>
    public (Quantity Median, string What)? Floor { get; init; }

    /// <summary>What the design asks for; see <see cref="IsJudgedByRatio"/>.</summary>
    public Target? Target { get; init; }

    /// <summary>How many times the floor; null without one.</summary>
    public double? Ratio => Floor is { } floor ? Median.Value / floor.Median.Value : null;

    /// <summary>Whether the target is one for the ratio to the floor.</summary>
    public bool IsJudgedByRatio => Target is { Limit.Unit: Unit.Times } && Floor is not null;

    /// <summary>Whether the target was held; null without one.</summary>
    public bool? Held => Target?.IsHeldBy(IsJudgedByRatio ? Ratio!.Value : Median.Value);
}

/// <summary>Figures of one subject.</summary>
/// <param name="Title">The subject.</param>
/// <param name="Remark">What was measured, and what the floor is, in sentences.</param>
/// <param name="Figures">In the order of rows.</param>
internal sealed record Table(string Title, string Remark, IReadOnlyList<Figure> Figures)
{
    /// <summary>As Markdown, without the title.</summary>
    public string ToMarkdown()
    {
        IEnumerable<string> rows = Figures.Select(figure =>
            $"| {figure.What} | {EventsOf(figure)} | {figure.Median} | {figure.Percentile95} | {FloorOf(figure)} | {RatioOf(figure)} | {figure.Target} | {HeldOf(figure)} |");
        return string.Join('\n', [
            "| what | events | median | 95 of 100 within | floor | × floor | target | held |",
            "|---|--:|--:|--:|--:|--:|--:|---|",
            .. rows, "",
        ]);
    }

    private static string EventsOf(Figure figure) => figure.Events.ToString("#,0", CultureInfo.InvariantCulture);

    private static string FloorOf(Figure figure) => figure.Floor is { } floor ? $"{floor.Median} ({floor.What})" : "";

    private static string RatioOf(Figure figure) => figure.Ratio is { } ratio ? Quantity.Times(ratio).ToString() : "";

    private static string HeldOf(Figure figure) => figure.Held switch
    {
        null => "",
        true => "yes",
        false => "**no**",
    };
}
