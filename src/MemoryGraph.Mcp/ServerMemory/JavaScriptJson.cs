using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MemoryGraph.Mcp.ServerMemory;

/// <summary>JSON to the letter as <c>JSON.stringify(value, null, 2)</c> writes it.</summary>
internal static class JavaScriptJson
{
    private const int Indentation = 2;

    public static string Indented(JsonElement value)
    {
        var text = new StringBuilder();
        Write(text, value, 0);
        return text.ToString();
    }

    private static void Write(StringBuilder text, JsonElement value, int depth)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteItems(text, '{', value.EnumerateObject(), '}', depth, member =>
                {
                    WriteText(text, member.Name);
                    text.Append(": ");
                    Write(text, member.Value, depth + Indentation);
                });
                break;
            case JsonValueKind.Array:
                WriteItems(text, '[', value.EnumerateArray(), ']', depth, item => Write(text, item, depth + Indentation));
                break;
            case JsonValueKind.String:
                WriteText(text, value.GetString()!);
                break;
            default:
                text.Append(value.GetRawText());
                break;
        }
    }

    private static void WriteItems<T>(
        StringBuilder text, char opening, IEnumerable<T> items, char closing, int depth, Action<T> write)
    {
        text.Append(opening);
        bool any = false;
        foreach (T item in items)
        {
            text.Append(any ? ",\n" : "\n").Append(' ', depth + Indentation);
            write(item);
            any = true;
        }

        if (any)
        {
            text.Append('\n').Append(' ', depth);
        }

        text.Append(closing);
    }

    private static void WriteText(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (char c in value)
        {
            _ = c switch
            {
                '"' or '\\' => text.Append('\\').Append(c),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        }

        text.Append('"');
    }
}
