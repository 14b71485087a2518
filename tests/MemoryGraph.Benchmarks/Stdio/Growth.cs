using System.Globalization;
using MemoryGraph.Benchmarks.Reports;

namespace MemoryGraph.Benchmarks.Stdio;

/// <summary>How much more things cost in the largest memory than in the smallest one.</summary>
internal static class Growth
{
    private const int Thousand = 1_000;

    private static readonly (string What, double Most)[] Targets =
        [(EntityRef.Write, 1.2), (EntityRef.Open, 2), (EntityRef.Related, 2), (EntityRef.Selective, 3)];

    public static void Of(IReadOnlyList<int> sizes, Findings findings)
    {
        (int least, int most) = (sizes.Min(), sizes.Max());
        if (least < most)
        {
            findings.Add(
                "Growth",
                string.Create(CultureInfo.InvariantCulture, $"The median with {most:#,0} events, as so many times the one with {least:#,0}."),
                Targets.Select(target =>
                {
                    IReadOnlyList<Figure> figures = findings.Of(target.What);
                    return new Figure($"{target.What}, growth", most, Quantity.Times(figures[^1].Median.Value / figures[0].Median.Value))
                    {
                        Target = least == Thousand ? Bench.AtMillion(most, Target.AtMost(Quantity.Times(target.Most))) : null,
                    };
                }));
        }
    }

    /// <summary>The same and one more at every size, as a picture.</summary>
    public static GrowthPlot Plot(Findings findings) => new(
        Targets.Select(target => target.What).Append(EntityRef.NoHit).Select(what => new GrowthPlot.Line(
            what.Replace("`", "", StringComparison.Ordinal),
            [.. findings.Of(what).Select(figure => (figure.Events, figure.Median.Value))])));
}
