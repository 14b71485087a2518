using MemoryGraph.Domain;
using MemoryGraph.Graph;
using MemoryGraph.Projections;
using MemoryGraph.Search;

namespace MemoryGraph.Queries;

/// <summary>A question to a project. Answers never write.</summary>
/// <remarks>
/// Sequences in an answer are read from the graph as they are enumerated, so an answer is only good inside the call
/// that asked for it (<c>MemoryProject.Ask</c>); a page of a large answer costs no more than the page.
/// </remarks>
public abstract record Query<TAnswer>
{
    private protected Query()
    {
    }

    internal abstract TAnswer Read(QueryContext reading);
}

/// <summary>What questions are read from: the graph and its projections, at one moment.</summary>
/// <param name="graph">
/// Facts; those behind <paramref name="latest"/> are not durable yet and are nobody's business.
/// </param>
/// <param name="latest">The last durable event.</param>
/// <param name="search">Brought up to date only when a question looks into it: opening a name needs no index.</param>
/// <param name="timeline">Likewise.</param>
/// <param name="activity">Likewise.</param>
/// <param name="session">The running session; <see cref="EventId.None"/> while it wrote nothing.</param>
/// <param name="agent">Who asks.</param>
internal sealed class QueryContext(
    GraphState graph, EventId latest, SearchIndex search, Timeline timeline, Activity activity, EventId session, string agent)
{
    public GraphState Graph => graph;

    public EventId Latest => latest;

    public EventId Session => session;

    public SearchIndex Search
    {
        get
        {
            search.CatchUp(graph.Events, latest);
            return search;
        }
    }

    public Timeline Timeline
    {
        get
        {
            timeline.CatchUp(graph.Events, latest);
            return timeline;
        }
    }

    public Activity Activity
    {
        get
        {
            activity.CatchUp(graph.Events, latest);
            return activity;
        }
    }

    /// <summary>Bytes of memory that the graph takes, and its projections as far as they were brought.</summary>
    public long BytesTaken => graph.BytesTaken + search.BytesTaken + timeline.BytesTaken + activity.BytesTaken;

    /// <summary>Finds the event that a point means. An event that is still to come means the last one.</summary>
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

/// <summary>The point that an answer is about.</summary>
/// <param name="Event">Everything up to this event was taken into account.</param>
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
/// <param name="Author">Who said it.</param>
public sealed record Citation(EventId Id, DateTimeOffset When, Author Author);
