using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Graph;
using MemoryGraph.Text;

namespace MemoryGraph.Queries;

/// <summary>The same log folded by other rules: what would be known now if some events had not happened.</summary>
/// <remarks>Writes nothing. Cost: a replay of the whole log and a look at every fact, about three microseconds for each event.</remarks>
/// <param name="Without">What is left out; an event is when any rule says so.</param>
/// <param name="At">Events up to this point are folded, and the graph of this point is compared with.</param>
public sealed record WhatIfQuery(Exclusion Without, AsOf At) : Query<WhatIfAnswer>
{
    private static readonly EventLost Nothing = new("left out");

    internal override WhatIfAnswer Read(QueryContext context)
    {
        EventIndex events = context.Graph.Events;
        Point point = context.Resolve(At);
        EventId after = Without.After is null ? EventId.Never : context.Resolve(Without.After).Event;
        if (Without.Fault(context) is { } fault)
        {
            return new WhatIfAnswer(point, fault, 0, [], null, []);
        }

        // Many events, few authors: names are compared once for each.
        HashSet<int> absent = [.. events.AuthorsWhere(Without.TakesAllOf)];
        var folded = new GraphState();
        List<EventId> noLonger = [];
        int leftOut = 0;
        for (EventId id = new(1); id <= point.Event; id = id.Next)
        {
            RecordedEvent recorded = events[id];
            bool isLeftOut = recorded.Event is not LogEvent && (id > after || absent.Contains(events.AuthorNumberOf(id)) || Without.Takes(recorded));
            leftOut += isLeftOut ? 1 : 0;
            int skipped = folded.Skipped;
            folded.Evolve(isLeftOut ? recorded with { Event = Nothing, Undoes = [] } : recorded);
            if (folded.Skipped > skipped)
            {
                noLonger.Add(id);
            }
        }

        GraphView now = context.View(point);
        GraphView then = folded.Now;
        return new WhatIfAnswer(
            point, null, leftOut, [.. noLonger.Select(id => new HistoryLine(context, events[id]))],
            GraphChanges.Between(context, now, then, about: null),
            then.Entities().Select(entity => EntityCard.Of(context, then, entity) with
            {
                Relations = then.OutgoingOf(entity).Select(one => RelationLine.Of(context, then, one)),
            }));
    }
}

/// <summary>What a replay by other rules leaves out. Everything empty or null leaves nothing out.</summary>
public sealed record Exclusion
{
    /// <summary>These events.</summary>
    public IReadOnlyList<EventRange> Events { get; init; } = [];

    /// <summary>All events of these users, by their names in any case.</summary>
    public IReadOnlyList<string> Users { get; init; } = [];

    /// <summary>All events of these agents, by their names in any case, with or without version.</summary>
    public IReadOnlyList<string> Agents { get; init; } = [];

    /// <summary>All events of these types, by their stored names.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>All events behind this point; null for none.</summary>
    public AsOf? After { get; init; }

    internal bool Takes(RecordedEvent recorded) =>
        Events.Any(range => range.First <= recorded.Id && recorded.Id <= range.Last)
        || Types.Contains(EventCatalogue.NameOf(recorded.Event));

    internal bool TakesAllOf(Author author) =>
        Users.Any(user => LetterFolding.Fold(author.User) == LetterFolding.Fold(user.Trim())) || Agents.Any(author.IsAgent);

    // A rule that means nothing in this log: better told than answered with "no difference".
    internal Refusal? Fault(QueryContext context)
    {
        if (Events.FirstOrDefault(range => range.Last > context.Latest) is { Last: var last } && last > EventId.None)
        {
            return new Refusal("no_such_event", $"There is no event {last}: the last one is {context.Latest}.");
        }

        HashSet<string> types = [.. EventCatalogue.Current.Shapes.Where(shape => !shape.EventType.IsSubclassOf(typeof(LogEvent))).Select(shape => shape.Name)];
        return Types.FirstOrDefault(type => !types.Contains(type)) is { } unknown
            ? new Refusal(
                "no_such_type",
                $"There is no event type {Quoted.Name(unknown)} that could be left out. Types: {string.Join(", ", types.Order(StringComparer.Ordinal))}.")
            : null;
    }
}

/// <summary>What would be known.</summary>
/// <param name="Point">The point that was folded up to.</param>
/// <param name="Refused">Why there is no answer; null when there is.</param>
/// <param name="LeftOut">How many events were left out.</param>
/// <param name="NoLonger">
/// Later events that no longer apply, because what they touch would not be there; oldest first.
/// </param>
/// <param name="Changes">From what is known now to what would be; null when refused.</param>
/// <param name="Cards">
/// The whole graph that would be, with the relations that start at each entity; read when enumerated.
/// </param>
public sealed record WhatIfAnswer(
    Point Point, Refusal? Refused, int LeftOut, IReadOnlyList<HistoryLine> NoLonger, GraphChanges? Changes, IEnumerable<EntityCard> Cards);
