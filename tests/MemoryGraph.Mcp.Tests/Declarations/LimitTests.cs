using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using MemoryGraph.Domain;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Mcp.Operations;

namespace MemoryGraph.Mcp.Tests.Declarations;

/// <summary>Every number that a model is told is the one that is kept to.</summary>
public sealed partial class LimitTests
{
    private static readonly Dictionary<string, int> TextBounds = new()
    {
        ["name"] = Limits.NameCharacters,
        ["entity"] = Limits.NameCharacters,
        ["from"] = Limits.NameCharacters,
        ["to"] = Limits.NameCharacters,
        ["newName"] = Limits.NameCharacters,
        ["names[]"] = Limits.NameCharacters,
        ["steps[]"] = Limits.TypeCharacters + 4,
        ["entityType"] = Limits.TypeCharacters,
        ["relationType"] = Limits.TypeCharacters,
        ["relationTypes[]"] = Limits.TypeCharacters,
        ["observations[]"] = Limits.ObservationCharacters,
        ["supersedes"] = Limits.ObservationCharacters,
        ["containing"] = Limits.ObservationCharacters,
        ["reason"] = Limits.ReasonCharacters,
        ["user"] = Limits.AuthorCharacters,
        ["agent"] = Limits.AuthorCharacters,
        ["relation"] = (2 * Limits.NameCharacters) + Limits.TypeCharacters,
        ["users[]"] = Limits.AuthorCharacters,
        ["agents[]"] = Limits.AuthorCharacters,
        ["eventTypes[]"] = Limits.TypeCharacters,
        ["events"] = EventsParameter.CharactersMax,
        ["against"] = 1_000,
        ["query"] = 1_000,
        ["cursor"] = 200,
    };

    public static TheoryData<string, string> Texts => Rows(one => one.Schema.TryGetProperty("maxLength", out _));

    public static TheoryData<string, string> Numbers => Rows(one => one.Schema.GetProperty("type").GetString() == "integer");

    [Theory]
    [MemberData(nameof(Texts))]
    public void The_longest_text_is_the_limit_of_its_kind(string tool, string path) => Assert.Equal(
        TextBounds[path.Split('.')[^1]], Schema(tool, path).GetProperty("maxLength").GetInt32());

