using MemoryGraph.Benchmarks.Reports;

namespace MemoryGraph.Benchmarks.Stdio;

/// <summary>What a run of the stdio benchmark has in common.</summary>
/// <param name="Binary">The native program.</param>
/// <param name="Scratch">A folder on the disk that is measured, for copies and floors; emptied by whoever made it.</param>
/// <param name="Budget">How long to measure what is cheap enough to be repeated often.</param>
/// <param name="Starts">How often to start a program, at least.</param>
internal sealed record Bench(string Binary, string Scratch, TimeSpan Budget, int Starts)
{
    /// <summary>The size for which the design names most of its numbers.</summary>
    public const int Million = 1_000_000;

    /// <summary>A target that the design names for a million events only.</summary>
    public static Target? AtMillion(int events, Target target) => events == Million ? target : null;
}

/// <summary>Figures gathered, each under the title of its table, in order of coming.</summary>
internal sealed class Findings
{
    private readonly Dictionary<string, (string Remark, List<Figure> Figures)> _tables = [];
    private readonly List<string> _titles = [];

    public IEnumerable<Table> Tables => _titles.Select(title => new Table(title, _tables[title].Remark, _tables[title].Figures));

    public IEnumerable<Figure> All => _titles.SelectMany(title => _tables[title].Figures);

    /// <summary>What is known of one thing at every size, the smallest first.</summary>
    public IReadOnlyList<Figure> Of(string what) => [.. All.Where(figure => figure.What == what).OrderBy(figure => figure.Events)];

    public void Add(string title, string remark, params IEnumerable<Figure> figures)
    {
        if (_tables.TryAdd(title, (remark, [])))
        {
            _titles.Add(title);
        }

        _tables[title].Figures.AddRange(figures);
    }
}

/// <summary>The words under which things are measured that more than one table tells of.</summary>
internal static class EntityRef
{
    public const string Write = "`add_observation`, one event";
    public const string Open = "`open_nodes`, one name";
    public const string Related = "`get_related`, one step";
    public const string Selective = "`search_nodes`, a rare word";
    public const string NoHit = "`search_nodes`, words that nobody said";
}
