using MemoryGraph.Events;

namespace MemoryGraph.Log;

/// <summary>The next lines of a log, each read and checked by itself on whichever core is free.</summary>
/// <remarks>
/// What a line says does not depend on those around it; only the chain has to be followed one by one.
/// </remarks>
internal sealed class LineBatch(EventCatalogue catalogue)
{
    private const int LinesMax = 2048;
    private const int BytesMax = 1 << 20;

    // Below this, waking another thread costs more than it brings.
    private const int LinesForOneThread = 64;

    private readonly EventLineReader[] _readers =
        [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new EventLineReader(catalogue))];

    private readonly List<Place> _places = [];
    private readonly AuditLine[] _read = new AuditLine[LinesMax];
    private readonly Utf8Buffer _bytes = new(BytesMax / 16);

    public int Count => _places.Count;

    /// <summary>What a line says.</summary>
    public AuditLine this[int index] => _read[index];

    /// <summary>Takes the next lines.</summary>
    /// <param name="upTo">Where they begin at the latest; one is taken in any case.</param>
    /// <returns>False when there are no more.</returns>
    public bool Fill(LineWindow window, long upTo)
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

        Read();
        return _places.Count > 0;
    }

    /// <summary>The bytes of a line, without newline.</summary>
    public ReadOnlySpan<byte> Line(int index) => _bytes.Written.Slice(_places[index].At, _places[index].Length);

    /// <summary>Where a line begins and ends in the log, and whether a newline ends it.</summary>
    public (long Start, long End, bool Ended) PlaceOf(int index) =>
        (_places[index].Start, _places[index].End, _places[index].Ended);

    /// <summary>The segment that a line begins; null when it begins none.</summary>
    public int? SegmentBegunBy(int index) => _places[index].Segment;

    private void Read()
    {
        if (Count < LinesForOneThread)
        {
            Read(_readers[0], 0, Count);
            return;
        }

        int threads = _readers.Length;
        Parallel.For(0, threads, thread => Read(_readers[thread], Count * thread / threads, Count * (thread + 1) / threads));
    }

    private void Read(EventLineReader reader, int first, int behind)
    {
        for (int i = first; i < behind; i++)
        {
            _read[i] = AuditLine.Read(Line(i), reader);
        }
    }

    private readonly record struct Place(int At, int Length, long Start, long End, bool Ended, int? Segment);
}
