using System.Text.Json;
using MemoryGraph.Domain;
using MemoryGraph.Locate;
using MemoryGraph.Mcp.Tests.Snapshots;
using MemoryGraph.Memory;

namespace MemoryGraph.Mcp.Tests.Cli;

/// <summary><c>export</c>: every format, to standard output and to a file.</summary>
public sealed class ExportCommandTests : IAsyncLifetime
{
    private readonly Prompt _prompt = new();

    private string File => _prompt.Machine.Join("memory.out");

    private string Log => Path.Combine(_prompt.Machine.FolderOf(_prompt.Machine.Join("app")), "events-000000000001.jsonl");

    public async Task InitializeAsync()
    {
        var duyan = Author.Of("duyan", "cursor/1.7");
        await using CurrentProject projects = _prompt.Machine.Start(_prompt.Machine.Join("app"));
        MemoryProject project = projects.Current!;
        await project.SubmitAsync(new CreateEntity("Đăng nhập", "bug", ["Lỗi khi tên có dấu nháy \" đơn", "# not a heading"]), duyan);
        await project.SubmitAsync(new CreateEntity("UserQuery", "class", ["Builds its SQL by hand\nin one string", "名前で探す 👩‍💻 <b>"]), duyan);
        await project.SubmitAsync(
            new CreateRelation("Đăng nhập", "found_in", "UserQuery", "2026-01-01", null), Author.Of("ada", "tests/1"));
        await project.SubmitAsync(new CreateEntity("Ada [x](y)", "person|role", []), duyan);
        await project.SubmitAsync(new CreateRelation("Ada [x](y)", "owns \"all\"", "UserQuery"), duyan);
    }

    public Task DisposeAsync()
    {
        _prompt.Dispose();
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData("server-memory")]
    [InlineData("markdown")]
    [InlineData("mermaid")]
    [InlineData("graphml")]
    [InlineData("json")]
    public async Task Every_format_reads_as_it_was_approved(string format) =>
        Approved.Match(await _prompt.TellAsync("export", format), "cli_export_" + format);

    [Theory]
    [InlineData("server-memory", "--at", "#6")]
    [InlineData("json", "--entity", "Ada [x](y)")]
    public async Task A_past_point_or_a_part_is_exported(params string[] arguments) =>
        Approved.Match(await _prompt.TellAsync(["export", .. arguments]), $"cli_export{arguments[1]}");

