using System.Globalization;

namespace MemoryGraph.Exchange;

/// <summary>Text as JavaScript's <c>JSON.stringify</c> writes it, to the letter.</summary>
public static class JavaScriptText
{
    /// <summary>
    /// Writes a string with its quotes: letters stay letters; quotes, backslashes, control characters and halves of a
    /// letter are escaped, in lower-case hexadecimal where JSON has no shorter way.
    /// </summary>
    public static void WriteQuoted(TextWriter text, string value)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(value);
        text.Write('"');
        for (int i = 0; i < value.Length; i++)
        {
            char c = value[i];
            if (char.IsHighSurrogate(c) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]))
            {
                text.Write(value.AsSpan(i, 2));
                i++;
            }
            else if (c is '"' or '\\' or < ' ' || char.IsSurrogate(c))
            {
                WriteEscaped(text, c);
            }
            else
            {
                text.Write(c);
            }
        }

        text.Write('"');
    }

    private static void WriteEscaped(TextWriter text, char c)
    {
        text.Write('\\');
        switch (c)
        {
            case '\b': text.Write('b'); break;
            case '\t': text.Write('t'); break;
            case '\n': text.Write('n'); break;
            case '\f': text.Write('f'); break;
            case '\r': text.Write('r'); break;
            case '"' or '\\': text.Write(c); break;
            default: text.Write(string.Create(CultureInfo.InvariantCulture, $"u{(int)c:x4}")); break;
        }
    }
}
