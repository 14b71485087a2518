using MemoryGraph.Locate;

namespace MemoryGraph.Mcp.Tests.Projects;

/// <summary>Who changes are made for.</summary>
public sealed class UserNameTests : IDisposable
{
    private readonly Machine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task The_argument_counts_more_than_the_variable_that_more_than_git_and_that_more_than_the_system()
    {
        string named = Git.Init(_machine.Join("named"));
        Git.Run(named, "config", "user.name", "by git");
        (string, string) variable = (ProjectOptions.UserVariable, " by variable ");

        Assert.Equal("by argument", await _machine.Start(named, user: "by argument", variables: variable).UserAsync());
        Assert.Equal("by variable", await _machine.Start(named, user: " ", variables: variable).UserAsync());
        Assert.Equal("by git", await _machine.Start(named, variables: (ProjectOptions.UserVariable, "")).UserAsync());
        Assert.Equal(Environment.UserName, await _machine.Start(Git.Init(_machine.Join("unnamed"))).UserAsync());
    }

    [Fact]
    public async Task Git_is_asked_so_its_includes_count()
    {
        string root = Git.Init(_machine.Join("app"));
        string included = _machine.Join("person.gitconfig");
        await File.WriteAllTextAsync(included, "[user]\n\tname = Đỗ Yến 😀\n");
        Git.Run(root, "config", "include.path", included);

        Assert.Equal("Đỗ Yến 😀", await _machine.Start(_machine.Make("app", "src")).UserAsync());
    }

    [Fact]
    public async Task Git_is_asked_in_the_project_not_where_the_program_starts()
    {
        string root = Git.Init(_machine.Join("app"));
        Git.Run(root, "config", "user.name", "of the project");

        Assert.Equal("of the project", await _machine.Start(_machine.Make("elsewhere"), project: root).UserAsync());
    }

    [Fact]
    public async Task A_blank_name_in_git_leaves_the_system()
    {
        string root = Git.Init(_machine.Join("app"));
        Git.Run(root, "config", "user.name", " ");

        Assert.Equal(Environment.UserName, await _machine.Start(root).UserAsync());
    }

    [Fact]
    public async Task A_folder_that_is_gone_leaves_the_system() =>
        Assert.Equal(Environment.UserName, await _machine.Start(_machine.Join("gone"), project: "named").UserAsync());
}
