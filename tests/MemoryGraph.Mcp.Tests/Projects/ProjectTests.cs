using MemoryGraph.Locate;
using MemoryGraph.Log;

namespace MemoryGraph.Mcp.Tests.Projects;

/// <summary>Which project a program serves.</summary>
public sealed class ProjectTests : IDisposable
{
    private readonly Machine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void A_folder_that_says_nothing_becomes_default_and_says_so()
    {
        foreach (string nowhere in new[] { Path.GetPathRoot(_machine.Work)!, _machine.Home, _machine.Home + "/", _machine.Program })
        {
            CurrentProject found = _machine.Start(nowhere);

            Assert.Equal("default", found.Current!.Name);
            Assert.Equal(_machine.FolderOf(_machine.Work, project: "default"), found.Current.Folder);
            string place = nowhere
                .Replace(_machine.Home, "(home)", StringComparison.Ordinal)
                .Replace(_machine.Program, "(program)", StringComparison.Ordinal);
            Wording.Match(
                found.ProjectFound
                    .Replace(_machine.Home, "(home)", StringComparison.Ordinal)
                    .Replace(_machine.Program, "(program)", StringComparison.Ordinal),
                place);
        }
    }

    [Fact]
    public void A_home_that_is_a_repository_says_nothing_either()
    {
        Git.Init(_machine.Home);
        string inside = Directory.CreateDirectory(Path.Combine(_machine.Home, "documents")).FullName;

        Assert.Equal("default", _machine.Start(_machine.Home).Current!.Name);
        Assert.Equal("default", _machine.Start(inside).Current!.Name);
    }

    [Fact]
    public void A_folder_without_repository_is_a_project_of_its_own()
    {
        CurrentProject found = _machine.Start(_machine.Make("notes"));

        Assert.Equal("notes", found.Current!.Name);
        Assert.Equal($"the working directory {_machine.Join("notes")}", found.ProjectFound);
        Assert.NotEqual(found.Current.Folder, _machine.FolderOf(_machine.Make("other", "notes")));
    }

    [Fact]
    public void A_repository_is_one_project_from_its_root_its_folders_and_its_worktrees()
    {
        string root = Git.Init(_machine.Join("app"));
        Git.Run(root, "worktree", "add", "-q", _machine.Join("fix"));
        string memory = _machine.FolderOf(root);

        Assert.Equal("app", _machine.Start(root).Current!.Name);
        Assert.Equal(memory, _machine.FolderOf(_machine.Make("app", "src", "deep")));
        Assert.Equal(memory, _machine.FolderOf(_machine.Join("fix")));
        Assert.Equal(memory, _machine.FolderOf(_machine.Make("fix", "src")));
        Assert.Equal(memory, _machine.FolderOf(root + Path.DirectorySeparatorChar));
    }

    [Fact]
    public void A_submodule_is_a_project_of_its_own_with_its_worktrees()
    {
        Git.Init(_machine.Join("library"));
        string outer = Git.Init(_machine.Join("app"));
        Git.Run(outer, "submodule", "--quiet", "add", _machine.Join("library"), "lib");
        string inner = Path.Combine(outer, "lib");
        Git.Run(inner, "worktree", "add", "-q", _machine.Join("lib-fix"));

        Assert.Equal("lib", _machine.Start(inner).Current!.Name);
        Assert.NotEqual(_machine.FolderOf(outer), _machine.FolderOf(inner));
        Assert.Equal(_machine.FolderOf(inner), _machine.FolderOf(_machine.Join("lib-fix")));
    }

