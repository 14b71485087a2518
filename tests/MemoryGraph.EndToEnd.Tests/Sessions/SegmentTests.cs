using System.Globalization;
using System.Runtime.Versioning;
using System.Text;
using MemoryGraph.EndToEnd.Tests.Driving;
using Xunit.Abstractions;

namespace MemoryGraph.EndToEnd.Tests.Sessions;

/// <summary>A log that has outgrown its first file.</summary>
[Collection(Programs.Collection)]
[Trait("size", "torture")]
public sealed class SegmentTests(Programs programs, ITestOutputHelper output) : IDisposable
{
    // Some 450 bytes each: more than 64 MB in all.
    private const int Facts = 160_000;
    private const int FactsOfAnEntity = 4;
    private const long SealedAt = 64 * 1024 * 1024;

    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [UnixFact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_log_goes_on_in_a_second_file_and_nobody_notices()
    {
        await RunAsync(_sandbox.Store, "import", "server-memory", await ForeignFileAsync());
        FileInfo[] files = Files();
        Assert.Equal(2, files.Length);
        Assert.InRange(files[0].Length, SealedAt / 2, SealedAt);
        Assert.Equal((UnixFileMode)0, files[0].UnixFileMode & ~UnixFileMode.UserRead);

        await using ServerProcess server = await ServerProcess.StartAsync(_sandbox.Serve(programs.Any));
        Assert.Contains("fact 0 of", (await server.DoAsync(ToolCall.Open("Entity 0"))).Text, StringComparison.Ordinal);
        Answer added = await server.DoAsync(ToolCall.Add("Entity 0", "said behind the first file"));
        Assert.False(added.IsError, added.Text);
        Assert.Equal(files[0].Length, Files()[0].Length);
        await server.EndAsync();

        Assert.StartsWith("The log is as it was recorded: 200001 events", await RunAsync(_sandbox.Store, "verify"), StringComparison.Ordinal);
        await LogVerifier.AssertValidAsync(_sandbox, output);
        string backup = _sandbox.Join("backup.jsonl");
        await RunAsync(_sandbox.Store, "export", "events", "--output", backup);
        string elsewhere = _sandbox.Join("elsewhere");
        await RunAsync(elsewhere, "import", "events", backup);
        Assert.Equal(await RunAsync(_sandbox.Store, "export", "json"), await RunAsync(elsewhere, "export", "json"));
    }

    private FileInfo[] Files() =>
        [.. new DirectoryInfo(_sandbox.ProjectFolder).GetFiles("events-*.jsonl").OrderBy(file => file.Name, StringComparer.Ordinal)];

    private async Task<string> ForeignFileAsync()
    {
        var lines = new StringBuilder();
        for (int entity = 0; entity < Facts / FactsOfAnEntity; entity++)
        {
            string[] facts = [.. Enumerable.Range(0, FactsOfAnEntity).Select(fact => $"\"fact {fact} of entity {entity}, chữ Việt\"")];
            lines.Append(CultureInfo.InvariantCulture, $"{{\"type\":\"entity\",\"name\":\"Entity {entity}\",\"entityType\":\"thing\",\"observations\":[{string.Join(',', facts)}]}}\n");
        }

        string file = _sandbox.Join("memory.jsonl");
        await File.WriteAllTextAsync(file, lines.ToString());
        return file;
    }

    private async Task<string> RunAsync(string store, params string[] arguments)
    {
        Finished done = await _sandbox.Run([.. programs.Any, .. arguments, "--store", store, "--project", Sandbox.Project]).PipeAsync();
        Assert.True(done.ExitCode == 0, done.Errors);
        return done.Output;
    }
}
