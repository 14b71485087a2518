using CsCheck;
using MemoryGraph.Domain;
using MemoryGraph.Queries;
using static MemoryGraph.Tests.GraphSpec;

namespace MemoryGraph.Tests.Queries;

/// <summary>What people are told of the difference between two points.</summary>
public sealed class DiffTests
{
    [Fact]
    public void What_appeared_changed_and_vanished_is_told_with_the_events_that_did_it()
    {
        InMemoryGraph memory = Team();
        memory.Do(new UpdateEntity("Auth", "Identity", null));
        memory.Do(new AddObservations("Identity", ["uses sessions"], Supersedes: "uses JWT"));
        memory.Do(new DeleteEntity("Bug"));
        memory.Do(Create("Eve", "person"));

        GraphChanges changes = Diff(memory, "#5");

        Assert.Equal((1, 1, 1), (changes.Appeared, changes.Changed, changes.Vanished));
        Assert.Equal(["Identity", "Bug", "Eve"], changes.Entities.Select(one => (one.After ?? one.Before)!.Name));
        EntityChange auth = changes.Entities.First();
        Assert.Equal("Auth", auth.Before!.Name);
        Assert.Equal([Id(6)], auth.By);
        Assert.Equal(
            [("uses JWT", false, Id(7)), ("uses sessions", true, Id(8))],
            auth.Observations.Select(one => (one.Text, one.After is not null, Assert.Single(one.By))));
        EntityChange bug = changes.Entities.ElementAt(1);
        Assert.Equal([Id(10)], bug.By);
        Assert.Equal([Id(10)], Assert.Single(bug.Observations).By);
        RelationChange link = Assert.Single(bug.Relations);
        Assert.Equal(("Auth", null), (link.Before?.To, link.After?.To));
        Assert.Equal([Id(9)], link.By);
    }

    [Fact]
    public void What_a_merge_moved_is_told_as_moved()
    {
        InMemoryGraph memory = Team();
        memory.Do(Create("auth", "service", "in Go"));
        memory.Do(new UpdateEntity("auth", "Auth", null, Merge: true));

        ObservationChange moved = Assert.Single(Diff(memory, "#7").Entities.First().Observations);

        Assert.Equal(("in Go", "auth", "Auth"), (moved.Text, moved.Before, moved.After));
        Assert.Equal([Id(8)], moved.By);
    }

    [Fact]
    public void Only_what_concerns_an_entity_is_told_when_asked_also_links_that_lead_to_it()
    {
        InMemoryGraph memory = Team();
        memory.Do(Create("Eve", "person"));
        memory.Do(new DeleteRelation("Bug", "affects", "Auth"));

        GraphChanges changes = Diff(memory, "#5", "Auth");

        EntityChange only = Assert.Single(changes.Entities);
        Assert.Equal("Bug", only.After?.Name);
        Assert.Equal([Id(7)], Assert.Single(only.Relations).By);
        Assert.Equal("entity_not_found", memory.Ask(new DiffQuery(AsOf.Now, AsOf.Now, "Authh")).Refused?.Code);
    }

    [Fact]
    public void An_entity_that_is_gone_at_one_of_the_points_can_be_asked_about()
    {
        InMemoryGraph memory = Team();
        memory.Do(new DeleteEntity("Bug"));
        Assert.Equal(1, Diff(memory, "#5", "Bug").Vanished);
    }

    [Fact]
    public void Since_the_last_session_means_that_of_the_same_agent()
    {
        InMemoryGraph memory = Team();
        memory.Session = EventId.None;
        memory.Author = new Author("linh", "claude-code/2.1");
        memory.Do(Add("Auth", "said by another agent"));
        memory.Session = EventId.None;
        memory.Author = new Author("duyan", "cursor/1.7");
        memory.Do(Add("Auth", "said in this session"));

        DiffAnswer answer = memory.Ask(
            new DiffQuery(AsOf.Parse("last session", DateTimeOffset.UnixEpoch, TimeZoneInfo.Utc)!, AsOf.Now, null), "cursor/1.7");

        Assert.Equal(Id(5), answer.From.Event);
        Assert.Equal(2, answer.Changes?.Observations);
    }

