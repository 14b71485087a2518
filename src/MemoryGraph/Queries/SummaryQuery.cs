using MemoryGraph.Events;
using MemoryGraph.Graph;
using MemoryGraph.Values;

namespace MemoryGraph.Queries;

/// <summary>
/// What a memory, or what it knows of one entity, comes down to: how much of what, what stands out, what changed.
/// </summary>
/// <param name="Entity">Exact name of an entity, to sum up only what touches it; null for all.</param>
/// <param name="Since">Changes and people from this point on; null for all there were.</param>
/// <param name="At">What was known when.</param>
public sealed record SummaryQuery(string? Entity, AsOf? Since, AsOf At) : Query<SummaryAnswer>
{
    private const int ConnectedMax = 5;

    internal override SummaryAnswer Read(Reading reading)
    {
        Moment moment = reading.Resolve(At);
        GraphView view = reading.View(moment);
        EventId since = reading.FirstSince(Since);
        if (Entity is null)
        {
            return Sum(reading, moment, since, null, [.. view.Entities()], [.. view.Relations()], HistoryQuery.Down(moment.Point));
        }

        string name = StoredText.NameOf(Entity);
        return view.Find(name) is { } entity
            ? Sum(
                reading, moment, since, entity, [entity], [.. view.RelationsOf(entity)],
                HistoryQuery.Touching(reading, view, entity, moment.Point))
            : SummaryAnswer.Refuse(moment, Refusal.EntityNotFound(name, view.NamesNear(name)));
    }

    // What happened, newest first; what only concerns the log is nobody's contribution.
    private static SummaryAnswer Sum(
        Reading reading, Moment moment, EventId since, Entity? about, IReadOnlyList<Entity> entities,
        IReadOnlyList<Relation> relations, IEnumerable<EventId> happened)
    {
        GraphView view = reading.View(moment);
        IEnumerable<RecordedEvent> changes = happened.TakeWhile(id => id >= since)
            .Select(id => reading.Graph.Events[id]).Where(one => one.Event is not LogEvent);
        IEnumerable<Entity> linked = about is { } centre
            ? relations.Select(link => LinkFilter.Beyond(view, link, centre)).Distinct().Where(other => other != centre) : entities;
        return new SummaryAnswer(
            moment,
            null,
            about is { } one ? EntityCard.Of(reading, view, one) : null,
            since > EventId.None ? since : null,
            entities.Count,
            entities.Sum(one => view.ObservationsOf(one).Count()),
            relations.Count,
            [.. entities.CountBy(one => view.NamingOf(one).EntityType).Select(one => new TypeCount(one.Key, one.Value))
                .OrderByDescending(one => one.Entities).ThenBy(one => one.EntityType, StringComparer.Ordinal)],
            RelationTypes.Of(relations),
            MostConnected(reading, view, linked),
            Contributions(reading, changes),
            changes.Select(one => new HistoryLine(reading, one)));
    }

    private static IReadOnlyList<ConnectedEntity> MostConnected(Reading reading, GraphView view, IEnumerable<Entity> entities) =>
    [
        .. entities.Select(one => (Entity: one, Relations: view.RelationsOf(one).Count()))
            .Where(one => one.Relations > 0)
            .OrderByDescending(one => one.Relations).ThenBy(one => one.Entity.Id)
            .Take(ConnectedMax)
            .Select(one => new ConnectedEntity(
                view.NameOf(one.Entity), view.NamingOf(one.Entity).EntityType, reading.Cite(one.Entity.Id), one.Relations,
                view.ObservationsOf(one.Entity).Count())),
    ];

    private static IReadOnlyList<Contribution> Contributions(Reading reading, IEnumerable<RecordedEvent> changes) =>
    [
        .. changes.GroupBy(one => one.Author, one => one.Id)
            .Select(group => new Contribution(group.Key, group.Count(), group.Min(), group.Max(), reading.When(group.Max())))
            .OrderByDescending(one => one.Changes).ThenByDescending(one => one.Last),
    ];
}

/// <summary>What it comes down to.</summary>
/// <param name="Refused">Why there is no answer; null when there is.</param>
/// <param name="About">The entity asked about; null for the whole memory, or when refused.</param>
/// <param name="Since">The first event that counts among the changes; null for all.</param>
/// <param name="Entities">Number of entities; 1 for one asked about.</param>
/// <param name="Observations">Number of statements about them.</param>
/// <param name="Relations">Number of links among them, or of the one asked about.</param>
/// <param name="Types">Entities by type, most first.</param>
/// <param name="RelationTypes">Links by type, most first.</param>
/// <param name="Connected">
/// Entities with the most links, at most five: of all, or of those linked with the one asked about.
/// </param>
/// <param name="Contributors">Who made the changes, most first.</param>
/// <param name="Changes">Newest first, without those that only concern the log; read when enumerated.</param>
public sealed record SummaryAnswer(
    Moment Moment,
    Refusal? Refused,
    EntityCard? About,
    EventId? Since,
    int Entities,
    int Observations,
    int Relations,
    IReadOnlyList<TypeCount> Types,
    IReadOnlyList<RelationTypeCount> RelationTypes,
    IReadOnlyList<ConnectedEntity> Connected,
    IReadOnlyList<Contribution> Contributors,
    IEnumerable<HistoryLine> Changes)
{
    internal static SummaryAnswer Refuse(Moment moment, Refusal refusal) =>
        new(moment, refusal, null, null, 0, 0, 0, [], [], [], [], []);
}

/// <summary>An entity and how much hangs together with it.</summary>
/// <param name="Name">Its name at the point asked about.</param>
/// <param name="EntityType">Its type then.</param>
/// <param name="Cited">The event that created it.</param>
/// <param name="Relations">How many links it has, in both directions.</param>
/// <param name="Observations">How many statements there are about it.</param>
public sealed record ConnectedEntity(string Name, string EntityType, Citation Cited, int Relations, int Observations);

/// <summary>How much somebody changed.</summary>
/// <param name="Author">The person and the client.</param>
/// <param name="Changes">Number of events.</param>
/// <param name="First">The first of them.</param>
/// <param name="Last">The last of them.</param>
/// <param name="LastWhen">When that was.</param>
public sealed record Contribution(Author Author, int Changes, EventId First, EventId Last, DateTimeOffset LastWhen);
