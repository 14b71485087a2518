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
    [InlineData("{", "line 1, column 2, this is no JSON")]
    [InlineData("{\n  \"đ\": 1\n  \"b\": 2\n}", "line 3, column 3, this is no JSON")]
    [InlineData("{ \"a\": /* open }", "line 1, column 8, this is no JSON")]
    [InlineData("// nothing\n", "this is no JSON")]
    [InlineData("[]", "line 1, column 1, there is no object")]
    [InlineData("\uFEFF\"s\"", "column 2, there is no object")]
    [InlineData("{\n  \"s\": []\n}", "line 2, column 8, \"s\" is no object")]
    [InlineData("{\"s\":null}", "line 1, column 6, \"s\" is no object")]
    [InlineData("{\"s\":{},\n\"s\":{}}", "line 2, column 1, \"s\" is there for the second time")]
    [InlineData("{\"s\":{\"m\":1,\"\\u006d\":2}}", "line 1, column 13, \"m\" is there for the second time")]
    [InlineData("{\"\\ud800\":1}", "line 1, column 2, a name has half a letter in it")]
    [InlineData("{} {}", "line 1, column 4, this is no JSON")]
    public void What_cannot_be_changed_safely_is_refused_with_its_place(string text, string place)
    {
        string message = Assert.Throws<ConfigurationException>(() => Open(text).With(Entry, "s", "m")).Message;

        Assert.StartsWith("\"f.json\" cannot be changed: at line ", message, StringComparison.Ordinal);
        Assert.Contains(place, message, StringComparison.Ordinal);
        Assert.EndsWith("Nothing was changed.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_encoding_is_refused() => Assert.Contains(
        "not in UTF-8",
        Assert.Throws<ConfigurationException>(() => new CommentedJson("f", Encoding.Unicode.GetPreamble())).Message,
        StringComparison.Ordinal);

    private static CommentedJson Open(string text) => new("f.json", Encoding.UTF8.GetBytes(text));
}
