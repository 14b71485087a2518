using System.Text.Json;

namespace MemoryGraph.Mcp.Tests.Declarations;

/// <summary>The lint itself: each thing that some client stumbles over is found.</summary>
public sealed class SchemaLintTests
{
    [Fact]
    public void A_plain_tool_passes() => Assert.Empty(Breaches("""{"type":"string","description":"d"}"""));

    [Theory]
    [InlineData("""{"type":["string","null"],"description":"d"}""", ".x has not one plain type")]
    [InlineData("""{"description":"d"}""", ".x has not one plain type")]
    [InlineData("""{"type":"string"}""", ".x has no description")]
    [InlineData("""{"type":"string","description":""}""", ".x has no description")]
    [InlineData("true", ".x is a boolean schema")]
    [InlineData("""{"type":"array","description":"d"}""", ".x has items of no type")]
    [InlineData("""{"type":"array","items":true,"description":"d"}""", ".x has items of no type")]
    [InlineData("""{"type":"array","items":{"type":["object","null"]},"description":"d"}""", ".x[] has not one plain type")]
    [InlineData("""{"type":"array","items":{"type":"array","items":{"type":"string"}},"description":"d"}""", ".x is too deep")]
    [InlineData("""{"type":"object","properties":{},"required":[],"description":"d"}""", ".x is an object outside of a list")]
    [InlineData("""{"type":"array","items":{"type":"object","required":[]},"description":"d"}""", ".x[] lacks properties or required")]
    [InlineData("""{"type":"string","enum":["a",null],"description":"d"}""", ".x has an enum of other things than words")]
    [InlineData("""{"type":"string","default":null,"description":"d"}""", ".x uses default")]
    [InlineData("""{"type":"string","description":"d","oneOf":[]}""", ".x uses oneOf")]
    [InlineData("""{"type":"string","description":"d","not":{}}""", ".x uses not")]
    [InlineData("""{"type":"string","description":"d","$ref":"#/$defs/x"}""", ".x uses $ref")]
    [InlineData("""{"type":"string","description":"d","format":"date"}""", ".x uses format")]
    public void What_a_client_stumbles_over_is_found(string property, string breach) =>
        Assert.Equal([$"t: {breach}"], Breaches(property));

    [Fact]
    public void An_object_in_a_list_may_have_a_list_of_texts_and_nothing_deeper()
    {
        const string texts = """{"type":"array","items":{"type":"string"},"description":"d"}""";
        const string objects = """{"type":"array","items":{"type":"object","properties":{},"required":[]},"description":"d"}""";

        Assert.Empty(Breaches(ListOf(texts)));
        Assert.Equal(["t: .x[].y is too deep"], Breaches(ListOf(objects)));
    }

    [Theory]
    [InlineData("\"$defs\":{}", "t:  uses $defs")]
    [InlineData("\"anyOf\":[]", "t:  uses anyOf")]
    [InlineData("\"if\":{}", "t:  uses if")]
    [InlineData("\"additionalProperties\":true", "t:  has additionalProperties other than false")]
    public void What_stands_at_the_root_is_seen_too(string member, string breach) => Assert.Equal(
        [breach], SchemaLint.Breaches(Tool("t", $$"""{"type":"object","properties":{},"required":[],{{member}}}""")));

    [Theory]
    [InlineData("a_name_of_22_characters")]
    [InlineData("Upper")]
    [InlineData("dash-ed")]
    [InlineData("dot.ted")]
    [InlineData("1st")]
    public void A_name_that_some_client_refuses_is_found(string name) => Assert.Equal(
        [$"{name}: the name is not plain and short"],
        SchemaLint.Breaches(Tool(name, """{"type":"object","properties":{},"required":[]}""")));

    private static string ListOf(string member) =>
        $$$"""{"type":"array","items":{"type":"object","properties":{"y":{{{member}}}},"required":["y"]},"description":"d"}""";

    private static IEnumerable<string> Breaches(string property) =>
        SchemaLint.Breaches(Tool("t", $$$"""{"type":"object","properties":{"x":{{{property}}}},"required":[]}"""));

    private static JsonElement Tool(string name, string schema) => JsonElement.Parse(
        $$"""
        {"annotations":{"readOnlyHint":true,"destructiveHint":false,"idempotentHint":true,"openWorldHint":false},
         "name":"{{name}}","title":"T","description":"d","inputSchema":{{schema}} }
        """);
}
