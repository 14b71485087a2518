using MemoryGraph.Decide;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using static MemoryGraph.Tests.GraphSpec;

namespace MemoryGraph.Tests.Commands;

/// <summary>Taking calls back, by example.</summary>
public sealed class UndoTests
{
    private static readonly Author Linh = new("linh", "claude-code/2.1");

    [Fact]
    public void An_entity_that_was_deleted_comes_back_with_all_it_had_and_whose_it_was()
    {
        InMemoryGraph memory = Auth();
        string before = GraphDump.Of(memory.Graph.Now);
        memory.Author = Linh;
        memory.Now += 86_400_000;
        memory.Do(new DeleteEntity("Auth"));

        Decision undone = memory.Do(new Undo(UndoTarget.Last(1)));

        Assert.Equal(
            [new EntityRestored(Id(1), "Auth"), new RelationRestored(Id(4), "Bug", "affects", "Auth")], undone.Events);
        Assert.Equal([Id(5), Id(5)], undone.Undoes);
        Assert.Equal(before, GraphDump.Of(memory.Graph.Now));
    }

    [Fact]
    public void Facts_that_were_removed_one_by_one_come_back_at_their_places()
    {
        InMemoryGraph memory = Auth();
        memory.Do(new AddObservations("Auth", ["owned by Linh", "moves in May"]));
        string before = GraphDump.Of(memory.Graph.Now);
        memory.Do(new DeleteObservations("Auth", ["owned by Linh"]));
        memory.Do(new DeleteObservations("Auth", ["uses JWT"]));
        memory.Do(new Undo(UndoTarget.Last(2)));

        Assert.Equal(before, GraphDump.Of(memory.Graph.Now));
    }

    [Fact]
    public void A_merge_is_undone_with_what_it_removed_as_a_duplicate()
    {
        InMemoryGraph memory = Auth();
        memory.Do(Create("auth", "module", "uses JWT", "in Go"));
        memory.Do(new CreateRelation("Bug", "affects", "auth", "2026-01-01"));
        string before = GraphDump.Shown(memory.Graph.Now);
        memory.Do(new UpdateEntity("auth", "Auth", null, Merge: true));
        Assert.Equal(2, memory.Graph.Now.Entities().Count());

        Decision undone = memory.Do(new Undo(UndoTarget.Last(1)));

        Assert.Null(undone.Refused);
        Assert.Equal(before, GraphDump.Shown(memory.Graph.Now));
    }

    [Fact]
    public void A_merge_can_be_redone_and_undone_again_when_what_it_went_into_was_merged_itself()
    {
        var memory = new InMemoryGraph();
        memory.Do(new Remember([Create("A", "t", "of A"), Create("B", "t"), Create("C", "t")], []));
        memory.Do(new UpdateEntity("A", "B", null, Merge: true));
        memory.Do(new UpdateEntity("B", "C", null, Merge: true));
        string merged = GraphDump.Shown(memory.Graph.Now);
        EventRange[] first = [new EventRange(Id(5), Id(5))];

        Assert.Null(memory.Do(new Undo(UndoTarget.Of(first))).Refused);
        string apart = GraphDump.Shown(memory.Graph.Now);
        Assert.Equal("A [t]\n  of A\nC [t]", GraphDump.Brief(memory.Graph.Now));

        Assert.Null(memory.Do(new Redo(UndoTarget.Of(first))).Refused);
        Assert.Equal(merged, GraphDump.Shown(memory.Graph.Now));

        Assert.Null(memory.Do(new Undo(UndoTarget.Of(first))).Refused);
        Assert.Equal(apart, GraphDump.Shown(memory.Graph.Now));
    }

    [Fact]
    public void A_merge_into_what_was_deleted_since_is_undone_and_redone()
    {
        InMemoryGraph memory = Auth();
        memory.Do(Create("auth", "module", "in Go"));
        memory.Do(new UpdateEntity("auth", "Auth", null, Merge: true));
        memory.Do(new DeleteEntity("Auth"));
        string before = GraphDump.Shown(memory.Graph.Now);
        memory.Do(new Undo(UndoTarget.Of([new EventRange(Id(7), Id(7))])));
        Assert.Contains("auth [module]\n  in Go", GraphDump.Brief(memory.Graph.Now), StringComparison.Ordinal);

        Assert.Null(memory.Do(new Redo(UndoTarget.Last(1))).Refused);

        Assert.Equal(before, GraphDump.Shown(memory.Graph.Now));
        memory.Do(new Undo(UndoTarget.Of([new EventRange(Id(8), Id(9))])));
        Assert.Contains("Auth [service]\n  uses JWT\n  in Go", GraphDump.Brief(memory.Graph.Now), StringComparison.Ordinal);
    }

