using System.Text;

namespace MemoryGraph.Mcp.Install;

/// <summary>A text of others with a part of ours in it, between two marks; all else stays byte for byte.</summary>
/// <param name="name">Path of the file, for what is said of it.</param>
/// <param name="text">What is there; empty for nothing.</param>
internal sealed class MarkedText(string name, byte[] text)
{
    private static readonly byte[] Begin = Encoding.UTF8.GetBytes(Instructions.Begin);
    private static readonly byte[] End = Encoding.UTF8.GetBytes(Instructions.End);

    private byte[] NewLine => text.AsSpan().IndexOf("\r\n"u8) >= 0 ? "\r\n"u8.ToArray() : "\n"u8.ToArray();

    /// <summary>Our part, marks included; null when there is none.</summary>
    /// <exception cref="ConfigurationException">
    /// There is a mark without its other one, there are two parts, or the text is in UTF-16.
    /// </exception>
    public byte[]? Part => Find() is { } place ? text[place.Start..place.End] : null;

    /// <summary>The text with a part in the place of ours, or at the end after an empty line.</summary>
    /// <param name="part">In lines that end in <c>\n</c>.</param>
    /// <exception cref="ConfigurationException">As <see cref="Part"/>.</exception>
    public byte[] With(string part)
    {
        string newLine = Encoding.UTF8.GetString(NewLine);
        byte[] lines = Encoding.UTF8.GetBytes(part.Replace("\n", newLine, StringComparison.Ordinal));
        if (Find() is { } place)
        {
            return [.. text[..place.Start], .. lines, .. text[place.End..]];
        }

        return text.Length == 0 ? [.. lines, .. NewLine]
            : text.AsSpan().EndsWith(NewLine) ? [.. text, .. NewLine, .. lines, .. NewLine]
            : [.. text, .. NewLine, .. NewLine, .. lines];
    }

    /// <summary>The text without our part and the empty line before it.</summary>
    /// <exception cref="ConfigurationException">As <see cref="Part"/>.</exception>
    public byte[] Without()
    {
        if (Find() is not { } place)
        {
            return text;
        }

        ReadOnlySpan<byte> before = text.AsSpan(..place.Start);
        ReadOnlySpan<byte> after = text.AsSpan(place.End..);

        // As it was put there: at the end of a text whose last line did not end, it does not either.
        bool ends = after.StartsWith(NewLine);
        for (int i = ends ? 1 : 0; i < 2 && before.EndsWith(NewLine); i++)
        {
            before = before[..^NewLine.Length];
        }

        return [.. before, .. ends ? after[NewLine.Length..] : after];
    }

    private (int Start, int End)? Find()
    {
        // Two bytes a letter, as some shells write: a part in UTF-8 would make neither of the two legible.
        if (text.AsSpan().Contains((byte)0))
        {
            throw new ConfigurationException(name, "is not in UTF-8. Save it as UTF-8, then repeat.");
        }

        int start = text.AsSpan().IndexOf(Begin);
        int end = text.AsSpan().IndexOf(End);
        if (start < 0 && end < 0)
        {
            return null;
        }

        bool isOne = start >= 0 && end > start
            && text.AsSpan().LastIndexOf(Begin) == start && text.AsSpan().LastIndexOf(End) == end;
        return isOne ? (start, end + End.Length) : throw new ConfigurationException(
            name,
            $"cannot be changed: {Instructions.Begin} and {Instructions.End} do not stand there once each, in this order. "
            + "Mend it by hand, then repeat.");
    }
}
