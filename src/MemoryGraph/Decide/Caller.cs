using MemoryGraph.Domain;

namespace MemoryGraph.Decide;

/// <summary>Who asks for a command; some commands mean "mine".</summary>
/// <param name="Session">
/// The running session by its first event; <see cref="EventId.None"/> while it recorded nothing.
/// </param>
/// <param name="Author">For whom, by which client.</param>
internal sealed record Caller(EventId Session, Author Author)
{
    /// <summary>Nobody in particular, with a session that recorded nothing.</summary>
    public static Caller Unknown { get; } = new(EventId.None, new Author("", ""));
}
