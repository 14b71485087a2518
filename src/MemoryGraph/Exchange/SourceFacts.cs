using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Graph;

namespace MemoryGraph.Exchange;

/// <summary>What facts of a source are here, and what of the source was taken over before.</summary>
/// <remarks>
/// <para>
/// The log remembers: each event that was taken over says so. In a run through a source with lasting ids, everything up
/// to the last one that was taken over earlier is settled: it was recorded, or it came to nothing because it was known
/// then, whatever was done here since. Of a part of a log, only what was taken over is settled.
/// </para>
/// <para>
/// Of two copies of one log the past is shared: events are the same, and the same facts here as there, up to the first
/// that differs.
/// </para>
/// </remarks>
/// <inheritdoc cref="SourceDecider" path="/param"/>
internal sealed class SourceFacts(string source, bool hasLastingIds, bool isThisProject)
{
    // Facts of the source, and what they are here.
    private readonly Dictionary<EventId, EventId> _ours = [];

    // Events of the source that this log holds, with the first of ours that each came to, and how far was searched for
    // them.
    private readonly SortedDictionary<EventId, EventId> _taken = [];
    private EventId _searchedTo;

    // The same, with their times, and those that this run found to be new: one event there may come to several here, and
    // there are sources that give one id to several events.
    private readonly HashSet<(EventId Id, long Timestamp)> _takenAt = [];
    private readonly HashSet<(EventId Id, long Timestamp)> _new = [];

    // What was taken over before this run: its ids, and for each the earliest of ours among it and those behind it.
    private EventId[]? _before;
    private EventId[] _earliest = [];

    private bool _isShared = isThisProject;
    private EventId _sharedTo;

    // Every event of the source up to here was decided about before.
    private EventId MetTo => _before is [.., var last] ? last : EventId.None;

    /// <summary>What a fact of the source is here, by the events that began it; null when it was not taken over.</summary>
    public EventId? this[EventId fact]
    {
        get => _ours.TryGetValue(fact, out EventId ours) ? ours : null;
        set => _ours[fact] = value!.Value;
    }

    /// <summary>Whether an event of the source was recorded here as an event of our own.</summary>
    public bool WasTaken(EventId id) => _taken.ContainsKey(id);

    /// <summary>Whether a fact of ours came from the source, or from the past that both share.</summary>
    public bool IsTheirs(GraphView graph, EventId fact) =>
        fact <= _sharedTo || graph.State.Events[fact].Origin?.Project == source;

    /// <summary>
    /// Whether nothing is to be decided about the next event of the source; then what it begins there is known here.
    /// </summary>
    public bool IsSettled(GraphView graph, SourceEvent happened)
    {
        bool hasLastingId = hasLastingIds || happened.Recorded is not null;
        if (hasLastingId)
        {
            SearchForWhatWasTaken(graph);
        }

        if (IsOfSharedPast(graph, happened))
        {
            return true;
        }

        bool wasMet = hasLastingId && WasMet(happened.Origin);
        if (wasMet && (Recorded(graph, happened) ?? KnownThen(graph, happened)) is { } ours)
        {
            _ours[happened.Id] = ours;
        }

        return wasMet;
    }

    // By this process or another, now or earlier.
    private void SearchForWhatWasTaken(GraphView graph)
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

    private bool WasMet(Origin origin)
    {
        if (_new.Contains((origin.Id, origin.Timestamp)))
        {
            return false;
        }

        // Where events are missing, what was not taken over may never have been met.
        bool wasMet = _takenAt.Contains((origin.Id, origin.Timestamp))
            || (hasLastingIds && origin.Id <= MetTo && !WasTaken(origin.Id));
        if (!wasMet)
        {
            _new.Add((origin.Id, origin.Timestamp));
        }

        return wasMet;
    }

    // The fact that an event began when it was taken over.
    private EventId? Recorded(GraphView graph, SourceEvent happened)
    {
        EventIndex events = graph.State.Events;
        for (EventId id = _taken.GetValueOrDefault(happened.Origin.Id, EventId.Never);
            events.Contains(id) && events[id].Origin is { } origin && (origin.Project, origin.Id) == (source, happened.Origin.Id);
            id = id.Next)
        {
            if (graph.State.Fact(id) is not null && (happened.Recorded is not null || SaysTheSame(events[id].Event, happened.Event)))
            {
                return id;
            }
        }

        return null;
    }

    private static bool SaysTheSame(MemoryEvent one, MemoryEvent other) => (one, other) switch
    {
        (EntityCreated a, EntityCreated b) => a.Name == b.Name,
        (ObservationAdded a, ObservationAdded b) => a.Text == b.Text,
        (RelationCreated a, RelationCreated b) => a.RelationType == b.RelationType,
        _ => false,
    };

    // The fact that was known here when an event came to nothing.
    private EventId? KnownThen(GraphView graph, SourceEvent happened)
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

        Entity? Owner(EventId id) => this[id] is { } ours && graph.State.Entity(ours) is { } one ? then.OwnerOf(one) : null;
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
