using MemoryGraph.Domain;
using MemoryGraph.Events;
using static MemoryGraph.Tests.GraphSpec;

namespace MemoryGraph.Tests.Commands;

public sealed class DeleteObservationsTests
{
    [Theory]
    [InlineData("first line\nsecond line")]
    [InlineData("first line⏎second line")]
    [InlineData("#2")]
    public void A_statement_is_withdrawn_by_its_text_as_said_or_as_shown_or_by_its_number(string asked) =>
        Given(Create("Ada", "person", "first line\nsecond line"))
            .When(new DeleteObservations("Ada", [asked]))
            .ThenRecords(new ObservationRemoved(Id(2), "Ada", "first line\nsecond line"));

    [Fact]
    public void A_text_that_really_contains_the_sign_or_looks_like_a_number_is_meant_first() =>
        Given(Create("Ada", "person", "a⏎b", "a\nb", "#3"))
            .When(new DeleteObservations("Ada", ["a⏎b", "#3"]))
            .ThenRecords(new ObservationRemoved(Id(2), "Ada", "a⏎b"), new ObservationRemoved(Id(4), "Ada", "#3"));

    [Fact]
    public void A_statement_named_several_times_and_ways_is_withdrawn_once() =>
        Given(Create("Ada", "person", "likes tea"))
            .When(new DeleteObservations("Ada", ["likes tea", "#2", "likes tea"]))
            .ThenRecords(new ObservationRemoved(Id(2), "Ada", "likes tea"));

    [Fact]
    public void A_missing_statement_refuses_the_whole_list_and_cites_the_nearest() =>
        Given(Create("Ada", "person", "likes tea", "wrote Note G"))
            .When(new DeleteObservations("Ada", ["likes tea", "wrote note H"]))
            .ThenRefuses("observation_not_found").Saying("Nothing was changed", "#3 \"wrote Note G\"")
            .ThenHolds("""
                Ada [person]
                  likes tea
                  wrote Note G
                """);

    [Theory]
    [InlineData("first line\nsecond line")]
    [InlineData("first line⏎second line")]
    [InlineData("#2")]
    public void A_withdrawn_statement_is_unchanged_and_the_event_that_ended_it_is_named(string asked) =>
        Given(Create("Ada", "person", "first line\nsecond line"), new DeleteObservations("Ada", [asked]))
            .When(new DeleteObservations("Ada", [asked]))
            .ThenRecords().Unchanged("#2, which ended with #3: \"first line⏎second line\"");

    [Theory]
    [InlineData("likes tea")]
    [InlineData("#3")]
    public void A_statement_that_was_taken_over_is_unchanged_too_when_withdrawn_twice(string asked) =>
        Given(Create("Countess"), Create("Ada", "person", "likes tea"))
            .AndGiven(new UpdateEntity("Ada", "Countess", null, Merge: true))
            .AndGiven(new DeleteObservations("Countess", [asked]))
            .When(new DeleteObservations("Countess", [asked]))
            .ThenRecords().Unchanged("#3, which ended with #5: \"likes tea\"");

    [Fact]
    public void Repeating_a_withdrawal_never_reaches_for_another_statement()
    {
        var call = new DeleteObservations("Ada", ["a⏎b", "#3"]);
        Given(Create("Ada", "person", "a⏎b", "a\nb", "#3")).AndGiven(call)
            .When(call)
            .ThenRecords().Unchanged("#2, which ended with #5: \"a⏎b\"", "#4, which ended with #6: \"#3\"");
    }

    [Theory]
    [InlineData("#1")]
    [InlineData("#3")]
    [InlineData("#4")]
    [InlineData("#99")]
    [InlineData("#99999999999999999999")]
    [InlineData("#")]
    [InlineData("#-2")]
    public void A_number_that_is_no_statement_of_this_entity_is_refused(string asked) =>
        Given(Create("Ada", "person", "likes tea"), Create("Eve", "person", "likes tea"))
            .When(new DeleteObservations("Ada", [asked]))
            .ThenRefuses("observation_not_found");

    [Fact]
    public void An_unknown_entity_is_refused() =>
        Given(Create("Ada")).When(new DeleteObservations("Adda", ["likes tea"])).ThenRefuses("entity_not_found");
}
