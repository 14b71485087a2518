using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using MemoryGraph.Domain;
using MemoryGraph.Log;

namespace MemoryGraph.Snapshots;

/// <summary>What the end of a snapshot's file says: whose it is, how far it goes, and where each chunk lies.</summary>
/// <remarks>
/// The whole format stands in <c>README.md</c> beside this file. Every number is little-endian, as rows in memory are on
/// every machine that this program runs on.
/// </remarks>
/// <param name="Project">The project's id.</param>
/// <param name="Position">Behind the last event that it covers.</param>
/// <param name="FoldVersion">What was folded by other rules is of no use.</param>
/// <param name="Parts">In the order in which they were saved.</param>
internal sealed record SnapshotDirectory(
    string Project, LogPosition Position, int FoldVersion, IReadOnlyList<SnapshotPart> Parts)
{
    /// <summary>Raised whenever the file is laid out in another way.</summary>
    public const int FormatVersion = 1;

    /// <summary>Bytes of the footer: place and length of the directory, its checksum, the mark.</summary>
    public const int FooterBytes = 32;

    private const int PartsMax = 64;
    private const int ColumnsMax = 256;

    private static ReadOnlySpan<byte> Mark => "MGRAPHSN"u8;

    /// <summary>The directory and the footer.</summary>
    /// <param name="offset">Where they will stand in the file.</param>
    public byte[] ToBytes(long offset)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(FormatVersion);
        writer.Write(FoldVersion);
        writer.Write(Project);
        Span<byte> hash = stackalloc byte[EventHash.Bytes];
        Position.LastHash.CopyTo(hash);
        writer.Write(Position.LastId.Value);
        writer.Write(hash);
        writer.Write(Position.LastLine);
        writer.Write(Position.End);
        writer.Write(Position.Commit.Value);
        writer.Write(Parts.Count);
        foreach (SnapshotPart part in Parts)
        {
            part.Write(writer);
        }

        writer.Flush();
        ulong checksum = XxHash3.HashToUInt64(stream.GetBuffer().AsSpan(0, (int)stream.Length));
        long length = stream.Length;
        writer.Write(offset);
        writer.Write(length);
        writer.Write(checksum);
        writer.Write(Mark);
        writer.Flush();
        return stream.ToArray();
    }

    /// <summary>Where the directory stands, by the last <see cref="FooterBytes"/> bytes of a file; null when they are no footer.</summary>
    public static (long Offset, int Length, ulong Checksum)? Find(ReadOnlySpan<byte> footer, long fileLength)
    {
        long offset = BinaryPrimitives.ReadInt64LittleEndian(footer);
        long length = BinaryPrimitives.ReadInt64LittleEndian(footer[8..]);
        bool fits = footer[24..].SequenceEqual(Mark) && offset >= 0 && length is > 0 and < int.MaxValue
            && offset == fileLength - FooterBytes - length;
        return fits ? (offset, (int)length, BinaryPrimitives.ReadUInt64LittleEndian(footer[16..])) : null;
    }

    /// <summary>Reads a directory; null when it is not whole or of another format.</summary>
    public static SnapshotDirectory? Parse(byte[] bytes, ulong checksum)
    {
        if (XxHash3.HashToUInt64(bytes) != checksum)
        {
            return null;
        }

        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
            if (reader.ReadInt32() != FormatVersion)
            {
                return null;
            }

            int fold = reader.ReadInt32();
            string project = reader.ReadString();
            var id = new EventId(reader.ReadInt64());
            var hash = new EventHash(reader.ReadBytes(EventHash.Bytes));
            var position = new LogPosition(id, hash, reader.ReadInt64(), reader.ReadInt64(), new EventId(reader.ReadInt64()));
            var parts = new SnapshotPart[Bounded(reader.ReadInt32(), PartsMax)];
            for (int i = 0; i < parts.Length; i++)
            {
                parts[i] = SnapshotPart.Read(reader, ColumnsMax);
            }

            return new SnapshotDirectory(project, position, fold, parts);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or ArgumentException)
        {
            return null;
        }
    }

    /// <exception cref="InvalidDataException">A number is not one that such a file can hold.</exception>
    internal static int Bounded(int count, int max) =>
        count >= 0 && count <= max ? count : throw new InvalidDataException("a count is out of bounds");
}

/// <summary>Columns that are saved and loaded together: the graph, or one projection.</summary>
internal sealed record SnapshotPart(string Name, IReadOnlyList<SavedColumn> Columns)
{
    public void Write(BinaryWriter writer)
    {
        writer.Write(Name);
        writer.Write(Columns.Count);
        foreach (SavedColumn column in Columns)
        {
            writer.Write(column.RowBytes);
            writer.Write(column.Rows);
            writer.Write(column.Chunks.Count);
            foreach (SavedChunk chunk in column.Chunks)
            {
                writer.Write(chunk.Offset);
                writer.Write(chunk.Length);
                writer.Write(chunk.Checksum);
            }
        }
    }

    public static SnapshotPart Read(BinaryReader reader, int columnsMax)
    {
        string name = reader.ReadString();
        var columns = new SavedColumn[SnapshotDirectory.Bounded(reader.ReadInt32(), columnsMax)];
        for (int i = 0; i < columns.Length; i++)
        {
            int rowBytes = reader.ReadInt32();
            long rows = reader.ReadInt64();
            int bytesLeft = (int)(reader.BaseStream.Length - reader.BaseStream.Position);
            var chunks = new SavedChunk[SnapshotDirectory.Bounded(reader.ReadInt32(), bytesLeft / SavedChunk.Bytes)];
            for (int chunk = 0; chunk < chunks.Length; chunk++)
            {
                chunks[chunk] = new SavedChunk(reader.ReadInt64(), reader.ReadInt32(), reader.ReadUInt64());
            }

            columns[i] = new SavedColumn(rowBytes, rows, chunks);
        }

        return new SnapshotPart(name, columns);
    }
}

/// <summary>A column as it was saved.</summary>
internal sealed record SavedColumn(int RowBytes, long Rows, IReadOnlyList<SavedChunk> Chunks);

/// <summary>Where a chunk of rows lies in the file.</summary>
/// <param name="Checksum">XxHash3 of its bytes.</param>
internal readonly record struct SavedChunk(long Offset, int Length, ulong Checksum)
{
    /// <summary>Bytes that it takes in the directory.</summary>
    public const int Bytes = 20;
}
