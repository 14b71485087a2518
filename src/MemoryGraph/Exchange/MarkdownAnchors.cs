using System.Globalization;
using System.Text;

namespace MemoryGraph.Exchange;

/// <summary>What GitHub calls the headings of a document, so that links lead to them.</summary>
/// <remarks>
/// Letters in lower case with their diacritics, digits, dashes and underlines stay; a space becomes a dash; everything
/// else goes: <c>Lỗi: đăng nhập</c> is <c>lỗi-đăng-nhập</c>. A name that an earlier heading has gets a number.
/// </remarks>
internal sealed class MarkdownAnchors
{
    private readonly Dictionary<string, int> _taken = [];

    /// <summary>The anchor of the next heading; empty when nothing of it is left.</summary>
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
