using CsCheck;
using MemoryGraph.Text;

namespace MemoryGraph.Tests.Values;

public sealed class WordsTests
{
    [Theory]
    [InlineData("Users like tea.", "users like tea")]
    [InlineData("src/auth-service/user_store.v2.cs", "src auth service user store v2 cs")]
    [InlineData("a\tb\nc\u00A0d—e", "a b c d e")]
    [InlineData("Đăng nhập", "dang nhap")]
    [InlineData("Đa\u0306ng nha\u0302\u0323p", "dang nhap")]
    [InlineData("Straße", "strasse")]
    [InlineData("", "")]
    [InlineData(" \r\n\0", "")]
    public void Words_are_runs_of_letters_and_digits(string text, string words) => Assert.Equal(words, Plain(text));

    [Theory]
    [InlineData("parseJSONFile2", "parse json file2", "parsejsonfile2")]
    [InlineData("AuthService", "auth service", "authservice")]
    [InlineData("HTTPServer", "http server", "httpserver")]
    [InlineData("sha256Hash", "sha256 hash", "sha256hash")]
    [InlineData("Base64URL", "base64 url", "base64url")]
    [InlineData("IPv6Address", "ipv6 address", "ipv6address")]
    [InlineData("ĐăngNhập", "dang nhap", "dangnhap")]
    [InlineData("Đa\u0306ngNha\u0323\u0302p", "dang nhap", "dangnhap")]
    [InlineData("max\u0304Value", "max value", "maxvalue")]
    [InlineData("X\u0304MLFile", "xml file", "xmlfile")]
    [InlineData("GrößeÆndern", "grosse aendern", "grosseaendern")]
    [InlineData("parseФайл", "parse файл", "parseфайл")]
    public void An_identifier_gives_its_parts_and_itself(string text, string parts, string compound)
    {
        Assert.Equal(parts, Plain(text));
        Word whole = Assert.Single(Words.Split(text), word => word.IsCompound);
        Assert.Equal(compound, whole.Text);
        Assert.Equal(0, whole.Position);
        Assert.Equal(parts.Split(' ').Length, whole.Parts);
    }

    [Theory]
    [InlineData("URLs", "urls")]
    [InlineData("IPv6", "ipv6")]
    [InlineData("2FA", "2fa")]
    [InlineData("3D", "3d")]
    [InlineData("H2O", "h2o")]
    [InlineData("README", "readme")]
    [InlineData("utf8", "utf8")]
    [InlineData("x86asm", "x86asm")]
    [InlineData("ОАО", "оао")]
    public void Short_forms_and_numbers_stay_whole(string text, string word) =>
        Assert.Equal([new Word(word, 0, 1)], Words.Split(text));

    [Fact]
    public void A_compound_shares_the_position_of_its_first_part_and_the_next_word_follows_its_last() => Assert.Equal(
        [
            new("call", 0, 1),
            new("parse", 1, 1), new("json", 2, 1), new("parsejson", 1, 2),
            new("here", 3, 1),
        ],
        Words.Split("Call parseJson here"));

    [Theory]
    [InlineData("東京都", "東京 京都")]
    [InlineData("猫", "猫")]
    [InlineData("猫、犬", "猫 犬")]
    [InlineData("食べるラーメン", "食べ べる るラ ラー ーメ メン")]
    [InlineData("한국어 지원", "한국 국어 지원")]
    [InlineData("\u1112\u1161\u11AB국", "한국")]
    [InlineData("ｶﾞｯｺｳ", "ガッ ッコ コウ")]
    [InlineData("か\u3099く", "がく")]
    [InlineData("あ\u3099い", "あ\u3099い")]
    [InlineData("\U00020000\U00020001\U00020002", "\U00020000\U00020001 \U00020001\U00020002")]
    [InlineData("iOS版アプリ2つ", "i os 版ア アプ プリ 2 つ")]
    public void Scripts_without_spaces_give_overlapping_pairs(string text, string words) =>
        Assert.Equal(words, Plain(text));

