namespace MemoryGraph.Log;

/// <summary>Walks the lines of a log from an offset to its end.</summary>
/// <remarks>
/// Through a buffer of a megabyte, or as long as the longest line; a shorter rest of the log takes less. A line ends
/// where its segment ends.
/// </remarks>
internal sealed class LogLineReader(LogFiles files, long offset)
{
    private const int BufferBytesLeast = 512;
    private const int BufferBytesAtFirst = 1 << 20;

    private byte[] _buffer = new byte[Math.Clamp(files.Length - offset + 1, BufferBytesLeast, BufferBytesAtFirst)];
    private int _lineEnd;
    private int _filled;
    private bool _atEnd;

    /// <summary>Which segment the line stands in.</summary>
    public int Segment { get; private set; } = files.IndexAt(offset);

    /// <summary>Whether the line begins its segment, where a header belongs.</summary>
    public bool IsHeader { get; private set; }

    /// <summary>Offset of the line in the log.</summary>
    public long LineStart { get; private set; } = offset;

    /// <summary>Behind the line and its newline.</summary>
    public long LineEnd { get; private set; } = offset;

    /// <summary>Moves to the next line.</summary>
    /// <param name="line">
    /// Without newline; valid until the next call. A segment without a byte has one empty line: no header.
    /// </param>
    /// <param name="ended">Whether a newline ends it; false only for the last of a segment.</param>
    public bool NextLine(out ReadOnlySpan<byte> line, out bool ended)
    {
        bool any = NextInSegment(out line, out ended);
        IsHeader = LineStart == files.Segments[Segment].Start;
        if (any || Segment + 1 == files.Segments.Count)
        {
            return any;
        }

        Segment++;
        LineEnd = files.Segments[Segment].Start;
        (_lineEnd, _filled, _atEnd) = (0, 0, false);
        NextInSegment(out line, out ended);
        IsHeader = true;
        return true;
    }

    private bool NextInSegment(out ReadOnlySpan<byte> line, out bool ended)
    {
        int start = _lineEnd;
        int searched = start;
        while (true)
        {
            int newline = _buffer.AsSpan(searched, _filled - searched).IndexOf((byte)'\n');
            if (newline >= 0 || _atEnd)
            {
                ended = newline >= 0;
                int end = ended ? searched + newline : _filled;
                line = _buffer.AsSpan(start, end - start);
                LineStart = LineEnd;
                _lineEnd = ended ? end + 1 : end;
                LineEnd = LineStart + (_lineEnd - start);
                return ended || line.Length > 0;
            }

            searched = _filled - start;
            Fill(ref start);
        }
    }

    private void Fill(ref int start)
    {
        _buffer.AsSpan(start, _filled - start).CopyTo(_buffer);
        _filled -= start;
        _lineEnd = start = 0;
        if (_filled == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        _filled += files.Read(_buffer.AsSpan(_filled), LineEnd + _filled, Segment);
        _atEnd = _filled < _buffer.Length;
    }
}
