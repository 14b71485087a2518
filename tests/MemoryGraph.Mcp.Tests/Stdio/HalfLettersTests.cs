using System.Text;
using MemoryGraph.Mcp.Protocol;

namespace MemoryGraph.Mcp.Tests.Stdio;

public sealed class HalfLettersTests
{
    [Theory]
    [InlineData("""{"a":"x"}""")]
    [InlineData("""{"a":"\ud83d\ude00\uD83D\uDE00"}""")]
    [InlineData("""{"a":"\\ud800 \\\\ud800 \" \n \u00e9"}""")]
    public void Whole_letters_are_left_alone(string line) => Assert.Null(LoneSurrogates.Mend(Encoding.UTF8.GetBytes(line)));

    [Theory]
    [InlineData("""{"a":"\ud800"}""", """{"a":"\ufffd"}""")]
    [InlineData("""{"a":"\uDC00\ud83d"}""", """{"a":"\ufffd\ufffd"}""")]
    [InlineData("""{"a":"\ud83d\ud83d\ude00"}""", """{"a":"\ufffd\ud83d\ude00"}""")]
    [InlineData("""{"a":"\\\ud83d\\ude00"}""", """{"a":"\\\ufffd\\ude00"}""")]
    [InlineData("""{"\udfff":"\ud83d\u0041"}""", """{"\ufffd":"\ufffd\u0041"}""")]
    public void Each_half_becomes_the_replacement_character(string line, string mended) =>
        Assert.Equal(mended, Encoding.UTF8.GetString(LoneSurrogates.Mend(Encoding.UTF8.GetBytes(line))!));
}
