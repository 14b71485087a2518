using MemoryGraph.Events;
using MemoryGraph.Graph;
using MemoryGraph.Values;

namespace MemoryGraph.Queries;

/// <summary>What happened: events, newest first, that pass every filter given.</summary>
/// <param name="Entity">
/// Events that touched the entity with this name now, else the last one that had it; null for all.
/// </param>
/// <param name="Relation">Events that touched a relation: <c>#50</c>, or <c>A -type-> B</c>; null for all.</param>
/// <param name="User">Part of the user's name, folded; null for all.</param>
/// <param name="Agent">Part of the agent's name, folded; null for all.</param>
/// <param name="Session">A session by its first event; null for all.</param>
/// <param name="Since">Events after this point, or at it when it is an event; null for the beginning.</param>
/// <param name="Until">Events up to this point.</param>
public sealed record HistoryQuery(
    string? Entity, string? Relation, string? User, string? Agent, AsOf? Session, AsOf? Since, AsOf Until)
    : Query<HistoryAnswer>
{
    internal override HistoryAnswer Read(Reading reading)
    {
        Moment until = reading.Resolve(Until);
        GraphView view = reading.Graph.AsOf(reading.Latest);
        IEnumerable<EventId> events = Down(until.Point);
        if (Entity is not null)
        {
            string name = StoredText.NameOf(Entity);
            if (FindEver(view, name) is not { } entity)
            {
                return new HistoryAnswer(until, Refusal.EntityNotFound(name, view.NamesNear(name)), []);
            }

            events = Touching(reading, view, entity, until.Point);
        }

        if (Relation is not null)
        {
            if (FindRelation(view) is not { } relation)
            {
                return new HistoryAnswer(until, NoSuchRelation(), []);
            }

            events = events.Where(id =>
                id == relation.Id || EventCatalogue.RefsOf(reading.Graph.Events[id].Event).Contains(relation.Id));
        }

        EventId first = reading.FirstSince(Since);
        EventId? session = Session is null ? null : reading.Graph.Events.SessionAt(reading.Resolve(Session).Point);
        var asked = new AuthorFilter(User, Agent);
        return new HistoryAnswer(until, null, events
            .TakeWhile(id => id >= first)
            .Select(id => reading.Graph.Events[id])
            .Where(one => (session is null || one.Session == session) && asked.Passes(one.Author))
            .Select(one => new HistoryLine(reading, one)));
    }

    /// <summary>
    /// Events up to a point that touched an entity, or one that is merged into it in a view, newest first.
    /// </summary>
    internal static IEnumerable<EventId> Touching(Reading reading, GraphView view, Entity entity, EventId until) =>
        view.WithMerged(entity).SelectMany(one => reading.Timeline.Of(one.Id)).Distinct()
            .OrderDescending().SkipWhile(id => id > until);

    /// <summary>Every event up to a point, newest first.</summary>
    internal static IEnumerable<EventId> Down(EventId from)
    {
        for (EventId id = from; id > EventId.None; id = new EventId(id.Value - 1))
        {
            yield return id;
        }
    }

    private Relation? FindRelation(GraphView view)
    {
        string said = Relation!.Trim();
        if (EventId.OfCitation(said) is { } id)
        {
            return view.State.Relation(id);
        }

        int arrow = said.LastIndexOf("->", StringComparison.Ordinal);
        int dash = arrow <= 0 ? -1 : said.LastIndexOf(" -", arrow - 1, StringComparison.Ordinal);
        if (dash < 0
            || FindEver(view, NameIn(said[..dash])) is not { } from || FindEver(view, NameIn(said[(arrow + 2)..])) is not { } to)
        {
            return null;
        }

        // Between the two as they were called, else between those that have their links now, as answers show them.
        string type = said[(dash + 2)..arrow].Trim();
        Entity end = view.OwnerOf(to);
        return view.FindRelationEver(from, type, end) ?? view.FindRelationEver(view.OwnerOf(from), type, end);

        static string NameIn(string side) => StoredText.NameOf(side.Trim().Trim('"'));
    }

    private Refusal NoSuchRelation() => new(
        "relation_not_found",
        $"There never was a relation {Quoted.Name(Relation!)}. Give its number as \"#50\", or \"From -relationType-> To\" with exact names; "
        + "get_related shows both.");

    private static Entity? FindEver(GraphView view, string name) => view.Find(name) ?? view.FindLastCalled(name);
}

/// <summary>Events that passed.</summary>
/// <param name="Until">The last event that was looked at.</param>
/// <param name="Refused">Why there is no answer; null when there is.</param>
/// <param name="Lines">Newest first; read when enumerated.</param>
public sealed record HistoryAnswer(Moment Until, Refusal? Refused, IEnumerable<HistoryLine> Lines);

/// <summary>One event as history shows it.</summary>
public sealed class HistoryLine
{
    private readonly GraphState _graph;

    internal HistoryLine(Reading reading, RecordedEvent recorded)
    {
        _graph = reading.Graph;
        Recorded = recorded;
        When = reading.When(recorded.Id);
    }

    /// <summary>The event.</summary>
    public RecordedEvent Recorded { get; }

    /// <summary>When it happened, by the clock that never runs backwards.</summary>
    public DateTimeOffset When { get; }

    /// <summary>The call that has this event's call taken back at present; null when none has.</summary>
    public EventId? TakenBackBy => _graph.Events.TakenBackBy(Recorded.Call);

    /// <summary>Its stored name: <c>observation_added</c>.</summary>
    public string EventType => EventCatalogue.NameOf(Recorded.Event);

    /// <summary>What it did, on one line; a stored text stands last. Made anew each time.</summary>
    public string What => EventWords.Describe(Recorded.Event, NameOf);

    private string? NameOf(EventId id) => _graph.Relation(id) is { } relation
        ? " " + Quoted.Link(_graph.AsOf(id).NameOf(relation.From), relation.RelationType, _graph.AsOf(id).NameOf(relation.To))
        : null;
}