    [Fact]
    public void A_statement_that_came_later_stands_in_the_way_of_undoing_its_entity()
    {
        InMemoryGraph memory = Auth();
        memory.Author = Linh;
        memory.Do(Add("Bug", "only on Tuesdays"));

        Decision refused = memory.Do(new Undo(UndoTarget.Of([new EventRange(Id(3), Id(3))])));

        Assert.Equal("undo_conflict", refused.Refused?.Code);
        Assert.Contains("#5 (observation_added by linh via claude-code/2.1) builds on it", refused.Refused!.Message, StringComparison.Ordinal);
        Assert.Contains("events: \"#3,#4,#5\"", refused.Refused.Message, StringComparison.Ordinal);
        Assert.Empty(refused.Events);
    }

    [Fact]
    public void Calls_that_stand_in_the_way_can_be_taken_back_together_as_the_refusal_says()
    {
        InMemoryGraph memory = Auth();
        memory.Do(Add("Bug", "only on Tuesdays"));
        Decision undone = memory.Do(new Undo(UndoTarget.Of([.. new[] { 3, 4, 5 }.Select(id => new EventRange(Id(id), Id(id)))])));

        Assert.Null(undone.Refused);
        Assert.Equal("Auth [service]\n  uses JWT", GraphDump.Brief(memory.Graph.Now));
    }

    [Fact]
    public void Force_does_what_can_be_done_and_tells_the_rest()
    {
        InMemoryGraph memory = new();
        memory.Do(new Remember([Create("Auth", "service", "uses JWT"), Create("Bug", "bug")], []));
        memory.Do(Add("Bug", "only on Tuesdays"));

        Decision undone = memory.Do(new Undo(UndoTarget.Of([new EventRange(Id(1), Id(1))]), Force: true));

        Assert.Null(undone.Refused);
        string notice = Assert.Single(undone.Notices);
        Assert.Contains("Left as it is: #3 \"Bug\": #4", notice, StringComparison.Ordinal);
        Assert.Equal("Bug [bug]\n  only on Tuesdays", GraphDump.Brief(memory.Graph.Now));
    }

