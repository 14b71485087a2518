using System.Text;
using MemoryGraph.Mcp.Protocol;
using MemoryGraph.Text;

namespace MemoryGraph.Mcp.Tests.Stdio;

/// <summary>The lines of the input that hold a message.</summary>
public sealed class LineReaderTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a", "1:a")]
    [InlineData("a\nb\n", "1:a 2:b")]
    [InlineData("a\r\n\r\nb", "1:a 3:b")]
    [InlineData("\n \t\na\n \n", "3:a")]
    [InlineData("\uFEFFa\n\uFEFF b\n\uFEFF\nc", "1:a 2:b 4:c")]
    [InlineData("12345678\na", "1:12345678 2:a")]
    [InlineData("123456789\na", "1:! 2:a")]
    [InlineData("123456789", "1:!")]
    [InlineData("a\n123456789012345678901234567890\n\nb", "1:a 2:! 4:b")]
    public void Lines_are_split_the_same_however_the_bytes_arrive(string input, string expected)
    {
        foreach (int bytesPerRead in (int[])[1, 2, 3, 5, 100])
        {
            LineReader reader = new(new Trickle(Encoding.UTF8.GetBytes(input), bytesPerRead), lineBytesMax: 8);
            Assert.Equal(expected, string.Join(' ', Read(reader)));
        }
    }

    [Fact]
    public void A_line_without_end_takes_no_memory()
    {
        LineReader reader = new(new Trickle(new byte[64 << 20], int.MaxValue), lineBytesMax: 1 << 16);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.True(reader.Next(out _));
        Assert.True(reader.IsCut);
        Assert.False(reader.Next(out _));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 18);
    }

    private static List<string> Read(LineReader reader)
    {
        List<string> lines = [];
        while (reader.Next(out ReadOnlyMemory<byte> read))
        {
            string line = Encoding.UTF8.GetString(MessageParser.Trim(read.Span));
            if (line.Length > 0)
            {
                lines.Add($"{reader.Number}:{(reader.IsCut ? "!" : line)}");
            }
        }

        return lines;
    }

    private sealed class Trickle(byte[] bytes, int bytesPerRead) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) =>
            base.Read(buffer, offset, Math.Min(count, bytesPerRead));
    }
}
