using CsCheck;
using MemoryGraph.Domain;
using MemoryGraph.Graph;
using MemoryGraph.Queries;
using static MemoryGraph.Tests.GraphSpec;

namespace MemoryGraph.Tests.Queries;

/// <summary>Ways over links: those of given steps, and the shortest between two entities.</summary>
public sealed class WayTests
{
    private const int Runs = 400;

    private static readonly Gen<LinkStep> AnyStep = Gen.Select(
        Gen.OneOfConst<string?>(null, "knows", "USES"), Gen.Enum<Direction>(), (type, direction) => new LinkStep(type, direction));

    private readonly InMemoryGraph _memory = new();

    public WayTests() => _memory.Do(new Remember(
        [Create("login bug"), Create("auth"), Create("ada"), Create("eve"), Create("crypto"), Create("alone")],
        [
            new CreateRelation("login bug", "affects", "auth"),
            new CreateRelation("ada", "works on", "auth"),
            new CreateRelation("eve", "works on", "auth", "2026-01-01", "2026-06-01"),
            new CreateRelation("auth", "depends_on", "crypto"),
            new CreateRelation("ada", "knows", "eve"),
            new CreateRelation("auth", "calls", "auth"),
        ]));

    [Theory]
    [InlineData("->depends_on", "depends_on", Direction.Outgoing)]
    [InlineData(" -> depends_on ", "depends_on", Direction.Outgoing)]
    [InlineData("-depends_on->", "depends_on", Direction.Outgoing)]
    [InlineData("<-depends_on", "depends_on", Direction.Incoming)]
    [InlineData("<-depends_on-", "depends_on", Direction.Incoming)]
    [InlineData("depends_on", "depends_on", Direction.Both)]
    [InlineData("works on", "works on", Direction.Both)]
    [InlineData("any", null, Direction.Both)]
    [InlineData("->ANY", null, Direction.Outgoing)]
    public void A_step_is_read_in_the_forms_that_people_and_answers_write(string text, string? type, Direction direction) =>
        Assert.Equal(new LinkStep(type, direction), LinkStep.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("->")]
    [InlineData("<-")]
    [InlineData("<--")]
    public void A_step_that_names_no_type_is_none(string text) => Assert.Null(LinkStep.Parse(text));

    [Theory]
    [InlineData("login bug", "->affects, <-works on", "ada: 7 8", "eve: 7 9")]
    [InlineData("login bug", "->Affects,<-Works On,knows", "eve: 7 8 11", "ada: 7 9 11")]
    [InlineData("ada", "->works on, <-works on", "eve: 8 9")]
    [InlineData("ada", "->works on, ->calls, ->depends_on", "crypto: 8 12 10")]
    [InlineData("ada", "->works on, ->calls, ->calls")]
    [InlineData("crypto", "any", "auth: 10")]
    [InlineData("auth", "->any", "crypto: 10", "auth: 12")]
    public void Each_entity_that_the_steps_lead_to_is_told_once_with_a_way_to_it(string start, string steps, params string[] reached) =>
        Assert.Equal(reached, Shown(Traverse(start, steps)));

    [Fact]
    public void A_dead_end_says_which_step_it_was_and_what_leads_on_from_there()
    {
        TraverseAnswer answer = Traverse("login bug", "->affects, ->affects");
        Assert.Null(answer.Refused);
        Assert.Equal((2, 1), (answer.DeadEnd!.Step, answer.DeadEnd.Entities));
        Assert.Equal(["->calls", "->depends_on", "<-affects", "<-calls", "<-works on"], answer.DeadEnd.Ways);
        Assert.Empty(Traverse("alone", "any").DeadEnd!.Ways);
    }

    [Fact]
    public void A_type_that_no_relation_has_is_refused_with_those_in_use_nearest_first()
    {
        Refusal steps = Traverse("login bug", "->affects, ->dependson").Refused!;
        Assert.Equal("relation_type_not_found", steps.Code);
        Assert.Contains("\"dependson\". Types in use, nearest first: depends_on, works on,", steps.Message, StringComparison.Ordinal);
        Assert.Equal(steps.Code, Way("ada", "alone", types: ["knws"]).Refused?.Code);
        Assert.Null(Way("ada", "eve", types: ["KNOWS", "knws"]).Refused);
    }

