using System.Text;
using System.Text.Json.Nodes;
using MemoryGraph.Mcp.Install;

namespace MemoryGraph.Mcp.Tests.Clients;

/// <summary>What is inserted looks like what is there; what cannot be changed safely is refused.</summary>
public sealed class JsonLayoutTests
{
    private static readonly JsonObject Entry = new() { ["command"] = "m", ["args"] = new JsonArray("a", "đ") };

    [Theory]
    [InlineData("two spaces", "{\n  \"s\": {\n    \"x\": 1\n  }\n}\n",
        "{\n  \"s\": {\n    \"x\": 1,\n    \"m\": {\n      \"command\": \"m\",\n      \"args\": [\"a\", \"đ\"]\n    }\n  }\n}\n")]
    [InlineData("four spaces", "{\n    \"s\": {}\n}",
        "{\n    \"s\": {\n        \"m\": {\n            \"command\": \"m\",\n            \"args\": [\"a\", \"đ\"]\n        }\n    }\n}")]
    [InlineData("tabs and CRLF", "{\r\n\t\"a\": 1\r\n}\r\n",
        "{\r\n\t\"a\": 1,\r\n\t\"s\": {\r\n\t\t\"m\": {\r\n\t\t\t\"command\": \"m\",\r\n\t\t\t\"args\": [\"a\", \"đ\"]\r\n\t\t}\r\n\t}\r\n}\r\n")]
    [InlineData("one line", """{"a":1,"s":{"x":2}}""", """{"a":1,"s":{"x":2,"m":{"command":"m","args":["a","đ"]}}}""")]
    [InlineData("one line with spaces", """{ "a": 1 }""", """{ "a": 1, "s": {"m": {"command": "m", "args": ["a", "đ"]}} }""")]
    [InlineData("one line in many", "{\n  \"s\": { \"x\": 1 }\n}",
        "{\n  \"s\": { \"x\": 1, \"m\": {\"command\": \"m\", \"args\": [\"a\", \"đ\"]} }\n}")]
    [InlineData("a trailing comma", "{\n  \"s\": {\n    \"x\": 1, // last\n  },\n}",
        "{\n  \"s\": {\n    \"x\": 1, // last\n    \"m\": {\n      \"command\": \"m\",\n      \"args\": [\"a\", \"đ\"]\n    },\n  },\n}")]
    [InlineData("a comment behind the last member", "{\n  \"s\": {\n    \"x\": 1 // why\n  }\n}",
        "{\n  \"s\": {\n    \"x\": 1, // why\n    \"m\": {\n      \"command\": \"m\",\n      \"args\": [\"a\", \"đ\"]\n    }\n  }\n}")]
    [InlineData("a byte order mark", "\uFEFF{}",
        "\uFEFF{\n  \"s\": {\n    \"m\": {\n      \"command\": \"m\",\n      \"args\": [\"a\", \"đ\"]\n    }\n  }\n}")]
    public void What_is_inserted_is_laid_out_like_the_rest(string what, string before, string after) => Assert.Equal(
        (what, after), (what, Encoding.UTF8.GetString(Open(before).With(Entry, "s", "m"))));

    [Fact]
    public void White_space_alone_in_an_empty_object_is_the_one_thing_that_goes() =>
        Assert.Equal("{}\n", Encoding.UTF8.GetString(new CommentedJson("f", Open("{ \n }\n").With(Entry, "m")).Without("m")));

    [Theory]
    [InlineData("{")]
    [InlineData("{\n  \"đ\": 1\n  \"b\": 2\n}")]
    [InlineData("{ \"a\": /* open }")]
    [InlineData("// nothing\n")]
    [InlineData("[]")]
    [InlineData("\uFEFF\"s\"")]
    [InlineData("{\n  \"s\": []\n}")]
    [InlineData("{\"s\":null}")]
    [InlineData("{\"s\":{},\n\"s\":{}}")]
    [InlineData("{\"s\":{\"m\":1,\"\\u006d\":2}}")]
    [InlineData("{\"\\ud800\":1}")]
    [InlineData("{} {}")]
    public void What_cannot_be_changed_safely_is_refused_with_its_place(string text)
    {
        string message = Assert.Throws<ConfigurationException>(() => Open(text).With(Entry, "s", "m")).Message;

        Wording.Match(message, text);
    }

    [Fact]
    public void Another_encoding_is_refused() => Wording.Match(
        Assert.Throws<ConfigurationException>(() => new CommentedJson("f", Encoding.Unicode.GetPreamble())).Message);

    private static CommentedJson Open(string text) => new("f.json", Encoding.UTF8.GetBytes(text));
}
