namespace MemoryGraph.Exchange;

/// <summary>The lines of a file, one after the other, without the marks that end them or begin the file.</summary>
/// <remarks>Holds one line at a time; its workspace grows to the longest. Ends: <c>\n</c> or <c>\r\n</c>.</remarks>
/// <param name="lineBytesMax">What is longer is no memory of anybody: only so much of it is given.</param>
internal sealed class SourceLines(Stream file, int lineBytesMax = SourceLines.LineBytesMax)
{
    private const int BytesAtOnce = 1 << 16;

    // 256 MiB, with room behind it to read on.
    private const int LineBytesMax = (1 << 28) - BytesAtOnce;

    private byte[] _buffer = new byte[BytesAtOnce];
    private int _start;
    private int _end;
    private bool _exhausted;

    /// <summary>Of the line that was read last; 0 before the first, which is 1.</summary>
    public long Number { get; private set; }

    /// <summary>Whether the line that was read last ended in a newline; the last of a file may not.</summary>
    public bool Ended { get; private set; }

    /// <summary>Whether the line that was read last is longer than what was given of it.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Reads the next line.</summary>
    /// <param name="line">Good until the next one is read.</param>
    /// <returns>False at the end of the file.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public bool Next(out ReadOnlyMemory<byte> line)
    {
        for (int searched = 0; ;)
        {
            int found = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (found >= 0)
            {
                Ended = true;
                return Take(searched + found, behind: 1, out line);
            }

            searched = _end - _start;
            if (searched > lineBytesMax)
            {
                return Cut(out line);
            }

            if (_exhausted || !Fill())
            {
                Ended = false;
                return Take(searched, behind: 0, out line);
            }
        }
    }

    // What was read of the line holds no newline; the rest is read over its end.
    private bool Cut(out ReadOnlyMemory<byte> line)
    {
        MoveToFront();
        int end;
        do
        {
            _end = lineBytesMax + file.Read(_buffer, lineBytesMax, _buffer.Length - lineBytesMax);
            end = _buffer.AsSpan(lineBytesMax, _end - lineBytesMax).IndexOf((byte)'\n');
        }
        while (end < 0 && _end > lineBytesMax);

        IsCut = true;
        Ended = end >= 0;
        _start = lineBytesMax + end + 1;
        Number++;
        line = _buffer.AsMemory(0, lineBytesMax);
        return true;
    }

    private bool Take(int length, int behind, out ReadOnlyMemory<byte> line)
    {
        IsCut = length > lineBytesMax;
        line = _buffer.AsMemory(_start, IsCut ? lineBytesMax : length);
        _start += length + behind;
        if (length + behind == 0)
        {
            return false;
        }

        Number++;
        if (Number == 1 && line.Span.StartsWith("\uFEFF"u8))
        {
            line = line[3..];
        }

        if (behind > 0 && !IsCut && line.Span.EndsWith("\r"u8))
        {
            line = line[..^1];
        }

        return true;
    }

    // Reads on behind what is there; makes room first, by moving it to the front or by growing.
    private bool Fill()
    {
        MoveToFront();
        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        int read = file.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _exhausted = read == 0;
        return !_exhausted;
    }

    private void MoveToFront()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
    }
}
