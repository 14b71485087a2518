using MemoryGraph.Events;

namespace MemoryGraph.Log;

/// <summary>The lines of a log from an offset on, in order, each read before it is asked for.</summary>
/// <remarks>
/// A long rest of the log is read on all cores, one batch ahead of whoever takes the lines; a short one by the thread
/// that asks for it. No thread is left behind when it is disposed.
/// </remarks>
internal sealed class PrefetchedLines : IDisposable
{
    // What one thread reads in a few milliseconds.
    private const long BytesForOneThread = 2 << 20;

    private readonly LogLineReader _window;
    private LineBatch _batch;
    private LineBatch? _ahead;
    private int _index = -1;

    /// <param name="reader">For the thread that takes the lines.</param>
    public PrefetchedLines(LogFiles files, long offset, EventLineReader reader)
    {
        _window = new LogLineReader(files, offset);
        bool isLong = files.Length - offset > BytesForOneThread && Environment.ProcessorCount > 1;
        IReadOnlyList<EventLineReader> others = isLong ? LineBatch.ReadersForOtherCores(reader.Catalogue) : [];
        _batch = new LineBatch(reader, others, CheckedLine.ReadWithoutText);
        if (isLong)
        {
            _ahead = new LineBatch(reader, others, CheckedLine.ReadWithoutText);
            _ahead.Begin(_window);
        }
    }

    /// <summary>The bytes of the line, without newline; valid until the next is asked for.</summary>
    public ReadOnlySpan<byte> Line => _batch.Line(_index);

    /// <summary>What it says.</summary>
    public CheckedLine Read => _batch[_index];

    /// <summary>Where it begins and ends in the log, and whether a newline ends it.</summary>
    public (long Start, long End, bool Ended) Place => _batch.PlaceOf(_index);

    /// <summary>The segment that it begins, where a header belongs; null when it begins none.</summary>
    public int? SegmentBegun => _batch.SegmentBegunBy(_index);

    /// <summary>Moves to the next line.</summary>
    /// <returns>False at the end of the log. It can be asked again when the log went on.</returns>
    /// <exception cref="DiskException">The disk refuses.</exception>
    public bool Next()
    {
        if (_index + 1 < _batch.Count)
        {
            _index++;
            return true;
        }

        _index = 0;
        if (_ahead is null)
        {
            return _batch.Fill(_window, long.MaxValue);
        }

        bool any = _ahead.Finish();
        (_batch, LineBatch done) = (_ahead, _batch);
        _ahead = null;
        if (any)
        {
            done.Begin(_window);
            _ahead = done;
        }

        return any;
    }

    /// <inheritdoc/>
    public void Dispose() => _ahead?.Abandon();
}
