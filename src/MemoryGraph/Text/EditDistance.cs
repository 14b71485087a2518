namespace MemoryGraph.Text;

/// <summary>How many slips of the keyboard lie between two words: for "did you mean".</summary>
public static class EditDistance
{
    private const int StackColumnsMax = 128;

    /// <summary>
    /// Counts the fewest insertions, deletions, replacements and swaps of neighbours that turn one word into the other.
    /// </summary>
    /// <param name="a">Compared as written: fold both first if case and diacritics do not matter.</param>
    /// <param name="b">As <paramref name="a"/>.</param>
    /// <param name="max">The largest distance of interest.</param>
    /// <returns>The distance, or null when it is more than <paramref name="max"/>.</returns>
    /// <remarks>
    /// This is optimal string alignment: no place is edited twice, so <c>ca</c> and <c>abc</c> are 3 apart and not 2.
    /// Units are UTF-16 chars; a character beyond the BMP may count twice. Time is the length of the shorter word
    /// times <paramref name="max"/>; memory three rows, on the stack for words up to 128 chars.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="max"/> is negative.</exception>
    public static int? Within(string a, string b, int max)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(max);
        ReadOnlySpan<char> shorter = a.Length <= b.Length ? a : b;
        ReadOnlySpan<char> longer = a.Length <= b.Length ? b : a;
        if (longer.Length - shorter.Length > max)
        {
            return null;
        }

        int prefix = shorter.CommonPrefixLength(longer);
        shorter = shorter[prefix..];
        longer = longer[prefix..];
        while (shorter.Length > 0 && shorter[^1] == longer[^1])
        {
            shorter = shorter[..^1];
            longer = longer[..^1];
        }

        int distance = shorter.IsEmpty ? longer.Length : Measure(shorter, longer, Math.Min(max, longer.Length));
        return distance <= max ? distance : null;
    }

    // Only cells at most max off the diagonal can hold a distance of max or less; the two beside that band are set to
    // "more than max", and nothing further out is read.
    private static int Measure(ReadOnlySpan<char> columns, ReadOnlySpan<char> rows, int max)
    {
        int width = columns.Length + 1;
        int more = max + 1;
        Span<int> cells = width <= StackColumnsMax ? stackalloc int[3 * StackColumnsMax] : new int[3 * width];
        Span<int> beforeLast = cells[..width];
        Span<int> last = cells.Slice(width, width);
        Span<int> current = cells.Slice(2 * width, width);
        for (int column = 0; column < width; column++)
        {
            last[column] = Math.Min(column, more);
        }

        for (int row = 1; row <= rows.Length; row++)
        {
            int from = Math.Max(1, row - max);
            int to = Math.Min(columns.Length, row + max);
            int least = current[from - 1] = from == 1 ? Math.Min(row, more) : more;
            if (to < columns.Length)
            {
                current[to + 1] = more;
            }

            for (int column = from; column <= to; column++)
            {
                int replaced = last[column - 1] + (columns[column - 1] == rows[row - 1] ? 0 : 1);
                int cell = Math.Min(replaced, Math.Min(last[column], current[column - 1]) + 1);
                if (row > 1 && column > 1
                    && columns[column - 1] == rows[row - 2] && columns[column - 2] == rows[row - 1])
                {
                    cell = Math.Min(cell, beforeLast[column - 2] + 1);
                }

                current[column] = Math.Min(cell, more);
                least = Math.Min(least, cell);
            }

            // A swap reaches back two rows, but the cell it passes over is at most as large as what it leads to.
            if (least > max)
            {
                return more;
            }

            Span<int> free = beforeLast;
            beforeLast = last;
            last = current;
            current = free;
        }

        return last[^1];
    }
}
