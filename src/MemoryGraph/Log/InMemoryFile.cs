namespace MemoryGraph.Log;

/// <summary>Bytes to be read as if they were a file: a log that is not written yet.</summary>
internal sealed class InMemoryFile(byte[] bytes) : IDiskFile
{
    public string Path => "";

    public long Length => bytes.Length;

    public FileIdentity Identity => default;

    public int Read(Span<byte> destination, long offset)
    {
        ReadOnlySpan<byte> rest = bytes.AsSpan((int)Math.Min(offset, bytes.Length));
        ReadOnlySpan<byte> read = rest[..Math.Min(rest.Length, destination.Length)];
        read.CopyTo(destination);
        return read.Length;
    }

    public void Write(ReadOnlySpan<byte> bytes, long offset) => throw new NotSupportedException();

    public void Truncate(long length) => throw new NotSupportedException();

    public void Sync() => throw new NotSupportedException();

    public bool TryLock() => throw new NotSupportedException();

    public void Unlock() => throw new NotSupportedException();

    public void Dispose()
    {
    }
}
