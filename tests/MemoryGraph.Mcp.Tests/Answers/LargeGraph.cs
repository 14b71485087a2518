using System.Globalization;
using MemoryGraph.Domain;
using MemoryGraph.Events;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Memory;

namespace MemoryGraph.Mcp.Tests.Answers;

/// <summary>5,000 entities: most small, a few with 300 facts of up to 4,000 characters, a hub with 1,000 relations.</summary>
public sealed class LargeGraph : IAsyncLifetime
{
    public const int Entities = 5_000;
    public const int Types = 7;
    public const int Talkative = 3;
    public const int FactsOfTalkative = 300;
    public const int RelationsOfHub = 1_000;
    public const string Hub = "hub";

    /// <summary>One fact each, but for the talkative; the hub is one of the others.</summary>
    public const int Observations = (Entities - Talkative) + (Talkative * FactsOfTalkative);

    /// <summary>Every entity but the first leads to the one before it; the hub leads to the first 1,000 besides.</summary>
    public const int Relations = (Entities - 1) + RelationsOfHub;

    public const int Events = Entities + Observations + Relations;

    private readonly List<RecordedEvent> _events = [];
    private readonly Memory _other;

    public LargeGraph() => _other = Memory.OpenAgain();

    internal Memory Memory { get; } = new(ToolSet.All);

    /// <summary>Everything recorded, by whomever.</summary>
    internal IReadOnlyList<RecordedEvent> History => _events;

    internal static IEnumerable<string> Names => Enumerable.Range(0, Entities).Select(Name);

    internal static string Name(int entity) => entity == Entities / 2 ? Hub : string.Create(CultureInfo.InvariantCulture, $"entity {entity:d4}");

    public async Task InitializeAsync()
    {
        const int chunk = 250;
        for (int first = 0; first < Entities; first += chunk)
        {
            int[] some = [.. Enumerable.Range(first, chunk)];
            await SubmitAsync(Memory, new Remember([.. some.Select(Entity)], [.. some.Where(i => i > 0).Select(i => Link(i, i - 1, "follows"))]));
            Memory.Clock.Now += TimeSpan.FromHours(1);
        }

        await SubmitAsync(Memory, new Remember([], [.. Enumerable.Range(0, RelationsOfHub).Select(i => Link(Entities / 2, i, "touches"))]));
    }

    public async Task DisposeAsync()
    {
        await _other.DisposeAsync();
        await Memory.DisposeAsync();
    }

    /// <summary>Another program adds what every question of these tests would find: an entity, a fact to an old one, a link.</summary>
    internal Task WriteAsOtherProgramAsync()
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"later {_events.Count}");
        string old = Name(Entities - 900 + (_events.Count % 800));
        return SubmitAsync(_other, new Remember(
            [new CreateEntity(name, "type 1", ["oddity, evenness, long"]), new CreateEntity(old, "x", [$"{name} says oddity and long"])],
            [new CreateRelation(Hub, "touches", name)]));
    }

    private static CreateEntity Entity(int i) => new(
        Name(i),
        string.Create(CultureInfo.InvariantCulture, $"type {i % Types}"),
        i >= Entities - Talkative
            ? [.. Enumerable.Range(0, FactsOfTalkative).Select(fact => LongFact(i, fact))]
            : [string.Create(CultureInfo.InvariantCulture, $"Fact number {i} mentions {(i % 2 == 0 ? "evenness" : "oddity")}.")]);

    // From a few characters to the longest that is allowed.
    private static string LongFact(int i, int fact)
    {
        string start = string.Create(CultureInfo.InvariantCulture, $"Long fact {fact} of {i}: ");
        int length = start.Length + ((Limits.ObservationCharacters - start.Length) * fact / (FactsOfTalkative - 1) * (fact % 5) / 4);
        return start.PadRight(length, 'x');
    }

    private static CreateRelation Link(int from, int to, string type) => new(Name(from), type, Name(to));

    private async Task SubmitAsync(Memory writer, Command command)
    {
        Receipt receipt = await writer.Projects.Current!.SubmitAsync(command, Author.Of(Memory.User, Memory.Agent));
        Assert.Null(receipt.Refused);
        _events.AddRange(receipt.Recorded);
    }
}
