using MemoryGraph.Text;

namespace MemoryGraph.Mcp.Answers;

/// <summary>Lines of an answer that has one page only: as many as fit, and how many do not.</summary>
/// <param name="headline">The line before them.</param>
internal sealed class BoundedLines(string headline)
{
    private const int LinesMax = 40;

    private readonly List<Row> _rows = [];
    private int _characters = headline.Length + 1;

    public IReadOnlyList<Row> Rows => _rows;

    /// <summary>Adds a part of the answer.</summary>
    /// <param name="end">How long the text may get, in characters.</param>
    public void Add(IEnumerable<string> lines, int end)
    {
        int shown = 0;
        int more = 0;
        foreach (string line in lines)
        {
            if (more == 0 && shown < LinesMax && _characters + line.Length < end)
            {
                Add(Quoted.OneLine(line));
                shown++;
            }
            else
            {
                more++;
            }
        }

        if (more > 0)
        {
            Add(FormattableString.Invariant($"  … and {more} more"));
        }
    }

    /// <summary>Adds a line that is always shown.</summary>
    public void Add(string line)
    {
        _rows.Add(new Row(() => line));
        _characters += line.Length + 1;
    }
}
