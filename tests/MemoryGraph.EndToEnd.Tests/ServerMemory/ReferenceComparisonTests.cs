using System.Text.Json;
using System.Text.Json.Nodes;
using MemoryGraph.EndToEnd.Tests.Driving;
using Xunit.Abstractions;

namespace MemoryGraph.EndToEnd.Tests.ServerMemory;

/// <summary>The same calls to the real reference server and to ours, with every result compared to the letter.</summary>
[Collection(Programs.Collection)]
[Trait("size", "torture")]
public sealed class ReferenceComparisonTests(Programs programs, ITestOutputHelper output) : IDisposable
{
    private const int Calls = 500;

    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [ReferenceTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Whatever_is_called_both_answer_the_same(int seed)
    {
        await using Pair pair = await Pair.StartAsync(_sandbox, programs);
        int errors = 0;
        Outcome last = null!;
        foreach ((int at, ToolCall call) in RandomCalls.Of(seed, Calls).Index())
        {
            (Outcome reference, Outcome ours) = await pair.CallAsync(call);
            AssertSame(reference, ours, seed, at, call);
            errors += reference.IsError ? 1 : 0;
            (last, ours) = await pair.CallAsync(Pair.ReadGraph);
            AssertSame(last, ours, seed, at, call);
        }

        Assert.InRange(errors, 1, Calls / 2);
        await pair.EndAsync();
        await AssertOurToolsShowAsync(last.ToGraph());
        await LogVerifier.AssertValidAsync(_sandbox, output);
    }

    [ReferenceFact]
    public async Task Calls_sent_without_waiting_are_answered_as_the_reference_answers_one_after_the_other()
    {
        const int seed = 5;
        ToolCall[] calls = [.. RandomCalls.Of(seed, Calls), Pair.ReadGraph];
        await using ServerProcess reference = await ServerProcess.StartAsync(ReferenceServer.In(_sandbox));
        List<Outcome> expected = [];
        foreach (ToolCall call in calls)
        {
            expected.Add(Outcome.Of(await reference.CallAsync(call)));
        }

        Finished ours = (await ReferenceServer.ReplacedIn(_sandbox, programs).PipeAsync(Request.Session(calls))).WithoutComplaint();
        Assert.Equal(calls.Length + 1, ours.Answers.Count);
        foreach ((int at, ToolCall call) in calls.Index())
        {
            AssertSame(expected[at], Outcome.Of(ours.Answers[at + 1]), seed, at, call);
        }
    }

    [ReferenceFact]
    public async Task A_memory_that_the_reference_kept_reads_the_same_here_and_its_file_stays_as_it_is()
    {
        await using ServerProcess reference = await ServerProcess.StartAsync(ReferenceServer.In(_sandbox));
        foreach (ToolCall call in RandomCalls.Of(6, Calls / 5))
        {
            await reference.CallAsync(call);
        }

        Outcome kept = Outcome.Of(await reference.CallAsync(Pair.ReadGraph));
        string file = ReferenceServer.FileIn(_sandbox);
        (byte[] bytes, DateTime written) = (await File.ReadAllBytesAsync(file), File.GetLastWriteTimeUtc(file));

        Launch switched = ReferenceServer.ReplacedIn(_sandbox, programs).With("MEMORY_FILE_PATH", file);
        await using ServerProcess ours = await ServerProcess.StartAsync(switched);
        Outcome.AssertSame(kept, Outcome.Of(await ours.CallAsync(Pair.ReadGraph)), "switching");
        Assert.Contains(file, await ours.ErrorLineAsync("imported"), StringComparison.Ordinal);
        await ours.DoAsync(new ToolCall("delete_entities", new JsonObject { ["entityNames"] = new JsonArray("Ada", "ada") }));
        Outcome shorter = Outcome.Of(await ours.CallAsync(Pair.ReadGraph));
        await ours.EndAsync();

        Finished again = (await switched.PipeAsync(Request.Session([Pair.ReadGraph]))).WithoutComplaint();
        Outcome.AssertSame(shorter, Outcome.Of(again.Answers[1]), "starting again");
        Assert.Equal(bytes, await File.ReadAllBytesAsync(file));
        Assert.Equal(written, File.GetLastWriteTimeUtc(file));
    }

    [ReferenceFact]
    public async Task Both_list_the_same_tools_and_resources()
    {
        await using Pair pair = await Pair.StartAsync(_sandbox, programs);
        string[] methods = ["tools/list", "resources/list", "resources/templates/list"];
        foreach ((int at, string method) in methods.Index())
        {
            (Answer reference, Answer ours) = await pair.SendAsync(
                FormattableString.Invariant($$"""{"jsonrpc":"2.0","id":{{at + 1}},"method":"{{method}}"}"""), at + 1);
            Assert.Equal(Normal(reference), Normal(ours));
        }

        await pair.CallAsync(RandomCalls.Of(1, 1)[0]);
        const string read = """{"jsonrpc":"2.0","id":9,"method":"resources/read","params":{"uri":"memory://knowledge-graph"}}""";
        (Answer theirs, Answer same) = await pair.SendAsync(read, 9);
        Assert.Equal(Normal(theirs), Normal(same));
    }

    [ReferenceTheory]
    [InlineData("create_entities", "{}")]
    [InlineData("create_entities", """{"entities":null}""")]
    [InlineData("create_entities", """{"entities":"[]"}""")]
    [InlineData("create_entities", """{"entities":{}}""")]
    [InlineData("create_entities", """{"Entities":[]}""")]
    [InlineData("create_entities", """{"entities":[null]}""")]
    [InlineData("create_entities", """{"entities":["Ada"]}""")]
    [InlineData("create_entities", """{"entities":[{"name":"Ada","entityType":"t"}]}""")]
    [InlineData("create_entities", """{"entities":[{"name":1,"entityType":"t","observations":[]}]}""")]
    [InlineData("create_entities", """{"entities":[{"name":"Ada","entityType":null,"observations":[]}]}""")]
    [InlineData("create_entities", """{"entities":[{"name":"Ada","entityType":"t","observations":"x"}]}""")]
    [InlineData("create_entities", """{"entities":[{"name":"Ada","entityType":"t","observations":[1]}]}""")]
    [InlineData("create_entities", """{"entities":[{"name":"Ada","entityType":"t","observations":[]},{"name":"Eve"}]}""")]
    [InlineData("create_relations", """{"relations":[{"from":"a","to":"b"}]}""")]
    [InlineData("create_relations", """{"relations":[{"from":"a","to":"b","relation_type":"c"}]}""")]
    [InlineData("add_observations", """{"observations":[{"entityName":"a","contents":[true]}]}""")]
    [InlineData("add_observations", """{"observations":[{"entity":"a","contents":[]}]}""")]
    [InlineData("delete_entities", """{"entityNames":"Ada"}""")]
    [InlineData("delete_entities", """{"entityNames":[1]}""")]
    [InlineData("delete_observations", """{"deletions":[{"entityName":"a"}]}""")]
    [InlineData("delete_relations", """{"relations":[[]]}""")]
    [InlineData("search_nodes", "{}")]
    [InlineData("search_nodes", """{"query":5}""")]
    [InlineData("open_nodes", """{"names":"Ada"}""")]
    [InlineData("read_graph", "[]")]
    [InlineData("read_graph", "\"{}\"")]
    [InlineData("create_entities", "\"{\\\"entities\\\":[]}\"")]
    [InlineData("no_such_tool", "{}")]
    public async Task What_the_reference_refuses_is_refused_here_too(string tool, string arguments)
    {
        await using Pair pair = await Pair.StartAsync(_sandbox, programs);
        (Answer reference, Answer ours) = await pair.SendAsync(Line(tool, arguments), 1);
        Assert.True(reference.IsError, reference.Line);
        Assert.True(ours.IsError, ours.Line);
        (Outcome theirs, Outcome same) = await pair.CallAsync(Pair.ReadGraph);
        Assert.Equal(theirs, same);
        Assert.False(Directory.Exists(_sandbox.Store), "A refused call records nothing.");
    }

    [ReferenceTheory]
    [InlineData("read_graph", """{"more":1}""")]
    [InlineData("open_nodes", """{"names":[],"limit":5}""")]
    [InlineData("create_entities", """{"entities":[{"type":"entity","name":"Ada","entityType":"t","observations":[],"reason":"x"}],"more":[]}""")]
    [InlineData("create_entities", """{"entities":[{"name":"Ada","name":"Eve","entityType":"t","observations":[]}]}""")]
    public async Task What_the_reference_passes_over_is_passed_over_here_too(string tool, string arguments)
    {
        await using Pair pair = await Pair.StartAsync(_sandbox, programs);
        (Answer reference, Answer ours) = await pair.SendAsync(Line(tool, arguments), 1);
        Assert.False(reference.IsError, reference.Line);
        Assert.Equal(Outcome.Of(reference), Outcome.Of(ours));
    }

    private static string Line(string tool, string arguments) =>
        $$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"{{{tool}}}","arguments":{{{arguments}}}}}""";

    private static void AssertSame(Outcome reference, Outcome ours, int seed, int at, ToolCall call) => Outcome.AssertSame(
        reference, ours, FormattableString.Invariant($"seed {seed}, call {at}: {call.Tool} {call.Arguments.ToJsonString()}"));

    // Members have no order; what only says in which dialect the rest is written, and that there are no tasks, is left out.
    private static string Normal(Answer answer) => Normal(JsonNode.Parse(answer.Result.GetRawText()))!.ToJsonString();

    private static JsonNode? Normal(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Where(one => one.Key is not ("$schema" or "execution"))
            .OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => KeyValuePair.Create(one.Key, Normal(one.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Normal)]),
        null => null,
        _ => node.DeepClone(),
    };

    // The same project as our own tools see it: the same facts, and names that only relations tell of.
    private async Task AssertOurToolsShowAsync(JsonNode reference)
    {
        Finished shown = (await _sandbox.Run([.. programs.Any, "at", "now", "--json", "--store", _sandbox.Store, "--project", Sandbox.Project])
            .PipeAsync()).WithoutComplaint();
        using JsonDocument json = JsonDocument.Parse(shown.Output);
        JsonElement[] entities = [.. json.RootElement.GetProperty("entities").EnumerateArray()];
        var facts = entities.ToDictionary(
            one => one.GetProperty("name").GetString()!,
            one => new JsonArray(
                one.GetProperty("entityType").GetString(),
                new JsonArray([.. one.GetProperty("observations").EnumerateArray()
                    .Select(said => JsonValue.Create(said.GetProperty("text").GetString()))])).ToJsonString(),
            StringComparer.Ordinal);
        HashSet<string> ends = new(StringComparer.Ordinal);
        HashSet<string> links = new(StringComparer.Ordinal);
        foreach (JsonNode? relation in reference["relations"]!.AsArray())
        {
            ends.UnionWith([(string)relation!["from"]!, (string)relation["to"]!]);
            links.Add(relation.ToJsonString());
        }

        foreach (JsonNode? entity in reference["entities"]!.AsArray())
        {
            Assert.True(facts.Remove((string)entity!["name"]!, out string? fact), $"{entity} is not shown");
            Assert.Equal(new JsonArray(entity["entityType"]!.DeepClone(), entity["observations"]!.DeepClone()).ToJsonString(), fact);
        }

        Assert.NotEmpty(facts);
        Assert.All(facts, one => Assert.True(ends.Contains(one.Key), $"{one.Key} is shown and no relation needs it"));
        Assert.All(facts.Values, fact => Assert.Equal("[\"unknown\",[]]", fact));
        Assert.Equal(links.Order(StringComparer.Ordinal), entities.SelectMany(one => one.GetProperty("relations").EnumerateArray())
            .Select(one => new JsonObject
            {
                ["from"] = one.GetProperty("from").GetString(),
                ["to"] = one.GetProperty("to").GetString(),
                ["relationType"] = one.GetProperty("relationType").GetString(),
            }.ToJsonString()).Distinct().Order(StringComparer.Ordinal));
    }
}
