using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Graph;

namespace MemoryGraph.Exchange;

/// <summary>
/// Maps facts of a source to facts here, and knows which events of the source were taken over before.
/// </summary>
/// <remarks>
/// <para>
/// The log itself remembers: an event that was taken over has an origin. Of a source with lasting ids, every event up
/// to the last one taken over earlier is settled: it was recorded, or changed nothing because it was known then. Of a
/// part of a log, only events that were taken over are settled.
/// </para>
/// <para>Two copies of one log share a past: the same events and facts here as there, up to the first that
/// differs.</para>
/// </remarks>
/// <inheritdoc cref="SourceDecider" path="/param"/>
internal sealed class SourceFacts(string source, bool hasLastingIds, bool isThisProject)
{
    // From facts of the source to facts here.
    private readonly Dictionary<EventId, EventId> _ours = [];

    // Events of the source that this log holds, each with the first of ours that it came to; and how far the log was
    // searched for them.
    private readonly SortedDictionary<EventId, EventId> _taken = [];
    private EventId _searchedTo;

    // The same, with their times, and those that this run found to be new: one event there may come to several here,
    // and some sources give one id to several events.
    private readonly HashSet<(EventId Id, long Timestamp)> _takenAt = [];
    private readonly HashSet<(EventId Id, long Timestamp)> _new = [];

    // Ids of the events taken over before this run, and for each the earliest of ours among it and those after it.
    private EventId[]? _before;
    private EventId[] _earliest = [];

    private bool _isShared = isThisProject;
    private EventId _sharedTo;

    // Every event of the source up to here was decided before.
    private EventId MetTo => _before is [.., var last] ? last : EventId.None;

    /// <summary>The fact here that a fact of the source is; null when it was not taken over.</summary>
    public EventId? this[EventId fact]
    {
        get => _ours.TryGetValue(fact, out EventId ours) ? ours : null;
        set => _ours[fact] = value!.Value;
    }

    /// <summary>Whether an event of the source was recorded here as an event of our own.</summary>
    public bool WasTaken(EventId id) => _taken.ContainsKey(id);

    /// <summary>Whether a fact here came from the source, or from the past that both share.</summary>
    public bool IsTheirs(GraphView graph, EventId fact) =>
        fact <= _sharedTo || graph.State.Events[fact].Origin?.Project == source;

    /// <summary>
    /// Whether the next event of the source was decided before; then a fact that it begins is mapped.
    /// </summary>
    public bool IsSettled(GraphView graph, SourceEvent happened)
    {
        bool hasLastingId = hasLastingIds || happened.Recorded is not null;
        if (hasLastingId)
        {
            FindTakenEvents(graph);
        }

        if (IsOfSharedPast(graph, happened))
        {
            return true;
        }

        bool isMet = hasLastingId && IsMet(happened.Origin);
        if (isMet && (FactRecorded(graph, happened) ?? FactKnownThen(graph, happened)) is { } ours)
        {
            _ours[happened.Id] = ours;
        }

        return isMet;
    }

    // Taken over by this process or another, now or earlier.
    private void FindTakenEvents(GraphView graph)
    {
        EventIndex events = graph.State.Events;
        for (; _searchedTo < events.Last; _searchedTo = _searchedTo.Next)
        {
            EventId id = _searchedTo.Next;
            if (events.HasOrigin(id) && events[id].Origin is { } origin && origin.Project == source)
            {
                _taken.TryAdd(origin.Id, id);
                _takenAt.Add((origin.Id, origin.Timestamp));
            }
        }

        if (_before is null)
        {
            _before = [.. _taken.Keys];
            _earliest = [.. _taken.Values];
            for (int i = _earliest.Length - 2; i >= 0; i--)
            {
                _earliest[i] = EventId.Earlier(_earliest[i], _earliest[i + 1]);
            }
        }
    }

    private bool IsMet(Origin origin)
    {
        if (_new.Contains((origin.Id, origin.Timestamp)))
        {
            return false;
        }

        // Where events are missing, an event that was not taken over may be new.
        bool isMet = _takenAt.Contains((origin.Id, origin.Timestamp))
            || (hasLastingIds && origin.Id <= MetTo && !WasTaken(origin.Id));
        if (!isMet)
        {
            _new.Add((origin.Id, origin.Timestamp));
        }

        return isMet;
    }

    // The fact that an event began when it was taken over.
    private EventId? FactRecorded(GraphView graph, SourceEvent happened)
    {
        EventIndex events = graph.State.Events;
        for (EventId id = _taken.GetValueOrDefault(happened.Origin.Id, EventId.Never);
            events.Contains(id) && events[id].Origin is { } origin
                && (origin.Project, origin.Id) == (source, happened.Origin.Id);
            id = id.Next)
        {
            if (graph.State.Fact(id) is not null
                && (happened.Recorded is not null || StatesTheSame(events[id].Event, happened.Event)))
            {
                return id;
            }
        }

        return null;
    }

    private static bool StatesTheSame(MemoryEvent one, MemoryEvent other) => (one, other) switch
    {
        (EntityCreated a, EntityCreated b) => a.Name == b.Name,
        (ObservationAdded a, ObservationAdded b) => a.Text == b.Text,
        (RelationCreated a, RelationCreated b) => a.RelationType == b.RelationType,
        _ => false,
    };

    // The fact that was live here already when an event came to nothing.
    private EventId? FactKnownThen(GraphView graph, SourceEvent happened)
    {
        int place = Array.BinarySearch(_before!, happened.Origin.Id);
        int later = place < 0 ? ~place : place;
        GraphView then = later < _earliest.Length ? graph.State.AsOf(new EventId(_earliest[later].Value - 1)) : graph;
        return happened.Event switch
        {
            EntityCreated e => then.Find(e.Name)?.Id,
            ObservationAdded e when Owner(e.Entity) is { } entity => then.FindObservation(entity, e.Text)?.Id,
            RelationCreated e when Owner(e.From) is { } from && Owner(e.To) is { } to =>
                then.FindRelation(from, e.RelationType, to)?.Id,
            _ => null,
        };

        Entity? Owner(EventId id) => this[id] is { } ours && graph.State.Entity(ours) is { } one
            ? then.OwnerOf(one) : null;
    }

    private bool IsOfSharedPast(GraphView graph, SourceEvent happened)
    {
        _isShared = _isShared && happened.Recorded is { } there && graph.State.Events.Contains(there.Id)
            && graph.State.Events[there.Id] is var here
            && (here.Id, here.Timestamp, here.Call, here.CallLength, here.Commit, here.Session)
                == (there.Id, there.Timestamp, there.Call, there.CallLength, there.Commit, there.Session)
            && here.Event.GetType() == there.Event.GetType();
        if (_isShared)
        {
            _sharedTo = happened.Id;
            _ours[happened.Id] = happened.Id;
        }

        return _isShared;
    }
}
