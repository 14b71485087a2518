using System.Globalization;
using System.Text;

namespace MemoryGraph.Exchange;

/// <summary>The anchors that GitHub gives to the headings of a document, for links.</summary>
/// <remarks>
/// Letters become lower case and keep their diacritics; digits, dashes and underscores stay; a space becomes a dash;
/// everything else goes: <c>Lỗi: đăng nhập</c> is <c>lỗi-đăng-nhập</c>. A repeated anchor gets a number.
/// </remarks>
internal sealed class MarkdownAnchors
{
    private readonly Dictionary<string, int> _taken = [];

    /// <summary>The anchor of the next heading; empty when no letter is left.</summary>
    public string Next(string heading)
    {
        string plain = Of(MarkdownText.OneLine(heading));
        string anchor = plain;
        while (!_taken.TryAdd(anchor, 0))
        {
            _taken[plain]++;
            anchor = string.Create(CultureInfo.InvariantCulture, $"{plain}-{_taken[plain]}");
        }

        return plain.Length == 0 ? "" : anchor;
    }

    private static string Of(string heading)
    {
        var anchor = new StringBuilder(heading.Length);
        foreach (Rune rune in heading.EnumerateRunes())
        {
            if (rune.Value is ' ' or '-')
            {
                anchor.Append('-');
            }
            else if (IsOfWord(rune))
            {
                anchor.Append(Rune.ToLowerInvariant(rune).ToString());
            }
        }

        return anchor.ToString();
    }

    private static bool IsOfWord(Rune rune) => Rune.GetUnicodeCategory(rune) is
        <= UnicodeCategory.OtherLetter
        or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark
        or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.ConnectorPunctuation;
}
