using MemoryGraph.Domain;
using MemoryGraph.Events;

namespace MemoryGraph.Exchange;

/// <summary>A file of another memory, read as the calls that would have recorded it here.</summary>
/// <remarks>
/// The content of a file never makes reading fail: what cannot be taken is reported as a <see cref="SourceProblem"/>.
/// Names, types and texts obey <see cref="StoredText"/>, but for their lengths, which are not bounded.
/// </remarks>
public abstract class MemorySource
{
    /// <summary>Which memory this is: the <see cref="Origin.Project"/> of its events.</summary>
    public abstract string Name { get; }

    /// <summary>
    /// Whether events keep their <see cref="Origin.Id"/> and a file holds all of them up to its last: then an event
    /// that was decided once is not decided again. A file of facts instead of events has no such ids.
    /// </summary>
    public abstract bool HasLastingIds { get; }

    /// <summary>Reads the file once, from its beginning, a call at a time.</summary>
    /// <param name="problems">Gets what was not taken, in the order of lines.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public abstract IEnumerable<SourceCall> Read(Stream file, Action<SourceProblem> problems);
}
