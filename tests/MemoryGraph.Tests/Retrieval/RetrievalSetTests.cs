using System.Security.Cryptography;
using System.Text;
using MemoryGraph.Domain;

namespace MemoryGraph.Tests.Retrieval;

/// <summary>The set measures what it says: its answers exist, and its halves were not chosen by hand.</summary>
public sealed class RetrievalSetTests
{
    private readonly RetrievalSet _set = RetrievalSet.Load();

    [Fact]
    public void There_are_200_questions_to_2_000_observations_or_more_that_any_call_could_have_brought()
    {
        string[] observations = [.. _set.Entities.SelectMany(one => one.Observations)];

        Assert.True(observations.Length >= 2_000, $"{observations.Length} observations");
        Assert.All(observations, text => Assert.InRange(text.Length, 1, Limits.ObservationCharacters));
        Assert.Equal(200, _set.Questions.Count);
        Assert.All(_set.Questions, one => Assert.InRange(one.Text.Length, 1, Limits.QueryCharacters));
    }

    [Fact]
    public void Names_ids_questions_and_the_statements_of_an_entity_are_unique()
    {
        AssertUnique(_set.Entities.Select(one => one.Name));
        AssertUnique(_set.Questions.Select(one => one.Id));
        AssertUnique(_set.Questions.Select(one => one.Text));
        Assert.All(_set.Entities, one => AssertUnique(one.Observations));
    }

    [Fact]
    public void Every_answer_stands_in_the_corpus_and_none_is_asked_in_its_own_words()
    {
        HashSet<Statement> corpus = [.. _set.Entities.SelectMany(Statements)];

        Assert.All(_set.Questions, question =>
        {
            Assert.NotEmpty(question.Answers);
            Assert.All(question.Answers, answer => Assert.Contains(answer, corpus));
            Assert.DoesNotContain(
                question.Text.TrimEnd('?', '.'), question.Answers.Select(answer => answer.Text.TrimEnd('.')));
        });
    }

    [Theory]
    [InlineData("plain", "en", 45)]
    [InlineData("plain", "vi", 25)]
    [InlineData("keywords", "en", 22)]
    [InlineData("keywords", "vi", 12)]
    [InlineData("no_diacritics", "vi", 30)]
    [InlineData("typo", "en", 24)]
    [InlineData("typo", "vi", 12)]
    [InlineData("paraphrase", "en", 20)]
    [InlineData("paraphrase", "vi", 10)]
    public void Every_kind_of_question_is_there_in_both_languages(string kind, string language, int count) =>
        Assert.Equal(count, _set.Questions.Count(one => one.Kind == kind && one.Language == language));

    [Fact]
    public void A_question_without_diacritics_has_none() => Assert.All(
        _set.Questions.Where(one => one.Kind == "no_diacritics"),
        one => Assert.True(Ascii.IsValid(one.Text), one.Text));

    [Fact]
    public void The_halves_follow_from_the_ids()
    {
        IEnumerable<(string Id, string Half)> expected = _set.Questions.GroupBy(one => one.Kind)
            .SelectMany(kind => kind.OrderBy(one => HashOf(one.Id), StringComparer.Ordinal).Index())
            .Select(one => (one.Item.Id, one.Index % 2 == 0 ? RetrievalSet.Tuning : RetrievalSet.HeldOut));

        Assert.Equal(expected.Order(), _set.Questions.Select(one => (one.Id, one.Half)).Order());
        Assert.Equal(100, _set.Questions.Count(one => one.Half == RetrievalSet.HeldOut));
    }

    private static IEnumerable<Statement> Statements(CreateEntity entity) =>
        entity.Observations.Select(text => new Statement(entity.Name, text));

    private static string HashOf(string id) => Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(id)));

    private static void AssertUnique(IEnumerable<string> texts) =>
        Assert.Empty(texts.GroupBy(text => text).Where(same => same.Count() > 1).Select(same => same.Key));
}
