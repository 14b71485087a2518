using MemoryGraph.Domain;
using MemoryGraph.Events;

namespace MemoryGraph.Exchange;

/// <summary>A file of another memory, read as the calls that would have recorded it here.</summary>
/// <remarks>
/// Reading never fails on what a file holds: a line that cannot be taken, or not wholly, is told as a
/// <see cref="SourceProblem"/>, and everything else is read. What is read obeys <see cref="StoredText"/>: names and
/// types are as <see cref="StoredText.NameOf"/> makes them, texts hold nothing that it finds a fault in. Lengths
/// are not bounded.
/// </remarks>
public abstract class MemorySource
{
    /// <summary>What <see cref="Origin.Project"/> says of its events: which memory this is.</summary>
    public abstract string Name { get; }

    /// <summary>
    /// Whether an event of the source is known again by its <see cref="Origin.Id"/>, and a file holds all events up to
    /// its last: then what was decided about once is not decided about again. A file that lists facts instead of events
    /// has no such ids; there, what holds already is passed over.
    /// </summary>
    public abstract bool HasLastingIds { get; }

    /// <summary>Reads the file once, from its beginning, a call at a time.</summary>
    /// <param name="problems">Gets what was not taken, in order of lines.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public abstract IEnumerable<SourceCall> Read(Stream file, Action<SourceProblem> problems);
}
