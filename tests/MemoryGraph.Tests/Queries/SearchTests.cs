using CsCheck;
using MemoryGraph.Domain;
using MemoryGraph.Search;
using static MemoryGraph.Tests.GraphSpec;

namespace MemoryGraph.Tests.Queries;

public sealed class SearchTests
{
    private readonly InMemoryGraph _memory = new();

    [Theory]
    [InlineData("đăng nhập")]
    [InlineData("DANG NHAP")]
    [InlineData("Đăng Nhập")]
    [InlineData("Đa\u0306ng nha\u0323\u0302p")]
    [InlineData("nhập, đăng!")]
    public void Case_and_diacritics_and_composition_make_no_difference(string asked)
    {
        Do(Create("Bug 12", "bug", "không đăng nhập được", "chỉ trên Firefox"));

        SearchHit hit = Assert.Single(Search(asked).Hits);
        Assert.Equal("Bug 12", hit.Entity.Name);
        Assert.Equal(["không đăng nhập được"], hit.Matching.Select(one => one.Text));
        Assert.Equal(1, hit.OtherObservations);
    }

    [Theory]
    [InlineData("json file")]
    [InlineData("parseJsonFile")]
    [InlineData("parsejsonfile")]
    [InlineData("parse_json_file")]
    [InlineData("user store")]
    [InlineData("src/auth-service/user_store.cs")]
    [InlineData("東京")]
    [InlineData("東京都")]
    [InlineData("京")]
    [InlineData("authent")]
    public void Words_are_found_in_identifiers_and_paths_and_scripts_without_spaces(string asked)
    {
        Do(Create("Note", "note", "parseJsonFile in src/auth-service/user_store.cs: authentication for 東京都"));
        Do(Create("Other", "note", "nothing of the kind"));

        SearchAnswer answer = Search(asked);
        Assert.InRange(answer.Match, SearchMatch.AllWords, SearchMatch.Phrase);
        Assert.Equal(["Note"], Names(answer));
    }

    [Fact]
    public void Facts_with_all_the_words_come_before_those_with_some_and_the_answer_counts_both()
    {
        Do(
            Create("Ada", "person", "likes green tea"),
            Create("Eve", "person", "likes green things", "drinks tea"),
            Create("Tea", "drink", "tea, tea, tea"));

        SearchAnswer all = Search("tea green");
        Assert.Equal((SearchMatch.AllWords, 1, 3), (all.Match, all.CountOfBest, all.Count));
        Assert.Equal("Ada", Names(all)[0]);

        SearchAnswer some = Search("purple tea");
        Assert.Equal(SearchMatch.SomeWords, some.Match);
        Assert.Equal(["Ada", "Eve", "Tea"], Names(some).Order());
    }

    [Fact]
    public void The_entity_called_so_comes_first_and_names_before_statements()
    {
        Do(
            Create("Notes", "file", "about tea time"),
            Create("tea-time", "event"),
            Create("Tea time with Ada", "event"));

        Assert.Equal(["tea-time", "Tea time with Ada", "Notes"], Names(Search("Tea Time")));
    }

    [Fact]
    public void A_name_given_later_or_given_up_puts_nothing_first()
    {
        Do(Create("Notes", "file", "about tea time"), Create("Other", "file", "about tea time"));
        Assert.Equal(["Other", "Notes"], Names(Search("tea time")));

        Do(new UpdateEntity("Notes", "Tea time", null));
        Assert.Equal(["Other", "Notes"], Names(Search("tea time", at: 4)));
        Assert.Equal(["Tea time", "Other"], Names(Search("tea time")));

        Do(new UpdateEntity("Tea time", "Journal", null));
        Assert.Equal(["Other", "Journal"], Names(Search("tea time")));
    }

    [Fact]
    public void The_observation_with_the_most_words_comes_first()
    {
        Do(Create("Ada", "person", "likes tea", "likes green tea", "is tall", "wears green"));

        SearchHit hit = Assert.Single(Search("green tea").Hits);
        Assert.Equal(["likes green tea", "wears green", "likes tea"], hit.Matching.Select(one => one.Text));
        Assert.Equal(1, hit.OtherObservations);
    }

    [Fact]
    public void Only_entities_of_the_type_asked_for_are_found()
    {
        Do(Create("Ada", "person", "likes tea"), Create("Teapot", "thing", "holds tea"));

        Assert.Equal(["Ada"], Names(_memory.Ask(new SearchQuery("tea", " Pérson ", AsOf.Now))));
        Assert.Empty(Names(_memory.Ask(new SearchQuery("tea", "place", AsOf.Now))));
    }

