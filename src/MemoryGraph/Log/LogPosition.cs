using MemoryGraph.Domain;

namespace MemoryGraph.Log;

/// <summary>How far a log was read: the last event, its place in the chain, and where its line lies.</summary>
/// <param name="LastId">Last event of the last whole call; <see cref="EventId.None"/> before the first.</param>
/// <param name="LastHash">Its hash; before the first event, what the first is chained to.</param>
/// <param name="LastLine">Offset of its line; of the header when there is no event yet.</param>
/// <param name="End">Offset behind its newline: where the next commit goes.</param>
/// <param name="Commit">The commit that carried it; more of the same may follow, while it is being written.</param>
internal readonly record struct LogPosition(
    EventId LastId, EventHash LastHash, long LastLine, long End, EventId Commit);
