using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MemoryGraph.Events;
using MemoryGraph.Graph;

namespace MemoryGraph.Mcp.Tests.Answers;

/// <summary>Answers about a large graph: short, and whole when one goes on.</summary>
public sealed partial class LargeGraphTests(LargeGraph graph) : IClassFixture<LargeGraph>
{
    private const int PageCharactersMax = 8_000;

    public static TheoryData<string, string> Questions => new()
    {
        { "diff_graph", """{"from":"#1"}""" },
        { "diff_graph", """{"from":"now","to":"#9000","entity":"hub"}""" },
        { "get_history", "{}" },
        { "get_history", """{"entity":"hub"}""" },
        { "get_related", """{"entity":"hub"}""" },
        { "get_related", """{"entity":"hub","depth":4}""" },
        { "memory_status", "{}" },
        { "open_nodes", """{"names":["hub"]}""" },
        { "open_nodes", """{"names":["entity 4997","entity 4998","entity 4999"]}""" },
        { "query_graph_at", """{"at":"now"}""" },
        { "query_graph_at", """{"at":"#3000","entityType":"type 3"}""" },
        { "query_graph_at", """{"at":"now","query":"fact"}""" },
        { "search_nodes", """{"query":"fact"}""" },
        { "search_nodes", """{"query":"long fact"}""" },
        { "search_nodes", """{"query":"nothing has these"}""" },
        { "get_user_activity", "{}" },
        { "undo", """{"session":"#1","preview":true}""" },
        { "what_if", """{"users":["ada"]}""" },
        { "what_if", """{"eventTypes":["entity_created"]}""" },
    };

    [Fact]
    public void The_graph_is_as_large_as_it_is_meant_to_be()
    {
        Assert.Equal(5_897, LargeGraph.Observations);
        Assert.Equal(5_999, LargeGraph.Relations);
        Assert.Equal(16_896, LargeGraph.Events);
        Assert.InRange(graph.History.Count, LargeGraph.Events, int.MaxValue);
        Assert.Equal(
            Domain.Limits.ObservationCharacters, graph.History.Max(one => one.Event is ObservationAdded said ? said.Text.Length : 0));
    }

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task The_first_page_of_a_default_answer_is_short(string tool, string arguments)
    {
        string text = await graph.Memory.TellAsync(tool, arguments);

        Assert.InRange(text.Length, 1, PageCharactersMax);
    }

    [Fact]
    public async Task Everything_is_shown_once_while_another_program_writes()
    {
        var known = new Known(graph.History);
        Pages pages = await FollowAsync("query_graph_at", """{"at":"now","limit":200}""");

        // Of what others added meanwhile, nothing: the pages show the graph as the first one was read.
        Assert.StartsWith(
            FormattableString.Invariant(
                $"{known.Entities().Length} entities, {known.Facts().Length} observations, {known.Links().Length} relations"),
            pages.Texts[0], StringComparison.Ordinal);
        Assert.Equal(known.Entities(), pages.Cited(EntityLine()));
        Assert.Equal(known.Facts(), pages.Cited(ObservationLine()));
        Assert.Equal(known.Links(), pages.Cited(RelationLine()));
    }

    [Fact]
    public async Task A_search_finds_each_entity_and_fact_once_while_another_program_writes()
    {
        var known = new Known(graph.History);
        Pages pages = await FollowAsync("search_nodes", """{"query":"oddity","limit":200}""");

        // 2,498 of the first 4,997 entities have an odd number, one is the even-numbered hub; others may have said it since.
        long[] odd = known.Facts(said => said.Text.Contains("oddity", StringComparison.Ordinal));
        int entities = known.DistinctEntities(said => said.Text.Contains("oddity", StringComparison.Ordinal));
        Assert.Equal(2_498, odd.Count(id => id <= LargeGraph.Events));
        Assert.StartsWith(FormattableString.Invariant($"{entities} entities "), pages.Texts[0], StringComparison.Ordinal);
        Assert.Equal(odd, pages.Cited(ObservationLine()));
        Assert.Equal(entities, pages.Cited(EntityLine()).Distinct().Count());
        Assert.Equal(entities, pages.Cited(EntityLine()).Length);
    }

