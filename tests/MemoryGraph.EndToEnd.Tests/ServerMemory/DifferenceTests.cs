using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MemoryGraph.EndToEnd.Tests.Driving;

namespace MemoryGraph.EndToEnd.Tests.ServerMemory;

/// <summary>Each known difference is one: the real reference server does this, and ours that.</summary>
[Collection(Programs.Collection)]
[Trait("size", "torture")]
public sealed partial class DifferenceTests(Programs programs) : IDisposable
{
    private const string Subscribe = """{"jsonrpc":"2.0","id":1,"method":"resources/subscribe","params":{"uri":"memory://knowledge-graph"}}""";

    private readonly Sandbox _sandbox = new();

    public static TheoryData<int> InGraphs => [.. Enumerable.Range(0, Difference.InGraphs.Count)];

    public void Dispose() => _sandbox.Dispose();

    [ReferenceTheory]
    [MemberData(nameof(InGraphs))]
    public async Task Both_graphs_are_as_the_list_says(int at)
    {
        Difference difference = Difference.InGraphs[at];
        await using Pair pair = await Pair.StartAsync(_sandbox, programs);
        foreach ((int call, (string tool, string arguments)) in difference.Calls.Index())
        {
            (Outcome theirs, Outcome same) = await pair.CallAsync(new ToolCall(tool, JsonNode.Parse(arguments)!.AsObject()));
            Assert.False(theirs.IsError, theirs.Text);
            Assert.Equal(difference.Refused && call == difference.Calls.Count - 1, same.IsError);
        }

        (Outcome reference, Outcome ours) = await pair.CallAsync(Pair.ReadGraph);
        Assert.Equal(JsonNode.Parse(difference.Reference)!.ToJsonString(), reference.Structured);
        Assert.Equal(JsonNode.Parse(difference.Ours)!.ToJsonString(), ours.Structured);
    }

    [ReferenceFact]
    public async Task Half_a_letter_is_stored_there_and_refused_here()
    {
        await using Pair pair = await Pair.StartAsync(_sandbox, programs);
        (Answer reference, Answer ours) = await pair.SendAsync(
            """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"create_entities","arguments":{"entities":[{"name":"\ud83d","entityType":"t","observations":[]}]}}}""",
            1);

        Assert.False(reference.IsError, reference.Line);
        Assert.True(ours.IsError, ours.Line);
        Assert.Contains("`entities[0].name` contains", ours.Text, StringComparison.Ordinal);
    }

    [ReferenceFact]
    public async Task The_reference_tells_of_updates_after_every_call_that_may_change_and_ours_after_those_that_did()
    {
        ToolCall idle = new("delete_entities", new JsonObject { ["entityNames"] = new JsonArray("nobody") });
        await using ServerProcess reference = await ServerProcess.StartAsync(ReferenceServer.In(_sandbox));
        await reference.SendAsync(Subscribe);
        Assert.False((await reference.AnswerAsync(1)).IsError);
        await reference.SendAsync(Request.Of(2, idle));
        Assert.Contains("notifications/resources/updated", await reference.LineAsync(), StringComparison.Ordinal);

        ToolCall change = new("create_relations", JsonNode.Parse("""{"relations":[{"from":"a","to":"b","relationType":"r"}]}""")!.AsObject());
        await using ServerProcess ours = await ServerProcess.StartAsync(ReferenceServer.ReplacedIn(_sandbox, programs));
        await ours.SendAsync(Subscribe);
        Assert.False((await ours.AnswerAsync(1)).IsError);
        await ours.SendAsync(Request.Of(2, idle));
        Assert.False((await ours.AnswerAsync(2)).IsError);
        await ours.SendAsync(Request.Of(3, change));
        string? update = await ours.LineAsync();
        Assert.Contains("notifications/resources/updated", update, StringComparison.Ordinal);
        Assert.Contains("memory://knowledge-graph", update, StringComparison.Ordinal);
        Assert.False((await ours.AnswerAsync(3)).IsError);
    }

    [ReferenceFact]
    public async Task An_address_that_is_not_there_can_be_subscribed_to_there_and_not_here()
    {
        await using Pair pair = await Pair.StartAsync(_sandbox, programs);
        (Answer reference, Answer ours) = await pair.SendAsync(Subscribe.Replace("knowledge-graph", "nothing", StringComparison.Ordinal), 1);

        Assert.False(reference.IsError, reference.Line);
        Assert.True(ours.IsError, ours.Line);
        Assert.Contains("There are: memory://knowledge-graph.", ours.Text, StringComparison.Ordinal);
    }

    [ReferenceFact]
    public async Task An_error_about_arguments_names_them_in_other_words()
    {
        await using Pair pair = await Pair.StartAsync(_sandbox, programs);
        (Outcome reference, Outcome ours) = await pair.CallAsync(new ToolCall("search_nodes", new JsonObject { ["query"] = 5 }));

        Assert.Contains("Invalid arguments for tool search_nodes", reference.Text, StringComparison.Ordinal);
        Assert.Equal(new Outcome(true, "search_nodes was not run. `query` must be a text, got the number 5.", ""), ours);
    }

    [ReferenceFact]
    public async Task More_than_100_000_facts_in_one_call_are_stored_there_and_refused_here()
    {
        await using Pair pair = await Pair.StartAsync(_sandbox, programs);
        JsonArray texts = [.. Enumerable.Range(0, 100_000).Select(one => JsonValue.Create(one.ToString(CultureInfo.InvariantCulture)))];
        (Outcome reference, Outcome ours) = await pair.CallAsync(new ToolCall("create_entities", new JsonObject
        {
            ["entities"] = new JsonArray(new JsonObject { ["name"] = "a", ["entityType"] = "t", ["observations"] = texts }),
        }));

        Assert.False(reference.IsError, reference.Text);
        Assert.Equal(
            new Outcome(true, "The change would take 100001 events, more than one call can hold. Split it into several calls.", ""), ours);
    }

    [Fact]
    public void The_readme_s_table_lists_every_difference_and_no_other()
    {
        string readme = File.ReadAllText(Path.Combine(BuildPlaces.Repository, "README.md"));
        string section = readme[readme.IndexOf("## Coming from server-memory", StringComparison.Ordinal)..];
        string table = section[section.IndexOf("| difference |", StringComparison.Ordinal)..];

        Assert.Equal(
            Difference.Known,
            FirstCell().Matches(table[..table.IndexOf("\n\n", StringComparison.Ordinal)]).Skip(2).Select(row => row.Groups[1].Value));
    }

    [GeneratedRegex(@"^\| ?([^|]+?) ?\|", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex FirstCell();
}