    [Theory]
    [InlineData("Ship it 🚀!", "ship it")]
    [InlineData("🚀", "🚀")]
    [InlineData("👍 ❤\uFE0F", "👍 ❤")]
    [InlineData("-> \t !!!", "-> !!!")]
    [InlineData("\u0301", "")]
    public void Symbols_are_words_only_where_nothing_else_is(string text, string words) =>
        Assert.Equal(words, Plain(text));

    [Fact]
    public void Unpaired_surrogates_separate_and_are_never_words()
    {
        Assert.Equal("ab cd", Plain("\uD83Dab\uDE80cd\uD83D"));
        Assert.Empty(Words.Split("\uD83D \uDE80\uD83D"));
        Assert.Equal("!", Plain("\uD83D!"));
    }

    [Theory]
    [InlineData("हिन्दी", "हिन्दी")]
    [InlineData("ภาษาไทย", "ภาษาไทย")]
    [InlineData("می\u200Cخواهم", "میخواهم")]
    [InlineData("co\u00ADop", "coop")]
    public void Marks_and_joiners_belong_to_their_letter(string text, string words) => Assert.Equal(words, Plain(text));

    [Fact]
    public void Any_text_gives_folded_words_whose_positions_leave_no_gap() => AnyText.Generator.Sample(text =>
    {
        IReadOnlyList<Word> words = Words.Split(text);
        Assert.Equal(
            Enumerable.Range(0, words.Count(word => !word.IsCompound)),
            words.Where(word => !word.IsCompound).Select(word => word.Position));
        foreach (Word word in words)
        {
            Assert.NotEmpty(word.Text);
            Assert.Equal(LetterFolding.Fold(word.Text), LetterComposition.Compose(word.Text));
        }
    });

    [Fact]
    public void Any_compound_is_its_parts_in_one_piece() => AnyText.Generator.Sample(text =>
    {
        IReadOnlyList<Word> words = Words.Split(text);
        foreach (Word whole in words.Where(word => word.IsCompound))
        {
            Assert.Equal(
                whole.Text,
                string.Concat(words
                    .Where(word => !word.IsCompound)
                    .Skip(whole.Position)
                    .Take(whole.Parts)
                    .Select(word => word.Text)));
        }
    });

    [Fact]
    public void Composition_makes_no_difference_to_the_words() => AnyText.Generator.Sample(text =>
        Words.Split(text).SequenceEqual(Words.Split(LetterComposition.Compose(text))));

    [Fact]
    public void A_long_text_is_cut_like_a_short_one()
    {
        IReadOnlyList<Word> words = Words.Split(string.Join(' ', Enumerable.Repeat("likesTea ở東京都", 1_000)));

        Assert.Equal(6_000, words.Count);
        Assert.Equal(new Word("京都", 4_999, 1), words[^1]);
    }

    [Theory]
    [InlineData("AuthService")]
    [InlineData("auth-service")]
    [InlineData("auth service")]
    [InlineData("AUTH_SERVICE")]
    [InlineData("auth/service")]
    [InlineData("áuth\u3000sërvi\u0327ce")]
    public void Names_that_differ_only_in_looks_share_a_key(string name) =>
        Assert.Equal("authservice", Words.NameKey(name));

    [Theory]
    [InlineData("AuthService2")]
    [InlineData("auth.service")]
    [InlineData("oauth service")]
    public void Names_that_differ_in_a_letter_or_a_dot_do_not(string name) =>
        Assert.NotEqual("authservice", Words.NameKey(name));

    [Fact]
    public void A_name_of_separators_only_has_no_key() => Assert.Empty(Words.NameKey("-_/ "));

    private static string Plain(string text) =>
        string.Join(' ', Words.Split(text).Where(word => !word.IsCompound).Select(word => word.Text));
}
