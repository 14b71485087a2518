using MemoryGraph.Events;
using MemoryGraph.Graph;
using MemoryGraph.Values;

namespace MemoryGraph.Queries;

/// <summary>How much a project holds.</summary>
public sealed record StatusQuery : Query<StatusAnswer>
{
    internal override StatusAnswer Read(Reading reading)
    {
        GraphView view = reading.Graph.AsOf(reading.Latest);
        int repairs = 0;
        for (EventId id = new(1); id <= reading.Latest; id = id.Next)
        {
            repairs += reading.Graph.Events[id].Event is LogRepaired ? 1 : 0;
        }

        return new StatusAnswer(
            view.Entities().Count(),
            view.Entities().Sum(entity => view.ObservationsOf(entity).Count()),
            view.Relations().Count(),
            reading.Latest > EventId.None ? reading.Cite(reading.Latest) : null,
            reading.Session > EventId.None ? reading.Session : null,
            repairs,
            reading.Graph.Skipped);
    }
}

/// <summary>Counts of what is known now, and how the history stands.</summary>
/// <param name="Last">The last event; null before the first.</param>
/// <param name="Session">First event that this process wrote; null while it wrote none.</param>
/// <param name="Repairs">How often a torn end was taken out of the log.</param>
/// <param name="Skipped">Events that changed nothing because what they touch is not there.</param>
public sealed record StatusAnswer(
    int Entities, int Observations, int Relations, Citation? Last, EventId? Session, int Repairs, int Skipped);