    [Fact]
    public void Unknown_entities_are_refused_with_the_nearest_names()
    {
        Assert.Contains("\"crypto\"", Traverse("kcrypto", "any").Refused!.Message, StringComparison.Ordinal);
        Assert.Contains("\"crypto\"", Way("crypt", "ada").Refused!.Message, StringComparison.Ordinal);
        Assert.Contains("\"crypto\"", Way("ada", "crypt").Refused!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_links_that_held_on_the_day_and_were_known_at_the_point_are_followed()
    {
        Assert.Equal(["ada: 8"], Shown(Traverse("auth", "<-works on", validAt: "2026-06-01")));
        Assert.Equal(["ada: 8"], Shown(Traverse("auth", "<-works on", at: 8)));
        Assert.Equal(2, Way("eve", "crypto", validAt: "2026-05-31").Path!.Links.Count);
        Assert.Equal(3, Way("eve", "crypto", validAt: "2026-06-01").Path!.Links.Count);
        Assert.Null(Way("eve", "crypto", at: 9).Path);
    }

    [Fact]
    public void The_shortest_way_is_told_link_by_link()
    {
        LinkPath way = Way("login bug", "eve").Path!;
        Assert.Equal(("login bug", "eve", "person"), (way.Start, way.End, way.EndType));
        Assert.Equal([7, 9], way.Links.Select(link => link.Cited.Id.Value));
        Assert.Empty(Way("ada", "ada").Path!.Links);
    }

    [Fact]
    public void That_there_is_no_way_is_told_apart_from_one_that_is_too_long()
    {
        PathAnswer tooLong = Way("login bug", "crypto", depth: 1);
        Assert.Equal((null, false, 2), (tooLong.Path, tooLong.All, tooLong.Seen));
        PathAnswer none = Way("login bug", "alone");
        Assert.Equal((null, true, 5), (none.Path, none.All, none.Seen));
    }

    [Fact]
    public void A_hub_with_many_links_is_left_once_and_not_once_for_each_way_to_it()
    {
        const int spokes = 3_000;
        _memory.Do(new Remember(
            [.. Enumerable.Range(0, spokes).Select(i => Create(FormattableString.Invariant($"spoke {i}")))],
            [.. Enumerable.Range(0, spokes).Select(i => new CreateRelation(FormattableString.Invariant($"spoke {i}"), "to", "auth"))]));

        TraverseAnswer answer = Traverse("ada", "any, any, any, any, any, any, any, any");
        Assert.Equal(spokes + 5, answer.Count);
    }

    [Fact]
    public void Steps_reach_what_trying_every_way_reaches() => Gen.Select(AnyCommand.Sequence, AnyStep.Array[1, 4]).Sample(
        (commands, steps) =>
        {
            InMemoryGraph memory = AnyCommand.Played(commands);
            GraphView view = memory.Graph.Now;
            foreach (Entity start in view.Entities())
            {
                TraverseAnswer answer = memory.Ask(new TraverseQuery(view.NameOf(start), steps, null, AsOf.Now));
                LinkPath[] paths = [.. answer.Paths];
                Assert.Equal(EveryEnd(view, start, steps), paths.Select(path => path.End).Order(StringComparer.Ordinal));
                Assert.Equal(answer.Count, paths.Length);
                Assert.All(paths, path => AssertIsAWay(path, view.NameOf(start), steps));
            }
        },
        iter: Runs, print: one => AnyCommand.Print(one.Item1) + "\n" + string.Join(", ", one.Item2.Select(step => step.ToString())));

    [Fact]
    public void A_shortest_way_is_as_long_as_the_fewest_rounds_that_reach_the_end() => AnyCommand.Sequence.Sample(
        commands =>
        {
            InMemoryGraph memory = AnyCommand.Played(commands);
            GraphView view = memory.Graph.Now;
            foreach (Entity start in view.Entities())
            {
                Dictionary<string, int> rounds = Rounds(view, start);
                foreach (string end in view.Entities().Select(view.NameOf))
                {
                    PathAnswer answer = memory.Ask(new PathQuery(view.NameOf(start), end, PathQuery.DepthMax, [], null, AsOf.Now));
                    Assert.Equal(rounds.TryGetValue(end, out int far) ? far : -1, answer.Path?.Links.Count ?? -1);
                    Assert.Equal(answer.Path is null, answer.All);
                    if (answer.Path is { } path)
                    {
                        AssertIsAWay(path, view.NameOf(start), [.. path.Links.Select(_ => new LinkStep(null, Direction.Both))]);
                        Assert.Equal(end, path.End);
                    }
                }
            }
        },
        iter: Runs, print: AnyCommand.Print);

    // Every way of these steps that does not go straight back, tried one by one.
    private static IEnumerable<string> EveryEnd(GraphView view, Entity start, LinkStep[] steps)
    {
        Relation[] all = [.. view.Relations()];
        HashSet<(Entity At, Relation? By)> states = [(start, null)];
        foreach (LinkStep step in steps)
        {
            HashSet<(Entity, Relation?)> next = [];
            foreach ((Entity at, Relation? by) in states)
            {
                foreach (Relation link in all.Where(link => link != by && Is(link, step.RelationType)))
                {
                    if (view.OwnerOf(link.From) == at && step.Direction != Direction.Incoming)
                    {
                        next.Add((view.OwnerOf(link.To), link));
                    }

                    if (view.OwnerOf(link.To) == at && step.Direction != Direction.Outgoing)
                    {
                        next.Add((view.OwnerOf(link.From), link));
                    }
                }
            }

            states = next;
        }

        return states.Select(state => view.NameOf(state.At)).Distinct().Order(StringComparer.Ordinal);

        static bool Is(Relation link, string? type) =>
            type is null || link.RelationType.Equals(type, StringComparison.OrdinalIgnoreCase);
    }

    private static Dictionary<string, int> Rounds(GraphView view, Entity start)
    {
        var rounds = new Dictionary<string, int> { [view.NameOf(start)] = 0 };
        for (int round = 1; round <= PathQuery.DepthMax; round++)
        {
            foreach (Relation link in view.Relations())
            {
                string from = view.NameOf(view.OwnerOf(link.From));
                string to = view.NameOf(view.OwnerOf(link.To));
                foreach ((string one, string other) in new[] { (from, to), (to, from) })
                {
                    if (rounds.TryGetValue(one, out int far) && far == round - 1)
                    {
                        rounds.TryAdd(other, round);
                    }
                }
            }
        }

        return rounds;
    }

    private static void AssertIsAWay(LinkPath path, string start, LinkStep[] steps)
    {
        Assert.Equal((start, steps.Length), (path.Start, path.Links.Count));
        string at = start;
        foreach ((RelationLine link, LinkStep step) in path.Links.Zip(steps))
        {
            Assert.True(step.RelationType is null || step.RelationType.Equals(link.RelationType, StringComparison.OrdinalIgnoreCase));
            bool onward = link.From == at && step.Direction != Direction.Incoming;
            Assert.True(onward || (link.To == at && step.Direction != Direction.Outgoing), $"{link} is no step {step} from {at}");
            at = onward ? link.To : link.From;
        }

        Assert.Equal(path.End, at);
        Assert.All(path.Links.Zip(path.Links.Skip(1)), pair => Assert.NotEqual(pair.First.Cited.Id, pair.Second.Cited.Id));
    }

    private TraverseAnswer Traverse(string entity, string steps, string? validAt = null, long? at = null) => _memory.Ask(
        new TraverseQuery(entity, [.. steps.Split(',').Select(step => LinkStep.Parse(step)!)], validAt, Point(at)));

    private PathAnswer Way(
        string from, string to, int depth = PathQuery.DepthMax, string[]? types = null, string? validAt = null, long? at = null) =>
        _memory.Ask(new PathQuery(from, to, depth, types ?? [], validAt, Point(at)));

    private static AsOf Point(long? at) => at is { } id ? new AsOf.Event(new EventId(id)) : AsOf.Now;

    private static string[] Shown(TraverseAnswer answer) =>
        [.. answer.Paths.Select(path => $"{path.End}: {string.Join(' ', path.Links.Select(link => link.Cited.Id.Value))}")];
}
