using System.Text;

namespace MemoryGraph.Exchange;

/// <summary>Escapes stored text for Markdown, so that it shows unchanged and nothing in it becomes structure.</summary>
/// <remarks>
/// A backslash comes before each character that has a meaning at its place, in CommonMark or in GitHub's flavour
/// (tables and formulas too). Plain prose stays as it is. GitHub still turns a web address into a link, to that
/// address.
/// </remarks>
internal static class MarkdownText
{
    private const string Always = "\\`*[]|~$";

    /// <summary>Escapes a text that belongs on one line.</summary>
    public static string Line(string text)
    {
        var line = new StringBuilder(text.Length + 8);
        AppendLine(line, OneLine(text));
        return line.ToString();
    }

    /// <summary>A text with its line breaks replaced by spaces, not escaped.</summary>
    public static string OneLine(string text) => text.ReplaceLineEndings(" ").Trim();

    /// <summary>Escapes a text of several lines, as part of a list item.</summary>
    /// <param name="indent">Before each line but the first.</param>
    public static string Lines(string text, string indent)
    {
        var lines = new StringBuilder(text.Length + 8);
        string[] said = [.. text.ReplaceLineEndings("\n").TrimEnd().Split('\n').SkipWhile(string.IsNullOrWhiteSpace)];
        for (int i = 0; i < said.Length; i++)
        {
            bool isBlank = string.IsNullOrWhiteSpace(said[i]);
            if (i > 0)
            {
                // A hard line break within a paragraph; a blank line begins another.
                bool breaks = !isBlank && !string.IsNullOrWhiteSpace(said[i - 1]);
                lines.Append(breaks ? "\\\n" : "\n");
            }

            if (!isBlank)
            {
                string words = said[i].TrimStart(' ', '\t');
                int indented = Columns(said[i].AsSpan(0, said[i].Length - words.Length));
                lines.Append(i > 0 ? indent : "").Insert(lines.Length, "&nbsp;", indented);
                AppendLine(lines, words.TrimEnd());
            }
        }

        return lines.ToString();
    }

    private static int Columns(ReadOnlySpan<char> blanks)
    {
        const int tab = 4;
        int columns = 0;
        foreach (char c in blanks)
        {
            columns += c == '\t' ? tab - (columns % tab) : 1;
        }

        return columns;
    }

    private static void AppendLine(StringBuilder line, string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (HasMeaning(text, i))
            {
                line.Append('\\');
            }

            line.Append(text[i]);
        }
    }

    private static bool HasMeaning(string text, int at)
    {
        char before = at > 0 ? text[at - 1] : ' ';
        char behind = at + 1 < text.Length ? text[at + 1] : ' ';
        return text[at] switch
        {
            // Not emphasis inside a word.
            '_' => !char.IsLetterOrDigit(before) || !char.IsLetterOrDigit(behind),

            // An element or comment; an entity.
            '<' => char.IsAsciiLetter(behind) || behind is '/' or '!' or '?',
            '&' => char.IsAsciiLetter(behind) || behind == '#',

            // A heading, at either end of the line; before a number it is an event.
            '#' => at == 0 || !char.IsLetterOrDigit(behind),

            // A numbered list item. And www., or GitHub would make a link of it and show the backslashes in that.
            '.' => IsNumber(text.AsSpan(0, at)) || before is 'w' or 'W',
            ')' => IsNumber(text.AsSpan(0, at)),
            ':' => behind == '/',

            // A list item, a rule, a heading's underline, a quotation.
            '-' or '+' or '=' or '>' => at == 0,
            var c => Always.Contains(c, StringComparison.Ordinal),
        };
    }

    private static bool IsNumber(ReadOnlySpan<char> text) =>
        text.Length > 0 && text.IndexOfAnyExceptInRange('0', '9') < 0;
}
