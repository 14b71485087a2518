using MemoryGraph.Domain;
using MemoryGraph.Events;
using static MemoryGraph.Tests.GraphSpec;

namespace MemoryGraph.Tests.Commands;

public sealed class AddObservationsTests
{
    [Fact]
    public void An_unknown_entity_is_refused_and_the_nearest_name_is_given() =>
        Given(Create("Ada Lovelace"), Create("Grace Hopper"))
            .When(Add("Ada Lovelase", "likes tea"))
            .ThenRefuses("entity_not_found")
            .Saying("no entity \"Ada Lovelase\"", "Nearest names: \"Ada Lovelace\".");

    [Fact]
    public void A_name_that_is_like_no_other_is_refused_with_the_way_to_make_it() =>
        Given(Create("Ada"))
            .When(Add("Zuse", "built the Z3"))
            .ThenRefuses("entity_not_found")
            .Saying("No name is like it", "create_entity");

    [Fact]
    public void Names_differ_by_case() =>
        Given(Create("Ada"))
            .When(Add("ada", "likes tea"))
            .ThenRefuses("entity_not_found")
            .Saying("Nearest names: \"Ada\".");

    [Fact]
    public void Repeating_a_statement_records_nothing() =>
        Given(Create("Ada", "person", "likes tea"))
            .When(Add("Ada", "likes tea"))
            .ThenRecords()
            .Unchanged("#2 \"likes tea\"");

    [Fact]
    public void A_statement_given_twice_in_one_call_is_recorded_once() =>
        Given(Create("Ada"))
            .When(Add(" Ada ", "likes tea", "likes tea"))
            .ThenRecords(new ObservationAdded(Id(1), "Ada", "likes tea"));

    [Fact]
    public void Texts_that_differ_in_a_letter_s_case_or_a_space_are_two_statements() =>
        Given(Create("Ada", "person", "likes tea"))
            .When(Add("Ada", "Likes tea", "likes tea "))
            .ThenRecords(
                new ObservationAdded(Id(1), "Ada", "Likes tea"), new ObservationAdded(Id(1), "Ada", "likes tea "));

    [Fact]
    public void A_withdrawn_statement_can_be_made_again() =>
        Given(Create("Ada", "person", "likes tea"), new DeleteObservations("Ada", ["likes tea"]))
            .When(Add("Ada", "likes tea"))
            .ThenRecords(new ObservationAdded(Id(1), "Ada", "likes tea"));

    [Theory]
    [InlineData("likes tea")]
    [InlineData("#2")]
    public void A_superseded_statement_is_removed_by_its_text_or_its_number(string superseded) =>
        Given(Create("Ada", "person", "likes tea"))
            .When(new AddObservations("Ada", ["likes coffee"], superseded))
            .ThenRecords(
                new ObservationRemoved(Id(2), "Ada", "likes tea"), new ObservationAdded(Id(1), "Ada", "likes coffee"));

    [Fact]
    public void A_missing_superseded_statement_is_refused_and_the_nearest_is_cited() =>
        Given(Create("Ada", "person", "likes green tea", "wrote Note G"))
            .When(new AddObservations("Ada", ["likes coffee"], "likes grean tea"))
            .ThenRefuses("observation_not_found")
            .Saying("Nothing was changed", "#2 \"likes green tea\"");

    [Theory]
    [InlineData("likes tea")]
    [InlineData("#2")]
    public void A_retried_replacement_records_nothing(string superseded) =>
        Given(Create("Ada", "person", "likes tea"), new AddObservations("Ada", ["likes coffee"], superseded))
            .When(new AddObservations("Ada", ["likes coffee"], superseded))
            .ThenRecords()
            .Unchanged("#4 \"likes coffee\"");

    [Theory]
    [InlineData("likes tea")]
    [InlineData("#2")]
    public void A_statement_that_supersedes_itself_stays(string superseded) =>
        Given(Create("Ada", "person", "likes tea"))
            .When(new AddObservations("Ada", ["likes tea", "likes coffee"], superseded))
            .ThenRecords(new ObservationAdded(Id(1), "Ada", "likes coffee"))
            .Unchanged("#2 \"likes tea\"");

    [Fact]
    public void The_number_of_another_entity_s_statement_supersedes_nothing() =>
        Given(Create("Ada", "person", "likes tea"), Create("Eve", "person"))
            .When(new AddObservations("Eve", ["likes coffee"], "#2"))
            .ThenRefuses("observation_not_found");
}
