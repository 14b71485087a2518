using CsCheck;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Graph;
using MemoryGraph.Queries;

namespace MemoryGraph.Tests.Queries;

/// <summary>What indexes answer is what a walk over every event would, for histories with merges, undo and several sessions.</summary>
public sealed class AuditPropertyTests
{
    private const int Runs = 400;

    private static readonly Gen<(int Since, int Until)> Period = Gen.Select(Gen.Int[0, 110], Gen.Int[0, 110]);

    private static readonly Gen<(string? Entity, bool Relation, string? User, string? Agent, int? Session)> Filter = Gen.Select(
        Gen.OneOfConst<string?>(null, null, "Ada", "Eve", "T"), Gen.Int[0, 3].Select(one => one == 0),
        Gen.OneOfConst<string?>(null, null, "duyan", "linh", "nobody"), Gen.OneOfConst<string?>(null, null, "cursor", "claude"),
        Gen.Int[0, 100].Nullable());

    [Fact]
    public void History_tells_the_events_that_pass_every_filter_newest_first() => Gen.Select(AnyHistory.Any, Filter, Period).Sample(
        (history, filter, period) =>
        {
            InMemoryGraph memory = AnyHistory.Played(history);
            (EventId since, EventId until) = (At(memory, period.Since), At(memory, period.Until));
            EventId? session = filter.Session is { } percent ? memory.Graph.Events.SessionAt(At(memory, percent)) : null;
            RecordedEvent? begun = filter.Relation ? memory.Recorded.FirstOrDefault(one => one.Event is RelationCreated) : null;
            HistoryAnswer answer = memory.Ask(new HistoryQuery(
                filter.Entity, begun?.Id.ToString(), filter.User, filter.Agent,
                filter.Session is { } at ? AsOf.Of(At(memory, at)) : null, AsOf.Of(since), AsOf.Of(until)));
            GraphView now = memory.Graph.Now;
            Entity? entity = filter.Entity is { } name ? now.Find(name) ?? now.FindLastCalled(name) : null;
            Assert.Equal(filter.Entity is not null && entity is null, answer.Refused is not null);
            if (answer.Refused is not null)
            {
                return;
            }

            HashSet<EventId> touched = [.. entity is { } one ? now.WithMerged(one).Select(owned => owned.Id) : []];
            Assert.Equal(
                memory.Recorded.Where(recorded => since <= recorded.Id && recorded.Id <= until
                    && (entity is null || Touched(memory.Graph, recorded).Any(touched.Contains))
                    && (begun is null || recorded.Id == begun.Id || recorded.Refs.Contains(begun.Id))
                    && (session is null || recorded.Session == session)
                    && new AuthorFilter(filter.User, filter.Agent).Passes(recorded.Author)).Reverse(),
                answer.Lines.Select(line => line.Recorded), SameEvent);
        },
        iter: Runs, print: one => $"{one.Item2} {one.Item3} of {AnyHistory.Print(one.Item1)}");

    [Fact]
    public void Activity_counts_what_each_did_in_the_period() => Gen.Select(AnyHistory.Any, Period).Sample(
        (history, period) =>
        {
            InMemoryGraph memory = AnyHistory.Played(history);
            (EventId since, EventId until) = (At(memory, period.Since), At(memory, period.Until));
            ActivityAnswer answer = memory.Ask(new ActivityQuery(null, null, AsOf.Of(since), AsOf.Of(until)));
            ILookup<Author, RecordedEvent> did = memory.Recorded
                .Where(one => since <= one.Id && one.Id <= until && one.Event is not LogEvent).ToLookup(one => one.Author);

            Assert.Equal(did.OrderByDescending(one => one.Last().Id).Select(one => one.Key), answer.Authors.Select(one => one.Author));
            Assert.All(answer.Authors, one => AssertCounts(memory, until, [.. did[one.Author]], one));
        },
        iter: Runs, print: one => $"{one.Item2} of {AnyHistory.Print(one.Item1)}");

