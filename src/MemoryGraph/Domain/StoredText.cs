using System.Text;
using MemoryGraph.Text;

namespace MemoryGraph.Domain;

/// <summary>What text the log accepts: anything that people write, nothing that hides or breaks a line.</summary>
public static class StoredText
{
    /// <summary>Says what makes a text unacceptable, or null when it is fine.</summary>
    /// <param name="text">Any string, also one with unpaired surrogates.</param>
    /// <param name="oneLine">Refuse tab and newline too, as in names and types.</param>
    /// <returns>A phrase that completes "… contains", with the place, such as <c>U+FFFD at character 3</c>.</returns>
    public static string? FaultIn(string text, bool oneLine)
    {
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(c))
            {
                return $"an unpaired surrogate at character {i + 1}";
            }
            else if (c == '\uFFFD')
            {
                return $"U+FFFD (a character that was lost in decoding) at character {i + 1}";
            }
            else if (char.IsControl(c) && (oneLine || c is not ('\t' or '\n')))
            {
                return $"the control character U+{(int)c:X4} at character {i + 1}";
            }
        }

        return null;
    }

    /// <summary>
    /// A name or type as it is stored: no space around it, letters composed, so that it can be found again.
    /// </summary>
    public static string NameOf(string asked) => LetterComposition.Compose(asked.Trim());

    /// <summary>
    /// Makes a name that software gave (a user's, a client's) fit for an event's head and for one line.
    /// </summary>
    /// <returns>
    /// Trimmed, control characters, line separators and broken letters dropped, cut to
    /// <see cref="Limits.AuthorCharacters"/>; empty for null.
    /// </returns>
    public static string CleanAuthor(string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            return "";
        }

        var kept = new StringBuilder(name.Length);
        foreach (Rune rune in name.EnumerateRunes())
        {
            if (!Rune.IsControl(rune) && rune.Value is not ('\u2028' or '\u2029') && rune != Rune.ReplacementChar
                && kept.Length + rune.Utf16SequenceLength <= Limits.AuthorCharacters)
            {
                kept.Append(rune.ToString());
            }
        }

        return kept.ToString().Trim();
    }
}
