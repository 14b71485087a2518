using CsCheck;
using MemoryGraph.Text;

namespace MemoryGraph.Tests.Values;

public sealed class LetterCompositionTests
{
    [Fact]
    public void Every_letter_and_sequence_of_the_fixture_composes_as_Unicode_says()
    {
        var wrong =
            from expected in CompositionFixture.All
            from text in new[] { expected.Text, expected.Decomposed, expected.Composed }
            let composed = LetterComposition.Compose(text)
            where composed != expected.Composed
            select $"{CompositionFixture.Show(text)} became {CompositionFixture.Show(composed)}, "
                + $"not {CompositionFixture.Show(expected.Composed)}";

        Assert.Empty(wrong.Distinct());
        Assert.True(CompositionFixture.All.Count > 1_900, "the fixture was cut short");
    }

    [Fact]
    public void A_letter_that_the_fixture_does_not_name_stays_as_it_is()
    {
        HashSet<string> named = [.. CompositionFixture.All.Select(expected => expected.Text)];
        var changed =
            from c in Enumerable.Range(0, 0x10000)
            let text = ((char)c).ToString()
            where !named.Contains(text) && !ReferenceEquals(text, LetterComposition.Compose(text))
            select CompositionFixture.Show(text);

        Assert.Empty(changed);
    }

    [Fact]
    public void Letters_on_the_quick_path_need_no_other()
    {
        HashSet<char> moving =
        [
            .. from expected in CompositionFixture.All
               where expected.Text.Length == 1
               from letter in expected.Composed == expected.Text ? expected.Decomposed[1..] : expected.Text
               where letter is not (>= '\uAC00' and <= '\uD7A3')
               select letter,
        ];

        Assert.Empty(moving.Where(LetterComposition.IsPlain).Select(letter => $"{(int)letter:X4}"));
    }

    [Fact]
    public void Every_Hangul_syllable_comes_back_from_its_jamo()
    {
        for (char lead = '\u1100'; lead <= '\u1112'; lead++)
        {
            for (char vowel = '\u1161'; vowel <= '\u1175'; vowel++)
            {
                int open = 0xAC00 + ((((lead - '\u1100') * 21) + (vowel - '\u1161')) * 28);
                Assert.Equal(((char)open).ToString(), LetterComposition.Compose($"{lead}{vowel}"));
                for (int tail = 1; tail < 28; tail++)
                {
                    string closed = ((char)(open + tail)).ToString();
                    Assert.Equal(closed, LetterComposition.Compose($"{lead}{vowel}{(char)('\u11A7' + tail)}"));
                    Assert.Equal(closed, LetterComposition.Compose($"{(char)open}{(char)('\u11A7' + tail)}"));
                }
            }
        }
    }

    [Theory]
    [InlineData("a\u0302\u0323", "ậ")]
    [InlineData("a\u0323\u0302", "ậ")]
    [InlineData("â\u0323", "ậ")]
    [InlineData("ạ\u0302", "ậ")]
    [InlineData("u\u031B\u0303", "ữ")]
    [InlineData("u\u0303\u031B", "ữ")]
    public void Two_marks_on_one_letter_compose_in_either_order(string text, string composed) =>
        Assert.Equal(composed, LetterComposition.Compose(text));

    [Theory]
    [InlineData("plain ASCII")]
    [InlineData("Đăng nhập bằng mật khẩu")]
    [InlineData("Žluťoučký kůň, Ελληνικά, Ёлка, 東京, がっこう, 한국어, 🚀")]
    [InlineData("ไทย हिन्दी")]
    [InlineData("")]
    public void Composed_text_comes_back_as_the_same_instance(string text) =>
        Assert.Same(text, LetterComposition.Compose(text));

    [Fact]
    public void Composing_twice_changes_nothing_more() => AnyText.Generator.Sample(text =>
    {
        string once = LetterComposition.Compose(text);
        return ReferenceEquals(once, LetterComposition.Compose(once));
    });

    [Fact]
    public void A_letter_under_many_thousand_marks_is_composed_in_order()
    {
        string text = "a" + string.Concat(Enumerable.Repeat("\u0301\u0323", 50_000));

        string composed = LetterComposition.Compose(text);

        Assert.Equal('ạ', composed[0]);
        Assert.Equal(text.Length - 1, composed.Length);
        Assert.Equal(composed.IndexOf('\u0301', StringComparison.Ordinal), composed.LastIndexOf('\u0323') + 1);
    }
}