    [Fact]
    public void Where_no_entity_is_of_the_type_the_answer_names_the_types_there_are()
    {
        Do(Create("Ada", "person", "likes tea"), Create("Teapot", "thing", "holds tea"), Create("Cup", "thing"), Create("Hat", "cloth"));
        Do(new DeleteEntity("Hat"));

        Assert.Equal(["thing", "person"], _memory.Ask(new SearchQuery("tea", "cloth", AsOf.Now)).OtherTypes.Select(one => one.EntityType));
        Assert.Empty(_memory.Ask(new SearchQuery("coffee", "Person", AsOf.Now)).OtherTypes);
        Assert.Empty(_memory.Ask(new SearchQuery("tea", "person", AsOf.Now)).OtherTypes);
    }

    [Fact]
    public void Names_of_other_types_are_not_offered()
    {
        Do(Create("Kettle", "thing"), Create("Ada", "person"));

        Assert.Empty(_memory.Ask(new SearchQuery("myoldkettle", "person", AsOf.Now)).NearestNames);
        Assert.Equal(["Kettle"], _memory.Ask(new SearchQuery("myoldkettle", "thing", AsOf.Now)).NearestNames);
    }

    [Fact]
    public void A_search_of_the_past_sees_the_past_and_not_the_future()
    {
        Do(Create("Ada", "person", "likes tea"));
        Do(Add("Ada", "likes coffee"), new DeleteObservations("Ada", ["likes tea"]), Create("Teapot", "thing"));
        Do(new UpdateEntity("Ada", "Countess", null), new DeleteEntity("Teapot"));

        Assert.Equal(["Ada"], Names(Search("tea", at: 2)));
        Assert.Empty(Names(Search("coffee", at: 2)));
        Assert.Empty(Names(Search("countess", at: 5)));
        Assert.Equal(["Ada"], Names(Search("ada", at: 5)));
        Assert.Equal(["Countess"], Names(Search("coffee")));
        Assert.Empty(Names(Search("teapot")));
        Assert.Empty(Names(Search("ada")));
    }

    [Theory]
    [InlineData(2, "auth")]
    [InlineData(6, "auth")]
    [InlineData(2, "京")]
    public void A_beginning_finds_words_though_it_was_a_word_itself_at_another_time(long at, string asked)
    {
        Do(Create("Note", "note", "authentication in 東京"));
        Do(Create("Short", "note", "auth 京"), new DeleteEntity("Short"));
        Do(Create("Last", "note"));

        Assert.Equal(["Note"], Names(Search(asked, at)));
    }

    [Fact]
    public void What_was_taken_over_is_found_under_the_entity_that_has_it()
    {
        Do(Create("Ada", "person", "likes tea"), Create("Countess", "lady"));
        Do(new UpdateEntity("Ada", "Countess", null, Merge: true));

        SearchHit hit = Assert.Single(Search("tea").Hits);
        Assert.Equal("Countess", hit.Entity.Name);
        Assert.Equal(["likes tea"], hit.Matching.Select(one => one.Text));
        Assert.Equal(["Ada"], Names(Search("tea", at: 3)));
    }

    [Fact]
    public void The_entity_with_the_best_fact_comes_first_however_much_others_say()
    {
        Do(
            Create("Gateway", "module", "terminates TLS"),
            Create("Wiki", "page", "gateway", "limits", "gateway and more", "on limits"),
            Create("Limits", "note", "The gateway limits each tenant to 50 requests a second"));

        Assert.Equal("Limits", Names(Search("gateway tenant requests limits"))[0]);
    }

    [Fact]
    public void A_fact_counts_with_the_name_and_the_type_of_its_entity()
    {
        Do(
            Create("AuthService", "service", "Times out after 30 s"),
            Create("Mailer", "service", "Times out after 5 min"),
            Create("Poem", "text", "Times out of mind"));

        SearchAnswer answer = Search("auth service times out");
        Assert.Equal((SearchMatch.AllWords, 1), (answer.Match, answer.CountOfBest));
        Assert.Equal(["AuthService", "Mailer", "Poem"], Names(answer));
    }

    [Fact]
    public void A_phrase_comes_before_all_words_and_those_before_some()
    {
        Do(
            Create("Some", "note", "refresh refresh refresh"),
            Create("All", "note", "a token that we refresh"),
            Create("Phrase", "note", "somewhere in the middle of much else a refresh token is spoken of once, and of other things"));

        SearchAnswer answer = Search("refresh token");
        Assert.Equal((SearchMatch.Phrase, 1, 3), (answer.Match, answer.CountOfBest, answer.Count));
        Assert.Equal(["Phrase", "All", "Some"], Names(answer));
    }

