using MemoryGraph.Decide;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Graph;
using MemoryGraph.Projections;
using MemoryGraph.Queries;
using MemoryGraph.Search;

namespace MemoryGraph.Tests;

/// <summary>A memory without a disk: decides, stamps and folds as <c>MemoryProject</c> does, one call after the other.</summary>
internal sealed class InMemoryGraph
{
    private readonly List<RecordedEvent> _recorded = [];

    public InMemoryGraph()
    {
        Search = new SearchIndex(Graph);
    }

    public GraphState Graph { get; } = new();

    public SearchIndex Search { get; }

    public Timeline Timeline { get; } = new();

    public Activity Activity { get; } = new();

    public IReadOnlyList<RecordedEvent> Recorded => _recorded;

    /// <summary>Whose name the next calls bear.</summary>
    public Author Author { get; set; } = new("duyan", "cursor/1.7");

    /// <summary>The clock, Unix milliseconds. It stands still unless a test moves it.</summary>
    public long Now { get; set; } = 1_767_225_600_000;

    /// <summary>First event of the running session; set to <see cref="EventId.None"/> to begin another.</summary>
    public EventId Session { get; set; }

    /// <summary>Decides a command and folds what it comes to.</summary>
    public Decision Do(Command command)
    {
        Decision decision = GraphDecider.Decide(Graph.Now, command, new Caller(Session, Author));
        Record(decision);
        return decision;
    }

    /// <summary>Folds events as one call, whatever decided them.</summary>
    public InMemoryGraph Record(params MemoryEvent[] call) => Record(new Decision(null, call, [], []));

    private InMemoryGraph Record(Decision call)
    {
        EventId first = Graph.Events.Last.Next;
        if (call.Events.Count > 0 && Session == EventId.None)
        {
            Session = first;
        }

        foreach ((int place, MemoryEvent happened) in call.Events.Index())
        {
            Fold(new RecordedEvent(
                Graph.Events.Last.Next, Now, first, call.Events.Count, first, Session, Author, null, happened)
            {
                Undoes = call.Undoes.Count == 0 ? [] : [call.Undoes[place]],
            });
        }

        return this;
    }

    /// <summary>Folds an event that was recorded elsewhere.</summary>
    public void Fold(RecordedEvent recorded)
    {
        Graph.Evolve(recorded);
        Search.Apply(recorded);
        Timeline.Apply(recorded);
        Activity.Apply(recorded);
        _recorded.Add(recorded);
    }

    public TAnswer Ask<TAnswer>(Query<TAnswer> query, string agent = "") =>
        query.Read(new QueryContext(Graph, Graph.Events.Last, [Search, Timeline, Activity], Session, agent));

    /// <summary>A new fold of a log.</summary>
    public static InMemoryGraph Replay(IEnumerable<RecordedEvent> log)
    {
        var memory = new InMemoryGraph();
        foreach (RecordedEvent recorded in log)
        {
            memory.Fold(recorded);
        }

        return memory;
    }
}
