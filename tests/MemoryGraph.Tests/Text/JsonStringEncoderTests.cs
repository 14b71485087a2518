using System.Globalization;
using System.Text;
using System.Text.Json;
using MemoryGraph.Events;
using MemoryGraph.Text;

namespace MemoryGraph.Tests.Text;

/// <summary>The one escaper of JSON strings: what each of its three kinds escapes, and how.</summary>
public sealed class JsonStringEncoderTests
{
    private static readonly string AllLetters = string.Concat(
        Enumerable.Range(0, 0x110000).Where(Rune.IsValid).Select(code => new Rune(code).ToString()));

    [Theory]
    [InlineData("čš東京 <a href='x'>&+`", "čš東京 <a href='x'>&+`")]
    [InlineData("😀 👩‍💻 𐍈", "😀 👩‍💻 𐍈")]
    [InlineData("\u00A0 ° – “ ” … € \uFFFD", "\u00A0 ° – “ ” … € \uFFFD")]
    [InlineData("\"\\\n\t\0\u007F", """\"\\\n\t\u0000\u007f""")]
    [InlineData("\u0085\u2028\u2029", """\u0085\u2028\u2029""")]
    [InlineData("", "")]
    public void On_one_line_letters_stay_and_line_ends_are_escaped(string text, string written)
    {
        Assert.Equal($"\"{written}\"", Write(JsonStringEncoder.OneLine, json => json.WriteStringValue(text)));
        Assert.Equal($"\"{written}\"", Write(JsonStringEncoder.OneLine, json => json.WriteStringValue(Encoding.UTF8.GetBytes(text))));
    }

    [Fact]
    public void On_one_line_half_a_pair_becomes_the_replacement_character()
    {
        Assert.Equal("\"a\uFFFDb\"", Write(JsonStringEncoder.OneLine, json => json.WriteStringValue("a\ud800b")));
        Assert.Equal("\"a\uFFFD\"", Write(JsonStringEncoder.OneLine, json => json.WriteStringValue("a\ud83d")));
    }

    [Fact]
    public void Every_letter_reads_back_as_itself_and_on_one_line()
    {
        string written = Write(JsonStringEncoder.OneLine, json => json.WriteStringValue(AllLetters));

        Assert.Equal(AllLetters, JsonElement.Parse(written).GetString());
        Assert.Equal(written, Write(JsonStringEncoder.OneLine, json => json.WriteStringValue(Encoding.UTF8.GetBytes(AllLetters))));
        Assert.DoesNotContain(written, letter => char.IsControl(letter) || letter is '\u2028' or '\u2029');
    }

    // No theory: test frameworks do not hand on half a pair.
    [Fact]
    public void As_JavaScript_special_cases_are_written_as_JSON_stringify_does()
    {
        foreach ((string text, string written) in new[]
        {
            ("\b\t\n\f\r\"\\/", """\b\t\n\f\r\"\\/"""),
            ("\u001f\u007f\u0085\u2028\u2029", "\\u001f\u007f\u0085\u2028\u2029"),
            ("a\ud83db \udc00 \ud83d", """a\ud83db \udc00 \ud83d"""),
            ("\ud83d\ud83d\ude00\ude00", "\\ud83d😀\\ude00"),
        })
        {
            Assert.Equal($"\"{written}\"", Stringified(text));
            Assert.Equal($"\"{written}\"", Write(JsonStringEncoder.JavaScript, json => json.WriteStringValue(text)));
        }
    }

    [Fact]
    public void As_JavaScript_every_text_is_written_as_JSON_stringify_does()
    {
        Assert.Equal(Stringified(AllLetters), Write(JsonStringEncoder.JavaScript, json => json.WriteStringValue(AllLetters)));

        string[] pieces = ["\ud83d", "\ude00", "\ud83d\ude00", "\"", "\\", "\u001f", "\b", "\n", "\u2028", "a", "é", "\u007f", "東"];
        var random = new Random(20261201);
        for (int run = 0; run < 5_000; run++)
        {
            string text = string.Concat(random.GetItems(pieces, random.Next(20)));
            Assert.Equal(Stringified(text), Write(JsonStringEncoder.JavaScript, json => json.WriteStringValue(text)));
        }
    }

    [Fact]
    public void In_the_log_only_what_JSON_demands_is_escaped()
    {
        StringBuilder expected = new("\"");
        foreach (char c in AllLetters)
        {
            _ = c switch
            {
                '"' or '\\' => expected.Append('\\').Append(c),
                '\n' => expected.Append("\\n"),
                '\r' => expected.Append("\\r"),
                '\t' => expected.Append("\\t"),
                < ' ' => expected.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => expected.Append(c),
            };
        }

        Assert.Equal(expected.Append('"').ToString(), Encoding.UTF8.GetString(new Utf8Buffer().Quoted(AllLetters).Written));
    }

    // QuoteJSONString of ECMA-262, section 25.5.2.3.
    private static string Stringified(string value)
    {
        StringBuilder product = new("\"");
        for (int i = 0; i < value.Length; i++)
        {
            char c = value[i];
            bool isPair = char.IsHighSurrogate(c) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]);
            _ = c switch
            {
                '\b' => product.Append("\\b"),
                '\t' => product.Append("\\t"),
                '\n' => product.Append("\\n"),
                '\f' => product.Append("\\f"),
                '\r' => product.Append("\\r"),
                '"' => product.Append("\\\""),
                '\\' => product.Append("\\\\"),
                _ when isPair => product.Append(c).Append(value[++i]),
                _ when c < ' ' || char.IsSurrogate(c) => product.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => product.Append(c),
            };
        }

        return product.Append('"').ToString();
    }

    private static string Write(JsonStringEncoder encoder, Action<Utf8JsonWriter> write)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter json = new(bytes, new() { Encoder = encoder }))
        {
            write(json);
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
