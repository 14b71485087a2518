using MemoryGraph.Domain;

namespace MemoryGraph.Log;

/// <summary>The segments of a log, read as if they were one file: each begins where the one before it ends.</summary>
/// <remarks>
/// <para>
/// Offsets into the log count through all segments, so whoever walks a log or keeps a place in it need not know of
/// them; <see cref="PlaceOf"/> says where that is for people. Only the last segment grows. The others have the length
/// that they had when the next one was opened.
/// </para>
/// <para>
/// A segment's name is known before it is there, because it tells the event that begins it. So a reader that came to
/// the end of one goes on in the next (<see cref="GoesOn"/>) without looking through the folder.
/// </para>
/// <para>Reading is safe for several threads.</para>
/// </remarks>
internal sealed class LogFiles : IDisposable
{
    private readonly ProjectFolder? _folder;
    private readonly List<LogSegment> _segments = [];

    private LogFiles(ProjectFolder? folder) => _folder = folder;

    /// <summary>In order; one at least.</summary>
    public IReadOnlyList<LogSegment> Segments => _segments;

    /// <summary>The one that grows.</summary>
    public LogSegment Last => _segments[^1];

    /// <summary>Bytes of all segments.</summary>
    public long Length => Last.Start + Last.File.Length;

    /// <summary>Opens all segments of a folder for reading; null when there are none.</summary>
    /// <exception cref="DiskException">The disk refuses.</exception>
    public static LogFiles? Open(ProjectFolder folder)
    {
        var files = new LogFiles(folder);
        try
        {
            foreach (string name in folder.SegmentNames())
            {
                files.Add(name, folder.OpenSegment(name));
            }
        }
        catch
        {
            files.Dispose();
            throw;
        }

        return files._segments.Count == 0 ? null : files;
    }

    /// <summary>A log that is not, or not yet, in its folder.</summary>
    /// <param name="segments">File names and contents, in order.</param>
    public static LogFiles Of(params IEnumerable<(string Name, IDiskFile File)> segments)
    {
        var files = new LogFiles(folder: null);
        foreach ((string name, IDiskFile file) in segments)
        {
            files.Add(name, file);
        }

        return files;
    }

    /// <summary>Takes in the segment that an event begins, if it is there by now.</summary>
    /// <param name="next">The event behind the last one.</param>
    public bool GoesOn(EventId next)
    {
        string name = SegmentHeader.FileName(next);
        if (next <= Last.First || _folder?.HasSegment(name) != true)
        {
            return false;
        }

        Add(name, _folder.OpenSegment(name));
        return true;
    }

    /// <summary>Takes in the next segment.</summary>
    /// <exception cref="DiskException">The one before it cannot be measured; the file is closed.</exception>
    public void Add(string name, IDiskFile file)
    {
        try
        {
            _segments.Add(new LogSegment(name, SegmentHeader.FirstIn(name) ?? EventId.None, _segments.Count == 0 ? 0 : Length, file));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Puts another handle of the same file in the place of the last segment's, which can be written.</summary>
    public void ReopenLast(IDiskFile writable)
    {
        Last.File.Dispose();
        _segments[^1] = Last with { File = writable, IsWritable = true };
    }

    /// <summary>Fills the span from a place in the log.</summary>
    /// <returns>Bytes read; fewer than asked only at the end of a segment.</returns>
    public int Read(Span<byte> destination, long offset) => Read(destination, offset, IndexAt(offset));

    /// <inheritdoc cref="Read(Span{byte}, long)"/>
    /// <param name="index">The segment to read from; nothing behind it.</param>
    public int Read(Span<byte> destination, long offset, int index) => _segments[index].File.Read(
        destination[..(int)Math.Clamp(EndOf(index) - offset, 0, destination.Length)], offset - _segments[index].Start);

    /// <summary>Behind a segment; <see cref="long.MaxValue"/> for the last, which grows.</summary>
    public long EndOf(int index) => index + 1 < _segments.Count ? _segments[index + 1].Start : long.MaxValue;

    /// <summary>Bytes of the segment before another one.</summary>
    public long LengthBefore(int index) => _segments[index].Start - _segments[index - 1].Start;

    /// <summary>Which segment a byte lies in.</summary>
    public int IndexAt(long offset)
    {
        int index = _segments.Count - 1;
        while (index > 0 && _segments[index].Start > offset)
        {
            index--;
        }

        return index;
    }

    /// <summary>The segment's file name and the offset in it.</summary>
    public (string Segment, long Offset) PlaceOf(long offset)
    {
        LogSegment segment = _segments[IndexAt(offset)];
        return (segment.Name, offset - segment.Start);
    }

    public void Dispose() => _segments.ForEach(segment => segment.File.Dispose());
}

/// <summary>One file of a log.</summary>
/// <param name="Name">File name.</param>
/// <param name="First">The event that begins it, as its name says.</param>
/// <param name="Start">Bytes of all segments before it.</param>
/// <param name="IsWritable">Whether it was opened for writing too.</param>
internal sealed record LogSegment(string Name, EventId First, long Start, IDiskFile File, bool IsWritable = false);
