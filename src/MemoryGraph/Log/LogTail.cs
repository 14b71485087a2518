using MemoryGraph.Domain;

namespace MemoryGraph.Log;

/// <summary>What stands behind the last whole commit of a log.</summary>
internal enum TailState
{
    /// <summary>Nothing: the log ends where its last commit ends.</summary>
    Clean,

    /// <summary>
    /// The last commit is whole but for its final newline, which is missing or another byte. It counts; the next writer
    /// puts the newline there.
    /// </summary>
    NewlineMissing,

    /// <summary>
    /// Parts of one commit that was never finished, or is being written right now. Nobody was told that it succeeded.
    /// The next writer moves the bytes to quarantine.
    /// </summary>
    Torn,
}

/// <summary>A place where the log does not say what was written there.</summary>
/// <param name="Segment">File name.</param>
/// <param name="Offset">First byte of the line.</param>
/// <param name="Length">Bytes of the line, without newline.</param>
/// <param name="Expected">The event that belongs there.</param>
/// <param name="Cause">What is wrong with it, for people: a clause without full stop.</param>
internal sealed record LogDamage(string Segment, long Offset, long Length, EventId Expected, string Cause)
{
    public override string ToString() =>
        FormattableString.Invariant($"event {Expected} in {Segment} at byte {Offset} ({Length} bytes): {Cause}");
}
