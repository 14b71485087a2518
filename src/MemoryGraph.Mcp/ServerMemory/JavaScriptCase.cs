using System.Buffers;
using System.Globalization;
using System.Text;

namespace MemoryGraph.Mcp.ServerMemory;

/// <summary>Lower case as JavaScript's <c>toLowerCase</c> makes it, without ICU.</summary>
/// <remarks>
/// It differs from the framework's for two letters: İ becomes i and a combining dot, and Σ becomes ς at the end of a
/// word, which is after a letter with case and not before one; marks and apostrophes between do not count.
/// </remarks>
internal static class JavaScriptCase
{
    private const char DottedI = '\u0130';
    private const char Sigma = '\u03A3';
    private const char FinalSigma = '\u03C2';

    private static readonly string[] Exceptions = [DottedI.ToString(), Sigma.ToString()];

    public static string ToLower(string text)
    {
        string lower = text.ToLowerInvariant();
        if (Array.TrueForAll(Exceptions, one => !text.Contains(one, StringComparison.Ordinal)))
        {
            return lower;
        }

        var exact = new StringBuilder(lower.Length + 1);
        for (int i = 0; i < text.Length; i++)
        {
            _ = text[i] switch
            {
                DottedI => exact.Append("i\u0307"),
                Sigma when HasCaseBefore(text, i) && !HasCaseAfter(text, i + 1) => exact.Append(FinalSigma),
                _ => exact.Append(lower[i]),
            };
        }

        return exact.ToString();
    }

    private static bool HasCaseBefore(string text, int end)
    {
        while (end > 0
            && Rune.DecodeLastFromUtf16(text.AsSpan(0, end), out Rune last, out int length) == OperationStatus.Done)
        {
            if (!IsIgnorable(last))
            {
                return HasCase(last);
            }

            end -= length;
        }

        return false;
    }

    private static bool HasCaseAfter(string text, int start)
    {
        while (start < text.Length
            && Rune.DecodeFromUtf16(text.AsSpan(start), out Rune next, out int length) == OperationStatus.Done)
        {
            if (!IsIgnorable(next))
            {
                return HasCase(next);
            }

            start += length;
        }

        return false;
    }

    // Unicode's Case_Ignorable.
    private static bool IsIgnorable(Rune rune) => Rune.GetUnicodeCategory(rune) is
            UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format
            or UnicodeCategory.ModifierLetter or UnicodeCategory.ModifierSymbol
        || rune.Value is '\'' or '.' or ':' or 0xB7 or 0x387 or 0x55F or 0x5F4 or 0x2018 or 0x2019 or 0x2024 or 0x2027
            or 0xFE13 or 0xFE52 or 0xFE55 or 0xFF07 or 0xFF0E or 0xFF1A;

    // Unicode's Cased, without Case_Ignorable.
    private static bool HasCase(Rune rune) => Rune.GetUnicodeCategory(rune) is
            UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
        || rune.Value is 0xAA or 0xBA or (>= 0x2160 and <= 0x217F) or (>= 0x24B6 and <= 0x24E9)
            or (>= 0x1F130 and <= 0x1F149) or (>= 0x1F150 and <= 0x1F169) or (>= 0x1F170 and <= 0x1F189);
}
