using System.Diagnostics;
using MemoryGraph.Locate;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Mcp.Tests.Projects;
using MemoryGraph.Mcp.Tests.Snapshots;

namespace MemoryGraph.Mcp.Tests.Cli;

public sealed class CommandLineTests : IAsyncLifetime
{
    private readonly Prompt _prompt = new();

    public async Task InitializeAsync()
    {
        await using CurrentProject projects = _prompt.Machine.Start(_prompt.Machine.Make("app"));
        await Machine.RecordAsync(projects);
    }

    public Task DisposeAsync()
    {
        _prompt.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Status_reads_as_it_was_approved()
    {
        Assert.Equal(0, await _prompt.RunAsync("status"));

        Approved.Match(_prompt.Scrubbed, "status");
        Assert.Equal("", _prompt.Errors);
    }

    [Fact]
    public async Task Status_for_scripts_reads_as_it_was_approved()
    {
        Assert.Equal(0, await _prompt.RunAsync("status", "--json"));

        Approved.Match(_prompt.Scrubbed, "status_json");
        Assert.Equal("", _prompt.Errors);
    }

    [Fact]
    public async Task Status_takes_the_options_of_every_command()
    {
        Assert.Equal(0, await _prompt.RunAsync("--project", "other", "status", "--store", _prompt.Machine.Join("store")));

        Assert.Contains("\"other\"", _prompt.Output, StringComparison.Ordinal);
        Assert.Contains($"Store: {_prompt.Machine.Join("store")}, from --store", _prompt.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_prompt.Machine.Join("store")), "Asking makes nothing.");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Help_lists_every_command_and_option(bool piped)
    {
        Assert.Equal(0, await _prompt.RunAsync(piped, "--help"));

        string help = _prompt.Output;
        Assert.All(
            ["serve", "status", "--store <folder>", "--project <name|path>", "--user <name>", "MEMORY_GRAPH_STORE", "MEMORY_GRAPH_PROJECT", "CLAUDE_PROJECT_DIR"],
            word => Assert.Contains(word, help, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("serve", "--tools", "--read-only", "--store")]
    [InlineData("status", "--json", "--project", "--user")]
    public async Task Help_of_a_command_lists_its_options(string command, params string[] options)
    {
        Assert.Equal(0, await _prompt.RunAsync(command, "--help"));

        Assert.All(options, option => Assert.Contains(option, _prompt.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task In_a_terminal_the_program_alone_shows_its_help()
    {
        Assert.Equal(0, await _prompt.RunAsync(piped: false));

        Assert.Contains("status", _prompt.Output, StringComparison.Ordinal);
        Assert.Equal("", _prompt.Errors);
        Assert.Empty(_prompt.Served);
    }

    [Fact]
    public async Task Version_is_the_products()
    {
        // The parser asks the entry assembly, which here is the test runner: so this one starts the program.
        string program = Path.Combine(AppContext.BaseDirectory, "memory-graph.dll");
        using Process version = Process.Start(new ProcessStartInfo("dotnet", [program, "--version"]) { RedirectStandardOutput = true })!;
        string told = await version.StandardOutput.ReadToEndAsync();
        await version.WaitForExitAsync();

        Assert.Equal((0, ProductVersion.Number), (version.ExitCode, told.Trim()));
        Assert.Matches(@"^\d+\.\d+\.\d+(-[a-z0-9.]+)?$", ProductVersion.Number);
    }

    [Theory]
    [InlineData("--bogus")]
    [InlineData("bogus")]
    [InlineData("status", "--bogus")]
    [InlineData("status", "extra")]
    [InlineData("serve", "--tools", "many")]
    [InlineData("serve", "--store")]
    public async Task What_is_not_understood_is_a_usage_error_and_nothing_is_done(params string[] arguments)
    {
        Assert.Equal(2, await _prompt.RunAsync(piped: true, arguments));

        Wording.Match(_prompt.ScrubbedErrors, string.Join(' ', arguments));
        Assert.Equal("", _prompt.Output);
        Assert.Empty(_prompt.Served);
    }

    [Fact]
    public async Task Piped_input_serves_with_or_without_the_command()
    {
        Assert.Equal(0, await _prompt.RunAsync(piped: true));
        Assert.Equal(0, await _prompt.RunAsync(piped: true, "--tools", "core", "--read-only", "--project", "p"));
        Assert.Equal(0, await _prompt.RunAsync(piped: false, "--user", "ada", "serve", "--tools", "CORE"));

        Assert.Collection(
            _prompt.Served,
            one => Assert.Equal((ToolSet.Default, false, null), (one.Tools, one.ReadOnly, one.Project.Project)),
            one => Assert.Equal((ToolSet.Core, true, "p"), (one.Tools, one.ReadOnly, one.Project.Project)),
            one => Assert.Equal((ToolSet.Core, false, "ada"), (one.Tools, one.ReadOnly, one.Project.User)));
    }

    [Theory]
    [InlineData("--project", "${workspaceFolder}")]
    [InlineData("--store", "%USERPROFILE%\\memory")]
    [InlineData("--project", "./missing")]
    public async Task A_setting_that_cannot_be_meant_is_a_usage_error(string option, string value)
    {
        Assert.Equal(2, await _prompt.RunAsync("status", option, value));

        Assert.StartsWith($"{option} is \"{value}\"", _prompt.Errors, StringComparison.Ordinal);
        Assert.Equal("", _prompt.Output);
    }

    [Fact]
    public async Task A_store_that_cannot_be_looked_at_is_unavailable()
    {
        File.CreateSymbolicLink(_prompt.Machine.Join("loop"), "loop");

        Assert.Equal(3, await _prompt.RunAsync("status", "--store", _prompt.Machine.Join("loop")));
        Assert.Contains(_prompt.Machine.Join("loop"), _prompt.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_damaged_log_is_told_and_shown_as_far_as_it_goes(bool json)
    {
        string log = Directory.EnumerateFiles(_prompt.Machine.Home, "events-*.jsonl", SearchOption.AllDirectories).Single();
        string text = await File.ReadAllTextAsync(log);
        await using (CurrentProject projects = _prompt.Machine.Start(_prompt.Machine.Join("app")))
        {
            await projects.Current!.SubmitAsync(new Domain.CreateEntity("Bob", "person", []), Domain.Author.Of("ada", "tests/1"));
        }

        string whole = await File.ReadAllTextAsync(log);
        await File.WriteAllTextAsync(log, text.Replace("likes tea", "likes TEA", StringComparison.Ordinal) + whole[text.Length..]);

        Assert.Equal(3, await _prompt.RunAsync(json ? ["status", "--json"] : ["status"]));
        Assert.Contains(json ? "\"health\":\"damaged\"" : "Health: damaged. ", _prompt.Output, StringComparison.Ordinal);
    }
}
