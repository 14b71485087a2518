using System.Text;

namespace MemoryGraph.Exchange;

/// <summary>Stored text in Markdown: it shows as it was said, and nothing in it is taken for structure.</summary>
/// <remarks>
/// A backslash stands before each letter that could mean something where it stands, in CommonMark or in GitHub's kind
/// of it: tables and formulas too. Plain prose stays as it is. GitHub makes a link of an address all the same, which
/// leads where it says.
/// </remarks>
internal static class MarkdownText
{
    private const string Always = "\\`*[]|~$";

    /// <summary>A text that belongs on one line.</summary>
    public static string Line(string text)
    {
        var line = new StringBuilder(text.Length + 8);
        AppendLine(line, OneLine(text));
        return line.ToString();
    }

    /// <summary>What shows of a text on one line.</summary>
    public static string OneLine(string text) => text.ReplaceLineEndings(" ").Trim();

    /// <summary>A text with its lines, as part of a list item.</summary>
    /// <param name="indent">What the item's lines begin with, but for the first.</param>
    public static string Lines(string text, string indent)
    {
        var lines = new StringBuilder(text.Length + 8);
        string[] said = [.. text.ReplaceLineEndings("\n").TrimEnd().Split('\n').SkipWhile(string.IsNullOrWhiteSpace)];
        for (int i = 0; i < said.Length; i++)
        {
            bool isBlank = string.IsNullOrWhiteSpace(said[i]);
            if (i > 0)
            {
                // A break within a paragraph; a blank line begins another.
                bool breaks = !isBlank && !string.IsNullOrWhiteSpace(said[i - 1]);
                lines.Append(breaks ? "\\\n" : "\n");
            }

            if (!isBlank)
            {
                string words = said[i].TrimStart(' ', '\t');
                lines.Append(i > 0 ? indent : "").Insert(lines.Length, "&nbsp;", Columns(said[i].AsSpan(0, said[i].Length - words.Length)));
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
            if (MeansSomething(text, i))
            {
                line.Append('\\');
            }

            line.Append(text[i]);
        }
    }

    private static bool MeansSomething(string text, int at)
    {
        char before = at > 0 ? text[at - 1] : ' ';
        char behind = at + 1 < text.Length ? text[at + 1] : ' ';
        return text[at] switch
        {
            // Inside a word it is no emphasis.
            '_' => !char.IsLetterOrDigit(before) || !char.IsLetterOrDigit(behind),

            // An element, a comment; a letter by its name or number.
            '<' => char.IsAsciiLetter(behind) || behind is '/' or '!' or '?',
            '&' => char.IsAsciiLetter(behind) || behind == '#',

            // At its beginning or its end a heading's mark, before a number an event.
            '#' => at == 0 || !char.IsLetterOrDigit(behind),

            // The number of a list item. An address that is taken for one would show the backslashes in it.
            '.' => IsNumber(text.AsSpan(0, at)) || before is 'w' or 'W',
            ')' => IsNumber(text.AsSpan(0, at)),
            ':' => behind == '/',

            // A list, a line across, a heading's underline, a quotation.
            '-' or '+' or '=' or '>' => at == 0,
            var c => Always.Contains(c, StringComparison.Ordinal),
        };
    }

    private static bool IsNumber(ReadOnlySpan<char> text) => text.Length > 0 && text.IndexOfAnyExceptInRange('0', '9') < 0;
}
