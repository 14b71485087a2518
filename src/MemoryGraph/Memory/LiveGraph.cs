using System.Diagnostics.CodeAnalysis;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Graph;
using MemoryGraph.Log;
using MemoryGraph.Projections;
using MemoryGraph.Queries;
using MemoryGraph.Search;
using MemoryGraph.Snapshots;

namespace MemoryGraph.Memory;

/// <summary>A project's graph and its projections, folded from the log and kept up to date with it.</summary>
/// <remarks>
/// <para>
/// The graph may be ahead of the disk: events of a commit on its way lie behind <see cref="Published"/>, where no
/// reader looks. Projections are never ahead.
/// </para>
/// <para>Every member is used under <see cref="Gate"/>.</para>
/// </remarks>
internal sealed class LiveGraph : IEventSink, IDisposable
{
    /// <summary>The name of the graph's part in a snapshot.</summary>
    private const string GraphPart = "graph";

    private readonly string _project;
    private readonly EventLog _log;
    private readonly SnapshotFolder _snapshots;

    private SearchIndex _search;
    private Timeline _timeline;
    private Activity _activity;
    private bool _started;
    private SnapshotFile? _snapshot;

    public LiveGraph(string project, EventLog log, SnapshotFolder snapshots)
    {
        _project = project;
        _log = log;
        _snapshots = snapshots;
        BeginWith(new GraphState());
    }

    /// <summary>Held for moments only, by whoever reads or changes what is here, or uses the log to read.</summary>
    public Lock Gate { get; } = new();

    public GraphState Graph { get; private set; }

    /// <summary>The last event that readers may see.</summary>
    public EventId Published { get; set; }

    /// <summary>The last event known to be durable: another process's may be published a moment before it is.</summary>
    public EventId Durable { get; set; }

    /// <summary>The session that this process writes in; <see cref="EventId.None"/> while it wrote nothing.</summary>
    public EventId Session { get; set; }

    /// <summary>Whether a commit is on its way, so that the graph may be ahead and must not be caught up.</summary>
    public bool IsCommitting { get; set; }

    /// <summary>Raised when what was folded is dropped, or text was taken out of it: who copies it must stop.</summary>
    public int Generation { get; private set; }

    /// <summary>The last event that a snapshot covers.</summary>
    public EventId Saved { get; set; }

    /// <summary>The part of the log that was taken from a snapshot and not checked yet; null for none.</summary>
    public LogPosition? Unchecked { get; private set; }

    public ProjectStatus Status => new(_project, Published, _log.Health);

    /// <summary>The parts of a snapshot, with the columns of each.</summary>
    public IReadOnlyList<(string Name, IReadOnlyList<Column> Columns)> Parts =>
    [
        (GraphPart, [.. Graph.Columns]),
        .. Projections.Select(one => (one.Part, (IReadOnlyList<Column>)[.. one.Projection.Columns])),
    ];

    /// <summary>What a question is read from.</summary>
    public QueryContext ReadBy(string agent) => new(Graph, Published, _search, _timeline, _activity, Session, agent);

    /// <summary>Folds what was appended to the log by any process, unless a commit is on its way.</summary>
    /// <exception cref="LogException">The log cannot be read.</exception>
    public void CatchUp()
    {
        if (!IsCommitting)
        {
            StartFromSnapshot();
            _log.CatchUp(this);
            Published = Graph.Events.Last;
        }
    }

    /// <summary>Likewise, for who holds the log's lock: from here on nobody else appends.</summary>
    /// <inheritdoc cref="CatchUp"/>
    public void CatchUpUnderLock()
    {
        StartFromSnapshot();
        _log.CatchUpUnderLock(this);
        Published = Graph.Events.Last;
    }

    /// <summary>Likewise, with every line read from the log and none taken from a snapshot.</summary>
    /// <inheritdoc cref="CatchUp"/>
    public void ReadAllUnderLock()
    {
        _started = true;
        _log.Forget();
        CatchUpUnderLock();
    }