    [Fact]
    public void The_summary_and_the_status_count_what_the_graph_shows() => Gen.Select(AnyHistory.Any, Period).Sample(
        (history, period) =>
        {
            InMemoryGraph memory = AnyHistory.Played(history);
            (EventId since, EventId until) = (At(memory, period.Since), At(memory, period.Until));
            SummaryAnswer answer = memory.Ask(new SummaryQuery(null, AsOf.Of(since), AsOf.Of(until)));
            GraphView view = memory.Graph.AsOf(until);
            Entity[] entities = [.. view.Entities()];
            Relation[] relations = [.. view.Relations()];
            RecordedEvent[] changes =
                [.. memory.Recorded.Where(one => since <= one.Id && one.Id <= until && one.Event is not LogEvent).Reverse()];

            Assert.Equal(
                (entities.Length, entities.Sum(one => view.ObservationsOf(one).Count()), relations.Length),
                (answer.Entities, answer.Observations, answer.Relations));
            Assert.Equal(
                entities.CountBy(one => view.NamingOf(one).EntityType).ToHashSet(),
                answer.Types.Select(one => KeyValuePair.Create(one.EntityType, one.Entities)).ToHashSet());
            Assert.Equal(
                relations.CountBy(one => one.RelationType).ToHashSet(),
                answer.RelationTypes.Select(one => KeyValuePair.Create(one.RelationType, one.Relations)).ToHashSet());
            Assert.Equal(
                entities.Select(one => (Name: view.NameOf(one), one.Id, Links: view.RelationsOf(one).Count())).Where(one => one.Links > 0)
                    .OrderByDescending(one => one.Links).ThenBy(one => one.Id).Take(5).Select(one => (one.Name, one.Links)),
                answer.Connected.Select(one => (one.Name, one.Relations)));
            Assert.Equal(changes, answer.Changes.Select(line => line.Recorded), SameEvent);
            Assert.Equal(
                changes.GroupBy(one => one.Author).Select(one => (one.Key, one.Count(), one.Last().Id, one.First().Id)).ToHashSet(),
                answer.Contributors.Select(one => (one.Author, one.Changes, one.First, one.Last)).ToHashSet());

            StatusAnswer status = memory.Ask(new StatusQuery());
            OverviewAnswer overview = memory.Ask(new OverviewQuery(null, null, AsOf.Now));
            Assert.Equal(
                (overview.Entities, overview.Observations, overview.Relations),
                (status.Entities, status.Observations, status.Relations));
        },
        iter: Runs, print: one => $"{one.Item2} of {AnyHistory.Print(one.Item1)}");

    private static bool SameEvent(RecordedEvent one, RecordedEvent other) => one.Id == other.Id && one.Author == other.Author;

    private static EventId At(InMemoryGraph memory, int percent) => new(memory.Graph.Events.Last.Value * percent / 100);

    private static void AssertCounts(InMemoryGraph memory, EventId until, RecordedEvent[] did, AuthorActivity told)
    {
        EventIndex events = memory.Graph.Events;
        GraphView view = memory.Graph.AsOf(until);
        (string Name, int Count)[] touched = [.. did
            .SelectMany(one => Touched(memory.Graph, one).Select(id => view.OwnerOf(memory.Graph.Entity(id)!.Value).Id).Distinct())
            .CountBy(id => id).OrderByDescending(one => one.Value).ThenBy(one => one.Key)
            .Select(one => (view.NameOf(memory.Graph.Entity(one.Key)!.Value), one.Value))];
        Assert.Equal(
            (did.Length, did.DistinctBy(one => one.Call).Count(), did.DistinctBy(one => one.Session).Count(), did[0].Id, did[^1].Id),
            (told.Events, told.Calls, told.Sessions, told.First.Id, told.Last.Id));
        Assert.Equal(did.Count(one => events.TakenBackBy(one.Call) is { } by && by <= until), told.TakenBack);
        Assert.Equal(
            did.CountBy(one => EventCatalogue.NameOf(one.Event)).ToHashSet(),
            told.Types.Select(one => KeyValuePair.Create(one.EventType, one.Events)).ToHashSet());
        Assert.Equal(touched.Take(5), told.Entities.Select(one => (one.Name, one.Events)));
        Assert.Equal(touched.Length, told.EntitiesTouched);
    }

    // By what the graph knows of the facts that an event names.
    private static HashSet<EventId> Touched(GraphState graph, RecordedEvent recorded) => recorded.Event is LogEvent ? [] :
        [.. recorded.Refs.Append(recorded.Id).SelectMany(fact => graph.Fact(fact) switch
        {
            Entity one => [one.Id],
            Observation one => [one.Entity.Id],
            Relation one => [one.From.Id, one.To.Id],
            _ => (EventId[])[],
        })];
}
