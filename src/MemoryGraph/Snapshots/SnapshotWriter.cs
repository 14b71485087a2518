using System.IO.Hashing;
using MemoryGraph.Graph;
using MemoryGraph.Log;

namespace MemoryGraph.Snapshots;

/// <summary>Writes a snapshot into a file aside, chunk by chunk, while the columns may go on changing.</summary>
/// <remarks>
/// A chunk that changed after it was written is written again; only the directory at the end says which bytes count.
/// Nothing is synced: a file that a power cut left half written is told by its checksums, and ignored.
/// </remarks>
internal sealed class SnapshotWriter(IDiskFile file) : IDisposable
{
    private readonly Dictionary<(int Column, int Chunk), SavedChunk> _chunks = [];
    private long _end;

    /// <summary>Bytes written so far.</summary>
    public long Length => _end;

    public string Path => file.Path;

    /// <summary>Writes a chunk, in the place of what was written of it before.</summary>
    /// <param name="column">Its place among all columns.</param>
    /// <exception cref="DiskException">The disk refuses; the file is of no use.</exception>
    public void Put(int column, int chunk, ReadOnlySpan<byte> bytes)
    {
        bool fits = _chunks.TryGetValue((column, chunk), out SavedChunk before) && before.Length == bytes.Length;
        long offset = fits ? before.Offset : _end;
        file.Write(bytes, offset);
        _chunks[(column, chunk)] = new SavedChunk(offset, bytes.Length, XxHash3.HashToUInt64(bytes));
        _end = Math.Max(_end, offset + bytes.Length);
    }

    /// <summary>Ends the file. All chunks that the columns have by now were put, as they are by now.</summary>
    /// <param name="parts">By name, their columns as they were counted: one part after the other.</param>
    /// <exception cref="DiskException">The disk refuses; the file is of no use.</exception>
    public void Finish(
        string project, LogPosition position, int foldVersion, IEnumerable<(string Name, IReadOnlyList<ColumnSize> Columns)> parts)
    {
        int counted = 0;
        List<SnapshotPart> saved = [];
        foreach ((string name, IReadOnlyList<ColumnSize> columns) in parts)
        {
            SavedColumn[] savedColumns = [.. columns.Select((column, place) => Saved(column, counted + place))];
            counted += columns.Count;
            saved.Add(new SnapshotPart(name, savedColumns));
        }

        byte[] directory = new SnapshotDirectory(project, position, foldVersion, saved).ToBytes(_end);
        file.Write(directory, _end);
        _end += directory.Length;
    }

    public void Dispose() => file.Dispose();

    private SavedColumn Saved(ColumnSize column, int place) => new(
        column.RowBytes, column.Rows, [.. Enumerable.Range(0, column.Chunks).Select(chunk => _chunks[(place, chunk)])]);
}

/// <summary>How large a column was when it was saved.</summary>
internal readonly record struct ColumnSize(int RowBytes, long Rows, int Chunks)
{
    public static ColumnSize Of(Column column) => new(column.RowBytes, column.Count, column.Chunks);
}
