namespace MemoryGraph.Log;

/// <summary>A segment in memory.</summary>
/// <param name="Name">File name.</param>
internal sealed record SegmentBytes(string Name, byte[] Bytes)
{
    /// <summary>To be walked like files; nothing has to be closed.</summary>
    public static LogFiles AsFiles(IEnumerable<SegmentBytes> segments) =>
        LogFiles.Of(segments.Select(one => (one.Name, (IDiskFile)new InMemoryFile(one.Bytes))));
}