    /// <summary>Brings all projections up to date, by a few events at most.</summary>
    /// <returns>Whether they are.</returns>
    public bool CatchProjectionsUp(int eventsMax)
    {
        bool areUpToDate = true;
        foreach ((_, Projection projection) in Projections)
        {
            EventId target = projection.AppliedTo.Value < Published.Value - eventsMax
                ? projection.AppliedTo + eventsMax : Published;
            projection.CatchUp(Graph.Events, target);
            areUpToDate &= projection.AppliedTo >= Published;
        }

        return areUpToDate;
    }

    /// <summary>Hands over what is to be checked of the log, once.</summary>
    public LogPosition? TakeUnchecked()
    {
        LogPosition? position = Unchecked;
        Unchecked = null;
        return position;
    }

    /// <summary>Drops what was folded, so that the next look reads the whole log anew.</summary>
    public void Drop()
    {
        _log.Forget();
        Restart();
    }

    public void Dispose() => _snapshot?.Dispose();

    // Events are folded while they are read. Should the reading fail, they come again behind a reset, and nobody has
    // seen them.
    void IEventSink.OnEvent(RecordedEvent recorded)
    {
        Graph.Evolve(recorded);
        if (recorded.Event is EventRedacted)
        {
            Generation++;
            _snapshots.DeleteOlderThan(recorded.Id);
        }
    }

    void IEventSink.OnReset() => Restart();

    private void Restart()
    {
        Generation++;
        _snapshot?.Dispose();
        _snapshot = null;
        Unchecked = null;
        Saved = Published = EventId.None;
        BeginWith(new GraphState());
    }

    [MemberNotNull(nameof(Graph), nameof(_search), nameof(_timeline), nameof(_activity))]
    private void BeginWith(GraphState graph)
    {
        Graph = graph;
        _search = new SearchIndex(graph);
        _timeline = new Timeline();
        _activity = new Activity();
    }

    // Before the log is first looked at: takes what a snapshot knows, so that only the rest is read.
    private void StartFromSnapshot()
    {
        if (_started)
        {
            return;
        }

        _started = true;
        foreach (string name in _snapshots.NewestFirst())
        {
            _snapshot = _snapshots.TryOpen(name);
            if (_snapshot is not null && TryStartFrom(_snapshot))
            {
                return;
            }

            _snapshot?.Dispose();
            _snapshot = null;
        }
    }

    private bool TryStartFrom(SnapshotFile snapshot)
    {
        if (snapshot.FoldVersion != GraphState.FoldVersion || !_log.StartAt(snapshot.Position, snapshot.Project))
        {
            return false;
        }

        var graph = new GraphState();
        if (!TryLoad(snapshot, GraphPart, [.. graph.Columns]) || graph.Events.Last != snapshot.Position.LastId)
        {
            _log.Forget();
            return false;
        }

        graph.IndexLoaded();
        BeginWith(graph);
        Unchecked = snapshot.Position;
        Saved = Published = snapshot.Position.LastId;
        foreach ((string part, Projection projection) in Projections)
        {
            // Loaded at the first question that needs it.
            projection.StartFrom(() =>
                TryLoad(snapshot, part, [.. projection.Columns]) ? snapshot.Position.LastId : null);
        }

        return true;
    }

    private static bool TryLoad(SnapshotFile snapshot, string part, IReadOnlyList<Column> columns)
    {
        try
        {
            return snapshot.Load(part, columns);
        }
        catch (Exception e) when (e is DiskException or AggregateException { InnerException: DiskException })
        {
            return false;
        }
    }

    private IEnumerable<(string Part, Projection Projection)> Projections =>
        new (string, Projection Projection)[] { ("timeline", _timeline), ("activity", _activity), ("search", _search) }
            .Where(one => one.Projection.Columns.Any());
}
