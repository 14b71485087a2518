using MemoryGraph.Search;

namespace MemoryGraph.Tests.Values;

public sealed class EnglishStemTests
{
    [Theory]
    [InlineData("decide decides decided deciding decision decisions")]
    [InlineData("migrate migrates migrated migrating migration migrations")]
    [InlineData("configure configured configuring configuration")]
    [InlineData("deploy deploys deployed deploying deployment deployments")]
    [InlineData("retry retries retried retrying")]
    [InlineData("cache caches cached caching")]
    [InlineData("run runs running ran")]
    [InlineData("fix fixes fixed fixing")]
    [InlineData("class classes")]
    [InlineData("call calls called calling")]
    [InlineData("choose chooses chose chosen choosing choice")]
    [InlineData("write writes wrote written writing")]
    [InlineData("give gives gave given giving")]
    [InlineData("make makes made making")]
    [InlineData("take takes took taken taking")]
    [InlineData("lose loses lost losing")]
    [InlineData("rise rises rose risen rising")]
    [InlineData("tell tells told telling")]
    [InlineData("fall falls fell fallen falling")]
    [InlineData("hide hides hidden hiding")]
    [InlineData("leave leaves left leaving")]
    [InlineData("begin begins began begun beginning")]
    [InlineData("find finds found finding")]
    [InlineData("keep keeps kept keeping")]
    [InlineData("break breaks broke broken breaking")]
    public void The_forms_of_a_word_share_their_stem(string forms) =>
        Assert.Single(forms.Split(' ').Select(form => EnglishStem.Of(form).ToString()).Distinct());

    [Theory]
    [InlineData("string", "strange")]
    [InlineData("need", "new")]
    [InlineData("status", "state")]
    [InlineData("redis", "red")]
    [InlineData("user", "used")]
    [InlineData("server", "service")]
    [InlineData("process", "procedure")]
    [InlineData("test", "team")]
    [InlineData("thanh", "than")]
    [InlineData("nghe", "nghi")]
    public void Other_words_keep_apart(string one, string other) =>
        Assert.NotEqual(EnglishStem.Of(one).ToString(), EnglishStem.Of(other).ToString());

    [Theory]
    [InlineData("sha256")]
    [InlineData("東京")]
    [InlineData("été")]
    [InlineData("a")]
    [InlineData("")]
    public void What_is_no_English_word_has_none(string word) => Assert.Equal("", EnglishStem.Of(word).ToString());
}
