using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Graph;
using MemoryGraph.Projections;
using MemoryGraph.Text;

namespace MemoryGraph.Queries;

/// <summary>What happened: events, newest first, that pass every filter given.</summary>
/// <remarks>
/// Cost: what is read of the answer, however much came after it, wherever one filter decides: an entity, a session, a
/// user or agent. Where others are given too, those that the first lets pass are looked at. A relation is looked for
/// among the events of whichever of its ends has fewer.
/// </remarks>
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
    internal override HistoryAnswer Read(QueryContext context)
    {
        Point until = context.Resolve(Until);
        EventIndex events = context.Graph.Events;
        GraphView view = context.Graph.AsOf(context.Latest);
        Entity? entity = null;
        if (Entity is not null)
        {
            string name = StoredText.NameOf(Entity);
            entity = FindEver(view, name);
            if (entity is null)
            {
                return new HistoryAnswer(until, Refusal.EntityNotFound(name, view.NamesNear(name)), []);
            }
        }

        Relation? relation = null;
        if (Relation is not null)
        {
            relation = FindRelation(view);
            if (relation is null)
            {
                return new HistoryAnswer(until, NoSuchRelation(), []);
            }
        }

        EventId first = context.FirstSince(Since);
        var asked = new EventFilter(
            Session is null ? null : events.SessionAt(context.Resolve(Session).Event),
            User is null && Agent is null ? null : [.. events.AuthorsWhere(new AuthorFilter(User, Agent).Passes)]);
        IEnumerable<EventId> passed = entity is { } one
            ? Touching(context, view, one, until.Event).Where(id => asked.Passes(events, id))
            : relation is { } link ? TouchingLink(context, link, until.Event).Where(id => asked.Passes(events, id))
            : asked.Runs(events, until.Event).TakeWhile(run => run.Last >= first).SelectMany(run => run.Down(first));
        if (entity is not null && relation is { } both)
        {
            passed = passed.Where(id => Touches(events, id, both));
        }

        return new HistoryAnswer(
            until, null, passed.TakeWhile(id => id >= first).Select(id => new HistoryLine(context, events[id])));
    }

    /// <summary>
    /// Events up to a point that touched an entity, or one that is merged into it in a view, newest first.
    /// </summary>
    internal static IEnumerable<EventId> Touching(QueryContext context, GraphView view, Entity entity, EventId until) =>
        context.Projections.Get<Timeline>().Descending(view.WithMerged(entity).Select(one => one.Id), until);

    // What the log says of events (that it erased one) is on nobody's timeline; there is little of it.
    private static IEnumerable<EventId> TouchingLink(QueryContext context, Relation relation, EventId until)
    {
        EventIndex events = context.Graph.Events;
        (EventId from, EventId to) = (relation.From.Id, relation.To.Id);
        Timeline timeline = context.Projections.Get<Timeline>();
        EventId end = timeline.CountOf(from) <= timeline.CountOf(to) ? from : to;
        return Merged(timeline.Descending([end], until), events.Runs.OfLog(until).SelectMany(run => run.Down(EventId.None)))
            .Where(id => Touches(events, id, relation));
    }

    private static bool Touches(EventIndex events, EventId id, Relation relation)
    {
        List<EventId> refs = [];
        events.ReadRefs(id, refs);
        return id == relation.Id || refs.Contains(relation.Id);
    }

    // Of two sequences, newest first, one.
    private static IEnumerable<EventId> Merged(IEnumerable<EventId> some, IEnumerable<EventId> others)
    {
        using IEnumerator<EventId> other = others.GetEnumerator();
        bool isLeft = other.MoveNext();
        foreach (EventId id in some)
        {
            for (; isLeft && other.Current > id; isLeft = other.MoveNext())
            {
                yield return other.Current;
            }

            yield return id;
        }

        for (; isLeft; isLeft = other.MoveNext())
        {
            yield return other.Current;
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

    // Which events are meant by who wrote them; null for any.
    private sealed record EventFilter(EventId? Session, HashSet<int>? Authors)
    {
        public IEnumerable<EventRun> Runs(EventIndex events, EventId until) =>
            Session is { } session ? events.Runs.OfSession(session, until).Where(run => Authors?.Contains(run.Author) ?? true)
            : Authors is { } authors ? events.Runs.OfAuthors([.. authors], until) : events.Runs.Down(until);

        public bool Passes(EventIndex events, EventId id) =>
            (Session is null || events.SessionOf(id) == Session) && (Authors is null || Authors.Contains(events.AuthorNumberOf(id)));
    }
}

/// <summary>Events that passed.</summary>
/// <param name="Until">The last event that was looked at.</param>
/// <param name="Refused">Why there is no answer; null when there is.</param>
/// <param name="Lines">Newest first; read when enumerated.</param>
public sealed record HistoryAnswer(Point Until, Refusal? Refused, IEnumerable<HistoryLine> Lines);

/// <summary>One event as history shows it.</summary>
public sealed class HistoryLine
{
    private readonly GraphState _graph;

    internal HistoryLine(QueryContext context, RecordedEvent recorded)
    {
        _graph = context.Graph;
        Recorded = recorded;
        When = context.When(recorded.Id);
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
    public string What => EventDescription.Describe(Recorded.Event, NameOf);

    private string? NameOf(EventId id) => _graph.Relation(id) is { } relation
        ? " " + Quoted.Link(_graph.AsOf(id).NameOf(relation.From), relation.RelationType, _graph.AsOf(id).NameOf(relation.To))
        : null;
}