    [Theory]
    [InlineData("\"rate limit\" gateway")]
    [InlineData("gateway “Rate Limit”")]
    public void A_quotation_is_a_phrase_wherever_it_stands(string asked)
    {
        Do(Create("Other", "note", "limit the rate of the gateway"), Create("Quoted", "note", "the rate limit is 50"));

        SearchAnswer answer = Search(asked);
        Assert.Equal((SearchMatch.Phrase, 1), (answer.Match, answer.CountOfBest));
        Assert.Equal("Quoted", Names(answer)[0]);
    }

    [Fact]
    public void Words_side_by_side_count_more_than_words_apart()
    {
        Do(
            Create("Near", "note", "all of it: the slow query planner of it"),
            Create("Far", "note", "slow of it planner of all the query it"));

        Assert.Equal(["Near", "Far"], Names(Search("planner slow query")));
    }

    [Fact]
    public void Other_forms_of_a_word_are_found_after_the_word_itself()
    {
        Do(Create("One", "note", "We decided it"), Create("Other", "note", "We decide it"), Create("None", "note", "We met"));

        Assert.Equal(["Other", "One"], Names(Search("decide")));
        Assert.Equal(["One", "Other"], Names(Search("decided")));
        Assert.Equal(["One", "Other"], Names(Search("decision")).Order());
    }

    [Fact]
    public void Words_like_who_and_the_count_only_where_there_are_no_others()
    {
        Do(Create("Band", "music", "The Who played"), Create("Note", "note", "the tea is green"));

        SearchAnswer question = Search("who likes the tea");
        Assert.Equal(["Note"], Names(question));
        Assert.True(question.LeavesWordsOut);
        SearchAnswer band = Search("the who");
        Assert.Equal("Band", Names(band)[0]);
        Assert.False(band.LeavesWordsOut);
    }

    [Theory]
    [InlineData("kubrnetes", "kubernetes")]
    [InlineData("kubrenetes", "kubernetes")]
    [InlineData("kubernetess", "kubernetes")]
    [InlineData("KUBERNTES", "kubernetes")]
    [InlineData("tokn", "token")]
    public void A_misspelt_word_is_taken_for_the_nearest_and_the_answer_says_so(string asked, string taken)
    {
        Do(Create("Cluster", "note", "runs on Kubernetes"), Create("Key", "note", "a token"), Create("Other", "note", "kub toe"));

        SearchAnswer answer = Search(asked);
        Assert.Single(answer.Hits);
        Assert.Equal([taken], Assert.Single(answer.Typos).Corrections);
    }

    [Theory]
    [InlineData("tea", "team tear")]
    [InlineData("decides", "decided decider")]
    [InlineData("team", "teams tear teem")]
    public void A_word_that_says_something_is_taken_for_no_other(string asked, string others)
    {
        Do(Create("Itself", "note", asked), Create("Others", "note", others));

        Assert.Equal("Itself", Names(Search(asked))[0]);
        Assert.Empty(Search(asked).Typos);
    }

    [Theory]
    [InlineData("tee")]
    [InlineData("version12")]
    [InlineData("大阪")]
    public void Short_words_numbers_and_scripts_without_spaces_are_taken_as_they_are(string asked)
    {
        Do(Create("Note", "note", "tea version11 大坂"));

        Assert.Equal(SearchMatch.None, Search(asked).Match);
    }

    [Fact]
    public void Where_the_question_has_diacritics_a_fact_with_the_same_comes_first()
    {
        Do(Create("Ghost", "note", "con ma trong nhà"), Create("Code", "note", "mã trong tệp"), Create("Mother", "note", "má trong bếp"));

        Assert.Equal("Code", Names(Search("mã"))[0]);
        Assert.Equal("Mother", Names(Search("má"))[0]);
        Assert.Equal(3, Search("ma").Count);
    }

    [Fact]
    public void Of_very_many_the_best_are_given_and_the_answer_says_that_there_may_be_more()
    {
        Do(Create("All", "note", [.. Enumerable.Range(0, 5_000).Select(i => $"fact number {i}")]));
        Do(Create("Zoo", "note", "the fact of the zebra", "a fact"));

        SearchAnswer common = Search("fact");
        Assert.True(common.MayBeMore);
        Assert.Equal("Zoo", Names(common)[0]);
        SearchAnswer rare = Search("fact zebra");
        Assert.Equal("the fact of the zebra", rare.Hits.First().Matching.First().Text);
        Assert.False(Search("zebra").MayBeMore);
    }

    [Fact]
    public void A_long_fact_with_all_the_words_comes_before_thousands_of_short_ones_with_one_of_them()
    {
        string much = string.Join(' ', Enumerable.Range(0, 120).Select(i => $"word{i}"));
        Do(Create("Long", "note", $"the cache {much} and the token"));
        Do(Create("Cache", "note", [.. Enumerable.Range(0, 3_000).Select(i => $"cache {i}")]));
        Do(Create("Token", "note", [.. Enumerable.Range(0, 3_000).Select(i => $"token {i}")]));

        SearchAnswer answer = Search("token cache");
        Assert.Equal((SearchMatch.AllWords, 1), (answer.Match, answer.CountOfBest));
        Assert.Equal("Long", Names(answer)[0]);
    }