    [Fact]
    public async Task A_search_in_long_facts_shows_each_once()
    {
        var known = new Known(graph.History);
        Pages pages = await FollowAsync("search_nodes", """{"query":"long"}""");

        long[] @long = known.Facts(said => said.Text.Contains("long", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(LargeGraph.Talkative * LargeGraph.FactsOfTalkative, @long.Count(id => id <= LargeGraph.Events));
        Assert.Equal(@long, pages.Cited(ObservationLine()));
    }

    [Fact]
    public async Task Many_opened_names_are_each_shown_once_and_so_are_their_facts()
    {
        var known = new Known(graph.History);
        HashSet<string> wanted = [.. LargeGraph.Names.Skip(LargeGraph.Entities - 999)];
        var list = new JsonArray([.. wanted.Append("missing 1").Select(name => JsonValue.Create(name))]);
        Pages pages = await FollowAsync("open_nodes", $$"""{"names":{{list.ToJsonString()}} }""");

        Assert.StartsWith("999 entities. ", pages.Texts[0], StringComparison.Ordinal);
        Assert.Equal(known.Entities(one => wanted.Contains(one.Name)), pages.Cited(EntityLine()));
        Assert.Equal(known.Facts(one => wanted.Contains(one.EntityName)), pages.Cited(ObservationLine()));
        Assert.Single(pages.Lines, line => line.StartsWith("Not found: \"missing 1\"", StringComparison.Ordinal));

        // A relation between two of them is shown with both; the first one's goes to one that was not asked for.
        Assert.Equal(known.Links(one => wanted.Contains(one.FromName)), pages.Cited(RelationLine()).Distinct());
        Assert.Equal((2 * 998) + 1, pages.Cited(RelationLine()).Length);
    }

    [Fact]
    public async Task Each_relation_of_the_hub_is_shown_once_while_another_program_writes()
    {
        var known = new Known(graph.History);
        Pages pages = await FollowAsync("get_related", """{"entity":"hub"}""");

        // Those that it touches and its two neighbours in the chain.
        long[] links = known.Links(one => one.FromName == LargeGraph.Hub || one.ToName == LargeGraph.Hub);
        Assert.Equal(LargeGraph.RelationsOfHub + 2, links.Count(id => id <= LargeGraph.Events));
        Assert.Equal(links, pages.Cited(StepLine()));
    }

    [Fact]
    public async Task Every_relation_within_four_steps_is_shown_once()
    {
        var known = new Known(graph.History);
        Pages pages = await FollowAsync("get_related", """{"entity":"hub","depth":4,"limit":200}""");

        // From the hub 4 links down the chain and 4 up; the 999 among the first 1,000; 3 more from the last of these.
        long[] shown = pages.Cited(StepLine());
        Assert.Equal(shown.Distinct(), shown);
        Assert.Equal(LargeGraph.RelationsOfHub + 8 + 999 + 3, shown.Count(id => id <= LargeGraph.Events));
        Assert.Equal(known.Links().Where(id => id > LargeGraph.Events), shown.Where(id => id > LargeGraph.Events));
    }

    [Fact]
    public async Task A_difference_shows_each_fact_once_while_another_program_writes()
    {
        var known = new Known(graph.History);
        long[] links = [.. known.Links().Where(id => id > LargeGraph.Events - LargeGraph.RelationsOfHub)];
        Pages pages = await FollowAsync("diff_graph", $$"""{"from":"#{{LargeGraph.Events - LargeGraph.RelationsOfHub}}"}""");

        Assert.Contains(FormattableString.Invariant($" and {links.Length} relations differ."), pages.Texts[0], StringComparison.Ordinal);
        Assert.InRange(pages.Texts.Count, 2, int.MaxValue);
        Assert.Equal(links, pages.Cited(NewRelationLine()));
        Assert.Equal(known.Facts().Where(id => id > LargeGraph.Events), pages.Cited(NewObservationLine()));
        Assert.Equal(known.Entities().Where(id => id > LargeGraph.Events), pages.Cited(NewEntityLine()));
    }

    [Fact]
    public async Task What_would_be_gone_is_shown_once_while_another_program_writes()
    {
        const int first = LargeGraph.Events - LargeGraph.RelationsOfHub + 1;
        Pages pages = await FollowAsync("what_if", $$"""{"events":"{{first}}-{{LargeGraph.Events}}"}""");

        Assert.StartsWith("Without 1000 events", pages.Texts[0], StringComparison.Ordinal);
        Assert.InRange(pages.Texts.Count, 2, int.MaxValue);
        Assert.Equal(Enumerable.Range(first, LargeGraph.RelationsOfHub).Select(id => (long)id), pages.Cited(GoneRelationLine()));
        Assert.Empty(pages.Cited(NewRelationLine()));
    }

    [Theory]
    [InlineData("""{"limit":200}""")]
    [InlineData("""{"limit":200,"since":"#1","user":"ADA","agent":"tests"}""")]
    public async Task History_shows_every_event_once_newest_first_while_another_program_writes(string arguments)
    {
        int events = graph.History.Count;
        Pages pages = await FollowAsync("get_history", arguments);

        Assert.Equal(Enumerable.Range(1, events).Select(id => (long)id).Reverse(), pages.All(EventLine()));
    }

    [Theory]
    [InlineData("get_history", "{\"limit\":3}", 3)]
    [InlineData("get_history", "{}", 20)]
    [InlineData("search_nodes", "{\"query\":\"evenness\",\"limit\":4}", 4)]
    [InlineData("search_nodes", "{\"query\":\"evenness\"}", 10)]
    [InlineData("query_graph_at", "{\"at\":\"now\",\"limit\":1}", 1)]
    [InlineData("query_graph_at", "{\"at\":\"now\"}", 20)]
    [InlineData("get_related", "{\"entity\":\"hub\",\"limit\":7}", 7)]
    [InlineData("get_related", "{\"entity\":\"hub\"}", 50)]
    public async Task A_page_has_as_many_items_as_were_asked_for(string tool, string arguments, int items)
    {
        string[] lines = (await graph.Memory.TellAsync(tool, arguments)).Split('\n');

        Assert.Contains("More follow: cursor \"", lines[0], StringComparison.Ordinal);
        Assert.Equal(items, lines[1..^1].Count(line => line[0] != ' '));
    }

    private async Task<Pages> FollowAsync(string tool, string arguments)
    {
        var pages = new Pages();
        string call = arguments;
        while (true)
        {
            string text = await graph.Memory.TellAsync(tool, call);
            Assert.InRange(text.Length, 1, PageCharactersMax);
            pages.Texts.Add(text);
            if (Next().Match(text.Split('\n')[0]) is not { Success: true } next)
            {
                return pages;
            }

            await graph.WriteAsOtherProgramAsync();
            call = arguments.TrimEnd()[..^1] + $",\"cursor\":\"{next.Groups[1].Value}\"}}";
        }
    }

    /// <summary>What was known when it was made: numbers of the facts, in order.</summary>
    private sealed class Known(IEnumerable<RecordedEvent> history)
    {
        private readonly RecordedEvent[] _history = [.. history];

        public long[] Entities(Func<EntityCreated, bool>? which = null) => Ids(which);

        public long[] Facts(Func<ObservationAdded, bool>? which = null) => Ids(which);

        public long[] Links(Func<RelationCreated, bool>? which = null) => Ids(which);

        public int DistinctEntities(Func<ObservationAdded, bool> which) =>
            _history.Select(one => one.Event).OfType<ObservationAdded>().Where(which).Select(said => said.Entity).Distinct().Count();

        private long[] Ids<T>(Func<T, bool>? which)
            where T : MemoryEvent =>
            [.. _history.Where(one => one.Event is T happened && (which is null || which(happened))).Select(one => one.Id.Value)];
    }

    /// <summary>The pages of one answer.</summary>
    private sealed class Pages
    {
        public List<string> Texts { get; } = [];

        /// <summary>All lines but headlines, footers and those that repeat an item's first line on its next page.</summary>
        public IEnumerable<string> Lines => Texts.SelectMany(text => text.Split('\n')[1..^1])
            .Where(line => !line.EndsWith(" (continued)", StringComparison.Ordinal));

        public IEnumerable<long> All(Regex line) => Lines.Select(one => line.Match(one)).Where(one => one.Success)
            .Select(one => long.Parse(one.Groups[1].Value, CultureInfo.InvariantCulture));

        /// <summary>What lines of a kind cite, in order; one that is cited twice stands there twice.</summary>
        public long[] Cited(Regex line) => [.. All(line).Order()];
    }

    [GeneratedRegex("More follow: cursor \"([^\"]+)\"\\.$")]
    private static partial Regex Next();

    [GeneratedRegex("^\"[^\"]+\" \\[[^\\]]+\\] #([0-9]+), ")]
    private static partial Regex EntityLine();

    [GeneratedRegex("^  #([0-9]+)[^:\"]*: \"")]
    private static partial Regex ObservationLine();

    [GeneratedRegex("^  (?:<-|-).* #([0-9]+)$")]
    private static partial Regex RelationLine();

    [GeneratedRegex("^[+] \"[^\"]+\" \\[[^\\]]+\\] #([0-9]+)$")]
    private static partial Regex NewEntityLine();

    [GeneratedRegex("^  [+] #([0-9]+): \"")]
    private static partial Regex NewObservationLine();

    [GeneratedRegex("^  [+] -.* #([0-9]+)$")]
    private static partial Regex NewRelationLine();

    [GeneratedRegex("^  - -.* #([0-9]+)$")]
    private static partial Regex GoneRelationLine();

    [GeneratedRegex("^ *[0-9]\\. (?:<-|-|\").* #([0-9]+) · ")]
    private static partial Regex StepLine();

    [GeneratedRegex("^#([0-9]+) ")]
    private static partial Regex EventLine();
}