    [Fact]
    public void Every_text_has_a_limit_unless_its_form_is_its_limit() => Assert.Equal(
        Served.Declared(ToolSet.All).SelectMany(tool => tool.Declaration.Parameters
            .Where(one => one is PointParameter or DayParameter).Select(one => (tool.Declaration.Name, one.Name))),
        Properties().Where(one => one.Schema.GetProperty("type").GetString() == "string"
            && !one.Schema.TryGetProperty("maxLength", out _) && !one.Schema.TryGetProperty("enum", out _))
            .Select(one => (one.Tool, one.Path)));

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task A_text_may_be_as_long_as_the_schema_says_and_no_longer(string tool, string path)
    {
        int most = Schema(tool, path).GetProperty("maxLength").GetInt32();
        await using var memory = new Memory(ToolSet.All);

        // The other required arguments are missing, so nothing is run either way.
        string atMost = (await memory.CallAsync(tool, Nested(path, Text(most)))).Text;
        string oneMore = await memory.FaultAsync(tool, Nested(path, Text(most + 1)));

        string fault = $"may be {most} characters long at most, got ";
        Assert.DoesNotContain(fault, atMost, StringComparison.Ordinal);
        Assert.Contains(fault + (most + 1), oneMore, StringComparison.Ordinal);
        Assert.Equal(0, memory.Events);
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public async Task A_number_may_be_as_small_and_as_large_as_the_schema_says(string tool, string path)
    {
        JsonElement schema = Schema(tool, path);
        int least = schema.GetProperty("minimum").GetInt32();
        int most = schema.GetProperty("maximum").GetInt32();
        string fault = string.Create(CultureInfo.InvariantCulture, $"`{path}` must be a whole number from {least} to {most}, got ");
        await using var memory = new Memory(ToolSet.All);

        foreach (int number in new[] { least, most })
        {
            Assert.DoesNotContain(fault, (await memory.CallAsync(tool, $"{{\"{path}\":{number}}}")).Text, StringComparison.Ordinal);
        }

        foreach (int number in new[] { least - 1, most + 1 })
        {
            Assert.Contains(
                $"{fault}the number {number}", await memory.FaultAsync(tool, $"{{\"{path}\":{number}}}"), StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void The_bounds_of_a_number_are_the_tools_own(string tool, string path)
    {
        JsonElement schema = Schema(tool, path);

        Assert.Equal(1, schema.GetProperty("minimum").GetInt32());
        Assert.Equal(path switch { "depth" => 4, "maxDepth" => 8, "count" => 100, _ => SharedParameters.LimitMax }, schema.GetProperty("maximum").GetInt32());
    }

    [Fact]
    public void The_default_that_a_description_names_is_what_an_absent_argument_counts_as()
    {
        var told = new List<string>();
        foreach (MemoryTool tool in Served.Declared(ToolSet.All))
        {
            foreach (NumberParameter parameter in tool.Declaration.Parameters.OfType<NumberParameter>())
            {
                Match named = DefaultNumber().Match(parameter.Description);
                Assert.True(named.Success, $"{tool.Declaration.Name}.{parameter.Name} names no default");
                Assert.Equal(parameter.WhenAbsent, int.Parse(named.Groups[1].Value, CultureInfo.InvariantCulture));
                told.Add(parameter.Name);
            }

            foreach (ChoiceParameter<MemoryGraph.Queries.Direction> parameter in
                tool.Declaration.Parameters.OfType<ChoiceParameter<MemoryGraph.Queries.Direction>>())
            {
                Assert.EndsWith($"Default {parameter.WhenAbsent.ToString().ToLowerInvariant()}.", parameter.Description, StringComparison.Ordinal);
                told.Add(parameter.Name);
            }
        }

        Assert.Equal(["count", "depth", "direction", "limit", "maxDepth"], told.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_description_names_a_number_that_nobody_compares()
    {
        string[] numbers = [.. Served.Declared(ToolSet.All)
            .SelectMany(tool => tool.Declaration.Parameters.Select(parameter => parameter.Description).Append(tool.Declaration.Description))
            .SelectMany(text => Number().Matches(Example().Replace(DefaultNumber().Replace(text, ""), "")))
            .Select(match => match.Value).Distinct()];

        Assert.Empty(numbers);
    }

    private static string Text(int characters) => $"\"{new string('x', characters)}\"";

    // entities[].name is {"entities":[{"name": …}]}
    private static string Nested(string path, string value) => path.Split('.').Reverse().Aggregate(value, (inner, step) =>
        step.EndsWith("[]", StringComparison.Ordinal) ? $"{{\"{step[..^2]}\":[{inner}]}}" : $"{{\"{step}\":{inner}}}");

    private static TheoryData<string, string> Rows(Func<Property, bool> which)
    {
        var rows = new TheoryData<string, string>();
        foreach (Property one in Properties().Where(which))
        {
            rows.Add(one.Tool, one.Path);
        }

        return rows;
    }

    private static JsonElement Schema(string tool, string path) =>
        Properties().Single(one => one.Tool == tool && one.Path == path).Schema;

    private static IEnumerable<Property> Properties() => Served.Of(ToolSet.All).SelectMany(tool =>
        Inside(tool.InputSchema, "").Select(one => new Property(tool.Name, one.Path, one.Schema)));

    private static IEnumerable<(string Path, JsonElement Schema)> Inside(JsonElement schema, string path) =>
        schema.GetProperty("type").GetString() switch
        {
            "object" => schema.GetProperty("properties").EnumerateObject()
                .SelectMany(member => Inside(member.Value, path.Length == 0 ? member.Name : $"{path}.{member.Name}")),
            "array" => Inside(schema.GetProperty("items"), path + "[]"),
            _ => [(path, schema)],
        };

    [GeneratedRegex("Default ([0-9]+)")]
    private static partial Regex DefaultNumber();

    // #42, 41-45, 2026-11-23, "2 days ago" and YYYY-MM-DD show a form.
    [GeneratedRegex("#[0-9]+|41-45|[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:]+)?|2 days ago")]
    private static partial Regex Example();

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Number();

    /// <param name="Path">As in <c>entities[].name</c>.</param>
    private sealed record Property(string Tool, string Path, JsonElement Schema);
}
