using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MemoryGraph.Mcp.Install;

/// <summary>How a JSON text is laid out, so that what is inserted looks like the rest.</summary>
/// <param name="NewLine">What ends a line.</param>
/// <param name="Unit">By how much a member stands further in than its object.</param>
/// <param name="Space">What stands behind a colon and, on one line, behind a comma.</param>
internal sealed record JsonLayout(string NewLine, string Unit, string Space)
{
    private const string UnitUnknown = "  ";

    private static readonly JsonWriterOptions Legible = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private byte[] Document { get; init; } = [];

    /// <param name="root">The object that the text is.</param>
    public static JsonLayout Of(byte[] document, JsonBody root)
    {
        int line = document.AsSpan().IndexOf((byte)'\n');
        string newLine = line > 0 && document[line - 1] == (byte)'\r' ? "\r\n" : "\n";
        var plain = new JsonLayout(newLine, UnitUnknown, " ") { Document = document };
        string outer = plain.IndentAt(root.Open);
        string? unit = root.Members.Select(member => plain.OwnIndentAt(member.Start))
            .FirstOrDefault(own => own is not null && own.Length > outer.Length
                && own.StartsWith(outer, StringComparison.Ordinal));

        // Written by a machine for machines: no space anywhere.
        bool dense = !document.AsSpan(root.Open..root.Close).Contains((byte)'\n')
            && root.Members.Select(member => document[member.ValueStart - 1]).FirstOrDefault((byte)' ') == (byte)':';
        return plain with { Unit = unit?[outer.Length..] ?? UnitUnknown, Space = dense ? "" : " " };
    }

    /// <summary>The white space with which the line of a place begins.</summary>
    public string IndentAt(int place)
    {
        int start = StartOfLine(place);
        int length = Document.AsSpan(start..place).IndexOfAnyExcept((byte)' ', (byte)'\t');
        return Encoding.UTF8.GetString(Document.AsSpan(start, length < 0 ? place - start : length));
    }

    /// <summary>The white space before a place that is the first on its line; null when something else is.</summary>
    public string? OwnIndentAt(int place) =>
        StartOfLine(place) is > 0 and var start && start + IndentAt(place).Length == place ? IndentAt(place) : null;

    /// <summary>A member: its name, a colon and its value.</summary>
    /// <param name="indent">Of the line on which it begins.</param>
    /// <param name="inline">Whether to stay on one line.</param>
    public string Member(string name, JsonNode? value, string indent, bool inline) =>
        $"{Literal(JsonValue.Create(name))}:{Space}{Text(value, indent, inline)}";

    /// <summary>A value; objects take a line for each member, arrays none.</summary>
    public string Text(JsonNode? value, string indent, bool inline) => value switch
    {
        JsonObject { Count: > 0 } members when inline => $"{{{Members(members, indent, inline, "," + Space)}}}",
        JsonObject { Count: > 0 } members =>
            $"{{{NewLine}{indent}{Unit}{Members(members, indent + Unit, inline, $",{NewLine}{indent}{Unit}")}{NewLine}{indent}}}",
        JsonArray items => $"[{string.Join("," + Space, items.Select(item => Text(item, indent, inline: true)))}]",
        _ => Literal(value),
    };

    private string Members(JsonObject members, string indent, bool inline, string separator) =>
        string.Join(separator, members.Select(member => Member(member.Key, member.Value, indent, inline)));

    private int StartOfLine(int place) => Document.AsSpan(..place).LastIndexOf((byte)'\n') + 1;

    private static string Literal(JsonNode? value)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, Legible))
        {
            if (value is null)
            {
                json.WriteNullValue();
            }
            else
            {
                value.WriteTo(json);
            }
        }

        return Encoding.UTF8.GetString(text.ToArray());
    }
}