    [Fact]
    public void Leaving_nothing_out_makes_no_difference() => AnyCommand.SequenceWithUndo.Sample(
        commands =>
        {
            InMemoryGraph memory = AnyCommand.Played(commands);
            WhatIfAnswer answer = memory.Ask(new WhatIfQuery(new Exclusion(), AsOf.Now));
            Assert.True(answer.Changes!.IsEmpty);
            Assert.Empty(answer.Changes.Entities);
            Assert.Empty(answer.NoLonger);
            Assert.Equal(0, answer.LeftOut);
            Assert.Equal(memory.Graph.Now.Entities().Select(memory.Graph.Now.NameOf), answer.Cards.Select(card => card.Name));
        },
        iter: 300, print: AnyCommand.Print);

    [Fact]
    public void Leaving_all_after_a_point_out_gives_what_was_known_then() => Gen.Select(AnyCommand.SequenceWithUndo, Gen.Int[0, 60]).Sample(
        (commands, at) =>
        {
            InMemoryGraph memory = AnyCommand.Played(commands);
            var point = AsOf.Of(new EventId(at));
            WhatIfAnswer answer = memory.Ask(new WhatIfQuery(new Exclusion { After = point }, AsOf.Now));
            OverviewAnswer then = memory.Ask(new OverviewQuery(null, null, point));
            Assert.Equal(
                then.Cards.SelectMany(card => card.Observations.Select(said => (card.Name, card.EntityType, said.Text, said.Cited))),
                answer.Cards.SelectMany(card => card.Observations.Select(said => (card.Name, card.EntityType, said.Text, said.Cited))));
            Assert.Equal(then.Cards.SelectMany(card => card.Relations), answer.Cards.SelectMany(card => card.Relations));
            Assert.Empty(answer.NoLonger);
        },
        iter: 300, print: one => AnyCommand.Print(one.Item1));

    [Fact]
    public void Events_users_agents_and_types_can_be_left_out_and_what_no_longer_applies_is_told()
    {
        InMemoryGraph memory = Team();
        memory.Author = new Author("Linh", "claude-code/2.1");
        memory.Do(Add("Auth", "said by Linh"));
        memory.Do(new DeleteEntity("Bug"));

        AssertWithout(new Exclusion { Events = [new EventRange(Id(3), Id(3))] }, leftOut: 1, noLonger: [4, 5, 7, 8]);
        AssertWithout(new Exclusion { Users = ["LINH"] }, leftOut: 3, noLonger: []);
        AssertWithout(new Exclusion { Agents = ["claude-code"] }, leftOut: 3, noLonger: []);
        AssertWithout(new Exclusion { Types = ["relation_created", "entity_deleted"] }, leftOut: 2, noLonger: [7]);
        Assert.Equal("no_such_type", memory.Ask(new WhatIfQuery(new Exclusion { Types = ["entity"] }, AsOf.Now)).Refused?.Code);
        Assert.Equal(
            "no_such_event", memory.Ask(new WhatIfQuery(new Exclusion { Events = [new EventRange(Id(99), Id(99))] }, AsOf.Now)).Refused?.Code);

        void AssertWithout(Exclusion without, int leftOut, long[] noLonger)
        {
            WhatIfAnswer answer = memory.Ask(new WhatIfQuery(without, AsOf.Now));
            Assert.Equal(leftOut, answer.LeftOut);
            Assert.Equal(noLonger, answer.NoLonger.Select(line => line.Recorded.Id.Value));
        }
    }

    // #1 Auth with #2, #3 Bug with #4, #5 Bug affects Auth.
    private static InMemoryGraph Team()
    {
        var memory = new InMemoryGraph();
        memory.Do(Create("Auth", "service", "uses JWT"));
        memory.Do(Create("Bug", "bug", "since May"));
        memory.Do(new CreateRelation("Bug", "affects", "Auth"));
        return memory;
    }

    private static GraphChanges Diff(InMemoryGraph memory, string from, string? entity = null) => memory.Ask(
        new DiffQuery(AsOf.Parse(from, DateTimeOffset.UnixEpoch, TimeZoneInfo.Utc)!, AsOf.Now, entity)).Changes!;
}
