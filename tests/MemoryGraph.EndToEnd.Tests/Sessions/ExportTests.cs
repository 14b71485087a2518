using MemoryGraph.EndToEnd.Tests.Driving;
using Xunit.Abstractions;

namespace MemoryGraph.EndToEnd.Tests.Sessions;

/// <summary>An export in a pipe.</summary>
[Collection(Programs.Collection)]
public sealed class ExportTests(Programs programs, ITestOutputHelper output) : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [UnixTheory]
    [InlineData("events")]
    [InlineData("markdown")]
    [InlineData("graphml")]
    [InlineData("json")]
    public async Task A_reader_that_goes_away_ends_it_quietly(string format)
    {
        // More than a pipe holds.
        await RecordAsync(Enumerable.Range(0, 100).Select(at => ToolCall.Create($"Entity {at}", new string('x', 4_000))));

        Finished first = await Export(format).Under("/bin/sh", "-c", "\"$@\" | head -n 1", "sh").PipeAsync();

        Assert.Equal("", first.Errors);
        Assert.Equal(2, first.Output.Split('\n').Length);
    }

    [Fact]
    public async Task A_log_exported_and_imported_elsewhere_is_the_same_to_the_byte()
    {
        await RecordAsync([ToolCall.Create("Đăng nhập", "\n\tkhông được 🚀"), ToolCall.Create("Ada"), ToolCall.Relate("Ada", "owns", "Đăng nhập"), ToolCall.Undo("#4")]);
        string log = await File.ReadAllTextAsync(_sandbox.Log);
        string file = _sandbox.Join("backup.jsonl");
        (await Export("events", "--output", file).PipeAsync()).WithoutComplaint();
        Assert.Equal(log, await File.ReadAllTextAsync(file));

        Directory.Delete(_sandbox.Store, recursive: true);
        (await Command("import", "events", file).PipeAsync()).WithoutComplaint();
        Assert.Equal(log, await File.ReadAllTextAsync(_sandbox.Log));
        await LogVerifier.AssertValidAsync(_sandbox, output);
    }

    private async Task RecordAsync(IEnumerable<ToolCall> calls)
    {
        Finished recorded = (await _sandbox.Serve(programs.Any).PipeAsync(Request.Session(calls))).WithoutComplaint();
        Assert.All(recorded.Answers, answer => Assert.False(answer.IsError, answer.Text));
    }

    private Launch Export(string format, params string[] more) => Command(["export", format, .. more]);

    private Launch Command(params string[] arguments) =>
        _sandbox.Run([.. programs.Any, .. arguments, "--store", _sandbox.Store, "--project", Sandbox.Project]);
}
