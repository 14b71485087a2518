using System.Globalization;
using System.Text;

namespace MemoryGraph.Benchmarks.Reports;

/// <summary>Cost against size, both on logarithmic axes, as an SVG that follows the reader's light or dark theme.</summary>
internal sealed class GrowthPlot
{
    public const string Title = "Time from request to answer over stdio, by number of events";

    private const int Width = 760;
    private const int Height = 380;
    private const int Left = 64;
    private const int Right = 240;
    private const int Top = 40;
    private const int Bottom = 44;
    private const int LabelHeight = 15;

    private static readonly string[] Colours = ["#2f7ed8", "#d9730d", "#2e9e5b", "#b14ad0", "#8a8f98", "#c7372f"];

    private readonly Line[] _lines;
    private readonly (int Least, int Most) _events;
    private readonly (int Least, int Most) _seconds;

    /// <param name="lines">What costs how much; each with at least one point.</param>
    public GrowthPlot(IEnumerable<Line> lines)
    {
        _lines = [.. lines];
        _events = Decades(_lines.SelectMany(line => line.Points).Select(point => (double)point.Events));
        _seconds = Decades(_lines.SelectMany(line => line.Points).Select(point => point.Seconds));
    }

    public string ToSvg()
    {
        var svg = new StringBuilder();
        Put(svg, $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" font-family="system-ui, sans-serif" font-size="12" role="img" aria-label="{Title}">
            <style>
              text {"{"} fill: #24292f {"}"} .grid {"{"} stroke: #d0d7de {"}"}
              @media (prefers-color-scheme: dark) {"{"} text {"{"} fill: #d1d7e0 {"}"} .grid {"{"} stroke: #3d444d {"}"} {"}"}
            </style>
            <text x="{Left}" y="20" font-weight="600">{Title}</text>
            """);
        for (int decade = _events.Least; decade <= _events.Most; decade++)
        {
            double x = X(Math.Pow(10, decade));
            Put(svg, $"""<line class="grid" x1="{x:0.#}" y1="{Top}" x2="{x:0.#}" y2="{Height - Bottom}"/>""");
            Put(svg, $"""<text x="{x:0.#}" y="{Height - Bottom + 20}" text-anchor="middle">{Math.Pow(10, decade):#,0}</text>""");
        }

        for (int decade = _seconds.Least; decade <= _seconds.Most; decade++)
        {
            double y = Y(Math.Pow(10, decade));
            Put(svg, $"""<line class="grid" x1="{Left}" y1="{y:0.#}" x2="{Width - Right}" y2="{y:0.#}"/>""");
            Put(svg, $"""<text x="{Left - 8}" y="{y + 4:0.#}" text-anchor="end">{Label(decade)}</text>""");
        }

        PutLines(svg);
        return svg.Append("</svg>\n").ToString();
    }

    // Names stand at the ends of their lines, the upper ones first, moved down where two would meet.
    private void PutLines(StringBuilder svg)
    {
        double free = Top;
        foreach ((int colour, Line line) in _lines.Index().OrderBy(line => Y(line.Item.Points[^1].Seconds)))
        {
            string points = string.Join(
                ' ', line.Points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{X(point.Events):0.#},{Y(point.Seconds):0.#}")));
            double label = Math.Max(Y(line.Points[^1].Seconds) + 4, free);
            free = label + LabelHeight;
            Put(svg, $"""<polyline points="{points}" fill="none" stroke="{Colours[colour % Colours.Length]}" stroke-width="2"/>""");
            foreach ((int events, double seconds) in line.Points)
            {
                Put(svg, $"""<circle cx="{X(events):0.#}" cy="{Y(seconds):0.#}" r="3" fill="{Colours[colour % Colours.Length]}"/>""");
            }

            Put(svg, $"""<text x="{Width - Right + 12}" y="{label:0.#}" style="fill:{Colours[colour % Colours.Length]}">{line.Name}</text>""");
        }
    }

    private static void Put(StringBuilder svg, FormattableString line) => svg.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private double X(double events) =>
        Left + ((Math.Log10(events) - _events.Least) / (_events.Most - _events.Least) * (Width - Left - Right));

    private double Y(double seconds) =>
        Height - Bottom - ((Math.Log10(seconds) - _seconds.Least) / (_seconds.Most - _seconds.Least) * (Height - Top - Bottom));

    // The powers of ten around all values, at least one apart.
    private static (int Least, int Most) Decades(IEnumerable<double> values)
    {
        double[] all = [.. values];
        int least = (int)Math.Floor(Math.Log10(all.Min()));
        return (least, Math.Max(least + 1, (int)Math.Ceiling(Math.Log10(all.Max()))));
    }

    private static string Label(int decade) => Quantity.Seconds(Math.Pow(10, decade)) switch
    {
        { Value: >= 1 } one => string.Create(CultureInfo.InvariantCulture, $"{one.Value:0} s"),
        { Value: >= 1e-3 } one => string.Create(CultureInfo.InvariantCulture, $"{one.Value * 1e3:0} ms"),
        var one => string.Create(CultureInfo.InvariantCulture, $"{one.Value * 1e6:0.#} µs"),
    };

    /// <summary>A name without markup, and what it cost at each size, the smallest first.</summary>
    internal sealed record Line(string Name, IReadOnlyList<(int Events, double Seconds)> Points);
}
