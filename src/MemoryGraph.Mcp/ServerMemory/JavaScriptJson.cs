using System.Text.Json;
using MemoryGraph.Exchange;

namespace MemoryGraph.Mcp.ServerMemory;

/// <summary>JSON to the letter as <c>JSON.stringify(value, null, 2)</c> writes it.</summary>
internal static class JavaScriptJson
{
    private const int Indentation = 2;

    public static string Indented(JsonElement value)
    {
        using var text = new StringWriter();
        Write(text, value, 0);
        return text.ToString();
    }

    private static void Write(TextWriter text, JsonElement value, int depth)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteItems(text, '{', value.EnumerateObject(), '}', depth, member =>
                {
                    JavaScriptText.WriteQuoted(text, member.Name);
                    text.Write(": ");
                    Write(text, member.Value, depth + Indentation);
                });
                break;
            case JsonValueKind.Array:
                WriteItems(text, '[', value.EnumerateArray(), ']', depth, item => Write(text, item, depth + Indentation));
                break;
            case JsonValueKind.String:
                JavaScriptText.WriteQuoted(text, value.GetString()!);
                break;
            default:
                text.Write(value.GetRawText());
                break;
        }
    }

    private static void WriteItems<T>(
        TextWriter text, char opening, IEnumerable<T> items, char closing, int depth, Action<T> write)
    {
        text.Write(opening);
        bool any = false;
        foreach (T item in items)
        {
            BeginLine(any ? ",\n" : "\n", depth + Indentation);
            write(item);
            any = true;
        }

        if (any)
        {
            BeginLine("\n", depth);
        }

        text.Write(closing);

        void BeginLine(string behind, int indentation)
        {
            text.Write(behind);
            for (int i = 0; i < indentation; i++)
            {
                text.Write(' ');
            }
        }
    }
}
