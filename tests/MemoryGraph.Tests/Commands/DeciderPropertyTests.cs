using CsCheck;
using MemoryGraph.Decide;
using MemoryGraph.Domain;
using MemoryGraph.Graph;

namespace MemoryGraph.Tests.Commands;

public sealed class DeciderPropertyTests
{
    private const int Runs = 1_000;

    /// <remarks>Without exception: whatever a call comes to, the same call right after it finds everything done.</remarks>
    [Fact]
    public void A_call_repeated_at_once_is_accepted_and_records_nothing() => AnyCommand.Sequence.Sample(
        commands =>
        {
            var memory = new InMemoryGraph();
            foreach ((int place, Command command) in commands.Index())
            {
                AnyCommand.Before(memory, place);
                Decision first = memory.Do(command);
                Decision again = memory.Do(command);
                Assert.Equal(first.Refused, again.Refused);
                Assert.Empty(again.Events);
                Assert.True(again.Refused is not null || again.Unchanged.Count > 0, "what already held is not said");
            }
        },
        iter: Runs, print: AnyCommand.Print);

    [Fact]
    public void A_rename_or_a_merge_loses_no_fact() => AnyCommand.Sequence.Sample(
        commands =>
        {
            var memory = new InMemoryGraph();
            foreach (Command command in commands)
            {
                Facts before = Facts.Of(memory.Graph.Now);
                memory.Do(command);
                if (command is UpdateEntity)
                {
                    AssertKept(memory.Graph.Now, before);
                }
            }
        },
        iter: Runs, print: AnyCommand.Print);

    [Fact]
    public void A_swap_of_names_changes_names_and_nothing_else() => AnyCommand.Sequence.Sample(
        commands =>
        {
            InMemoryGraph memory = AnyCommand.Played(commands);
            memory.Do(new CreateEntity("Ada", "person", ["likes tea"]));
            memory.Do(new CreateEntity("Eve", "person", ["likes coffee"]));
            GraphView before = memory.Graph.Now;
            Entity ada = before.Find("Ada")!.Value;
            Entity eve = before.Find("Eve")!.Value;
            memory.Do(new UpdateEntity("Ada", "between", null));
            memory.Do(new UpdateEntity("Eve", "Ada", null));
            memory.Do(new UpdateEntity("between", "Eve", null));

            GraphView after = memory.Graph.Now;
            Assert.Equal(eve, after.Find("Ada"));
            Assert.Equal(ada, after.Find("Eve"));
            Assert.Equal(Facts.Of(before), Facts.Of(after));
        },
        iter: 200, print: AnyCommand.Print);

    [Fact]
    public void A_refused_command_records_nothing() => AnyCommand.Sequence.Sample(
        commands =>
        {
            var memory = new InMemoryGraph();
            foreach (Command command in commands)
            {
                Decision decision = memory.Do(command);
                Assert.True(decision.Refused is null || decision.Events.Count == 0);
            }
        },
        iter: 200, print: AnyCommand.Print);

    // An entity of before is looked for as whoever has its facts now; only what became equal, or a link to oneself, is gone.
    private static void AssertKept(GraphView now, Facts before)
    {
        Facts after = Facts.Of(now);
        Assert.Equal(
            before.Said.Select(one => (now.OwnerOf(one.Entity), one.Text)).ToHashSet(), after.Said.ToHashSet());
        var links = before.Links
            .Where(one => now.OwnerOf(one.From) != now.OwnerOf(one.To) || one.From == one.To)
            .ToLookup(one => (now.OwnerOf(one.From), one.Type, now.OwnerOf(one.To)), one => one.Validity);
        Assert.Equal(links.Select(one => one.Key).ToHashSet(), after.Links.Select(one => (one.From, one.Type, one.To)).ToHashSet());
        Assert.All(after.Links, one =>
        {
            Validity[] said = [.. links[(one.From, one.Type, one.To)].Where(validity => !validity.IsUnsaid)];
            Assert.True(said.Length == 0 ? one.Validity.IsUnsaid : said.Contains(one.Validity));
        });
    }

    /// <summary>Live facts by the entity that has them.</summary>
    private sealed record Facts(
        IReadOnlyList<(Entity Entity, string Text)> Said,
        IReadOnlyList<(Entity From, string Type, Entity To, Validity Validity)> Links)
    {
        public static Facts Of(GraphView view) => new(
            [.. view.Entities().SelectMany(entity => view.ObservationsOf(entity).Select(one => (entity, one.Text)))],
            [.. view.Relations().Select(one => (
                view.OwnerOf(one.From), one.RelationType, view.OwnerOf(one.To), one.ValidityAt(view.Point)))]);

        public bool Equals(Facts? other) =>
            other is not null && Said.SequenceEqual(other.Said) && Links.SequenceEqual(other.Links);

        public override int GetHashCode() => HashCode.Combine(Said.Count, Links.Count);
    }
}
