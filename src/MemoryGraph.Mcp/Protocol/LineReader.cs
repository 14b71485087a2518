namespace MemoryGraph.Mcp.Protocol;

internal enum LineReadResult
{
    Line,

    /// <summary>A line passed the limit; the next call goes on after it.</summary>
    TooLong,

    End,
}

/// <summary>Splits a stream at newlines and passes on the lines that hold something.</summary>
/// <remarks>
/// Blank lines, a carriage return before the newline and a byte order mark in front of a line are passed over. The last
/// line needs no newline. Memory: one buffer, at most one byte longer than the longest line allowed.
/// </remarks>
internal sealed class LineReader(Stream input, int lineBytesMax)
{
    private const int BufferBytesAtRest = 1 << 16;

    private byte[] _buffer = NewBuffer(lineBytesMax);

    // The line begins at _start, has no newline before _scanned, and is read up to _end.
    private int _start;
    private int _scanned;
    private int _end;

    // Inside a line that was already reported as too long.
    private bool _skipping;

    /// <summary>Which line was read last, counted from 1, blank ones included.</summary>
    public long LineNumber { get; private set; }

    /// <param name="line">The line without its newline, valid until the next call.</param>
    public LineReadResult Read(out ReadOnlySpan<byte> line)
    {
        while (true)
        {
            int newline = _buffer.AsSpan(_scanned, _end - _scanned).IndexOf((byte)'\n');
            if (newline >= 0)
            {
                line = Take(_scanned + newline, separatorBytes: 1);
            }
            else if (_skipping)
            {
                Take(_end, separatorBytes: 0);
                if (!TryFill())
                {
                    return Ended(out line);
                }

                continue;
            }
            else if (_end - _start > lineBytesMax)
            {
                _skipping = true;
                LineNumber++;
                line = default;
                return LineReadResult.TooLong;
            }
            else
            {
                _scanned = _end;
                if (TryFill())
                {
                    continue;
                }

                if (_start == _end)
                {
                    return Ended(out line);
                }

                line = Take(_end, separatorBytes: 0);
            }

            if (_skipping)
            {
                _skipping = false;
                continue;
            }

            LineNumber++;
            line = Content(line);
            if (!line.IsEmpty)
            {
                return LineReadResult.Line;
            }
        }
    }

    private static LineReadResult Ended(out ReadOnlySpan<byte> line)
    {
        line = default;
        return LineReadResult.End;
    }

    private static ReadOnlySpan<byte> Content(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> byteOrderMark = [0xEF, 0xBB, 0xBF];
        line = line.Trim(" \t\r"u8);
        return line.StartsWith(byteOrderMark) ? line[byteOrderMark.Length..].Trim(" \t\r"u8) : line;
    }

    private ReadOnlySpan<byte> Take(int lineEnd, int separatorBytes)
    {
        ReadOnlySpan<byte> line = _buffer.AsSpan(_start, lineEnd - _start);
        _start = _scanned = lineEnd + separatorBytes;
        return line;
    }

    private bool TryFill()
    {
        MakeRoom();
        int bytesRead = input.Read(_buffer, _end, _buffer.Length - _end);
        _end += bytesRead;
        return bytesRead > 0;
    }

    private void MakeRoom()
    {
        byte[] target = _buffer;
        if (_start == _end && _buffer.Length > BufferBytesAtRest)
        {
            target = NewBuffer(lineBytesMax);
        }
        else if (_start == 0 && _end == _buffer.Length)
        {
            target = new byte[(int)Math.Min(2L * _buffer.Length, lineBytesMax + 1L)];
        }

        if (_start > 0 || target != _buffer)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(target);
        }

        _buffer = target;
        _scanned -= _start;
        _end -= _start;
        _start = 0;
    }

    private static byte[] NewBuffer(int lineBytesMax) => new byte[(int)Math.Min(BufferBytesAtRest, lineBytesMax + 1L)];
}
