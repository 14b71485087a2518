using MemoryGraph.Locate;
using MemoryGraph.Mcp.Answers;
using MemoryGraph.Queries;

namespace MemoryGraph.Mcp.Tests.Projects;

/// <summary>Where memories lie.</summary>
public sealed class StoreTests : IDisposable
{
    private readonly Machine _machine = new();

    private static readonly string[] Hostile =
    [
        "a\\b", "a:b", "C:", "nul", "CON", "com1.txt", "...", "a..b", "..\\..\\etc", "-rf", "--store", ".hidden", "a b", "名前", "Ünïcödé",
        "e\u0301", "a\u0000b", "a\nb", "😀", "project", "lock", "*", "?", "\"", "'; rm -rf", new string('x', 5_000), "  ", "﷽", "\u202eabc", "a.",
    ];

    public static TheoryData<string> HostileNames => [.. Hostile];

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void Memories_lie_in_the_home_folder_unless_something_else_is_said()
    {
        CurrentProject found = _machine.Start(_machine.Make("app"));

        Assert.Equal(Path.Combine(_machine.Home, ".memory-graph"), found.Store);
        Assert.Equal("the default", found.StoreFound);
    }

    [Fact]
    public void The_argument_counts_more_than_the_variable()
    {
        string folder = _machine.Make("app");
        (string, string) variable = (ProjectOptions.StoreVariable, _machine.Join("by-variable"));

        CurrentProject byArgument = _machine.Start(folder, store: _machine.Join("by-argument"), variables: variable);
        CurrentProject byVariable = _machine.Start(folder, variables: variable);

        Assert.Equal((_machine.Join("by-argument"), "--store"), (byArgument.Store, byArgument.StoreFound));
        Assert.Equal((_machine.Join("by-variable"), ProjectOptions.StoreVariable), (byVariable.Store, byVariable.StoreFound));
    }

    [Fact]
    public void A_relative_store_lies_at_the_projects_root()
    {
        string root = Git.Init(_machine.Join("app"));
        Git.Run(root, "worktree", "add", "-q", _machine.Join("fix"));

        Assert.Equal(Path.Combine(root, ".memory"), _machine.Start(_machine.Make("app", "src"), store: ".memory").Store);
        Assert.Equal(Path.Combine(root, ".memory"), _machine.Start(_machine.Join("fix"), store: "./.memory/").Store);
        Assert.Equal(_machine.Join("shared"), _machine.Start(root, store: "../shared").Store);
    }

    [Theory]
    [InlineData("~", "")]
    [InlineData("~/memories", "memories")]
    public void A_tilde_is_the_home_folder_though_no_shell_has_seen_it(string store, string inHome) =>
        Assert.Equal(Path.TrimEndingDirectorySeparator(Path.Combine(_machine.Home, inHome)), _machine.Start(_machine.Work, store: store).Store);

    [Fact]
    public async Task Without_a_home_a_store_must_be_said()
    {
        var options = new ProjectOptions(null, null, null, _machine.Work, "", "", _ => null);

        await using var unsaid = new CurrentProject(options, "tests 1", new SetClock());
        await using var said = new CurrentProject(options with { Store = _machine.Join("store") }, "tests 1", new SetClock());

        Wording.Match(unsaid.Refused!.Message);
        Assert.Null(said.Refused);
    }

    [Fact]
    public async Task A_store_in_the_repository_is_found_by_its_clone()
    {
        string root = Git.Init(_machine.Join("app"));
        await using (CurrentProject here = _machine.Start(root, store: ".memory"))
        {
            await Machine.RecordAsync(here);
            Assert.Equal(Path.Combine(root, ".memory", "project"), here.Current!.Folder);
        }

        Git.Run(root, "add", "-A");
        Git.Run(root, "commit", "-q", "-m", "memory");
        Git.Run(_machine.Work, "clone", "-q", "app", "clone");
        await using CurrentProject there = _machine.Start(_machine.Join("clone"), store: ".memory");

        Assert.Equal(1, there.Current!.Ask(new StatusQuery(), "", (answer, _) => answer.Entities));
        Assert.Equal("events-*.jsonl -text -merge\n", await File.ReadAllTextAsync(Path.Combine(root, ".memory", ".gitattributes")));
        Assert.False(File.Exists(Path.Combine(_machine.Join("clone"), ".memory", "project", "lock")), "The lock is not git's.");
    }

