using MemoryGraph.Events;
using MemoryGraph.Graph;
using MemoryGraph.Projections;
using MemoryGraph.Values;

namespace MemoryGraph.Queries;

/// <summary>
/// Who did what in a period: for each user and agent how much, when first and last, and about which entities most.
/// </summary>
/// <param name="User">Part of the user's name, folded; null for all.</param>
/// <param name="Agent">Part of the agent's name, folded; null for all.</param>
/// <param name="Since">Events from this point on; null for the beginning.</param>
/// <param name="Until">Events up to this point.</param>
public sealed record ActivityQuery(string? User, string? Agent, AsOf? Since, AsOf Until) : Query<ActivityAnswer>
{
    private const int EntitiesTold = 5;

    internal override ActivityAnswer Read(Reading reading)
    {
        Moment until = reading.Resolve(Until);
        EventId first = reading.FirstSince(Since);
        var asked = new AuthorFilter(User, Agent);
        Activity activity = reading.Activity;
        return new ActivityAnswer(until, [.. activity.Authors
            .Where(author => asked.Passes(author))
            .Select(author => Of(reading, until.Point, author, Within(activity.Of(author), first, until.Point)))
            .OfType<AuthorActivity>()
            .OrderByDescending(one => one.Last.Id)]);
    }

    // Deeds are in order, so a period is a range of them.
    private static Deed[] Within(IReadOnlyList<Deed> deeds, EventId first, EventId last) =>
        [.. deeds.SkipWhile(deed => deed.Id < first).TakeWhile(deed => deed.Id <= last)];

    // Each once, though the deed may name two that are one by now.
    private static IEnumerable<Entity> EntitiesOf(GraphView view, Deed deed) =>
        new[] { deed.Entity, deed.Other }.Select(view.State.Entity).OfType<Entity>().Select(view.OwnerOf).Distinct();

    private static AuthorActivity? Of(Reading reading, EventId point, Author author, Deed[] deeds)
    {
        if (deeds.Length == 0)
        {
            return null;
        }

        EventIndex events = reading.Graph.Events;
        GraphView view = reading.Graph.AsOf(point);
        EntityCount[] most = [.. deeds.SelectMany(deed => EntitiesOf(view, deed))
            .GroupBy(entity => entity)
            .Select(group => (Entity: group.Key, Count: group.Count()))
            .OrderByDescending(one => one.Count).ThenBy(one => one.Entity.Id)
            .Select(one => new EntityCount(view.NameOf(one.Entity), one.Count))];
        return new AuthorActivity(
            author,
            deeds.Length,
            deeds.Select(deed => events[deed.Id].Call).Distinct().Count(),
            deeds.Select(deed => events[deed.Id].Session).Distinct().Count(),
            deeds.Count(deed => events.TakenBackBy(events[deed.Id].Call) is { } by && by <= point),
            reading.Cite(deeds[0].Id),
            reading.Cite(deeds[^1].Id),
            [.. deeds.GroupBy(deed => EventCatalogue.NameOf(events[deed.Id].Event))
                .Select(group => new EventTypeCount(group.Key, group.Count()))
                .OrderByDescending(one => one.Events).ThenBy(one => one.EventType, StringComparer.Ordinal)],
            [.. most.Take(EntitiesTold)],
            most.Length);
    }
}

/// <summary>Who did what.</summary>
/// <param name="Until">The last event that counted.</param>
/// <param name="Authors">Whoever was active last comes first.</param>
public sealed record ActivityAnswer(Moment Until, IReadOnlyList<AuthorActivity> Authors);

/// <summary>What one user did with one agent.</summary>
/// <param name="Events">How many events.</param>
/// <param name="Calls">In how many calls.</param>
/// <param name="Sessions">In how many sessions.</param>
/// <param name="TakenBack">How many of the events were undone by then.</param>
/// <param name="First">Their first event of the period.</param>
/// <param name="Last">Their last.</param>
/// <param name="Types">Events by type, most first.</param>
/// <param name="Entities">The entities they touched most, most first; five at most.</param>
/// <param name="EntitiesTouched">How many entities they touched.</param>
public sealed record AuthorActivity(
    Author Author,
    int Events,
    int Calls,
    int Sessions,
    int TakenBack,
    Citation First,
    Citation Last,
    IReadOnlyList<EventTypeCount> Types,
    IReadOnlyList<EntityCount> Entities,
    int EntitiesTouched);

/// <summary>How many events are of a type.</summary>
public sealed record EventTypeCount(string EventType, int Events);

/// <summary>How many events touched an entity.</summary>
public sealed record EntityCount(string Name, int Events);
