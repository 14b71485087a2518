using CsCheck;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Graph;
using MemoryGraph.Memory;
using MemoryGraph.Queries;
using MemoryGraph.Tests.Projects;
using OwnProjection;
using static MemoryGraph.Tests.GraphSpec;

namespace MemoryGraph.Tests.Samples;

/// <summary>The sample projection: what anybody may derive from the events agrees with the graph.</summary>
public sealed class DecisionsTests
{
    [Fact]
    public void Whatever_happens_the_decisions_that_hold_are_the_statements_of_the_graph() => AnyCommand.SequenceWithUndo.Sample(
        commands =>
        {
            InMemoryGraph memory = AnyCommand.Played(commands);
            var decisions = new Decisions();
            foreach (RecordedEvent recorded in memory.Recorded)
            {
                // Every statement is made a decision.
                decisions.Apply(recorded.Event is ObservationAdded said
                    ? recorded with { Event = said with { Text = $"Decided: {said.Text}" } } : recorded);
            }

            OverviewAnswer graph = memory.Ask(new OverviewQuery(null, null, AsOf.Now));
            Assert.Equal(
                graph.Cards.SelectMany(card => card.Observations.Select(said => (said.Cited.Id, card.Name))).Order(),
                decisions.All.Where(one => one.End is null).Select(one => (one.Id, one.Subject.Now.Name)).Order());
        },
        iter: 500, print: AnyCommand.Print);

    [Fact]
    public async Task Fed_while_it_happens_it_is_what_another_process_makes_of_the_log_later()
    {
        using var fixture = new ProjectFixture();
        await using MemoryProject project = fixture.Open();
        var live = new Decisions();
        foreach (Command command in Story())
        {
            Receipt receipt = await project.SubmitAsync(command, ProjectFixture.Duyan);
            Assert.Null(receipt.Refused);
            Assert.Equal(receipt.Standing.Last, project.Feed(live));
        }

        await using MemoryProject reader = fixture.Open();
        var later = new Decisions();
        reader.Feed(later);

        Assert.Equal(Lines(live), Lines(later));
        Assert.Equal(
            [
                "#2 Identity: Decided to use JWT, Superseded by #4",
                "#4 Identity: Decided to use sessions",
                "#5 Identity: Decided in haste, Undone by #6",
                "#8 Identity: Decided to be strict",
                "#11 Old: Decided long ago, Withdrawn by #12",
            ],
            Lines(live));
    }

    [Fact]
    public void An_undo_brings_a_decision_back_and_a_redo_ends_it_as_it_had_ended()
    {
        var memory = new InMemoryGraph();
        memory.Do(Create("Auth", "service", "Decided to use JWT"));
        memory.Do(new AddObservations("Auth", ["Decided to use sessions"], Supersedes: "Decided to use JWT"));
        Assert.Equal(["#2 Auth: Decided to use JWT, Superseded by #4", "#4 Auth: Decided to use sessions"], Lines(Of(memory)));

        memory.Do(new Undo(UndoTarget.Last(1)));
        Assert.Equal(["#2 Auth: Decided to use JWT", "#4 Auth: Decided to use sessions, Undone by #5"], Lines(Of(memory)));

        memory.Do(new Redo(UndoTarget.Last(1)));
        Assert.Equal(["#2 Auth: Decided to use JWT, Superseded by #4", "#4 Auth: Decided to use sessions"], Lines(Of(memory)));
    }

    [Fact]
    public async Task What_was_redacted_is_listed_without_its_words_by_a_projection_that_begins_anew()
    {
        using var fixture = new ProjectFixture();
        await using MemoryProject project = fixture.Open();
        var before = new Decisions();
        await project.SubmitAsync(Create("Auth", "service", "Decided to use the password hunter2"), ProjectFixture.Duyan);
        project.Feed(before);
        await project.RedactAsync(Redaction.OfText("hunter2"), ProjectFixture.Duyan, reason: null);

        Assert.Throws<InvalidOperationException>(() => project.Feed(before));
        var anew = new Decisions();
        project.Feed(anew);

        Assert.Equal("#2 Auth: [redacted by #3], Erased by #3", Assert.Single(Lines(anew)));
    }

    [Fact]
    public void What_is_said_of_an_entity_that_was_lost_is_passed_over()
    {
        var decisions = new Decisions();
        decisions.Apply(new InMemoryGraph().Record(new EventLost("a damaged disk")).Recorded[0]);
        var said = new ObservationAdded(new EventId(1), "Auth", "Decided to use JWT");
        decisions.Apply(new RecordedEvent(new EventId(2), 0, new EventId(2), 1, new EventId(2), new EventId(1), ProjectFixture.Duyan, null, said));

        Assert.Empty(decisions.All);
    }

    // #1 Auth is called Identity in the end, #7 is merged into it, #10 goes.
    private static IEnumerable<Command> Story() =>
    [
        Create("Auth", "service", "Decided to use JWT"),
        new AddObservations("Auth", ["Decided to use sessions"], Supersedes: "Decided to use JWT"),
        Add("Auth", "Decided in haste"),
        new Undo(UndoTarget.Last(1)),
        Create("auth", "service", "Decided to be strict"),
        new UpdateEntity("auth", "Auth", null, Merge: true),
        Create("Old", "service", "Decided long ago"),
        new DeleteEntity("Old"),
        new UpdateEntity("Auth", "Identity", null),
    ];

    private static Decisions Of(InMemoryGraph memory)
    {
        var decisions = new Decisions();
        foreach (RecordedEvent recorded in memory.Recorded)
        {
            decisions.Apply(recorded);
        }

        return decisions;
    }

    private static string[] Lines(Decisions decisions) => [.. decisions.All.Select(one =>
        $"{one.Id} {one.Subject.Now.Name}: {one.Text}{(one.End is { } end ? $", {end.Fate} by {end.By}" : "")}")];
}
