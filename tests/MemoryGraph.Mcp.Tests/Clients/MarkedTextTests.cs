using System.Text;
using MemoryGraph.Mcp.Install;

namespace MemoryGraph.Mcp.Tests.Clients;

public sealed class MarkedTextTests
{
    [Theory]
    [InlineData("")]
    [InlineData("# Ours\n")]
    [InlineData("# Ours")]
    [InlineData("# Ours\n\n")]
    [InlineData("\n")]
    [InlineData("# Của ta\r\nhai\r\n")]
    [InlineData("# Của ta\r\nhai")]
    public void What_is_put_in_and_taken_out_again_leaves_every_byte_as_it_was(string text)
    {
        byte[] with = Open(text).With(Instructions.Marked);

        Assert.StartsWith(text, Encoding.UTF8.GetString(with), StringComparison.Ordinal);
        Assert.Contains("search_nodes", Encoding.UTF8.GetString(with), StringComparison.Ordinal);
        Assert.Equal(text.Contains('\r', StringComparison.Ordinal), !Encoding.UTF8.GetString(with).Replace("\r\n", "", StringComparison.Ordinal).Contains('\n', StringComparison.Ordinal));
        Assert.Equal(text, Encoding.UTF8.GetString(new MarkedText("f", with).Without()));
    }

    [Fact]
    public void An_older_part_is_replaced_where_it_stands()
    {
        string text = $"above\n\n{Instructions.Begin}\nold words\n{Instructions.End}\n\nbelow\n";

        Assert.Equal($"above\n\n{Instructions.Marked}\n\nbelow\n", Encoding.UTF8.GetString(Open(text).With(Instructions.Marked)));
        Assert.Equal("above\n\nbelow\n", Encoding.UTF8.GetString(Open(text).Without()));
    }

    [Fact]
    public void Bytes_that_are_no_text_stay_as_they_are()
    {
        byte[] text = [0xFF, 0xFE, 0xC0, (byte)'\n'];

        Assert.Equal(text, new MarkedText("f", new MarkedText("f", text).With(Instructions.Marked)).Without());
    }

    [Fact]
    public void A_text_with_two_bytes_a_letter_is_refused_instead_of_made_illegible()
    {
        var text = new MarkedText("f", Encoding.Unicode.GetBytes("# Ours\n"));

        Wording.Match(Assert.Throws<ConfigurationException>(() => text.With("x")).Message);
        Wording.Match(Assert.Throws<ConfigurationException>(() => text.Without()).Message);
    }

    [Theory]
    [InlineData(Instructions.Begin)]
    [InlineData(Instructions.End)]
    [InlineData(Instructions.End + Instructions.Begin)]
    [InlineData(Instructions.Begin + Instructions.End + Instructions.Begin + Instructions.End)]
    public void Marks_that_are_no_pair_are_refused(string text)
    {
        Wording.Match(Assert.Throws<ConfigurationException>(() => Open(text).With("x")).Message);
        Assert.Throws<ConfigurationException>(() => Open(text).Without());
    }

    private static MarkedText Open(string text) => new("f", Encoding.UTF8.GetBytes(text));
}
