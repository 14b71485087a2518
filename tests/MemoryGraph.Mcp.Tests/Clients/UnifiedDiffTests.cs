using System.Text;
using MemoryGraph.Mcp.Install;

namespace MemoryGraph.Mcp.Tests.Clients;

public sealed class UnifiedDiffTests
{
    [Theory]
    [InlineData("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n", "@@ -2,7 +2,7 @@| 2| 3| 4|-5|+five| 6| 7| 8")]
    [InlineData("1\n2\n", "1\nnew\n2\n", "@@ -1,2 +1,3 @@| 1|+new| 2")]
    [InlineData("a\na\n", "a\na\na\n", "@@ -1,2 +1,3 @@| a| a|+a")]
    [InlineData(null, "1\n2\n", "@@ -0,0 +1,2 @@|+1|+2")]
    [InlineData("1\n", null, "@@ -1,1 +0,0 @@|-1")]
    [InlineData("1\r\n2", "1\r\n3", "@@ -1,2 +1,2 @@| 1\r|-2|\\ No newline at end of file|+3|\\ No newline at end of file")]
    [InlineData("1\u2028\f2\n", "1\u2028\f2\n3\n", "@@ -1,1 +1,2 @@| 1\u2028\f2|+3")]
    public void It_shows_what_goes_and_comes_with_three_lines_around(string? before, string? after, string lines) => Assert.Equal(
        [$"--- {(before is null ? "/dev/null" : "f")}", $"+++ {(after is null ? "/dev/null" : "f")}", .. lines.Split('|')],
        UnifiedDiff.Lines("f", Bytes(before), Bytes(after)));

    private static byte[]? Bytes(string? text) => text is null ? null : Encoding.UTF8.GetBytes(text);
}
