using CsCheck;
using MemoryGraph.Text;

namespace MemoryGraph.Tests.Values;

public sealed class LetterFoldingTests
{
    [Theory]
    [InlineData("đăng nhập")]
    [InlineData("DANG NHAP")]
    [InlineData("Đăng Nhập")]
    [InlineData("đa\u0306ng nha\u0302\u0323p")]
    [InlineData("đa\u0306ng nha\u0323\u0302p")]
    [InlineData("ＤＡＮＧ　ＮＨＡＰ")]
    public void Every_way_to_type_a_Vietnamese_phrase_folds_alike(string text) =>
        Assert.Equal("dang nhap", LetterFolding.Fold(text));

    [Theory]
    [InlineData("Łódź Ørsted Ðorđe ħal", "lodz orsted dorde hal")]
    [InlineData("Straße STRAẞE", "strasse strasse")]
    [InlineData("Ægir Ǽ Œuvre Þór", "aegir ae oeuvre thor")]
    [InlineData("İstanbul ISPARTA ışık", "istanbul isparta isik")]
    [InlineData("paraŀlel ﬁnal eﬃcient", "parallel final efficient")]
    [InlineData("Ǆ ǅ Ŋ ŉ", "dz dz n n")]
    [InlineData("Quyền riêng tư, Người dùng", "quyen rieng tu, nguoi dung")]
    [InlineData("\u212A and \u212B", "k and a")]
    public void Latin_letters_become_their_plain_neighbours(string text, string folded) =>
        Assert.Equal(folded, LetterFolding.Fold(text));

    [Theory]
    [InlineData("ΌΔΥΣΣΕΎΣ", "οδυσσευσ")]
    [InlineData("ᾴ ᾧ Ϊ", "α ω ι")]
    [InlineData("Ёлка ЁЛКА за́мок", "елка елка замок")]
    [InlineData("Андрей", "андрей")]
    [InlineData("Андреи\u0306", "андрей")]
    [InlineData("Їжак Ў Ќе Ѓон", "їжак ў ќе ѓон")]
    [InlineData("أحمد مُحَمَّد", "احمد محمد")]
    [InlineData("שָׁלוֹם", "שלום")]
    public void Other_alphabets_lose_the_marks_that_people_leave_out(string text, string folded) =>
        Assert.Equal(folded, LetterFolding.Fold(text));

    [Theory]
    [InlineData("が", "か")]
    [InlineData("パ", "ハ")]
    [InlineData("की", "के")]
    [InlineData("ปา", "ป่า")]
    [InlineData("й", "и")]
    public void Marks_that_make_another_letter_stay(string one, string other) =>
        Assert.NotEqual(LetterFolding.Fold(one), LetterFolding.Fold(other));

    [Theory]
    [InlineData("ｶﾞｯｺｳ", "ガッコウ")]
    [InlineData("ﾊﾟ", "パ")]
    [InlineData("か\u3099", "が")]
    [InlineData("か\u20DD\u3099", "が")]
    [InlineData("\u1100\u0301\u1161", "가")]
    public void Kana_and_jamo_fold_to_one_composed_form(string text, string folded) =>
        Assert.Equal(folded, LetterFolding.Fold(text));

    [Theory]
    [InlineData("co\u00ADoperate", "cooperate")]
    [InlineData("❤\uFE0F", "❤")]
    [InlineData("葛\U000E0100", "葛")]
    [InlineData("𐐀", "𐐨")]
    public void Characters_beyond_the_plane_lose_case_and_those_that_only_steer_layout_go(string text, string folded) =>
        Assert.Equal(folded, LetterFolding.Fold(text));

    // Not inline data: attributes are stored as UTF-8, which has no unpaired surrogates.
    [Fact]
    public void Unpaired_surrogates_stay() => Assert.Equal("\uD800a\uDC00", LetterFolding.Fold("\uD800Á\uDC00"));

    [Theory]
    [InlineData("auth_service v2")]
    [InlineData("東京 がっこう елка 한국")]
    [InlineData("")]
    public void Folded_text_comes_back_as_the_same_instance(string text) =>
        Assert.Same(text, LetterFolding.Fold(text));

    [Fact]
    public void Composed_and_decomposed_letters_fold_alike()
    {
        var unlike =
            from expected in CompositionFixture.All
            let folded = LetterFolding.Fold(expected.Composed)
            where folded != LetterFolding.Fold(expected.Decomposed) || folded != LetterFolding.Fold(expected.Text)
            select CompositionFixture.Show(expected.Text);

        Assert.Empty(unlike);
    }

    [Fact]
    public void Every_Latin_letter_with_a_canonical_mark_folds_to_ASCII()
    {
        var kept =
            from expected in CompositionFixture.All
            where expected.Text.Length == 1 && char.IsAsciiLetter(expected.Decomposed[0])
            let folded = LetterFolding.Fold(expected.Text)
            where folded != char.ToLowerInvariant(expected.Decomposed[0]).ToString()
            select $"{expected.Text} became {folded}";

        Assert.Empty(kept);
    }

    [Fact]
    public void Folding_any_one_character_twice_changes_nothing_more()
    {
        var moving =
            from c in Enumerable.Range(0, 0x10000)
            let once = LetterFolding.Fold(((char)c).ToString())
            where !ReferenceEquals(once, LetterFolding.Fold(once)) || once.Length > LetterFolding.GrowthMax
            select $"{c:X4}";

        Assert.Empty(moving);
    }

    [Fact]
    public void Folding_twice_changes_nothing_more() => AnyText.Generator.Sample(text =>
    {
        string once = LetterFolding.Fold(text);
        return ReferenceEquals(once, LetterFolding.Fold(once));
    });

    [Fact]
    public void Folding_sees_no_difference_in_composition() => AnyText.Generator.Sample(text =>
        LetterFolding.Fold(text) == LetterFolding.Fold(LetterComposition.Compose(text)));

    [Fact]
    public void A_span_folds_like_its_text() =>
        Assert.Equal("dang", LetterFolding.Fold("Đăng Nhập".AsSpan(0, 4)));
}