    [Fact]
    public void The_worktrees_of_a_bare_repository_are_one_project()
    {
        Git.Init(_machine.Join("seed"));
        Git.Run(_machine.Work, "clone", "-q", "--bare", "seed", "app.git");
        Git.Run(_machine.Join("app.git"), "worktree", "add", "-q", _machine.Join("main-tree"), "main");
        Git.Run(_machine.Join("app.git"), "worktree", "add", "-q", "-b", "fix", _machine.Join("fix-tree"));

        string memory = _machine.FolderOf(_machine.Join("main-tree"));

        Assert.Equal(memory, _machine.FolderOf(_machine.Join("fix-tree")));
        Assert.Equal(memory, _machine.FolderOf(_machine.Join("app.git")));
        Assert.Equal("app.git", _machine.Start(_machine.Join("fix-tree")).Current!.Name);
    }

    [Fact]
    public void A_repository_reached_through_a_link_is_the_same_project()
    {
        string root = Git.Init(_machine.Join("app"));
        Git.Run(root, "worktree", "add", "-q", _machine.Join("fix"));
        string link = Directory.CreateSymbolicLink(_machine.Join("link"), _machine.Work).FullName;

        Assert.Equal(_machine.FolderOf(root), _machine.FolderOf(Path.Combine(link, "app")));
        Assert.Equal(_machine.FolderOf(root), _machine.FolderOf(Path.Combine(link, "fix")));
    }