    [Fact]
    public async Task The_log_comes_as_it_stands_in_the_file()
    {
        Assert.Equal(await System.IO.File.ReadAllTextAsync(Log), await _prompt.TellAsync("export", "events"));
        Assert.Equal(
            (await System.IO.File.ReadAllLinesAsync(Log)).Take(4),
            (await _prompt.TellAsync("export", "events", "--at", "#3")).TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public async Task The_log_of_an_entity_is_said_to_be_none()
    {
        Assert.Equal(0, await _prompt.RunAsync("export", "events", "--entity", "Đăng nhập"));

        Assert.Equal(5, _prompt.Output.TrimEnd('\n').Split('\n').Length);
        Wording.Match(_prompt.ScrubbedErrors);
    }

    [Fact]
    public async Task A_point_in_the_middle_of_a_call_ends_the_log_before_it_and_is_told()
    {
        Assert.Equal(0, await _prompt.RunAsync("export", "events", "--at", "5"));

        Assert.Equal(4, _prompt.Output.TrimEnd('\n').Split('\n').Length);
        Wording.Match(_prompt.ScrubbedErrors);
    }

    [Fact]
    public async Task An_event_that_is_still_to_come_is_told_and_the_present_exported()
    {
        Assert.Equal(0, await _prompt.RunAsync("export", "json", "--at", "#99"));

        Assert.Equal(3, JsonElement.Parse(_prompt.Output).GetProperty("entities").GetArrayLength());
        Wording.Match(_prompt.ScrubbedErrors);
    }

    [Fact]
    public async Task Neither_the_log_nor_a_device_is_replaced_by_force()
    {
        byte[] log = await System.IO.File.ReadAllBytesAsync(Log);

        Assert.Equal(1, await _prompt.RunAsync("export", "json", "--output", Log, "--force"));
        Wording.Match(_prompt.ScrubbedErrors, "the log");
        Assert.Equal(log, await System.IO.File.ReadAllBytesAsync(Log));

        // One that is not there, for what this is about could be lost.
        _prompt.Clear();
        Assert.Equal(1, await _prompt.RunAsync("export", "json", "--output", "/dev/memory-graph", "--force"));
        Wording.Match(_prompt.ScrubbedErrors, "a device");
        Assert.False(System.IO.File.Exists("/dev/memory-graph"), "Nothing is written there.");
    }

    [Fact]
    public async Task A_file_holds_what_standard_output_would_and_nobody_else_can_read_it()
    {
        string told = await _prompt.TellAsync("export", "graphml");

        await _prompt.TellAsync("export", "graphml", "--output", File);
        Wording.Match(_prompt.Scrubbed);
        Assert.Equal(told, await System.IO.File.ReadAllTextAsync(File));
        Assert.Equal(2, Directory.GetFileSystemEntries(_prompt.Machine.Work).Length);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
        }
    }

    [Fact]
    public async Task A_file_that_is_there_is_replaced_only_when_asked_to()
    {
        await System.IO.File.WriteAllTextAsync(File, "precious");
        Assert.Equal(1, await _prompt.RunAsync("export", "json", "--output", File));
        Wording.Match(_prompt.ScrubbedErrors);
        Assert.Equal("precious", await System.IO.File.ReadAllTextAsync(File));

        await _prompt.TellAsync("export", "json", "--output", File, "--force");
        Assert.StartsWith("{", await System.IO.File.ReadAllTextAsync(File), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("json", "--entity", "Nobody")]
    [InlineData("events", "--entity", "Nobody")]
    public async Task What_is_refused_leaves_no_file_behind(params string[] arguments)
    {
        Assert.Equal(1, await _prompt.RunAsync(["export", .. arguments, "--output", File]));

        Wording.Match(_prompt.ScrubbedErrors, arguments[0]);
        Assert.Equal("", _prompt.Output);
        Assert.Single(Directory.GetFileSystemEntries(_prompt.Machine.Work));
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_told()
    {
        Assert.Equal(3, await _prompt.RunAsync("export", "json", "--output", _prompt.Machine.Join("nowhere", "x")));

        Assert.Contains(_prompt.Machine.Join("nowhere", "x"), _prompt.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_log_is_not_exported_and_of_its_graph_what_can_be_read()
    {
        string[] lines = await System.IO.File.ReadAllLinesAsync(Log);
        lines[2] = lines[2].Replace("Lỗi", "Loi", StringComparison.Ordinal);
        await System.IO.File.WriteAllTextAsync(Log, string.Concat(lines.Select(line => line + '\n')));

        Assert.Equal(3, await _prompt.RunAsync("export", "events", "--output", File));
        Wording.Match(_prompt.ScrubbedErrors, "the log");
        Assert.False(System.IO.File.Exists(File));

        _prompt.Clear();
        Assert.Equal(3, await _prompt.RunAsync("export", "json"));
        Assert.Contains("UserQuery", _prompt.Output, StringComparison.Ordinal);
        Wording.Match(_prompt.ScrubbedErrors, "the graph");
    }

    [Fact]
    public async Task Interrupted_it_says_so_and_leaves_no_file_behind()
    {
        using var interrupt = new CancellationTokenSource();
        await interrupt.CancelAsync();

        Assert.Equal(130, await _prompt.RunAsync(piped: false, interrupt.Token, "export", "events", "--output", File));
        Wording.Match(_prompt.ScrubbedErrors);
        Assert.Single(Directory.GetFileSystemEntries(_prompt.Machine.Work));
    }

    [Fact]
    public async Task Where_nothing_was_recorded_there_is_no_log_but_an_empty_graph()
    {
        Assert.Equal(1, await _prompt.RunAsync("export", "events", "--project", "other"));
        Wording.Match(_prompt.ScrubbedErrors);

        Assert.Equal("", await _prompt.TellAsync("export", "server-memory", "--project", "other"));
    }

    [Theory]
    [InlineData("xml")]
    [InlineData("json", "--force")]
    [InlineData("json", "--at", "never")]
    [InlineData()]
    public async Task What_makes_no_sense_is_a_usage_error_that_names_it(params string[] arguments)
    {
        Assert.Equal(2, await _prompt.RunAsync(["export", .. arguments]));

        Wording.Match(_prompt.ScrubbedErrors, string.Join(' ', arguments));
        Assert.Equal("", _prompt.Output);
    }
}
