using System.Text;
using MemoryGraph.Text;

namespace MemoryGraph.Tests.Text;

/// <summary>The lines of a file, however long they are.</summary>
public sealed class LineReaderTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1 << 16)]
    [InlineData(300_000)]
    public void A_line_that_is_too_long_is_cut_and_costs_no_other(int tooMuch)
    {
        const int max = 100_000;
        string[] written = ["short", new string('x', max + tooMuch), "", "behind it", new string('y', max + tooMuch)];
        var lines = new LineReader(new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', written))), max);
        var read = new List<string>();
        var cut = new List<long>();
        while (lines.Next(out ReadOnlyMemory<byte> line))
        {
            read.Add(Encoding.UTF8.GetString(line.Span));
            if (lines.IsCut)
            {
                cut.Add(lines.Number);
            }
        }

        Assert.Equal(written.Select(one => one[..Math.Min(one.Length, max)]), read);
        Assert.Equal(tooMuch > 0 ? [2, 5] : [], cut);
        Assert.False(lines.Ended, "The last line has no newline.");
    }
}