    [Theory]
    [InlineData("loop")]
    [InlineData("loop/inside")]
    [InlineData("other")]
    public void A_link_that_leads_into_itself_is_no_folder(string target)
    {
        File.CreateSymbolicLink(_machine.Join("loop"), target);
        File.CreateSymbolicLink(_machine.Join("other"), "loop");

        Wording.Match(_machine.Refusal(_machine.Work, project: _machine.Join("loop"))
            .Replace(_machine.Work, "(work)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_store_that_cannot_be_looked_at_is_told_at_the_first_question()
    {
        File.CreateSymbolicLink(_machine.Join("loop"), "loop");
        await using CurrentProject found = _machine.Start(_machine.Make("app"), store: _machine.Join("loop"));

        LogException refused = await Assert.ThrowsAsync<LogException>(() => Machine.RecordAsync(found));
        Assert.Contains(_machine.Join("loop"), refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_working_directory_that_is_gone_is_no_project_but_keeps_none_from_being_named()
    {
        Assert.Contains("the working directory", _machine.Refusal(""), StringComparison.Ordinal);
        Assert.Contains("the working directory", _machine.Refusal("", project: "./app"), StringComparison.Ordinal);
        Assert.Contains("the working directory", _machine.Refusal("", project: "told", store: "store"), StringComparison.Ordinal);
        Assert.Equal("app", _machine.Start("", project: _machine.Make("app")).Current!.Name);
        Assert.Equal("told", _machine.Start("", project: "told", store: _machine.Join("store")).Current!.Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("gitdir: /no/such/folder")]
    public void A_git_file_that_leads_nowhere_does_no_harm(string content)
    {
        File.WriteAllText(Path.Combine(_machine.Make("odd"), ".git"), content);

        Assert.Equal("odd", _machine.Start(_machine.Join("odd")).Current!.Name);
    }

    [Fact]
    public void A_name_is_the_same_memory_wherever_the_program_starts()
    {
        CurrentProject found = _machine.Start(_machine.Make("a"), project: " team notes ");

        Assert.Equal("team notes", found.Current!.Name);
        Assert.Equal("named by --project", found.ProjectFound);
        Assert.Equal(found.Current.Folder, _machine.FolderOf(_machine.Make("b"), project: "team notes"));
    }

    [Theory]
    [InlineData("./app")]
    [InlineData("app/")]
    [InlineData("../work/app/src")]
    [InlineData("~/../work/app")]
    public void What_has_a_separator_is_a_path_to_start_from(string project)
    {
        Git.Init(_machine.Join("app"));
        _machine.Make("app", "src");

        Assert.Equal(_machine.FolderOf(_machine.Join("app")), _machine.FolderOf(_machine.Work, project));
    }

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("~")]
    public void A_dot_is_a_path_too(string project) =>
        Assert.NotEqual(project, _machine.Start(_machine.Make("here"), project).Current!.Name);

    [Fact]
    public void The_argument_counts_more_than_the_variable_and_that_more_than_where_the_client_and_the_program_are()
    {
        string client = _machine.Make("client");
        string folder = _machine.Make("folder");
        (string, string) byClient = (ProjectOptions.ClientDirectoryVariable, client);
        (string, string) byVariable = (ProjectOptions.ProjectVariable, "by-variable");

        Assert.Equal("by-argument", _machine.Start(folder, "by-argument", variables: [byVariable, byClient]).Current!.Name);
        Assert.Equal("by-variable", _machine.Start(folder, variables: [byVariable, byClient]).Current!.Name);
        Assert.Equal("client", _machine.Start(folder, variables: byClient).Current!.Name);
        Assert.Equal("folder", _machine.Start(folder).Current!.Name);
        Assert.Equal($"{ProjectOptions.ClientDirectoryVariable} {client}", _machine.Start(folder, variables: byClient).ProjectFound);
        Assert.Equal($"named by {ProjectOptions.ProjectVariable}", _machine.Start(folder, variables: byVariable).ProjectFound);
    }

    [Fact]
    public void A_blank_setting_counts_as_none()
    {
        CurrentProject found = _machine.Start(
            _machine.Make("folder"), "", " ", "",
            (ProjectOptions.ProjectVariable, " "), (ProjectOptions.StoreVariable, ""), (ProjectOptions.ClientDirectoryVariable, " "));

        Assert.Equal("folder", found.Current!.Name);
        Assert.StartsWith("the working directory", found.ProjectFound, StringComparison.Ordinal);
        Assert.Equal("the default", found.StoreFound);
    }

    [Theory]
    [InlineData("${workspaceFolder}")]
    [InlineData("${env:HOME}/notes")]
    [InlineData("%USERPROFILE%\\notes")]
    public void A_variable_that_the_client_left_is_refused_by_name_in_every_setting(string value)
    {
        string folder = _machine.Make("folder");
        foreach ((string setting, string refusal) in new[]
        {
            ("--project", _machine.Refusal(folder, project: value)),
            ("--store", _machine.Refusal(folder, store: value)),
            ("--user", _machine.Refusal(folder, user: value)),
            (ProjectOptions.ProjectVariable, _machine.Refusal(folder, variables: (ProjectOptions.ProjectVariable, value))),
            (ProjectOptions.StoreVariable, _machine.Refusal(folder, variables: (ProjectOptions.StoreVariable, value))),
            (ProjectOptions.UserVariable, _machine.Refusal(folder, variables: (ProjectOptions.UserVariable, value))),
            (ProjectOptions.ClientDirectoryVariable, _machine.Refusal(folder, variables: (ProjectOptions.ClientDirectoryVariable, value))),
        })
        {
            Assert.StartsWith($"{setting} is \"{value}\"", refusal, StringComparison.Ordinal);
            Wording.Match(refusal, $"{setting} {value}");
        }
    }

    [Theory]
    [InlineData("100% sure")]
    [InlineData("a $5 app")]
    [InlineData("50%-60%")]
    public void A_name_with_a_dollar_or_a_percent_sign_is_a_name(string name) =>
        Assert.Equal(name, _machine.Start(_machine.Work, name).Current!.Name);

    [Fact]
    public void A_path_that_is_no_folder_is_refused()
    {
        string file = _machine.Join("file");
        File.WriteAllText(file, "");

        Wording.Match(_machine.Refusal(_machine.Work, "./missing"));
        Wording.Match(_machine.Refusal(_machine.Work, file).Replace(file, "(file)", StringComparison.Ordinal), "a file");
        Assert.StartsWith(
            $"{ProjectOptions.ClientDirectoryVariable} is \"/no/such/folder\"",
            _machine.Refusal(_machine.Work, variables: (ProjectOptions.ClientDirectoryVariable, "/no/such/folder")),
            StringComparison.Ordinal);
    }
}
