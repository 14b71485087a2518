namespace MemoryGraph.Graph;

/// <summary>Bytes one after the other, found again by where they begin: packed records, text in UTF-8.</summary>
internal sealed class ByteColumn : Column<byte>
{
    /// <summary>Adds bytes.</summary>
    /// <returns>Where they begin.</returns>
    public long Add(ReadOnlySpan<byte> bytes) => AddRange(bytes);

    /// <summary>Bytes from a place on. Those that lie in two chunks, one in a thousand, are copied.</summary>
    public ReadOnlySpan<byte> Read(long first, int count) => Range(first, count);
}
