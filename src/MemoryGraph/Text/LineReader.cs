namespace MemoryGraph.Text;

/// <summary>Splits a stream into lines, one at a time.</summary>
/// <remarks>
/// A line is given without its newline (<c>\n</c> or <c>\r\n</c>) and, at the start of the stream, without a byte order
/// mark; the last line needs no newline. Of a line that is too long only the beginning is given, at once, and the rest
/// is skipped. Memory: one buffer, at most one byte longer than the longest line allowed.
/// </remarks>
internal sealed class LineReader(Stream input, int lineBytesMax = LineReader.LineBytesMaxByDefault)
{
    private const int BufferBytesAtRest = 1 << 16;

    // 256 MiB, less what a buffer that is filled in steps of 64 KiB cannot use.
    private const int LineBytesMaxByDefault = (1 << 28) - BufferBytesAtRest;

    private byte[] _buffer = NewBuffer(lineBytesMax);

    // The line begins at _start, has no newline before _scanned, and is read up to _end.
    private int _start;
    private int _scanned;
    private int _end;

    /// <summary>The number of the line read last, from 1; 0 before the first.</summary>
    public long Number { get; private set; }

    /// <summary>
    /// Whether a newline ended what was given; the last line of a stream may lack it, and a cut line does.
    /// </summary>
    public bool Ended { get; private set; }

    /// <summary>Whether the line read last is longer than what was given of it.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Reads the next line.</summary>
    /// <param name="line">Valid until the next call.</param>
    /// <returns>False at the end of the stream.</returns>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public bool Next(out ReadOnlyMemory<byte> line)
    {
        line = default;
        if (IsCut && !SkipToNewline())
        {
            return false;
        }

        IsCut = false;
        int newline;
        while ((newline = _buffer.AsSpan(_scanned, _end - _scanned).IndexOf((byte)'\n')) < 0)
        {
            _scanned = _end;
            IsCut = _end - _start > lineBytesMax;
            if (IsCut || !TryFill())
            {
                break;
            }
        }

        Ended = newline >= 0;
        int end = Ended ? _scanned + newline : _end;
        if (end == _start && !Ended)
        {
            return false;
        }

        line = _buffer.AsMemory(_start, Math.Min(end - _start, lineBytesMax));
        _start = _scanned = Ended ? end + 1 : end;
        Number++;
        line = Number == 1 && line.Span.StartsWith("\uFEFF"u8) ? line[3..] : line;
        line = Ended && line.Span.EndsWith("\r"u8) ? line[..^1] : line;
        return true;
    }

    private bool SkipToNewline()
    {
        int newline;
        while ((newline = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n')) < 0)
        {
            _start = _scanned = _end;
            if (!TryFill())
            {
                return false;
            }
        }

        _start = _scanned = _start + newline + 1;
        return true;
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
