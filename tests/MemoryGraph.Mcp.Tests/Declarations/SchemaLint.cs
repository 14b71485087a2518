using System.Text.Json;
using System.Text.RegularExpressions;

namespace MemoryGraph.Mcp.Tests.Declarations;

/// <summary>What every client there is takes, checked on a tool as it is sent: one sentence for each breach.</summary>
internal static partial class SchemaLint
{
    private const int NameCharactersMax = 21;
    private const int DescriptionCharactersMax = 1_000;

    private static readonly string[] Kinds = ["string", "integer", "number", "boolean", "array", "object"];

    private static readonly string[] ToolMembers = ["name", "title", "description", "inputSchema", "annotations"];

    // Anything else is refused, so "$ref", "oneOf", "format" and the like need no list of their own.
    private static readonly string[] Keywords =
        ["type", "description", "properties", "required", "additionalProperties", "items", "enum", "maxLength", "minimum", "maximum", "minItems", "maxItems"];

    public static IEnumerable<string> Breaches(JsonElement tool) => OfTool(tool).Select(breach => $"{tool.GetProperty("name")}: {breach}");

    private static IEnumerable<string> OfTool(JsonElement tool)
    {
        foreach (JsonProperty member in tool.EnumerateObject().Where(member => !ToolMembers.Contains(member.Name)))
        {
            yield return $"has the member {member.Name}, for which some clients drop the tool";
        }

        string name = tool.GetProperty("name").GetString()!;
        if (name.Length > NameCharactersMax || !PlainName().IsMatch(name))
        {
            yield return "the name is not plain and short";
        }

        if (Text(tool, "title").Length == 0)
        {
            yield return "no title";
        }

        if (Text(tool, "description").Length is 0 or > DescriptionCharactersMax)
        {
            yield return $"the description has {Text(tool, "description").Length} characters";
        }

        foreach (string hint in new[] { "readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint" })
        {
            if (!tool.GetProperty("annotations").TryGetProperty(hint, out JsonElement set)
                || set.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            {
                yield return $"{hint} is not set";
            }
        }

        foreach (string breach in OfObject(tool.GetProperty("inputSchema"), "", listsDeep: 0))
        {
            yield return breach;
        }
    }

    private static IEnumerable<string> OfObject(JsonElement schema, string path, int listsDeep)
    {
        if (schema.ValueKind != JsonValueKind.Object || Text(schema, "type") != "object")
        {
            return [$"{path} is no object"];
        }

        if (!schema.TryGetProperty("properties", out JsonElement properties) || !schema.TryGetProperty("required", out JsonElement required))
        {
            return [$"{path} lacks properties or required"];
        }

        IEnumerable<string> unknown = required.EnumerateArray().Select(name => name.GetString()!)
            .Where(name => !properties.TryGetProperty(name, out _))
            .Select(name => $"{path} requires {name}, which it does not have");
        IEnumerable<string> closed = schema.TryGetProperty("additionalProperties", out JsonElement more) && more.ValueKind != JsonValueKind.False
            ? [$"{path} has additionalProperties other than false"] : [];
        return
        [
            .. unknown, .. closed, .. OfKeywords(schema, path),
            .. properties.EnumerateObject().SelectMany(member => OfProperty(member.Value, $"{path}.{member.Name}", listsDeep)),
        ];
    }

    private static IEnumerable<string> OfProperty(JsonElement schema, string path, int listsDeep)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            return [$"{path} is a boolean schema"];
        }

        IEnumerable<string> described = Text(schema, "description").Length == 0 ? [$"{path} has no description"] : [];
        return [.. described, .. OfValue(schema, path, listsDeep)];
    }

    private static IEnumerable<string> OfValue(JsonElement schema, string path, int listsDeep)
    {
        string kind = Text(schema, "type");
        if (!Kinds.Contains(kind))
        {
            return [$"{path} has not one plain type"];
        }

        IEnumerable<string> words = schema.TryGetProperty("enum", out JsonElement choices)
            && (kind != "string" || choices.EnumerateArray().Any(choice => choice.ValueKind != JsonValueKind.String))
                ? [$"{path} has an enum of other things than words"] : [];
        IEnumerable<string> inner = kind switch
        {
            "array" => OfItems(schema, path, listsDeep),
            "object" => [$"{path} is an object outside of a list"],
            _ => [],
        };
        return [.. words, .. OfKeywords(schema, path), .. inner];
    }

    // Lists of texts or of flat objects; an object in a list may have a list of texts.
    private static IEnumerable<string> OfItems(JsonElement schema, string path, int listsDeep)
    {
        if (!schema.TryGetProperty("items", out JsonElement items) || items.ValueKind != JsonValueKind.Object)
        {
            return [$"{path} has items of no type"];
        }

        return Text(items, "type") switch
        {
            "object" when listsDeep == 0 => OfObject(items, $"{path}[]", listsDeep: 1),
            "object" or "array" => [$"{path} is too deep"],
            _ => OfValue(items, $"{path}[]", listsDeep),
        };
    }

    private static IEnumerable<string> OfKeywords(JsonElement schema, string path) => schema.EnumerateObject()
        .Where(member => !Keywords.Contains(member.Name))
        .Select(member => $"{path} uses {member.Name}");

    private static string Text(JsonElement schema, string member) =>
        schema.TryGetProperty(member, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    [GeneratedRegex("^[a-z][a-z0-9_]*$")]
    private static partial Regex PlainName();
}
