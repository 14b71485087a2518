using System.Text;
using System.Text.Json;
using MemoryGraph.Mcp.Protocol;

namespace MemoryGraph.Mcp.Tests.Stdio;

public sealed class LegibleEncoderTests
{
    [Theory]
    [InlineData("čš東京 <a href='x'>&+`", "čš東京 <a href='x'>&+`")]
    [InlineData("😀 👩‍💻 𐍈", "😀 👩‍💻 𐍈")]
    [InlineData("\u00A0 ° – “ ” … € \uFFFD", "\u00A0 ° – “ ” … € \uFFFD")]
    [InlineData("\"\\\n\t\0\u007F", """\"\\\n\t\u0000\u007F""")]
    [InlineData("\u0085\u2028\u2029", """\u0085\u2028\u2029""")]
    [InlineData("", "")]
    public void Letters_stay_and_line_ends_are_escaped(string text, string written)
    {
        Assert.Equal($"\"{written}\"", Write(json => json.WriteStringValue(text)));
        Assert.Equal($"\"{written}\"", Write(json => json.WriteStringValue(Encoding.UTF8.GetBytes(text))));
    }

    [Fact]
    public void Half_a_pair_becomes_the_replacement_character()
    {
        Assert.Equal("\"a\uFFFDb\"", Write(json => json.WriteStringValue("a\ud800b")));
        Assert.Equal("\"a\uFFFD\"", Write(json => json.WriteStringValue("a\ud83d")));
    }

    [Fact]
    public void Every_letter_reads_back_as_itself_and_on_one_line()
    {
        StringBuilder all = new();
        for (int code = 0; code <= 0x10FFFF; code++)
        {
            if (Rune.IsValid(code))
            {
                all.Append(new Rune(code).ToString());
            }
        }

        string written = Write(json => json.WriteStringValue(all.ToString()));
        Assert.Equal(all.ToString(), JsonElement.Parse(written).GetString());
        Assert.Equal(written, Write(json => json.WriteStringValue(Encoding.UTF8.GetBytes(all.ToString()))));
        Assert.DoesNotContain(written, letter => char.IsControl(letter) || letter is '\u2028' or '\u2029');
    }

    private static string Write(Action<Utf8JsonWriter> write)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter json = new(bytes, new() { Encoder = MinimalJsonEncoder.Instance }))
        {
            write(json);
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
