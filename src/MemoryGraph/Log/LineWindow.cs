using MemoryGraph.Disk;

namespace MemoryGraph.Log;

/// <summary>Walks the lines of a file from an offset to its end.</summary>
/// <remarks>
/// Through a buffer of a megabyte, or as long as the longest line; a shorter rest of the file takes less.
/// </remarks>
internal sealed class LineWindow(IDiskFile file, long offset)
{
    private const int BufferBytesLeast = 512;
    private const int BufferBytesAtFirst = 1 << 20;

    private byte[] _buffer = new byte[Math.Clamp(file.Length - offset + 1, BufferBytesLeast, BufferBytesAtFirst)];
    private int _lineEnd;
    private int _filled;
    private bool _atEnd;

    /// <summary>Offset of the line in the file.</summary>
    public long LineStart { get; private set; } = offset;

    /// <summary>Behind the line and its newline.</summary>
    public long LineEnd { get; private set; } = offset;

    /// <summary>Moves to the next line.</summary>
    /// <param name="line">Without newline; valid until the next call.</param>
    /// <param name="ended">Whether a newline ends it; false only for the last.</param>
    public bool NextLine(out ReadOnlySpan<byte> line, out bool ended)
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

        int read = file.Read(_buffer.AsSpan(_filled), LineEnd + _filled);
        _filled += read;
        _atEnd = _filled < _buffer.Length;
    }
}
