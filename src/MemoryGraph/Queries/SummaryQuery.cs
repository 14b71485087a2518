using MemoryGraph.Domain;
using MemoryGraph.Graph;

namespace MemoryGraph.Queries;

/// <summary>
/// What a memory, or what it knows of one entity, comes down to: how much of what, what stands out, what changed.
/// </summary>
/// <remarks>
/// Cost: of one entity, what is known of it and of those linked with it; of all, one walk over the rows of all facts.
/// The people are counted by what they wrote in one go, the changes read as they are enumerated.
/// </remarks>
/// <param name="Entity">Exact name of an entity, to sum up only what touches it; null for all.</param>
/// <param name="Since">Changes and people from this point on; null for all there were.</param>
/// <param name="At">What was known when.</param>
public sealed record SummaryQuery(string? Entity, AsOf? Since, AsOf At) : Query<SummaryAnswer>
{
    private const int ConnectedMax = 5;

    internal override SummaryAnswer Read(QueryContext context)
    {
        Point point = context.Resolve(At);
        GraphView view = context.View(point);
        EventId since = context.FirstSince(Since);
        if (Entity is null)
        {
            return SumOfAll(context, point, since);
        }

        string name = StoredText.NameOf(Entity);
        return view.Find(name) is { } entity
            ? SumOf(context, point, since, entity)
            : SummaryAnswer.Refuse(point, Refusal.EntityNotFound(name, view.NamesNear(name)));
    }

    private static SummaryAnswer SumOfAll(QueryContext context, Point point, EventId since)
    {
        GraphView view = context.View(point);
        var tally = new LiveCounts(view);

        // What only concerns the log is nobody's contribution.
        IEnumerable<EventRun> happened = context.Graph.Events.Runs.Down(point.Event)
            .TakeWhile(run => run.Last >= since)
            .Where(run => !run.IsOfLog)
            .Select(run => run with { First = EventId.Later(run.First, since) });
        return new SummaryAnswer(
            point, null, null, since > EventId.None ? since : null, tally.Entities, tally.Observations, tally.Relations,
            TypeCount.MostFirst(tally.EntityTypes), RelationTypeCount.MostFirst(tally.RelationTypes),
            MostConnected(context, view, view.Entities(), tally.RelationsOf),
            Contributions(context, happened), Lines(context, happened));
    }

    private static SummaryAnswer SumOf(QueryContext context, Point point, EventId since, Entity entity)
    {
        GraphView view = context.View(point);
        EventIndex events = context.Graph.Events;
        Relation[] relations = [.. view.RelationsOf(entity)];
        IEnumerable<Entity> linked =
            relations.Select(link => LinkWalk.OtherEnd(view, link, entity)).Distinct().Where(other => other != entity);
        IEnumerable<EventRun> happened = HistoryQuery.Touching(context, view, entity, point.Event)
            .TakeWhile(id => id >= since)
            .Select(id => new EventRun(id, id, events.SessionOf(id), events.AuthorNumberOf(id), IsOfLog: false));
        return new SummaryAnswer(
            point, null, EntityCard.Of(context, view, entity), since > EventId.None ? since : null,
            1, view.ObservationsOf(entity).Count(), relations.Length,
            [new TypeCount(view.NamingOf(entity).EntityType, 1)], RelationTypes.Of(relations),
            MostConnected(context, view, linked, view.CountRelationsOf),
            Contributions(context, happened), Lines(context, happened));
    }

    private static IEnumerable<HistoryLine> Lines(QueryContext context, IEnumerable<EventRun> happened) =>
        happened.SelectMany(run => run.Down(run.First)).Select(id => new HistoryLine(context, context.Graph.Events[id]));

    private static IReadOnlyList<ConnectedEntity> MostConnected(
        QueryContext context, GraphView view, IEnumerable<Entity> entities, Func<Entity, int> relationsOf) =>
    [
        .. entities.Select(one => (Entity: one, Relations: relationsOf(one)))
            .Where(one => one.Relations > 0)
            .OrderByDescending(one => one.Relations).ThenBy(one => one.Entity.Id)
            .Take(ConnectedMax)
            .Select(one => new ConnectedEntity(
                view.NameOf(one.Entity), view.NamingOf(one.Entity).EntityType, context.Cite(one.Entity.Id), one.Relations,
                view.ObservationsOf(one.Entity).Count())),
    ];

    // From what happened, newest first.
    private static IReadOnlyList<Contribution> Contributions(QueryContext context, IEnumerable<EventRun> happened) =>
    [
        .. happened.GroupBy(run => run.Author)
            .Select(group => new Contribution(
                context.Graph.Events.Authors[group.Key], group.Sum(run => run.Count), group.Last().First, group.First().Last,
                context.When(group.First().Last)))
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
    Point Point,
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
    internal static SummaryAnswer Refuse(Point point, Refusal refusal) =>
        new(point, refusal, null, null, 0, 0, 0, [], [], [], [], []);
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
