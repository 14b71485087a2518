using System.Buffers;
using System.Text;

namespace MemoryGraph.Text;

/// <summary>Stored text as it is shown to people and models: on one line, in quotes.</summary>
/// <remarks>
/// What somebody once stored must not be able to fake an answer's structure. A line break of any kind shows as ⏎, so a
/// text never starts a line of its own. Answers put a text last on its line, so quotes inside it need no escaping;
/// names stand in the middle, so theirs are escaped.
/// </remarks>
public static class Quoted
{
    /// <summary>What stands for a line break.</summary>
    public const char LineBreak = '⏎';

    private static readonly SearchValues<char> LineBreaks = SearchValues.Create("\n\r\u000b\u000c\u0085\u2028\u2029");

    /// <summary>A name: <c>"Ada"</c>, with inner quotes as <c>\"</c>.</summary>
    public static string Name(string name) =>
        $"\"{OneLine(name.Contains('"', StringComparison.Ordinal) || name.EndsWith('\\') ? Escaped(name) : name)}\"";

    /// <summary>Names in a row: <c>"Ada", "Eve"</c>.</summary>
    public static string Names(IEnumerable<string> names) => string.Join(", ", names.Select(Name));

    /// <summary>A link: <c>"A" -depends_on-> "B"</c>.</summary>
    public static string Link(string from, string relationType, string to) =>
        $"{Name(from)} -{Word(relationType)}-> {Name(to)}";

    /// <summary>A type: bare when it is made of words, like <c>depends_on</c>; else quoted like a name.</summary>
    public static string Word(string type) =>
        type.All(c => char.IsLetterOrDigit(c) || char.IsSurrogate(c) || c is '_' or ' ' or '/' or '.' || c == '-')
        && !type.Contains("->", StringComparison.Ordinal) && type.Length > 0 ? type : Name(type);

    /// <summary>A statement, to stand last on its line.</summary>
    public static string Text(string text) => $"\"{OneLine(text)}\"";

    /// <summary>A statement, cut to a length with the number of characters left out.</summary>
    public static string Text(string text, int most)
    {
        if (text.Length <= most)
        {
            return Text(text);
        }

        string start = Cut(text, most);
        return FormattableString.Invariant($"\"{OneLine(start)}…\" ({text.Length - start.Length} more characters)");
    }

    /// <summary>The beginning of a text, without half a letter at its end.</summary>
    public static string Cut(string text, int most) =>
        text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];

    /// <summary>A text on one line, without quotes.</summary>
    public static string OneLine(string text)
    {
        if (!text.AsSpan().ContainsAny(LineBreaks))
        {
            return text;
        }

        var line = new StringBuilder(text.Length);
        foreach (char c in text.Replace("\r\n", "\n", StringComparison.Ordinal))
        {
            line.Append(LineBreaks.Contains(c) ? LineBreak : c);
        }

        return line.ToString();
    }

    private static string Escaped(string name) =>
        name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
