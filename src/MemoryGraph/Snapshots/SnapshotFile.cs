using System.IO.Hashing;
using MemoryGraph.Graph;
using MemoryGraph.Log;

namespace MemoryGraph.Snapshots;

/// <summary>A snapshot on disk, to be loaded part by part.</summary>
/// <remarks>Nothing in it is believed before its checksum was; whatever does not fit makes it a file to ignore.</remarks>
internal sealed class SnapshotFile : IDisposable
{
    private readonly IDiskFile _file;
    private readonly SnapshotDirectory _directory;

    private SnapshotFile(IDiskFile file, SnapshotDirectory directory)
    {
        _file = file;
        _directory = directory;
    }

    public string Project => _directory.Project;

    /// <summary>Behind the last event that it covers.</summary>
    public LogPosition Position => _directory.Position;

    public int FoldVersion => _directory.FoldVersion;

    public string Path => _file.Path;

    /// <summary>Bytes of the file.</summary>
    public long Length => _file.Length;

    /// <summary>Opens a file; null when it is no whole snapshot of the format that this program writes.</summary>
    /// <exception cref="DiskException">It cannot be read.</exception>
    public static SnapshotFile? Open(IDisk disk, string path)
    {
        IDiskFile file = disk.Open(path, writable: false);
        SnapshotFile? opened = null;
        try
        {
            opened = BitConverter.IsLittleEndian && ReadDirectory(file) is { } directory ? new SnapshotFile(file, directory) : null;
            return opened;
        }
        finally
        {
            if (opened is null)
            {
                file.Dispose();
            }
        }
    }

    /// <summary>Fills columns with those of a part, on all cores.</summary>
    /// <returns>
    /// False when the part is missing, has other columns, or is not as it was written; the columns are then as before.
    /// </returns>
    /// <exception cref="DiskException">It cannot be read.</exception>
    public bool Load(string part, IReadOnlyList<Column> columns)
    {
        SnapshotPart? saved = _directory.Parts.FirstOrDefault(one => one.Name == part);
        if (saved is null || saved.Columns.Count != columns.Count)
        {
            return false;
        }

        List<(Column Column, int Number, SavedChunk Chunk)> chunks = [];
        foreach ((Column column, SavedColumn row) in columns.Zip(saved.Columns))
        {
            if (!Fits(column, row))
            {
                return false;
            }

            column.Prepare(row.Rows);
            chunks.AddRange(row.Chunks.Select((chunk, number) => (column, number, chunk)));
        }

        int wrong = 0;
        Parallel.ForEach(chunks, (one, loop) =>
        {
            if (!Read(one.Column.Fill(one.Number), one.Chunk))
            {
                Interlocked.Increment(ref wrong);
                loop.Stop();
            }
        });
        if (wrong == 0)
        {
            foreach (Column column in columns)
            {
                column.TakeFilled();
            }
        }

        return wrong == 0;
    }

    public void Dispose() => _file.Dispose();

    private static SnapshotDirectory? ReadDirectory(IDiskFile file)
    {
        byte[] footer = new byte[SnapshotDirectory.FooterBytes];
        long length = file.Length;
        if (length < footer.Length || file.Read(footer, length - footer.Length) != footer.Length
            || SnapshotDirectory.Find(footer, length) is not { } place)
        {
            return null;
        }

        byte[] bytes = new byte[place.Length];
        return file.Read(bytes, place.Offset) == bytes.Length ? SnapshotDirectory.Parse(bytes, place.Checksum) : null;
    }

    // The rows fill the chunks, and the chunks lie in the file: nothing is allocated for what is not there.
    private bool Fits(Column column, SavedColumn saved) => saved.RowBytes == column.RowBytes && saved.Rows >= 0
        && saved.Chunks.Sum(chunk => (long)chunk.Length) == saved.Rows * saved.RowBytes
        && saved.Chunks.Count == column.ChunksOf(saved.Rows)
        && saved.Chunks.All(chunk => chunk.Length >= 0 && chunk.Offset >= 0 && chunk.Offset <= _file.Length - chunk.Length);

    private bool Read(Span<byte> rows, SavedChunk chunk) => rows.Length == chunk.Length
        && _file.Read(rows, chunk.Offset) == rows.Length && XxHash3.HashToUInt64(rows) == chunk.Checksum;
}