    [Theory]
    [InlineData("Auth", "changed it since")]
    [InlineData("taken", "gave its former name to #6")]
    public void A_name_that_changed_hands_is_a_conflict(string then, string why)
    {
        InMemoryGraph memory = Auth();
        memory.Do(new UpdateEntity("Auth", "Auth service", null));
        if (then == "taken")
        {
            memory.Do(Create("Auth", "module"));
        }
        else
        {
            memory.Do(new UpdateEntity("Auth service", "Identity", null));
        }

        Decision refused = memory.Do(new Undo(UndoTarget.Of([new EventRange(Id(5), Id(5))])));

        Assert.Contains($"#6 (entity_{(then == "taken" ? "created" : "updated")} by duyan via cursor/1.7) {why}", refused.Refused?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_was_given_back_by_hand_is_no_conflict()
    {
        InMemoryGraph memory = Auth();
        memory.Do(new UpdateEntity("Auth", "Auth service", null));
        memory.Do(new UpdateEntity("Auth service", "Auth", null));

        Decision undone = memory.Do(new Undo(UndoTarget.Of([new EventRange(Id(5), Id(5))])));

        Assert.Null(undone.Refused);
        Assert.Empty(undone.Events);
        Assert.Equal(["#5: nothing is left of it to take back"], undone.Unchanged);
    }

    [Fact]
    public void The_same_call_is_undone_once()
    {
        InMemoryGraph memory = Auth();
        memory.Do(new Undo(UndoTarget.Of([new EventRange(Id(4), Id(4))])));

        Decision again = memory.Do(new Undo(UndoTarget.Of([new EventRange(Id(4), Id(4))])));

        Assert.Null(again.Refused);
        Assert.Empty(again.Events);
        Assert.Equal(["#4 is already undone, by #5"], again.Unchanged);
    }

    [Fact]
    public void Undo_without_a_target_goes_back_call_by_call_and_passes_over_undos()
    {
        InMemoryGraph memory = Auth();
        Assert.Equal([Id(4)], memory.Do(new Undo(UndoTarget.Last(1))).Undoes.Distinct());
        Assert.Equal([Id(3)], memory.Do(new Undo(UndoTarget.Last(1))).Undoes.Distinct());
        Assert.Equal([Id(1)], memory.Do(new Undo(UndoTarget.Last(1))).Undoes.Distinct());
        Assert.Equal("nothing_to_undo", memory.Do(new Undo(UndoTarget.Last(1))).Refused?.Code);
        Assert.Equal("", GraphDump.Brief(memory.Graph.Now));

        Assert.Equal([Id(7)], memory.Do(new Redo(UndoTarget.Last(1))).Undoes.Distinct());
        memory.Do(new Redo(UndoTarget.Last(2)));
        Assert.Equal(GraphDump.Shown(Auth().Graph.Now), GraphDump.Shown(memory.Graph.Now));
        Assert.Equal("nothing_to_undo", memory.Do(new Redo(UndoTarget.Last(1))).Refused?.Code);
        Assert.Equal([Id(4)], memory.Do(new Undo(UndoTarget.Last(1))).Undoes.Distinct());
    }

    [Fact]
    public void A_redone_call_can_be_cited_by_the_call_itself()
    {
        InMemoryGraph memory = Auth();
        memory.Do(new Undo(UndoTarget.Of([new EventRange(Id(4), Id(4))])));

        Decision redone = memory.Do(new Redo(UndoTarget.Of([new EventRange(Id(4), Id(4))])));

        Assert.Equal([Id(5)], redone.Undoes);
        Assert.Equal(GraphDump.Shown(Auth().Graph.Now), GraphDump.Shown(memory.Graph.Now));
    }

    [Fact]
    public void In_an_empty_session_the_last_calls_of_the_user_are_offered()
    {
        InMemoryGraph memory = Auth();
        memory.Author = Linh;
        memory.Do(Add("Auth", "said by Linh"));
        memory.Session = EventId.None;
        memory.Author = new Author("duyan", "other/1");

        foreach (UndoTarget target in new[] { UndoTarget.Last(1), UndoTarget.Unsaid })
        {
            Decision refused = memory.Do(new Undo(target));
            Assert.Equal("which_call", refused.Refused?.Code);
            Assert.Contains("\n  #4 relation_created \"Bug\" -affects-> \"Auth\"", refused.Refused!.Message, StringComparison.Ordinal);
            Assert.Contains("\n  #1 and 1 more: entity_created \"Auth\" [service]", refused.Refused.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("said by Linh", refused.Refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_session_is_undone_as_a_whole()
    {
        InMemoryGraph memory = Auth();
        string before = GraphDump.Shown(memory.Graph.Now);
        memory.Session = EventId.None;
        memory.Do(new UpdateEntity("Auth", "Identity", "module"));
        memory.Do(new DeleteEntity("Bug"));
        memory.Session = EventId.None;
        memory.Do(Create("Other", "thing"));
        memory.Do(new Undo(UndoTarget.Last(1)));

        memory.Do(new Undo(UndoTarget.Session(AsOf.Of(Id(6)))));

        Assert.Equal(before, GraphDump.Shown(memory.Graph.Now));
    }

    [Fact]
    public void All_that_one_agent_did_since_a_point_is_undone_and_nothing_of_others()
    {
        InMemoryGraph memory = Auth();
        memory.Author = Linh;
        memory.Do(Add("Auth", "wrong"));
        memory.Author = new Author("duyan", "cursor/1.7");
        memory.Do(Add("Auth", "right"));
        memory.Author = Linh;
        memory.Do(Create("Ghost", "thing", "never was"));

        memory.Do(new Undo(UndoTarget.Agent("Claude-Code", AsOf.Of(Id(5)))));

        Assert.Equal("Auth [service]\n  uses JWT\n  right\nBug [bug]\n  -affects-> Auth", GraphDump.Brief(memory.Graph.Now));
        Assert.Contains(
            "Agents that recorded something since: \"claude-code/2.1\", \"cursor/1.7\"",
            memory.Do(new Undo(UndoTarget.Agent("claude", AsOf.Of(Id(1))))).Refused?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_agent_with_a_slash_in_its_name_is_meant_by_all_of_it()
    {
        var memory = new InMemoryGraph { Author = new Author("duyan", "acme/helper/2.0") };
        memory.Do(Create("Auth", "service"));

        Assert.Equal("nothing_to_undo", memory.Do(new Undo(UndoTarget.Agent("acme", AsOf.Of(Id(1))))).Refused?.Code);
        Assert.Null(memory.Do(new Undo(UndoTarget.Agent("Acme/helper", AsOf.Of(Id(1))))).Refused);
        Assert.Empty(memory.Graph.Now.Entities());
    }

    [Fact]
    public void What_hangs_on_an_entity_whose_name_is_taken_is_kept_away_by_who_took_it()
    {
        InMemoryGraph memory = Auth();
        memory.Do(new DeleteEntity("Auth"));
        memory.Do(Create("Auth", "module"));

        string why = memory.Do(new Undo(UndoTarget.Of([new EventRange(Id(5), Id(5))]))).Refused!.Message;

        Assert.Contains("#4 \"Bug\" -affects-> \"Auth\": #7 (entity_created by duyan via cursor/1.7) keeps #1 away", why, StringComparison.Ordinal);
        Assert.DoesNotContain(": #6 ", why, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_merge_removed_is_kept_away_by_who_took_the_name_of_the_merged()
    {
        InMemoryGraph memory = Auth();
        memory.Do(Create("auth", "module", "uses JWT"));
        memory.Do(new UpdateEntity("auth", "Auth", null, Merge: true));
        EventId taken = memory.Graph.Events.Last.Next;
        memory.Do(Create("auth", "module"));
        EventId merge = new(taken.Value - 1);

        string why = memory.Do(new Undo(UndoTarget.Of([new EventRange(merge, merge)]))).Refused!.Message;

        Assert.Contains($"\"uses JWT\": {taken} ", why, StringComparison.Ordinal);
        Assert.DoesNotContain("says the same again", why, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_there_or_not_a_call_is_told()
    {
        InMemoryGraph memory = Auth();
        memory.Record(new ClockCorrected(Id(1), Id(2), 5));
        Assert.Equal("no_such_event", memory.Do(new Undo(UndoTarget.Of([new EventRange(Id(4), Id(9))]))).Refused?.Code);
        Assert.Contains("the log's own", memory.Do(new Undo(UndoTarget.Of([new EventRange(Id(5), Id(5))]))).Refused?.Message, StringComparison.Ordinal);
        Assert.Contains("#4 was not undone", memory.Do(new Redo(UndoTarget.Of([new EventRange(Id(4), Id(4))]))).Refused?.Message, StringComparison.Ordinal);
        memory.Do(new Undo(UndoTarget.Of([new EventRange(Id(4), Id(5))])));
        Assert.Contains("redo takes it back", memory.Do(new Undo(UndoTarget.Of([new EventRange(Id(6), Id(6))]))).Refused?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_redacted_stays_away_and_that_is_told()
    {
        InMemoryGraph memory = Auth();
        memory.Do(new DeleteObservations("Auth", ["uses JWT"]));
        var erased = InMemoryGraph.Replay(memory.Recorded.Select(one => one.Id == Id(2)
            ? one with { Event = new ObservationAdded(Id(1), "[redacted by #6]", "[redacted by #6]"), RedactedBy = Id(6) } : one));
        erased.Session = Id(1);

        Decision undone = erased.Do(new Undo(UndoTarget.Last(1)));

        Assert.Empty(undone.Events);
        Assert.Equal(["#2 was redacted by #6 and stays away."], undone.Notices);
    }

    // #1 Auth with #2, #3 Bug, #4 Bug affects Auth; three calls.
    private static InMemoryGraph Auth()
    {
        var memory = new InMemoryGraph();
        memory.Do(Create("Auth", "service", "uses JWT"));
        memory.Do(Create("Bug", "bug"));
        memory.Do(new CreateRelation("Bug", "affects", "Auth"));
        return memory;
    }
}
