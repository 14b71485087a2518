using MemoryGraph.EndToEnd.Tests.Driving;

namespace MemoryGraph.EndToEnd.Tests.Surroundings;

/// <summary>Which memory a server finds, from where it was started and what it was told.</summary>
[Collection(Programs.Collection)]
public sealed class ProjectDiscoveryTests(Programs programs) : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [UnixFact]
    public async Task The_root_of_the_file_system_is_no_project() =>
        Assert.Contains("\"default\", no project here", await StatusAsync(Serve().In("/")), StringComparison.Ordinal);

    [Fact]
    public async Task The_home_folder_is_no_project() =>
        Assert.Contains("\"default\", no project here", await StatusAsync(Serve().In(_sandbox.Home)), StringComparison.Ordinal);

    [Fact]
    public async Task A_folder_without_git_is_a_project() =>
        Assert.Contains("Project: \"work\", the working directory", await StatusAsync(Serve()), StringComparison.Ordinal);

    [GitFact]
    public async Task Sub_folders_and_work_trees_are_their_repository_s_project()
    {
        string repository = _sandbox.Join("shop");
        string tree = _sandbox.Join("shop-fix");
        Launch git = _sandbox.Run(["/bin/sh", "-ec", $"""
            git init -q '{repository}'
            cd '{repository}'
            git -c user.name=t -c user.email=t@t commit -q --allow-empty -m first
            git worktree add -q '{tree}'
            mkdir -p src/deep '{tree}/src'
            """]);
        Finished made = await git.PipeAsync();
        Assert.True(made.ExitCode == 0, made.Errors);

        string[] folders = [repository, Path.Combine(repository, "src", "deep"), tree, Path.Combine(tree, "src")];
        foreach (string folder in folders)
        {
            string status = await StatusAsync(Serve().In(folder));
            Assert.Contains($"Project: \"shop\", the git repository {repository},", status, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_name_on_the_command_line_counts_most()
    {
        string status = await StatusAsync(Serve("--project", "told").With("MEMORY_GRAPH_PROJECT", "other").With("CLAUDE_PROJECT_DIR", _sandbox.Home));
        Assert.Contains("Project: \"told\", named by --project", status, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Then_the_variable() => Assert.Contains(
        "Project: \"other\", named by MEMORY_GRAPH_PROJECT",
        await StatusAsync(Serve().With("MEMORY_GRAPH_PROJECT", "other").With("CLAUDE_PROJECT_DIR", _sandbox.Home)),
        StringComparison.Ordinal);

    [UnixFact]
    public async Task Then_the_client_s_folder_and_only_then_the_working_directory() => Assert.Contains(
        "Project: \"work\", CLAUDE_PROJECT_DIR",
        await StatusAsync(Serve().In("/").With("CLAUDE_PROJECT_DIR", _sandbox.Work)),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("--project", "")]
    [InlineData("MEMORY_GRAPH_PROJECT", "")]
    [InlineData("CLAUDE_PROJECT_DIR", "")]
    [InlineData("MEMORY_GRAPH_STORE", "/memory")]
    public async Task A_variable_that_the_client_did_not_fill_in_is_refused_by_name(string setting, string rest)
    {
        string value = "${workspaceFolder}" + rest;
        Launch launch = setting.StartsWith('-') ? Serve(setting, value)
            : setting == "MEMORY_GRAPH_STORE" ? _sandbox.Run([.. programs.Any, "serve"]).With(setting, value)
            : Serve().With(setting, value);
        Finished finished = (await launch.PipeAsync(Request.Session([ToolCall.Status, ToolCall.Create("Ada")]))).WithoutComplaint();
        Assert.All(finished.Answers.Skip(1), answer =>
        {
            Assert.True(answer.IsError, answer.Text);
            Assert.Contains($"{setting} is \"{value}\": the client passed the variable on without filling it in", answer.Text, StringComparison.Ordinal);
        });
        Assert.False(Directory.Exists(_sandbox.Store));
        Assert.Empty(Directory.GetFileSystemEntries(_sandbox.Work));
    }

    [Theory]
    [InlineData("""{"Logging":{"LogLevel":{"Default":"Trace","Microsoft":"Trace"},"Console":{"LogToStandardErrorThreshold":"None"}},"contentRoot":"/nowhere"}""")]
    [InlineData("""{"Logging":{"LogLevel":""")]
    public async Task An_appsettings_file_in_the_working_directory_changes_nothing(string settings)
    {
        await File.WriteAllTextAsync(Path.Combine(_sandbox.Work, "appsettings.json"), settings);
        await File.WriteAllTextAsync(Path.Combine(_sandbox.Work, "appsettings.Production.json"), settings);
        Launch launch = Serve().With("DOTNET_ENVIRONMENT", "Production").With("Logging__LogLevel__Default", "Trace");
        Finished finished = (await launch.PipeAsync(Request.Session([ToolCall.Create("Ada"), ToolCall.Status]))).WithoutComplaint();
        Assert.Equal([0, 1, 2], finished.Answers.Select(answer => (int)answer.Id));
        Assert.All(finished.Answers, answer => Assert.False(answer.IsError, answer.Text));
    }

    private Launch Serve(params string[] more) =>
        _sandbox.Run([.. programs.Any, "serve", "--store", _sandbox.Store, "--user", "tester", .. more]);

    private static async Task<string> StatusAsync(Launch launch)
    {
        Finished finished = (await launch.PipeAsync(Request.Session([ToolCall.Status]))).WithoutComplaint();
        return finished.Answers[1].Text;
    }
}
