using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Exchange;
using MemoryGraph.Graph;
using MemoryGraph.Projections;
using MemoryGraph.Queries;
using MemoryGraph.Search;

namespace MemoryGraph.Memory;

/// <summary>One run through a file of another memory, to record what this one does not know.</summary>
internal sealed class Import
{
    // One write and one sync for so many; others wait no longer than that takes.
    private const int EventsPerCommit = 20_000;
    private const int NotesKept = 1000;

    private readonly LiveGraph _live;
    private readonly MemorySource _source;
    private readonly Author _author;
    private readonly SourceDecider _decider;
    private readonly List<ImportNote> _notes = [];
    private long _noted;
    private long _calls;
    private long _events;
    private long _recorded;
    private EventId _first;

    /// <param name="projectId">This project's own, should the file come from it.</param>
    public Import(LiveGraph live, MemorySource source, string? projectId, Author author)
    {
        _live = live;
        _source = source;
        _author = author;
        _decider = new SourceDecider(source.Name, source.HasLastingIds, source.Name == projectId, Note);
    }

    /// <summary>Records what is new, in commits between which others may write.</summary>
    public async Task<ImportReport> RunAsync(
        Writer writer, SnapshotKeeper snapshots, Stream file, IProgress<long>? progress, CancellationToken cancel)
    {
        foreach (List<SourceCall> chunk in Chunks(file))
        {
            cancel.ThrowIfCancellationRequested();
            await writer.RunAloneAsync(
                () => writer.CommitAsync(
                    commit => chunk.ForEach(call => commit.Add(Decide(_live.Graph, call, commit.Stamp)))),
                cancel);
            snapshots.StartWhatIsDue();
            Report(progress, file);
        }

        lock (_live.Gate)
        {
            return Report(changes: null);
        }
    }

    /// <summary>Decides everything on the graph, then takes it back. Under the gate, between commits.</summary>
    public ImportReport Preview(Stream file, TimeProvider clock, IProgress<long>? progress, CancellationToken cancel)
    {
        GraphState graph = _live.Graph;
        var stamp = new CommitStamp(_live.Published.Next, clock.GetUtcNow().ToUnixTimeMilliseconds());
        graph.Mark();
        try
        {
            foreach (List<SourceCall> chunk in Chunks(file))
            {
                cancel.ThrowIfCancellationRequested();
                chunk.ForEach(call => Decide(graph, call, stamp));
                Report(progress, file);
            }

            // Projections of its own: the live ones must not see what will be taken back.
            var reading = new QueryContext(
                graph, graph.Events.Last, [new SearchIndex(graph), new Timeline(), new Activity()], _live.Session, _author.Agent);
            var changes = GraphChanges.Between(reading, graph.AsOf(_live.Published), graph.Now, about: null);
            return Report(changes with { Entities = [.. changes.Entities] });
        }
        finally
        {
            graph.CutBack();
        }
    }

    /// <inheritdoc cref="MemoryProject.HasImportedFrom"/>
    public static bool? WasDone(EventIndex events, EventId last, string origin)
    {
        bool isErased = false;
        for (EventId id = new(1); id <= last; id = id.Next)
        {
            isErased |= events.IsRedacted(id);
            if (events.HasOrigin(id) && events[id].Origin?.Project == origin)
            {
                return true;
            }
        }

        return isErased ? null : false;
    }

    // Calls, as many together as are committed together.
    private IEnumerable<List<SourceCall>> Chunks(Stream file)
    {
        var chunk = new List<SourceCall>();
        int events = 0;
        IEnumerable<SourceCall> calls = _source.Read(
            file, one => Note(new ImportNote(FormattableString.Invariant($"line {one.Line}"), one.What)));
        foreach (SourceCall call in calls)
        {
            foreach (SourceEvent[] part in call.Events.Chunk(Writer.EventsPerCallMax))
            {
                chunk.Add(call with { Events = part });
                events += part.Length;
            }

            if (events >= EventsPerCommit)
            {
                yield return chunk;
                (chunk, events) = ([], 0);
            }
        }

        if (chunk.Count > 0)
        {
            yield return chunk;
        }
    }

    // Event by event, each folded before the next is decided.
    private IReadOnlyList<RecordedEvent> Decide(GraphState graph, SourceCall call, CommitStamp stamp)
    {
        EventId first = graph.Events.Last.Next;
        foreach (SourceEvent happened in call.Events)
        {
            foreach (MemoryEvent ours in _decider.Decide(graph.Now, happened))
            {
                graph.Evolve(stamp.Event(
                    graph.Events.Last.Next, first, _live.Session, _author, call.Reason, ours, happened.Origin));
            }
        }

        IReadOnlyList<RecordedEvent> recorded = [.. graph.Events.EndCall(first)];
        _calls++;
        _events += call.Events.Count;
        _recorded += recorded.Count;
        _first = _first == EventId.None && recorded.Count > 0 ? first : _first;
        return recorded;
    }

    private ImportReport Report(GraphChanges? changes) =>
        new(_source.Name, _calls, _events, _recorded, _first, _notes, _noted, _live.Status, changes);

    private static void Report(IProgress<long>? progress, Stream file)
    {
        if (progress is not null && file.CanSeek)
        {
            progress.Report(file.Position);
        }
    }

    private void Note(ImportNote note)
    {
        _noted++;
        if (_notes.Count < NotesKept)
        {
            _notes.Add(note);
        }
    }
}

/// <summary>What became of an import.</summary>
/// <param name="Source">Which memory it was taken from, as the origin of its events says.</param>
/// <param name="Calls">How many calls were read; of a file that lists facts, how many of its lines.</param>
/// <param name="Events">How many events those were.</param>
/// <param name="Recorded">How many events were recorded for them; the rest said what was known.</param>
/// <param name="First">The first of those; <see cref="EventId.None"/> when there are none.</param>
/// <param name="Notes">What was not taken over, and why: the first thousand.</param>
/// <param name="NotesTotal">How much was not taken over.</param>
/// <param name="Standing">How the project stands afterwards.</param>
/// <param name="Changes">
/// What is different by it; null when it was done, for then <see cref="DiffQuery"/> tells.
/// </param>
public sealed record ImportReport(
    string Source,
    long Calls,
    long Events,
    long Recorded,
    EventId First,
    IReadOnlyList<ImportNote> Notes,
    long NotesTotal,
    ProjectStatus Standing,
    GraphChanges? Changes);