    [Fact]
    public async Task A_store_in_another_repository_keeps_its_projects_apart()
    {
        string store = Path.Combine(Git.Init(_machine.Join("memories")), "store");
        await using CurrentProject found = _machine.Start(_machine.Make("app"), store: store);
        await Machine.RecordAsync(found);

        Assert.StartsWith("app-", Path.GetFileName(found.Current!.Folder), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(store, ".gitignore")));
    }

    [Fact]
    public async Task A_store_outside_of_repositories_gets_no_files_for_git()
    {
        await using CurrentProject found = _machine.Start(Git.Init(_machine.Join("app")));
        await Machine.RecordAsync(found);

        Assert.Equal([found.Current!.Folder], Directory.GetFileSystemEntries(found.Store));
    }

    [Fact]
    public async Task A_store_that_is_no_folder_is_told_by_the_first_write()
    {
        string file = _machine.Join("file");
        await File.WriteAllTextAsync(file, "");
        await using CurrentProject found = _machine.Start(_machine.Make("app"), store: file);

        ToolAnswer answer = await Memory.CallAsync(found, "create_entity", """{"name":"A","entityType":"t"}""");

        Assert.True(answer.IsError);
        Assert.Contains(file, answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(HostileNames))]
    public async Task No_name_leads_out_of_the_store(string name)
    {
        await using CurrentProject found = _machine.Start(_machine.Work, name, _machine.Join("store"));
        await Machine.RecordAsync(found);

        string folder = found.Current!.Folder;
        Assert.Equal(_machine.Join("store"), Path.GetDirectoryName(folder));
        Assert.Matches("^[a-z0-9][a-z0-9_-]{0,60}-[0-9a-f]{8}$", Path.GetFileName(folder));
        Assert.Equal([folder], Directory.GetFileSystemEntries(_machine.Join("store")));
    }

    [Fact]
    public void Each_name_has_a_folder_of_its_own()
    {
        string[] names = [.. Hostile.Where(name => !string.IsNullOrWhiteSpace(name)), "A", "a", "ä", "a-b", "a_b"];

        string[] folders = [.. names.Select(name => _machine.FolderOf(_machine.Work, name, _machine.Join("store")).ToUpperInvariant())];

        Assert.Equal(names.Length, folders.Distinct().Count());
    }

    [Theory]
    [InlineData("https://ada:s3cret@example.org/app.git", "https://example.org/app.git")]
    [InlineData("https://s3cret@example.org/app.git", "https://example.org/app.git")]
    [InlineData("https://ada:p@s3cret@example.org", "https://example.org")]
    [InlineData("ssh://git@example.org/app.git", "ssh://example.org/app.git")]
    [InlineData("git@example.org:app.git", "git@example.org:app.git")]
    public async Task The_remote_is_kept_without_credentials(string origin, string kept)
    {
        string root = Git.Init(_machine.Join("app"));
        Git.Run(root, "remote", "add", "upstream", "https://ada:s3cret@example.org/upstream.git");
        Git.Run(root, "remote", "add", "origin", origin);
        await using CurrentProject found = _machine.Start(root);
        await Machine.RecordAsync(found);

        string project = await File.ReadAllTextAsync(Path.Combine(found.Current!.Folder, "project.json"));

        Assert.Contains($"\"remote\": \"{kept}\"", project, StringComparison.Ordinal);
        Assert.All(
            Directory.EnumerateFiles(found.Store, "*", SearchOption.AllDirectories),
            file => Assert.DoesNotContain("s3cret", File.ReadAllText(file), StringComparison.Ordinal));
    }
}
