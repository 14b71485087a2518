using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Graph;

namespace MemoryGraph.Queries;

/// <summary>How much a project holds.</summary>
/// <remarks>Cost: one walk over the rows of all facts.</remarks>
public sealed record StatusQuery : Query<StatusAnswer>
{
    internal override StatusAnswer Read(QueryContext context)
    {
        EventIndex events = context.Graph.Events;
        var tally = new LiveCounts(context.Graph.AsOf(context.Latest));
        return new StatusAnswer(
            tally.Entities,
            tally.Observations,
            tally.Relations,
            context.Latest > EventId.None ? context.Cite(context.Latest) : null,
            context.Session > EventId.None ? context.Session : null,
            events.Runs.OfLog(context.Latest).SelectMany(run => run.Down(EventId.None))
                .Count(id => events.ShapeOf(id)?.EventType == typeof(LogRepaired)),
            context.Graph.Skipped,
            context.BytesTaken);
    }
}

/// <summary>Counts of what is known now, and how the history stands.</summary>
/// <param name="Last">The last event; null before the first.</param>
/// <param name="Session">First event that this process wrote; null while it wrote none.</param>
/// <param name="Repairs">How often a torn end was taken out of the log.</param>
/// <param name="Skipped">Events that changed nothing because what they touch is not there.</param>
/// <param name="BytesTaken">Memory that the graph takes, and what was made so far to answer questions from it.</param>
public sealed record StatusAnswer(
    int Entities, int Observations, int Relations, Citation? Last, EventId? Session, int Repairs, int Skipped, long BytesTaken)
{
    /// <summary>Bytes of memory for each event of the log; 0 before the first.</summary>
    public long BytesPerEvent => Last is { Id.Value: var events } ? BytesTaken / events : 0;
}
