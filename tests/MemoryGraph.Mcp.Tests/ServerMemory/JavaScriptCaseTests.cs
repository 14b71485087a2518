using MemoryGraph.Mcp.ServerMemory;

namespace MemoryGraph.Mcp.Tests.ServerMemory;

public sealed class JavaScriptCaseTests
{
    /// <remarks>Expected is what Node.js answers.</remarks>
    [Theory]
    [InlineData("Ada", "ada")]
    [InlineData("ĐĂNG NHẬP", "đăng nhập")]
    [InlineData("İSTANBUL", "i\u0307stanbul")]
    [InlineData("I", "i")]
    [InlineData("ẞ", "ß")]
    [InlineData("\u212A", "k")]
    [InlineData("\U00010400", "\U00010428")]
    [InlineData("Σ", "σ")]
    [InlineData("ΌΔΟΣ", "όδος")]
    [InlineData("ΌΔΟΣ ΣΑΣ", "όδος σας")]
    [InlineData("ΣΑΣ.", "σας.")]
    [InlineData("ΣΑ'Σ'", "σα'ς'")]
    [InlineData("Α\u0301Σ\u0301", "α\u0301ς\u0301")]
    [InlineData("ΑΣ.Α", "ασ.α")]
    [InlineData("ΑΣ\U00010400", "ασ\U00010428")]
    [InlineData("1Σ", "1σ")]
    [InlineData("ΑΣ1", "ας1")]
    [InlineData("ΑΣİ", "ασi\u0307")]
    public void Lower_case_is_JavaScript_s(string text, string lower) => Assert.Equal(lower, JavaScriptCase.ToLower(text));
}
