using MemoryGraph.Domain;
using MemoryGraph.Graph;
using MemoryGraph.Projections;

namespace MemoryGraph.Queries;

/// <summary>A question to a project. Answering never writes.</summary>
/// <remarks>
/// Sequences in an answer are read from the graph as they are enumerated, so an answer is only valid inside the call
/// that asked for it (<c>MemoryProject.Ask</c>); a page of a large answer costs no more than the page.
/// </remarks>
public abstract record Query<TAnswer>
{
    private protected Query()
    {
    }

    internal abstract TAnswer Read(QueryContext context);
}

/// <summary>What queries read: the graph and its projections, as of the last durable event.</summary>
/// <param name="graph">Facts after <paramref name="latest"/> are not durable yet and must not be shown.</param>
/// <param name="latest">The last durable event.</param>
/// <param name="projections">At most one of each type.</param>
/// <param name="session">The running session; <see cref="EventId.None"/> while it wrote nothing.</param>
/// <param name="agent">Who asks.</param>
internal sealed class QueryContext(
    GraphState graph, EventId latest, IReadOnlyList<Projection> projections, EventId session, string agent)
{
    public GraphState Graph => graph;

    public EventId Latest => latest;

    public EventId Session => session;

    public ProjectionSet Projections => new(graph.Events, latest, projections);

    /// <summary>Bytes of memory that the graph takes, and its projections as far as they were folded.</summary>
    public long BytesTaken => graph.BytesTaken + Projections.BytesTaken;

    /// <summary>Resolves a point. An event that is still to come means the last one.</summary>
    public Point Resolve(AsOf at)
    {
        EventId point = Graph.Events.PointOf(at, Latest, session, agent);
        point = point > Latest ? Latest : point;
        return new Point(point, point == EventId.None ? null : When(point), point == Latest)
        {
            NotYet = at is AsOf.Event { Id: var asked } && asked > Latest ? asked : null,
        };
    }

    /// <summary>The first event of a period; <see cref="EventId.None"/> for all there is.</summary>
    public EventId FirstSince(AsOf? since) =>
        since is null ? EventId.None : Graph.Events.FirstSince(since, Latest, session, agent);

    public GraphView View(Point point) => Graph.AsOf(point.Event);

    /// <summary>When an event happened, by the clock that never runs backwards.</summary>
    public DateTimeOffset When(EventId id) => DateTimeOffset.FromUnixTimeMilliseconds(Graph.Events.TimeOf(id));

    public Citation Cite(EventId id) => new(id, When(id), Graph.Events.AuthorOf(id));
}

/// <summary>The point that an answer is as of.</summary>
/// <param name="Event">The last event that counts.</param>
/// <param name="When">When it happened; null before the first event.</param>
/// <param name="IsNow">Whether nothing came after it.</param>
public sealed record Point(EventId Event, DateTimeOffset? When, bool IsNow)
{
    /// <summary>The event that was asked about, when it has not happened; the answer is then about now.</summary>
    public EventId? NotYet { get; init; }
}

/// <summary>Where a fact comes from.</summary>
/// <param name="Id">The event that began it.</param>
/// <param name="When">When that was.</param>
/// <param name="Author">Who recorded it.</param>
public sealed record Citation(EventId Id, DateTimeOffset When, Author Author);
