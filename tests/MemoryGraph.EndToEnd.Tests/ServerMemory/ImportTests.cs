using System.Text.Json;
using System.Text.Json.Nodes;
using MemoryGraph.EndToEnd.Tests.Driving;
using Xunit.Abstractions;

namespace MemoryGraph.EndToEnd.Tests.ServerMemory;

/// <summary>The reference server's own file, taken over and given back.</summary>
[Collection(Programs.Collection)]
[Trait("size", "torture")]
public sealed class ImportTests(Programs programs, ITestOutputHelper output) : IDisposable
{
    private const int Lines = 100_000;

    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [ReferenceFact]
    public async Task What_the_reference_server_wrote_is_imported_and_exported_as_the_same_file()
    {
        string file = ReferenceServer.FileIn(_sandbox);
        ToolCall[] calls =
        [
            Call("create_entities", """{"entities":[{"name":"Đăng nhập","entityType":"page","observations":["Dùng chung","a\nb 🚀"]},{"name":"Ada","entityType":"person","observations":[]}]}"""),
            Call("create_relations", """{"relations":[{"from":"Ada","to":"Đăng nhập","relationType":"owns"},{"from":"Ada","to":"Nobody","relationType":"knows"}]}"""),
            Call("delete_observations", """{"deletions":[{"entityName":"Đăng nhập","observations":["Dùng chung"]}]}"""),
        ];
        foreach (ToolCall call in calls)
        {
            // One at a time: calls sent together overwrite one another there.
            Finished done = await ReferenceServer.In(_sandbox).PipeAsync(Request.Session([call]));
            Assert.All(done.Answers, answer => Assert.False(answer.IsError, answer.Text));
        }

        Finished imported = (await Command("import", "server-memory", file).PipeAsync()).WithoutComplaint();
        Finished exported = (await Command("export", "server-memory").PipeAsync()).WithoutComplaint();

        Assert.DoesNotContain("Not taken over", imported.Output, StringComparison.Ordinal);
        Assert.Equal(await File.ReadAllTextAsync(file), exported.Output);
        await LogVerifier.AssertValidAsync(_sandbox, output);
    }

    [Fact]
    public async Task A_hundred_thousand_lines_are_imported_whole_and_once()
    {
        string file = _sandbox.Join("big.jsonl");
        await File.WriteAllLinesAsync(file, Enumerable.Range(0, Lines).Select(Line));

        Finished imported = (await Command("import", "server-memory", file, "--json").PipeAsync()).WithoutComplaint();
        Finished again = (await Command("import", "server-memory", file, "--json").PipeAsync()).WithoutComplaint();
        Finished exported = (await Command("export", "server-memory").PipeAsync()).WithoutComplaint();

        Assert.Equal(0, JsonElement.Parse(imported.Output).GetProperty("notes_total").GetInt64());
        Assert.Equal(0, JsonElement.Parse(again.Output).GetProperty("recorded").GetInt64());
        HashSet<string> given = [.. exported.Output.Split('\n')];
        Assert.Equal(Lines, given.Count);
        Assert.Empty((await File.ReadAllLinesAsync(file)).Where(line => !given.Contains(line)).Take(3));
    }

    private static ToolCall Call(string tool, string arguments) => new(tool, JsonNode.Parse(arguments)!.AsObject());

    // Each third one is a relation between the two before it.
    private static string Line(int at) => at % 3 == 2
        ? $$"""{"type":"relation","from":"Thing {{at - 2}}","to":"Thing {{at - 1}}","relationType":"uses"}"""
        : $$"""{"type":"entity","name":"Thing {{at}}","entityType":"thing","observations":["Số {{at}}","lỗi đăng nhập {{at * 7}}"]}""";

    private Launch Command(params string[] arguments) =>
        _sandbox.Run([.. programs.Any, .. arguments, "--store", _sandbox.Store, "--project", Sandbox.Project]);
}
