using MemoryGraph.Search;

namespace MemoryGraph.Tests.Values;

public sealed class StopWordsTests
{
    [Theory]
    [InlineData("who decided to drop the tokens and why", "decided drop tokens")]
    [InlineData("tại sao đăng nhập bị lỗi", "đăng nhập lỗi")]
    [InlineData("đang dùng của ai", "dùng")]
    [InlineData("đo hiệu năng", "đo hiệu năng")]
    [InlineData("mã lỗi là gì", "mã lỗi")]
    [InlineData("dang nhap la gi", "dang nhap la gi")]
    [InlineData("dang nhap khong duoc la do dau", "dang nhap")]
    [InlineData("ai bi dashboard in la", "ai bi dashboard la")]
    public void Words_that_only_say_how_it_is_asked_are_left_out(string question, string left)
    {
        string[] words = question.Split(' ');

        Assert.Equal(left.Split(' '), words.Zip(StopWords.In(words)).Where(one => !one.Second).Select(one => one.First));
    }
}
