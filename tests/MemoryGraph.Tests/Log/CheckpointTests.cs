using MemoryGraph.Domain;
using MemoryGraph.Log;

namespace MemoryGraph.Tests.Log;

public sealed class CheckpointTests
{
    private const string Text =
        "memory-graph/0123456789abcdef0123456789abcdef\n42\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8\n";

    private static readonly Checkpoint Head = new(
        "0123456789abcdef0123456789abcdef", new(42), new EventHash([.. Enumerable.Range(0, EventHash.Bytes).Select(i => (byte)i)]));

    [Fact]
    public void It_is_three_lines() => Assert.Equal(Text, Head.ToString());

    [Theory]
    [InlineData(Text)]
    [InlineData(Text + "\n— signed elsewhere\n")]
    [InlineData("memory-graph/0123456789abcdef0123456789abcdef\r\n42\r\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8")]
    public void What_was_printed_is_read_back(string text) => Assert.Equal(Head, Checkpoint.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("memory-graph/\n42\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8\n")]
    [InlineData("another-log/x\n42\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8\n")]
    [InlineData("memory-graph/x\n0\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8\n")]
    [InlineData("memory-graph/x\n-1\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8\n")]
    [InlineData("memory-graph/x\n42\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9\n")]
    [InlineData("memory-graph/x\n42\n")]
    public void Anything_else_is_none(string text) => Assert.Null(Checkpoint.Parse(text));
}
