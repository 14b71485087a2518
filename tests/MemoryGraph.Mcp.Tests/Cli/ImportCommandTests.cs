using System.Globalization;
using System.IO.Pipes;
using System.Text.Json;
using MemoryGraph.Domain;
using MemoryGraph.Locate;
using MemoryGraph.Mcp.Tests.Snapshots;

namespace MemoryGraph.Mcp.Tests.Cli;

/// <summary><c>import</c>: what it takes over, what it tells, what it refuses.</summary>
public sealed class ImportCommandTests : IAsyncLifetime
{
    // A whole file but for a blank line, half a line, a character that cannot be stored and an end that was torn off.
    private const string Reference =
        """
        {"type":"entity","name":"Đăng nhập","entityType":"page","observations":["Dùng chung","it's \"new\""]}

        {"type":"entity","name":"Ada","entityType":"person","observations":["likes\u0000tea","likes rum"],"color":"red"}
        {"type":"relation","from":"Ada","to":"Đăng nh
        {"type":"relation","from":"Ada","to":"Đăng nhập","relationType":"owns"}
        {"type":"relation","from":"Ada","to":"Nobody","relationType":"knows"}
        {"type":"entity","name":"Eve","entityT
        """;

    private readonly Prompt _prompt = new();

    private string FilePath => _prompt.Machine.Join("memory.jsonl");

    public Task InitializeAsync() => File.WriteAllTextAsync(FilePath, Reference);

    public Task DisposeAsync()
    {
        _prompt.Dispose();
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData("import_dry_run", "--dry-run")]
    [InlineData("import")]
    public async Task What_is_printed_reads_as_it_was_approved(string name, params string[] more)
    {
        await RecordAsync();
        await _prompt.TellAsync(["import", "server-memory", FilePath, .. more]);

        Approved.Match(_prompt.Scrubbed, "cli_" + name);
    }

    [Fact]
    public async Task What_was_imported_says_where_it_came_from_and_is_imported_once()
    {
        await _prompt.TellAsync("import", "server-memory", FilePath);
        Assert.Contains($"imported from \"server-memory:{FilePath}\" #1", await _prompt.TellAsync("log"), StringComparison.Ordinal);

        JsonElement again = JsonElement.Parse(await _prompt.TellAsync("import", "server-memory", FilePath, "--json"));
        Assert.Equal(0, again.GetProperty("recorded").GetInt32());
        Assert.False(again.GetProperty("dry_run").GetBoolean());
        Assert.Equal(
            ["line 3", "line 4", "line 7"], again.GetProperty("notes").EnumerateArray().Select(note => note.GetProperty("where").GetString()));
    }

    [Fact]
    public async Task A_dry_run_tells_scripts_what_would_be_different_and_records_nothing()
    {
        await RecordAsync();
        string before = await _prompt.TellAsync("log");
        JsonElement told = JsonElement.Parse(await _prompt.TellAsync("import", "server-memory", FilePath, "--dry-run", "--json"));

        Assert.True(told.GetProperty("dry_run").GetBoolean());
        Assert.Equal(6, told.GetProperty("recorded").GetInt32());
        Assert.Equal(2, told.GetProperty("appeared").GetInt32());
        Assert.Equal(before, await _prompt.TellAsync("log"));
    }

    [Fact]
    public async Task What_comes_through_a_pipe_is_imported_too()
    {
        await using var input = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(Reference));
        _prompt.Terminal = terminal => terminal with { InputBytes = input };
        await _prompt.TellAsync("import", "server-memory", "-");

        Assert.Contains("\"Ada\" -owns-> \"Đăng nhập\"", await _prompt.TellAsync("log"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_line_takes_an_import_back()
    {
        await RecordAsync();
        string printed = await _prompt.TellAsync("import", "server-memory", FilePath);
        string takeBack = printed.Split('\n').Single(line => line.StartsWith("To take this back: ", StringComparison.Ordinal));
        await _prompt.TellAsync(takeBack.Split(' ')[5..]);

        Assert.Contains("Nothing differs", await _prompt.TellAsync("diff", "2"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "server-memory", "missing.jsonl")]
    [InlineData(1, "server-memory", ".")]
    [InlineData(1, "events", "memory.jsonl")]
    [InlineData(2, "sqlite", "memory.jsonl")]
    public async Task What_cannot_be_imported_is_refused_in_plain_words(int code, string format, string file)
    {
        await RecordAsync();
        Assert.Equal(code, await _prompt.RunAsync("import", format, _prompt.Machine.Join(file)));

        Wording.Match(_prompt.ScrubbedErrors, $"{format} {file}");
        Assert.DoesNotContain("Exception", _prompt.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_a_pipe_is_read_like_any_other()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await using var writing = new AnonymousPipeServerStream(PipeDirection.Out);
        await using var reading = new AnonymousPipeClientStream(PipeDirection.In, writing.ClientSafePipeHandle);
        await writing.WriteAsync("""{"type":"entity","name":"Ada","entityType":"person","observations":[]}"""u8.ToArray());
        await writing.DisposeAsync();
        string name = string.Create(CultureInfo.InvariantCulture, $"/dev/fd/{reading.SafePipeHandle.DangerousGetHandle()}");

        string told = await _prompt.TellAsync("import", "server-memory", name);

        Wording.Match(told.Replace(name, "(pipe)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_in_which_nothing_can_be_read_is_no_success()
    {
        await File.WriteAllTextAsync(FilePath, "name;type\nAda;person\n");
        Assert.Equal(1, await _prompt.RunAsync("import", "server-memory", FilePath));

        Wording.Match(_prompt.Scrubbed);
    }

    // Ada is known already, as somebody else says.
    private async Task RecordAsync()
    {
        await using CurrentProject projects = _prompt.Machine.Start(_prompt.Machine.Join("app"));
        await projects.Current!.SubmitAsync(new CreateEntity("Ada", "engineer", ["likes rum"]), Author.Of("duyan", "cursor/1.7"));
    }
}
