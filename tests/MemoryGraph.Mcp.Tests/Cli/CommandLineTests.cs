using System.Diagnostics;
using System.Text.RegularExpressions;
using MemoryGraph.Mcp.Cli;
using MemoryGraph.Mcp.Declarations;
using MemoryGraph.Mcp.Tests.Projects;
using MemoryGraph.Mcp.Tests.Snapshots;
using MemoryGraph.Projects;

namespace MemoryGraph.Mcp.Tests.Cli;

public sealed partial class CommandLineTests : IAsyncLifetime
{
    private readonly Machine _machine = new();
    private readonly StringWriter _output = new() { NewLine = "\n" };
    private readonly StringWriter _errors = new() { NewLine = "\n" };
    private readonly List<ServeSettings> _served = [];

    public async Task InitializeAsync()
    {
        await using ProjectRegistry projects = _machine.Start(_machine.Make("app"));
        await Machine.RecordAsync(projects);
    }

    public Task DisposeAsync()
    {
        _machine.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Status_reads_as_it_was_approved()
    {
        Assert.Equal(0, await RunAsync("status"));

        Approved.Match(Scrubbed(_output.ToString()), "status");
        Assert.Equal("", _errors.ToString());
    }

    [Fact]
    public async Task Status_for_scripts_reads_as_it_was_approved()
    {
        Assert.Equal(0, await RunAsync("status", "--json"));

        Approved.Match(Scrubbed(_output.ToString()), "status_json");
        Assert.Equal("", _errors.ToString());
    }

    [Fact]
    public async Task Status_takes_the_options_of_every_command()
    {
        Assert.Equal(0, await RunAsync("--project", "other", "status", "--store", _machine.Join("store")));

        Assert.Contains("Project: \"other\", named by --project", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains($"Store: {_machine.Join("store")}, from --store", _output.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_machine.Join("store")), "Asking makes nothing.");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Help_lists_every_command_and_option(bool serveByDefault)
    {
        Assert.Equal(0, await RunAsync(serveByDefault, "--help"));

        string help = _output.ToString();
        Assert.All(
            ["serve", "status", "--store <folder>", "--project <name|path>", "--user <name>", "MEMORY_GRAPH_STORE", "MEMORY_GRAPH_PROJECT", "CLAUDE_PROJECT_DIR"],
            word => Assert.Contains(word, help, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("serve", "--tools", "--read-only", "--store")]
    [InlineData("status", "--json", "--project", "--user")]
    public async Task Help_of_a_command_lists_its_options(string command, params string[] options)
    {
        Assert.Equal(0, await RunAsync(command, "--help"));

        Assert.All(options, option => Assert.Contains(option, _output.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task In_a_terminal_the_program_alone_shows_its_help()
    {
        Assert.Equal(0, await RunAsync(serveByDefault: false));

        Assert.Contains("status", _output.ToString(), StringComparison.Ordinal);
        Assert.Equal("", _errors.ToString());
        Assert.Empty(_served);
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
        Assert.Equal(2, await RunAsync(serveByDefault: true, arguments));

        Assert.NotEqual("", _errors.ToString());
        Assert.Empty(_served);
    }

    [Fact]
    public async Task Piped_input_serves_with_or_without_the_command()
    {
        Assert.Equal(0, await RunAsync(serveByDefault: true));
        Assert.Equal(0, await RunAsync(serveByDefault: true, "--tools", "core", "--read-only", "--project", "p"));
        Assert.Equal(0, await RunAsync(serveByDefault: false, "--user", "ada", "serve", "--tools", "CORE"));

        Assert.Collection(
            _served,
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
        Assert.Equal(2, await RunAsync("status", option, value));

        Assert.StartsWith($"{option} is \"{value}\"", _errors.ToString(), StringComparison.Ordinal);
        Assert.Equal("", _output.ToString());
    }

    [Fact]
    public async Task A_store_that_cannot_be_looked_at_is_unavailable()
    {
        File.CreateSymbolicLink(_machine.Join("loop"), "loop");

        Assert.Equal(3, await RunAsync("status", "--store", _machine.Join("loop")));
        Assert.Contains(_machine.Join("loop"), _errors.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_damaged_log_is_told_and_shown_as_far_as_it_goes(bool json)
    {
        string log = Directory.EnumerateFiles(_machine.Home, "events-*.jsonl", SearchOption.AllDirectories).Single();
        string text = await File.ReadAllTextAsync(log);
        await using (ProjectRegistry projects = _machine.Start(_machine.Join("app")))
        {
            await projects.Current!.SubmitAsync(new Commands.CreateEntity("Bob", "person", []), Values.Author.Of("ada", "tests/1"));
        }

        string whole = await File.ReadAllTextAsync(log);
        await File.WriteAllTextAsync(log, text.Replace("likes tea", "likes TEA", StringComparison.Ordinal) + whole[text.Length..]);

        Assert.Equal(3, await RunAsync(json ? ["status", "--json"] : ["status"]));
        Assert.Contains(json ? "\"health\":\"damaged\"" : "Health: damaged. ", _output.ToString(), StringComparison.Ordinal);
    }

    private Task<int> RunAsync(params string[] arguments) => RunAsync(serveByDefault: false, arguments);

    private Task<int> RunAsync(bool serveByDefault, params string[] arguments)
    {
        var program = new CommandLine(
            (settings, _) =>
            {
                _served.Add(settings);
                return Task.FromResult(0);
            },
            said => new ProjectOptions(said.Store, said.Project, said.User, _machine.Join("app"), _machine.Home, _machine.Program, _ => null),
            serveByDefault);
        return program.RunAsync(arguments, _output, _errors, CancellationToken.None);
    }

    private string Scrubbed(string text)
    {
        string paths = text.ReplaceLineEndings("\n")
            .Replace(_machine.Home, "(home)", StringComparison.Ordinal).Replace(_machine.Work, "(work)", StringComparison.Ordinal);
        return Changing().Replace(paths, "(…)");
    }

    // Ids, hashes of temporary paths, sizes and versions.
    [GeneratedRegex("""(?<=app)-[0-9a-f]{8}|(?<=project id )\S+|(?<="project_id":")[^"]+|[0-9]+(?= bytes)|(?<="log_bytes":)[0-9]+|(?<=Version: memory-graph ).*|(?<="version":")[^"]+""")]
    private static partial Regex Changing();
}
