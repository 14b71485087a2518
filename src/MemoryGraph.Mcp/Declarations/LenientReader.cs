using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using MemoryGraph.Domain;
using MemoryGraph.Text;

namespace MemoryGraph.Mcp.Declarations;

/// <summary>
/// Reads values the way models write them: a list as JSON text, a number as text, one text for a list of one.
/// </summary>
internal static partial class LenientReader
{
    /// <summary>How much of what was given a message repeats, in characters.</summary>
    public const int ShownCharacters = 40;

    /// <summary>A text; numbers and yes/no as they are written. Null for anything else.</summary>
    public static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => StringOf(value),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => null,
    };

    /// <summary>Whether a value is a text of nothing but space.</summary>
    public static bool IsBlank(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && string.IsNullOrWhiteSpace(StringOf(value));

    /// <summary>
    /// A list, also one that is written as JSON inside a text; a plain text, number or object is a list of one.
    /// </summary>
    public static IReadOnlyList<JsonElement>? List(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => [.. value.EnumerateArray()],
        JsonValueKind.String when Inside(value, '[') is { ValueKind: JsonValueKind.Array } list =>
            [.. list.EnumerateArray()],
        JsonValueKind.String or JsonValueKind.Number or JsonValueKind.Object => [value],
        _ => null,
    };

    /// <summary>An object, also one that is written as JSON inside a text.</summary>
    public static JsonElement? Object(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value,
        JsonValueKind.String when Inside(value, '{') is { ValueKind: JsonValueKind.Object } inner => inner,
        _ => null,
    };

    /// <summary>A text that the log accepts, or null after a fault was reported.</summary>
    /// <param name="most">Longest text in characters; null for any length.</param>
    public static string? Bounded(string text, int? most, bool oneLine, ArgumentPlace place)
    {
        if (!place.IsStrict && string.IsNullOrWhiteSpace(text))
        {
            return place.Fault("must not be empty");
        }

        string kept = !oneLine ? text.Replace("\r\n", "\n", StringComparison.Ordinal)
            : place.IsStrict ? text : text.Trim();
        return kept.Length > most
            ? place.Fault(FormattableString.Invariant($"may be {most} characters long at most, got {kept.Length}"))
            : place.IsStored && StoredText.FaultIn(kept, oneLine) is { } fault
                ? place.Fault($"contains {fault}, which cannot be stored") : kept;
    }

    /// <summary>What kind of value it is, for messages.</summary>
    public static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "an object",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => $"the number {value.GetRawText()}",
        JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => "nothing",
    };

    /// <summary>A value as it was given, shortened, for messages.</summary>
    public static string Shown(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? Quoted.Text(StringOf(value), ShownCharacters) : Kind(value);

    // A lone surrogate escape (\ud800) is legal JSON and no text: GetString refuses it, and StoredText.FaultIn tells
    // where it is.
    private static string StringOf(JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return Escape().Replace(value.GetRawText()[1..^1], escape => Unescaped(escape.Groups[1].Value).ToString());
        }
    }

    private static char Unescaped(string escape) => escape[0] switch
    {
        'u' => (char)ushort.Parse(escape.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
        'b' => '\b',
        'f' => '\f',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        var itself => itself,
    };

    [GeneratedRegex(@"\\(u[0-9a-fA-F]{4}|.)", RegexOptions.CultureInvariant)]
    private static partial Regex Escape();

    private static JsonElement? Inside(JsonElement value, char opening)
    {
        string text = StringOf(value);
        if (!text.AsSpan().TrimStart().StartsWith([opening]))
        {
            return null;
        }

        try
        {
            using JsonDocument inner = JsonDocument.Parse(text);
            return inner.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
