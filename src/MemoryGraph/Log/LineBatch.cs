using MemoryGraph.Events;

namespace MemoryGraph.Log;

/// <summary>The next lines of a log, each read and checked by itself on whichever core is free.</summary>
/// <remarks>
/// What a line says does not depend on those around it; only the chain has to be followed one by one. A batch can be
/// made ready while the one before it is being judged: <see cref="Begin"/>, then <see cref="Finish"/>, which helps with
/// what is left. In between, nobody may look into it or move the window.
/// </remarks>
/// <param name="reader">For the thread that asks.</param>
/// <param name="others">For those that help, one each; none for one thread.</param>
/// <param name="read">What is done with each line.</param>
internal sealed class LineBatch(EventLineReader reader, IReadOnlyList<EventLineReader> others, LineBatch.Reading read)
{
    private const int LinesMax = 2048;
    private const int BytesMax = 1 << 20;

    // What a thread takes at once. Below it, waking another one costs more than it brings.
    private const int LinesInPart = 64;

    private readonly List<Place> _places = [];
    private readonly Utf8Buffer _bytes = new();
    private CheckedLine[] _read = [];
    private int _partsTaken;
    private Task _collecting = Task.CompletedTask;
    private Task[] _helping = [];

    /// <summary>Reads a line without its newline, on any thread.</summary>
    public delegate CheckedLine Reading(ReadOnlySpan<byte> line, EventLineReader reader);

    public int Count => _places.Count;

    /// <summary>What a line says.</summary>
    public CheckedLine this[int index] => _read[index];

    /// <summary>As many readers as there are other cores to help.</summary>
    public static IReadOnlyList<EventLineReader> ReadersForOtherCores(EventCatalogue catalogue) =>
        [.. Enumerable.Range(1, Environment.ProcessorCount - 1).Select(_ => new EventLineReader(catalogue))];

    /// <summary>Takes the next lines.</summary>
    /// <param name="upTo">Where they begin at the latest; one is taken in any case.</param>
    /// <returns>False when there are no more.</returns>
    public bool Fill(LogLineReader window, long upTo)
    {
        Collect(window, upTo);
        _helping = Count <= LinesInPart ? [] : [.. others.Select(other => Task.Run(() => ReadParts(other)))];
        return FinishReading();
    }

    /// <summary>Takes the next lines beside whatever else the caller does.</summary>
    public void Begin(LogLineReader window)
    {
        _collecting = Task.Run(() => Collect(window, long.MaxValue));
        _helping = [.. others.Select(other => HelpAsync(other))];
    }

    /// <summary>Waits for what was begun, and helps with it.</summary>
    /// <returns>False when there are no more lines.</returns>
    /// <exception cref="DiskException">The disk refuses.</exception>
    public bool Finish()
    {
        _collecting.GetAwaiter().GetResult();
        return FinishReading();
    }

    /// <summary>Waits until nobody reads for this batch any more, whatever became of it.</summary>
    public void Abandon() => Task.WaitAny(Task.WhenAll([_collecting, .. _helping]));

    /// <summary>The bytes of a line, without newline.</summary>
    public ReadOnlySpan<byte> Line(int index) => _bytes.Written.Slice(_places[index].At, _places[index].Length);

    /// <summary>Where a line begins and ends in the log, and whether a newline ends it.</summary>
    public (long Start, long End, bool Ended) PlaceOf(int index) =>
        (_places[index].Start, _places[index].End, _places[index].Ended);

    /// <summary>The segment that a line begins; null when it begins none.</summary>
    public int? SegmentBegunBy(int index) => _places[index].Segment;

    private async Task HelpAsync(EventLineReader other)
    {
        await _collecting.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        ReadParts(other);
    }

    private void Collect(LogLineReader window, long upTo)
    {
        _places.Clear();
        _bytes.Clear();
        while (_places.Count < LinesMax && _bytes.Length < BytesMax && (_places.Count == 0 || window.LineEnd < upTo)
            && window.NextLine(out ReadOnlySpan<byte> line, out bool ended))
        {
            line = ended || line.IsEmpty ? line : LogScan.WithoutSpoiltNewline(line);
            _places.Add(new Place(
                _bytes.Length, line.Length, window.LineStart, window.LineEnd, ended, window.IsHeader ? window.Segment : null));
            _bytes.Raw(line);
        }

        if (_read.Length < Count)
        {
            _read = new CheckedLine[Math.Min(LinesMax, Math.Max(Count, 2 * _read.Length))];
        }

        _partsTaken = 0;
    }

    private bool FinishReading()
    {
        ReadParts(reader);
        Task.WhenAll(_helping).GetAwaiter().GetResult();
        return Count > 0;
    }

    private void ReadParts(EventLineReader by)
    {
        for (int first; (first = (Interlocked.Increment(ref _partsTaken) - 1) * LinesInPart) < Count;)
        {
            for (int i = first; i < Math.Min(first + LinesInPart, Count); i++)
            {
                _read[i] = read(Line(i), by);
            }
        }
    }

    private readonly record struct Place(int At, int Length, long Start, long End, bool Ended, int? Segment);
}
