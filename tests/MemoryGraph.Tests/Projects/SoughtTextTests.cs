using MemoryGraph.Text;

namespace MemoryGraph.Tests.Projects;

public sealed class SoughtTextTests
{
    [Theory]
    [InlineData("Ada King", "ADA KING was here", "ADA KING")]
    [InlineData("Ada King", "ada_king.txt", "ada_king")]
    [InlineData("Ada King", "see /ada-king/notes", "ada-king")]
    [InlineData("ada", "askAdaFirst", "Ada")]
    [InlineData("McDonald", "mcdonald's", "mcdonald")]
    [InlineData("Nguyễn Huệ", "pho\u0302\u0301 NGUYEN\nHUE", "NGUYEN\nHUE")]
    [InlineData("Nguyen Hue", "phố Nguyê\u0303n Huê\u0323", "Nguyê\u0303n Huê\u0323")]
    [InlineData("東京", "昨日は東京都にいた", "東京")]
    [InlineData("C++", "written in c++ and C", "c")]
    [InlineData("🚀", "go 🚀!", "🚀")]
    [InlineData("🚀x", "go 🚀X!", "🚀X")]
    public void A_name_is_found_as_whole_words_however_they_are_parted(string name, string text, string spelling)
    {
        var sought = TextPattern.WholeWords(name);

        Assert.True(sought.Matches(text), $"{name} was not found in {text}");
        Assert.Contains(spelling, sought.SpellingsIn(text));
    }

    [Theory]
    [InlineData("Ada", "Adamant")]
    [InlineData("Ada", "canada")]
    [InlineData("Ada King", "Ada Kingsley")]
    [InlineData("Ada King", "King Ada")]
    [InlineData("Ada King", "Ada, the King")]
    [InlineData("Mai", "Mails")]
    [InlineData("東京", "京東")]
    [InlineData("🚀", "rocket")]
    public void A_name_is_not_found_in_parts_of_other_words(string name, string text) =>
        Assert.False(TextPattern.WholeWords(name).Matches(text), $"{name} was found in {text}");

    [Theory]
    [InlineData("mat khau", "XMẬT KHẨUY", "MẬT KHẨU")]
    [InlineData("mật khẩu", "ma\u0323\u0302t kha\u0302\u0309u!", "ma\u0323\u0302t kha\u0302\u0309u")]
    [InlineData(" 555 ", "call 5551234", "555")]
    [InlineData("straße", "STRASSE 1", "STRASSE")]
    [InlineData("STRASSE", "Hauptstraße", "straße")]
    [InlineData("$&", "a$&b", "$&")]
    public void A_text_is_found_inside_words_with_the_spelling_it_has_there(string said, string text, string spelling)
    {
        var sought = TextPattern.Anywhere(said);

        Assert.True(sought.Matches(text), $"{said} was not found in {text}");
        Assert.Equal([spelling], sought.SpellingsIn(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n ")]
    [InlineData("\u0301")]
    [InlineData("\u200D\u00AD")]
    public void Marks_and_layout_alone_are_nothing_to_look_for(string text) => Assert.True(TextPattern.Anywhere(text).IsEmpty);
}