    [Fact]
    public void Where_not_all_were_read_for_a_phrase_the_answer_says_that_more_may_have_it()
    {
        for (int i = 0; i < 150; i++)
        {
            Do(Create($"Unit {i}", "note", "run the deploy script"));
        }

        SearchAnswer many = Search("deploy script");
        Assert.Equal((SearchMatch.Phrase, true), (many.Match, many.CountOfBestIsLeast));
        Assert.Equal((150, false), (Search("\"deploy script\"").CountOfBest, Search("\"deploy script\"").CountOfBestIsLeast));
        Assert.Equal((150, false), (Search("script deploy").CountOfBest, Search("script deploy").CountOfBestIsLeast));
    }

    [Fact]
    public void A_rare_name_finds_its_fact_among_thousands_that_say_the_same()
    {
        Do(Create("AuthService", "module", "after a timeout it gives up at once and for all, without another try"));
        for (int i = 0; i < 5; i++)
        {
            Do(Create($"Module {i}", "module", [.. Enumerable.Range(0, 1_000).Select(n => $"timeout {n}")]));
        }

        SearchAnswer answer = Search("AuthService timeout");
        Assert.Equal("AuthService", Names(answer)[0]);
        Assert.Single(answer.Hits.First().Matching);
    }

    [Fact]
    public void Of_a_question_with_very_many_words_the_answer_says_how_many_count()
    {
        string[] words = [.. Enumerable.Range(0, 70).Select(i => $"w{i}")];
        Do(Create("Long", "note", string.Join(' ', words)), Create("Shorter", "note", string.Join(' ', words[..65])));

        Assert.Equal(64, Search(string.Join(' ', words)).WordsCounted);
        Assert.Equal(64, Search($"{string.Join(' ', words[..63])} {words[65]}-{words[66]}").WordsCounted);
        Assert.Null(Search(string.Join(' ', words[..64])).WordsCounted);
    }

    [Fact]
    public void Nothing_found_names_the_nearest()
    {
        Do(Create("Ada", "person"));

        SearchAnswer answer = Search("adx");
        Assert.Equal((SearchMatch.None, 0), (answer.Match, answer.Count));
        Assert.Empty(answer.Hits);
        Assert.Equal(["Ada"], answer.NearestNames);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t")]
    public void A_question_without_words_finds_nothing(string asked)
    {
        Do(Create("Ada"));
        Assert.Equal(SearchMatch.None, Search(asked).Match);
    }

    [Fact]
    public void A_search_of_any_past_answers_as_it_would_have_then() => Gen.Select(
            AnyCommand.Sequence,
            Gen.OneOfConst(
                "tea", "lik", "dang nhap", "ada person", "between", "x #3", "who likes the tea", "like teas", "betwen persn", "\"likes tea\"",
                "đăng nhập"),
            Gen.Int[0, 100])
        .Sample(
            (commands, asked, percent) =>
            {
                InMemoryGraph now = AnyCommand.Played(commands);
                int point = now.Recorded.Count * percent / 100;
                InMemoryGraph then = InMemoryGraph.Replay(now.Recorded.Take(point));
                Assert.Equal(
                    Shown(then.Ask(new SearchQuery(asked, null, AsOf.Now))),
                    Shown(now.Ask(new SearchQuery(asked, null, new AsOf.Event(new EventId(point))))));
            },
            iter: 1_000, print: one => $"{AnyCommand.Print(one.Item1)}\n{one.Item2} at {one.Item3} %");

    private static string[] Shown(SearchAnswer answer) =>
    [
        $"{answer.Match} {answer.CountOfBest} of {answer.Count} {answer.MayBeMore}",
        .. answer.Typos.Select(slip => $"{slip.Asked}: {string.Join(", ", slip.Corrections)}"),
        .. answer.Hits.Select(hit =>
            $"{hit.Entity.Name}: {string.Join(" | ", hit.Matching.Select(one => one.Text))} and {hit.OtherObservations}"),
        .. answer.NearestNames,
    ];

    private static string[] Names(SearchAnswer answer) => [.. answer.Hits.Select(hit => hit.Entity.Name)];

    private void Do(params Command[] commands)
    {
        foreach (Command command in commands)
        {
            Assert.Null(_memory.Do(command).Refused);
        }
    }

    private SearchAnswer Search(string asked, long? at = null) => _memory.Ask(
        new SearchQuery(asked, null, at is { } id ? new AsOf.Event(new EventId(id)) : AsOf.Now));
}
